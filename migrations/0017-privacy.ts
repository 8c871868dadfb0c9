import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 個人情報の帳簿、扱う資格、緊急の閲覧。 */
export const privacy: Migration = {
  name: "0017-privacy",
  statements: [
    createTable("handler_fact", {
      columns: {
        account_id: "text",
        contract_id: "text",
        fact: "text",
        line_id: "text",
        from_day: "day",
        to_day: "day?",
        until: "instant?",
      },
      primary: ["contract_id", "account_id", "fact", "line_id"],
    }),
    createTable("privacy_line", {
      columns: {
        id: "text",
        contract_id: "text",
        register: "text",
        number: "int32",
        handler: "text?",
        due: "day?",
        filing_id: "text?",
        filing_need: "text?",
        fields: "bytes",
        closing: "bytes?",
        file_id: "text?",
        file_sha256: "text?",
        made_by: "text",
        made_at: "instant",
        closed_by: "text?",
        closed_at: "instant?",
        edition: "int32",
      },
      primary: ["id"],
      unique: [["contract_id", "register", "number"]],
    }),
    createTable("privacy_note", {
      columns: {
        id: "text",
        contract_id: "text",
        line_id: "text",
        kind: "text",
        at: "instant",
        made_by: "text",
        note: "bytes?",
      },
      primary: ["id"],
    }),
    createIndex("privacy_note_line", "privacy_note", ["contract_id", "line_id", "at"]),
    createTable("break_glass", {
      columns: {
        id: "text",
        contract_id: "text",
        reason: "bytes",
        asked_by: "text",
        asked_at: "instant",
        allowed_by: "text?",
        allowed_at: "instant?",
        until: "instant?",
      },
      primary: ["id"],
    }),
    createIndex("break_glass_contract", "break_glass", ["contract_id", "asked_at"]),
  ],
};
