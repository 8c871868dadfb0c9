import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 調査: 調査そのもの、取り込み、直したこと。 */
export const survey: Migration = {
  name: "0019-survey",
  statements: [
    createTable("survey", {
      columns: {
        id: "text",
        contract_id: "text",
        number: "int32",
        title: "bytes",
        about: "bytes",
        codebook: "bytes",
        questionnaire: "bytes",
        people_key: "text",
        answers: "text?",
        previous: "text?",
        version: "int32",
        made_by: "text",
        made_at: "instant",
        changed_at: "instant",
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createTable("survey_import", {
      columns: {
        id: "text",
        contract_id: "text",
        survey_id: "text",
        number: "int32",
        source: "text",
        answer_rows: "int32",
        answer_columns: "int32",
        encoding: "text",
        sha256: "text",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["id"],
      unique: [["survey_id", "number"]],
    }),
    createTable("survey_fix", {
      columns: {
        id: "text",
        contract_id: "text",
        survey_id: "text",
        key_id: "text",
        number: "int32",
        rule: "text",
        body: "bytes",
        made_by: "text",
        made_at: "instant",
        undone_by: "text?",
        undone_at: "instant?",
      },
      primary: ["id"],
      unique: [["survey_id", "number"]],
    }),
  ],
};
