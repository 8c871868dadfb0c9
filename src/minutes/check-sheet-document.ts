import type { WordDocument } from "../office/word-model.ts";
import { type MinutesRecord, type RecordSpeaker, speakerName } from "./minutes-record.ts";
import { clockText } from "./transcript.ts";

/** 確認用の表の見出し。読み込むときも、この見出しで列を探す。 */
export const checkHeads = ["番号", "録音", "発言者", "発言", "修正後の発言（直すところだけ）"] as const;

export interface CheckSheet {
  title: string;
  /** いつまでに返してほしいか（和暦）。なければ空。 */
  by: string;
  record: MinutesRecord;
  speakers: ReadonlyMap<string, RecordSpeaker>;
  author: string;
  created: string;
}

/** 委員に確かめていただく会議録の案（Word）。直す発言の右の欄に書いて返していただく。載せない発言は出さない。 */
export function checkSheetDocument(given: CheckSheet): WordDocument {
  const { title, by, record, speakers, author, created } = given;
  return {
    ...{ title: `${title}　確認用`, author, created, footer: `${title}　確認用`, landscape: true },
    blocks: [
      { kind: "title", text: `${title}　確認用` },
      {
        kind: "list",
        items: [
          "ご自分の発言をお確かめください。直すところがあれば、その発言の右の欄に、直したあとの全文を書いてください。",
          "直さない発言の欄は、空のままにしてください。番号は消さないでください。",
          ...(by === "" ? [] : [`${by}までに、このファイルをお返しください。`]),
        ],
      },
      {
        ...{ kind: "table", caption: "発言の確認", header: [...checkHeads], size: 9 },
        columns: [{ share: 6, align: "right" }, { share: 9 }, { share: 15 }, { share: 42 }, { share: 42 }],
        rows: record.lines
          .filter(({ omitted }) => !omitted)
          .map((line) => [
            ...[String(line.id), line.from === undefined ? "" : clockText(line.from)],
            ...[speakerName(record, line, speakers), line.text, ""],
          ]),
      },
    ],
  };
}
