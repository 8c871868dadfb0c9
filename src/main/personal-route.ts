import type { PersonalUse } from "../access/handler-fact.ts";

/*
 * 申し込んだ方・答えた方・意見を出した方・委員の個人情報を開く道（資格の関門を通る）。室を足したら、ここに足す。
 * 帳簿・自分の登録・規程は入らない（資格をそろえるために開けなければならない）。
 */
const personal = [
  /^desk\./,
  /^list(s)?\./,
  /^differences\./,
  /^delivered\./,
  /^wait(s)?\./,
  /^untold\./,
  /^booking(s)?\./,
  /^notice\.(?!agreed|template)/,
  /^calls?\.(?!door|wall)/,
  /^complaint(s)?\.(?!contacts)/,
  /^question(s)?\./,
  /^inquiry\.reveal/,
  /^survey\.(imports?|upload|use|check|fix(es)?|unfix|codes|entry|sheet|key|settle|take)(\.|$)/,
  /^comments\.(letters|receive|desk|original|attachment|mask|stand|split|undo|sort(ed)?|reopen)(\.|$)/,
  /^comments\.(person|type)(\.|$)/,
  /^comments\.(code|opinion-answer|join|part)(\.|$)/,
  /^council\.members?(\.|$)/,
  /^meeting\.(invitation|attendance)$/,
  /^erasure\.find(\.|$)/,
];
const exported = new Set(["lists.workbook", "lists.workbook.api", "notice.protected", "delivered.file"]);

/** その道の、個人情報の使い方。使わなければ undefined。 */
export function personalUseOf(routeId: string): PersonalUse | undefined {
  if (exported.has(routeId)) return "export";
  return personal.some((pattern) => pattern.test(routeId)) ? "personal" : undefined;
}
