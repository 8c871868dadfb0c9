import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 庁内照会: 送った部分と、返った文。 */
export const planInquiry: Migration = {
  name: "0025-plan-inquiry",
  statements: [
    createTable("plan_inquiry", {
      columns: {
        id: "text",
        contract_id: "text",
        plan_id: "text",
        number: "int32",
        department: "text",
        subject: "text",
        due: "day",
        state: "text",
        task_id: "text?",
        made_by: "text",
        made_at: "instant",
        returned_at: "instant?",
      },
      primary: ["id"],
      unique: [["plan_id", "number"]],
      foreign: [{ columns: ["plan_id"], table: "plan", references: ["id"] }],
    }),
    createTable("plan_inquiry_line", {
      columns: {
        id: "text",
        contract_id: "text",
        plan_id: "text",
        inquiry_id: "text",
        block: "text",
        position: "int32",
        version: "int32",
        sent: "bytes",
        came: "bytes?",
        remark: "bytes?",
        state: "text",
        decided_by: "text?",
        decided_at: "instant?",
      },
      primary: ["id"],
      unique: [["inquiry_id", "position"]],
      foreign: [{ columns: ["inquiry_id"], table: "plan_inquiry", references: ["id"] }],
    }),
  ],
};
