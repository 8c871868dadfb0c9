import { diffText } from "../office/text-diff.ts";
import { type CameLine, plainMark } from "./came-paper.ts";
import type { InquiryLine, LineState } from "./inquiry.ts";

/** 一つの部分について、一枚の紙の一行が言うこと。 */
export interface CameAnswer {
  block: string;
  /** same 変更なし、changed 直し、opinion 意見だけ、broken 読めない。 */
  state: "same" | "changed" | "opinion" | "broken";
  /** 直した文。changed だけ。 */
  text: string | null;
  remark: string;
  where: string;
  told: string[];
}

/** 原稿に結べなかった行。どの部分の後に書かれていたかを添えて、残す。 */
export interface CameExtra {
  mark: string;
  place: string;
  text: string;
  remark: string;
  where: string;
  /** すぐ上の、結べた部分。 */
  after: string;
}

/** 読んだ一枚の紙。 */
export interface CameReturn {
  fileName: string;
  answers: CameAnswer[];
  extra: CameExtra[];
  /** 表の外に書かれていた文とコメント。 */
  outside: string[];
  told: string[];
}

type Sent = Pick<InquiryLine, "block" | "sent">;

const none =
  /^(特に|とくに)?(本課|当課|当方|本部|当部)?(として|から)?(は)?、?(意見|異議|修正|変更|異存|指摘|支障|該当|追加)?(事項|箇所|か所|点|等)?(は|も)?(特に|とくに)?(な[しい]|無[しい]|ありません|ございません|ない)(です)?[。．]?$/;
const agreed =
  /^(同意(します|する)?|了承|了解|承知|確認(済み?|しました)|問題(な[しい]|ありません)|原案(の)?(どおり|とおり|通り)(で(よい|可|結構です))?|このまま(でよい|で可)?|OK|ok|－|-|ー|―|〃|同上)[。．]?$/;
const drop =
  /^[（(【「]?(この(文|部分|段落|行|項目)を?)?(全文|全部|すべて)?を?(削除|削る|トル|とる|不要)(して(ください|ほしい)|願います|お願いします|する|です)?[）)】」]?[。．]?$/;

/** 「意見なし」「原案どおり」のように、直すことがないと言う語か。 */
export function saysNothing(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  return plain === "" || none.test(plain) || agreed.test(plain.replace(/^-$/, "－"));
}

/** Word や Excel を通って変わる、見えない字の違いを除く。 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u200b\ufeff]/g, " ")
    .replace(/[ \t]+/g, " ")
    .replace(/ *\n */g, "\n")
    .trim();
}

/**
 * 返った行を、送った行に結ぶ。印が消えた・書き換わった行は、場所と文の近さで結び、そう言う。
 * 結べない行は extra に残す。同じ部分の行が二つあれば、両方を answers に残す。
 */
export function matchCame(
  sent: readonly Sent[],
  came: readonly CameLine[],
  places: ReadonlyMap<string, string>,
): Pick<CameReturn, "answers" | "extra"> {
  const byMark = new Map(sent.map((line) => [plainMark(line.block), line]));
  const known = came.map((line) => byMark.get(plainMark(line.block)));
  const free = sent.filter((line) => !known.includes(line));
  const extra: CameExtra[] = [];
  const answers: CameAnswer[] = [];
  let after = "";
  for (const [at, line] of came.entries()) {
    const found = known[at] ?? nearest(line, free, places);
    if (!found) {
      const { block: mark, place, text, remark, where } = line;
      if (!saysNothing(text) || !saysNothing(remark)) extra.push({ mark, place, text, remark, where, after });
      continue;
    }
    const index = free.indexOf(found);
    if (index >= 0) free.splice(index, 1);
    after = found.block;
    const told =
      known[at] === undefined
        ? [
            line.block === ""
              ? "部分の印が消えていたので、場所と文の近さで結びました。"
              : `部分の印が「${line.block}」に書き換わっていたので、場所と文の近さで結びました。`,
          ]
        : [];
    answers.push(answerOf(found, { ...line, told: [...told, ...line.told] }));
  }
  return { answers, extra };
}

