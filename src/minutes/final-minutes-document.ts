import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { maskNames, type NamedPerson, type NameSpot } from "./mask-names.ts";
import {
  editNames,
  editTrail,
  type MinutesRecord,
  NOBODY,
  type RecordLine,
  type RecordSpeaker,
  speakerName,
  speakerOf,
  styleNames,
} from "./minutes-record.ts";
import { clockText } from "./transcript.ts";

/** internal=内部用（時刻と直した跡）、named=公開用（記名）、roles=公開用（「委員」）。 */
export type MinutesEdition = "internal" | "named" | "roles";
export const editionNames: Readonly<Record<MinutesEdition, string>> = {
  internal: "内部用",
  named: "公開用（記名）",
  roles: "公開用（氏名なし）",
};

export interface MinutesFacts {
  title: string;
  /** 名称・日時・場所・出席・公開・傍聴・録音など。edition で氏名の出し方が変わるので、関数で渡す。 */
  facts: (edition: MinutesEdition) => readonly (readonly [string, string])[];
  agenda: readonly string[];
  papers: readonly string[];
  decisions: readonly string[];
  record: MinutesRecord;
  speakers: ReadonlyMap<string, RecordSpeaker>;
  /** 氏名を出さないときに、発言の中で言いかえる人。 */
  people: readonly NamedPerson[];
  /** 直した人の名。 */
  handOf: (id: string) => string;
  /** 確定していなければ「（案）」を付ける。 */
  final: boolean;
  author: string;
  created: string;
}

/** 会議録（Word）。浜松市・茅ヶ崎市などの会議録の定めに挙がる項目を、この順に置く。 */
export function finalMinutesDocument(edition: MinutesEdition, given: MinutesFacts): WordDocument {
  const hide = (text: string) => (edition === "roles" ? maskNames(text, given.people).text : text);
  const title = `${given.title}${given.final ? "" : "（案）"}`;
  const list = (name: string, items: readonly string[]): WordBlock[] =>
    items.length === 0
      ? []
      : [
          { kind: "heading", level: 1, text: name },
          { kind: "list", items: items.map(hide), ordered: name === "議題" },
        ];
  return {
    ...{ title, author: given.author, created: given.created },
    footer: `${title}　${editionNames[edition]}`,
    blocks: [
      { kind: "title", text: title },
      {
        ...{ kind: "table", caption: "会議の概要", headColumn: true },
        columns: [{ share: 2 }, { share: 9 }],
        rows: given.facts(edition).map(([name, value]) => [name, hide(value)]),
      },
      ...list("議題", given.agenda),
      ...list("配布資料", given.papers),
      { kind: "heading", level: 1, text: given.record.style === "points" ? "発言の要旨" : "発言" },
      speechTable(edition, given),
      ...list("会議の結果", given.decisions),
      ...(edition === "internal" ? trailBlocks(given) : []),
    ],
  };
}

function speechTable(edition: MinutesEdition, given: MinutesFacts): WordBlock {
  const { record, speakers } = given;
  const timed = edition === "internal" && record.lines.some(({ from }) => from !== undefined);
  const shown = edition === "internal" ? record.lines : record.lines.filter(({ omitted }) => !omitted);
  const words = (line: RecordLine) => {
    if (edition === "roles") return maskNames(line.text, given.people).text;
    return edition === "internal" && line.omitted ? `（載せない）${line.text}` : line.text;
  };
  return {
    ...{ kind: "table", caption: "発言の記録", size: 10 },
    columns: timed ? [{ share: 14 }, { share: 19 }, { share: 67 }] : [{ share: 20 }, { share: 80 }],
    header: timed ? ["録音", "発言者", "発言"] : ["発言者", "発言"],
    rows: shown.map((line) => [
      ...(timed ? [line.from === undefined ? "" : clockText(line.from)] : []),
      nameIn(edition, record, line, speakers),
      words(line),
    ]),
  };
}

/** 氏名を出さない版で、人が確かめるところ（敬称のない姓を言いかえた・姓と同じ字が残る）。載せる発言だけ。 */
export function nameSpots(
  { lines }: Pick<MinutesRecord, "lines">,
  people: readonly NamedPerson[],
): (NameSpot & { line: number })[] {
  return lines.flatMap(({ id, text, omitted }) =>
    omitted ? [] : maskNames(text, people).spots.map((spot) => ({ ...spot, line: id })),
  );
}

/** 氏名を出さない版では、決めていない話し手の札（氏名かもしれない）も出さない。 */
function nameIn(
  edition: MinutesEdition,
  record: MinutesRecord,
  line: RecordLine,
  speakers: ReadonlyMap<string, RecordSpeaker>,
): string {
  if (edition !== "roles") return speakerName(record, line, speakers);
  if (line.speaker === NOBODY) return "発言者不明";
  return speakerOf(record, line, speakers)?.role ?? "発言者不明";
}

function trailBlocks({ record, handOf, speakers }: MinutesFacts): WordBlock[] {
  const trail = editTrail(record).filter(({ edit }) => edit.kind !== "filler");
  const fillers = editTrail(record).length - trail.length;
  const shown = (text: string) => (text === NOBODY ? "発言者不明" : (speakers.get(text)?.name ?? text));
  return [
    { kind: "heading", level: 1, text: "作り方と直した跡" },
    {
      kind: "list",
      items: [
        `書き方: ${styleNames[record.style]}`,
        `もとの文字起こし: 区切り ${record.cues}、発言 ${record.lines.length}。SHA-256 ${record.source}`,
        `言いよどみを除いた発言: ${fillers}`,
        ...record.notes,
      ],
    },
    ...(trail.length === 0
      ? []
      : ([
          {
            ...{ kind: "table", caption: "直した跡", size: 9 },
            columns: [{ share: 13 }, { share: 15 }, { share: 29 }, { share: 29 }, { share: 14 }],
            header: ["録音", "したこと", "前", "後", "だれが"],
            rows: trail.map(({ line, edit }) => [
              line.from === undefined ? `発言${line.id}` : clockText(line.from),
              editNames[edit.kind],
              edit.kind === "speaker" ? shown(edit.before) || "（札のとおり）" : edit.before,
              edit.kind === "speaker" ? shown(edit.after) || "（札のとおり）" : edit.after,
              edit.by === "" ? "規則" : handOf(edit.by),
            ]),
          },
        ] satisfies WordBlock[])),
  ];
}
