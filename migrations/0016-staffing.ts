import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 席数の条件、勤務、設備、雇用の別、緊急の着席、訓練の結果。 */
export const staffing: Migration = {
  name: "0016-staffing",
  statements: [
    createTable("staffing_setting", {
      columns: {
        contract_id: "text",
        aht: "int32",
        target_share: "int32",
        target_seconds: "int32",
        patience: "int32",
        printed: "text",
        edition: "int32",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["contract_id"],
    }),
    createTable("roster_day", {
      columns: { contract_id: "text", day: "day", edition: "int32", made_by: "text", made_at: "instant" },
      primary: ["contract_id", "day"],
    }),
    createTable("shift", {
      columns: {
        id: "text",
        contract_id: "text",
        day: "day",
        handler_id: "text",
        duty: "text",
        starts: "text",
        ends: "text",
        lunch_starts: "text?",
        lunch_ends: "text?",
      },
      primary: ["id"],
    }),
    createIndex("shift_day", "shift", ["contract_id", "day"]),
    createTable("equipment", {
      columns: {
        id: "text",
        contract_id: "text",
        kind: "text",
        count: "int32",
        payer: "text",
        down: "int32?",
        up: "int32?",
        on_day: "day",
        detail: "bytes",
        made_by: "text",
        made_at: "instant",
        ended_at: "instant?",
      },
      primary: ["id"],
    }),
    createIndex("equipment_contract", "equipment", ["contract_id", "kind"]),
    createTable("handler_ground", {
      columns: {
        contract_id: "text",
        handler_id: "text",
        hired: "text",
        filing_id: "text?",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["contract_id", "handler_id"],
    }),
    createTable("desk_pass", {
      columns: {
        id: "text",
        contract_id: "text",
        handler_id: "text",
        day: "day",
        reason: "bytes",
        task_id: "text",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["id"],
    }),
    createIndex("desk_pass_day", "desk_pass", ["contract_id", "day"]),
    createTable("drill_report", {
      columns: {
        id: "text",
        contract_id: "text",
        seed: "int32",
        report: "text",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["id"],
    }),
    createIndex("drill_report_contract", "drill_report", ["contract_id", "made_at"]),
  ],
};
