import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 計画の決めたこと: デザインの案・選定・要望と応え、概要版の認め・公開、変更の理由。書いたものは変わらない。 */
export const planDecision: Migration = {
  name: "0028-plan-decision",
  statements: [
    createTable("plan_decision", {
      columns: {
        id: "text",
        contract_id: "text",
        plan_id: "text",
        number: "int32",
        kind: "text",
        subject: "text",
        body: "bytes",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["id"],
      unique: [["plan_id", "number"]],
      foreign: [{ columns: ["plan_id"], table: "plan", references: ["id"] }],
    }),
  ],
};
