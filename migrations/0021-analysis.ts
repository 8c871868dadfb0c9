import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 調査の図（集計と出どころ）と、報告書の言葉。 */
export const analysis: Migration = {
  name: "0021-analysis",
  statements: [
    createTable("survey_figure", {
      columns: {
        id: "text",
        contract_id: "text",
        survey_id: "text",
        number: "int32",
        body: "bytes",
        data_hash: "text",
        version: "int32",
        made_by: "text",
        made_at: "instant",
        edition: "int32",
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createTable("survey_report", {
      columns: {
        id: "text",
        contract_id: "text",
        survey_id: "text",
        body: "bytes",
        changed_by: "text",
        changed_at: "instant",
        edition: "int32",
      },
      primary: ["id"],
      unique: [["contract_id", "survey_id"]],
    }),
  ],
};
