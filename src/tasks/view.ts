import type { RecordedEvent } from "../base/event.ts";

/** 10分に30人を超えて表示したら知らせる（特記 第10条(2)、基準5(4)の不正な閲覧の見張り）。 */
export const VIEW_LIMIT = 30;
export const VIEW_MINUTES = 10;

/** 表示などの記録が、だれのことか。仮名のない方（意見書の差出人、回答の一件、委員）は、何についてかで一人と数える。 */
export function personOf({ id, subject, about }: Pick<RecordedEvent, "id" | "subject" | "about">): string {
  return subject ?? about ?? id;
}