function answerOf({ block, sent }: Sent, { text, remark, where, told, broken }: CameLine): CameAnswer {
  const base = { block, text: null, where };
  const said = saysNothing(remark) ? "" : remark;
  if (broken) return { ...base, state: "broken", remark, told };
  if (plainText(text) === plainText(sent) || (text !== "" && saysNothing(text) && !saysNothing(sent)))
    return { ...base, state: said === "" ? "same" : "opinion", remark, told };
  if (text === "")
    return {
      ...{ ...base, state: "opinion" as const, remark },
      told: [...told, "文の欄が空で返りました。削る意味か、部署にお確かめください。"],
    };
  if (drop.test(text.normalize("NFKC").replace(/\s/g, "")))
    return {
      ...{ ...base, state: "opinion" as const, remark: [text, remark].filter(Boolean).join("\n") },
      told: [...told, "文の欄に、削る求めが書かれていました。"],
    };
  return { ...base, state: "changed", text, remark, told };
}

/** 印のない行に、いちばん近い、まだ結ばれていない部分。同じ場所ならゆるく、ほかは近い文だけ。 */
function nearest(
  line: CameLine,
  free: readonly Sent[],
  places: ReadonlyMap<string, string>,
): Sent | undefined {
  if (line.text === "" || saysNothing(line.text)) {
    const there = free.filter(({ block }) => line.place !== "" && places.get(block) === line.place);
    return there.length === 1 ? there[0] : undefined;
  }
  const scored = free
    .map((one) => ({ one, near: likeness(one.sent, line.text), there: places.get(one.block) === line.place }))
    .filter(({ near, there }) => near >= (there && line.place !== "" ? 0.35 : 0.6))
    .sort((a, b) => b.near - a.near);
  return scored[0]?.one;
}

/** 二つの文の近さ（0–1）: 同じ字の割合。 */
function likeness(a: string, b: string): number {
  const [left, right] = [plainText(a), plainText(b)];
  if (left === right) return 1;
  const [short, long] = [left, right].map((text) => text.length).sort((x, y) => x - y);
  if (long === undefined || short === undefined || long === 0 || short / long < 0.3) return 0;
  const same = diffText(left.slice(0, 2000), right.slice(0, 2000))
    .filter(({ kind }) => kind === "same")
    .reduce((sum, { text }) => sum + text.length, 0);
  return (2 * same) / (Math.min(left.length, 2000) + Math.min(right.length, 2000));
}

/** 一つの部分の、直した文の候補（同じ文は一つに）。 */
export interface Candidate {
  text: string;
  remark: string;
  /** 何回目に読んだ紙か（1 から）と、その中の所。 */
  return: number;
  where: string;
}

/** いくつかの紙を合わせた、一つの部分の姿。どれかに直しがあれば直し、意見があれば意見。 */
export function settleLine(
  block: string,
  returns: readonly CameReturn[],
): { state: LineState; candidates: Candidate[]; remark: string; told: string[] } {
  const own = returns.flatMap(({ answers }, at) =>
    answers.filter((one) => one.block === block).map((answer) => ({ answer, at: at + 1 })),
  );
  const candidates: Candidate[] = [];
  for (const { answer, at } of own) {
    const { text } = answer;
    if (text === null || candidates.some((one) => plainText(one.text) === plainText(text))) continue;
    candidates.push({ text, remark: answer.remark, return: at, where: answer.where });
  }
  const states = own.map(({ answer }) => answer.state);
  const state =
    (["changed", "opinion", "same", "broken"] as const).find((one) => states.includes(one)) ?? "missing";
  const remarks = own.map(({ answer }) => answer.remark).filter((remark) => !saysNothing(remark));
  return {
    ...{ state, candidates, remark: [...new Set(remarks)].join("\n") },
    told: [...new Set(own.flatMap(({ answer }) => answer.told))],
  };
}
