import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 工程表の版。 */
export const workplan: Migration = {
  name: "0014-workplan",
  statements: [
    createTable("workplan_version", {
      columns: {
        id: "text",
        contract_id: "text",
        number: "int32",
        state: "text",
        body: "bytes",
        reason: "bytes",
        filing: "text?",
        made_by: "text",
        made_at: "instant",
        edition: "int32",
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
  ],
};
