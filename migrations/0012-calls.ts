import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 電話の記録。 */
export const calls: Migration = {
  name: "0012-calls",
  statements: [
    createTable("call", {
      columns: {
        id: "text",
        contract_id: "text",
        source: "text",
        direction: "text",
        day: "day",
        slot: "text",
        arrived_at: "instant",
        answered_at: "instant?",
        ended_at: "instant?",
        state: "text",
        why: "text",
        queue: "text",
        desk: "text",
        waited: "int32?",
        talked: "int32?",
        caller: "bytes?",
        caller_hmac: "bytes?",
        key_id: "text?",
        task_id: "text?",
        edition: "int32",
      },
      primary: ["id"],
    }),
    createIndex("call_day", "call", ["contract_id", "direction", "day", "slot", "state", "desk"]),
    createIndex("call_caller", "call", ["contract_id", "caller_hmac", "arrived_at"]),
    createIndex("call_state", "call", ["contract_id", "state", "arrived_at"]),
    createTable("call_alias", {
      columns: { contract_id: "text", alias: "text", call_id: "text" },
      primary: ["contract_id", "alias"],
    }),
    createTable("call_key", {
      columns: { contract_id: "text", day: "day", key_id: "text" },
      primary: ["contract_id", "day"],
    }),
    createTable("call_busy", {
      columns: { contract_id: "text", day: "day", count: "int32", made_by: "text", made_at: "instant" },
      primary: ["contract_id", "day"],
    }),
    createTable("call_door", {
      columns: { contract_id: "text", opened: "flag", edition: "int32", made_by: "text", made_at: "instant" },
      primary: ["contract_id"],
    }),
  ],
};
