import type { Due } from "./due.ts";
import type { Duty } from "./read-duties.ts";

/** 「次の業務をお願いします」の下の項目。 */
export const LISTED: Duty = {
  actor: undefined,
  verb: "",
  object: "",
  due: { kind: "none", text: "" },
  prohibited: false,
  plain: false,
};
/** 「次の行為をしてはならない」の下の項目。 */
export const FORBIDDEN: Duty = { ...LISTED, verb: "行う", prohibited: true };

/** 期限の言葉は、文のそのままの一部。読むために足した「に」「まで」は除く。 */
export function exactDue(due: Due, text: string): Due {
  if (due.text === "" || text.includes(due.text)) return due;
  const plain = due.text.replace(/(?:まで|に)$/, "");
  return text.includes(plain) ? { ...due, text: plain } : due;
}

/** 期限なし。 */
export function none(): Due {
  return { kind: "none", text: "" };
}
