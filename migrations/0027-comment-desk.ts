import { addColumn, createIndex, type Migration } from "../src/platform/ddl.ts";

/** 意見の机: 通ごとに引く索引と、二つめからの分類（一つの意見がいくつもの施策に触れるとき）。 */
export const commentDesk: Migration = {
  name: "0027-comment-desk",
  statements: [
    createIndex("comment_opinion_letter", "comment_opinion", ["letter_id"]),
    createIndex("comment_signer_letter", "comment_signer", ["letter_id"]),
    createIndex("comment_original_letter", "comment_original", ["letter_id"]),
    addColumn("comment_opinion", "also", "text?"),
  ],
};
