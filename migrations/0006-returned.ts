import { addColumn, createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 発送の費用と番号、返戻、作り直しのつながり、電話での案内。 */
export const returned: Migration = {
  name: "0006-returned",
  statements: [
    addColumn("batch", "postage", "text?"),
    addColumn("batch", "unit_yen", "int32?"),
    addColumn("batch", "payer", "text?"),
    addColumn("batch", "serial_from", "int32?"),
    addColumn("batch", "serial_to", "int32?"),
    addColumn("notice", "serial", "int32?"),
    addColumn("notice", "replaces", "text?"),
    createTable("returned_card", {
      columns: {
        id: "text",
        contract_id: "text",
        notice_id: "text",
        booking_id: "text",
        person_id: "text",
        reason: "text",
        returned_on: "day",
        outcome: "text?",
        task_id: "text?",
        recorded_by: "text",
        recorded_at: "instant",
      },
      primary: ["id"],
      unique: [["notice_id"]],
      foreign: [{ columns: ["notice_id"], table: "notice", references: ["id"] }],
    }),
    createIndex("returned_card_contract", "returned_card", ["contract_id", "returned_on"]),
    createTable("phoned", {
      columns: {
        id: "text",
        contract_id: "text",
        booking_id: "text",
        mark: "text",
        told_at: "instant",
        told_by: "text",
      },
      primary: ["id"],
      unique: [["contract_id", "booking_id", "mark"]],
    }),
  ],
};
