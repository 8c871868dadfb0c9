import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 有識者会議: 会議体、委員、会議、日程の回答、会議録、委員の指摘。 */
export const council: Migration = {
  name: "0023-council",
  statements: [
    createTable("council", {
      columns: {
        ...{ id: "text", contract_id: "text", body: "bytes" },
        ...{ made_by: "text", made_at: "instant", edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id"]],
    }),
    createTable("council_member", {
      columns: {
        ...{ id: "text", contract_id: "text", number: "int32", active: "flag", body: "bytes" },
        ...{ made_by: "text", made_at: "instant", edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createTable("council_meeting", {
      columns: {
        ...{ id: "text", contract_id: "text", number: "int32", state: "text", task: "text", day: "day?" },
        ...{ sequence: "int32", body: "bytes", made_by: "text", made_at: "instant", edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createTable("council_answer", {
      columns: {
        ...{ id: "text", contract_id: "text", meeting_id: "text", member_id: "text", body: "bytes" },
        ...{ made_by: "text", made_at: "instant" },
      },
      primary: ["id"],
      unique: [["contract_id", "meeting_id", "member_id"]],
      foreign: [{ columns: ["meeting_id"], table: "council_meeting", references: ["id"] }],
    }),
    createTable("council_minutes", {
      columns: {
        ...{ id: "text", contract_id: "text", meeting_id: "text", state: "text", body: "bytes" },
        ...{ made_by: "text", made_at: "instant", edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id", "meeting_id"]],
      foreign: [{ columns: ["meeting_id"], table: "council_meeting", references: ["id"] }],
    }),
    createTable("council_action", {
      columns: {
        ...{ id: "text", contract_id: "text", number: "int32", meeting_id: "text", line: "int32?" },
        ...{ state: "text", due: "day?", task_id: "text?", body: "bytes" },
        ...{ made_by: "text", made_at: "instant", closed_at: "instant?", edition: "int32" },
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createIndex("council_action_meeting", "council_action", ["contract_id", "meeting_id"]),
  ],
};
