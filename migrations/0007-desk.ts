import { addColumn, type Migration } from "../src/platform/ddl.ts";

/** 途中の受付を、最後にどの画面が何通めに書いたか。自分の前の保存を、ほかの画面の変更と取り違えない。 */
export const desk: Migration = {
  name: "0007-desk",
  statements: [addColumn("draft", "screen", "text", ""), addColumn("draft", "save_no", "int32", 0)],
};
