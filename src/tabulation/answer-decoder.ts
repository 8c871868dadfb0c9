import type { MissingKind, Question } from "./codebook.ts";
import { type CorrectionLog, MISSING } from "./coded-question.ts";

/** コードブックに書かれていなくても、答えのないことと分かる言葉。 */
const missingWords: Readonly<Record<string, MissingKind>> = {
  ...{ 無回答: "noAnswer", 未回答: "noAnswer", 無記入: "noAnswer", 未記入: "noAnswer", 回答なし: "noAnswer" },
  ...{ NA: "noAnswer", "N/A": "noAnswer", "#N/A": "noAnswer", "#NULL!": "noAnswer", NULL: "noAnswer" },
  ...{ 非該当: "notApplicable", 対象外: "notApplicable", 不明: "unknown", 判読不能: "unknown" },
  わからない: "dontKnow",
};

/** 値 → 選択肢の番号か、答えのない印。知らない値は undefined。 */
export function decoder(question: Question): (value: string) => number | undefined {
  const known = new Map<string, number>();
  for (const [at, { code, label }] of question.options.entries()) {
    known.set(plain(code), at);
    if (!known.has(plain(label))) known.set(plain(label), at);
  }
  for (const kind of ["noAnswer", "notApplicable", "unknown", "dontKnow"] as const)
    for (const code of question.missing[kind as keyof typeof question.missing] ?? [])
      known.set(plain(String(code)), MISSING[kind]);
  if (!known.has("")) known.set("", MISSING.noAnswer);
  for (const [word, kind] of Object.entries(missingWords))
    if (!known.has(word)) known.set(word, MISSING[kind]);
  return (value) => known.get(value) ?? known.get(plain(value));
}

/** 「*」「-」などの印だけの値。何を言うかは表ごとに違うので、決めつけずに「不明」とし、知らせる。 */
export function isMark(value: string): boolean {
  return /^[*\-‐－―—ー.．…#?？×]+$/u.test(value);
}

/** 「1.0」「01」「１」「 1」は 1 と同じコード。 */
export function plain(code: string): string {
  const text = code.normalize("NFKC").trim();
  return /^0*\d+(\.0+)?$/.test(text) ? String(Number(text)) : text;
}

/** 選択肢にない値を、直したこととして残す。 */
export function unknownCode(question: Question, row: number, log: CorrectionLog, value = ""): void {
  const mark = isMark(value);
  const message = mark
    ? `「${value}」を「不明」としました。無回答や非該当の印なら、コードブックの missing に書いてください。`
    : "選択肢にない値を「不明」としました。";
  log.add({ row: row + 1, question: question.id, kind: "unknown-code", message });
  if (!mark) log.misfit(question.id, row + 1);
}

/** 「1,000」「25歳」「3 時間」の数。数でなければ NaN。 */
export function numberIn(text: string): number {
  const match =
    /^([-+]?[\d,]*\.?\d+)\s*(?:歳|才|円|万円|人|名|年|か月|ヶ月|月|回|時間|分|日|点|世帯|台|個|件|km|m|%)?$/.exec(
      text,
    );
  return match ? Number((match[1] ?? "").replace(/,/g, "")) : Number.NaN;
}
