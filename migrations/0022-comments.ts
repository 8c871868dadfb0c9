import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

const own = { id: "text", contract_id: "text", period_id: "text" } as const;
const made = { made_by: "text", made_at: "instant" } as const;

/** 意見公募: 期間、通、原本、差出人、意見、分けた跡、まとまり、別と決めた組、確認の回。 */
export const comments: Migration = {
  name: "0022-comments",
  statements: [
    createTable("comment_period", {
      columns: {
        ...{ id: "text", contract_id: "text", number: "int32", title: "text", state: "text" },
        ...{ from_day: "day?", to_day: "day?", body: "bytes", ...made, edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createTable("comment_letter", {
      columns: {
        ...{ ...own, number: "int32", channel: "text", received_on: "day", standing: "text", note: "bytes?" },
        ...{ kids: "flag", age: "text", ward: "text", signers: "int32", state: "text", masked: "flag" },
        ...{ body: "bytes", masks: "text", attachments: "text", original_id: "text", source: "text" },
        ...{ ...made, edition: "int32" },
      },
      primary: ["id"],
      unique: [["period_id", "number"]],
    }),
    createTable("comment_original", {
      columns: { ...own, letter_id: "text", body: "bytes", header: "bytes?", ...made },
      primary: ["id"],
    }),
    createTable("comment_signer", {
      columns: {
        ...{ ...own, letter_id: "text", key_id: "text", person: "text", match_hmac: "bytes?" },
        ...{ name: "bytes", address: "bytes", contact: "bytes", ...made },
      },
      primary: ["id"],
    }),
    createIndex("comment_signer_period", "comment_signer", ["period_id"]),
    createTable("comment_opinion", {
      columns: {
        ...{ ...own, letter_id: "text", key_id: "text", position: "int32", ranges: "text", body: "bytes" },
        ...{ code: "text?", block: "text?", group_id: "text?", ...made, edition: "int32" },
      },
      primary: ["id"],
    }),
    createIndex("comment_opinion_period", "comment_opinion", ["period_id"]),
    createTable("comment_step", {
      columns: {
        ...{ ...own, letter_id: "text", key_id: "text", number: "int32", act: "text", before: "bytes" },
        ...{ undone: "flag", ...made },
      },
      primary: ["id"],
      unique: [["letter_id", "number"]],
    }),
    createTable("comment_group", {
      columns: {
        ...{ ...own, number: "int32", summary: "bytes?", answer: "bytes?", status: "text?", state: "text" },
        ...{ code: "text?", round_id: "text?", change_ref: "text?", change: "bytes?", drafted: "flag" },
        ...{ ...made, edition: "int32" },
      },
      primary: ["id"],
      unique: [["period_id", "number"]],
    }),
    createTable("comment_apart", {
      columns: { contract_id: "text", period_id: "text", first_id: "text", second_id: "text", ...made },
      primary: ["contract_id", "first_id", "second_id"],
    }),
    createTable("comment_round", {
      columns: { ...own, number: "int32", department: "text", filing_id: "text", groups: "text", ...made },
      primary: ["id"],
      unique: [["period_id", "number"]],
    }),
  ],
};
