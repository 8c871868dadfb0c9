import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 従業者の入り口: 人、役割、第二の要素、セッション、続けて違えた回数。 */
export const accounts: Migration = {
  name: "0002-accounts",
  statements: [
    createTable("account", {
      columns: {
        id: "text",
        number: "text",
        name: "bytes",
        state: "text",
        password: "text",
        must_change: "flag",
        created_at: "instant",
        changed_at: "instant",
      },
      primary: ["id"],
      unique: [["number"]],
    }),
    createTable("account_role", {
      columns: { account_id: "text", contract_id: "text", role: "text", from_day: "day", to_day: "day?" },
      primary: ["account_id", "contract_id", "role", "from_day"],
      foreign: [{ columns: ["account_id"], table: "account", references: ["id"] }],
    }),
    createTable("factor", {
      columns: {
        id: "text",
        account_id: "text",
        kind: "text",
        label: "text",
        secret: "bytes",
        lookup: "bytes?",
        version: "int32",
        created_at: "instant",
        used_at: "instant?",
      },
      primary: ["id"],
      unique: [["lookup"]],
      foreign: [{ columns: ["account_id"], table: "account", references: ["id"] }],
    }),
    createIndex("factor_account", "factor", ["account_id"]),
    createTable("session", {
      columns: {
        hash: "bytes",
        account_id: "text",
        stage: "text",
        contract_id: "text",
        desk: "text?",
        csrf: "text",
        challenge: "bytes?",
        flash: "text?",
        started_at: "instant",
        seen_at: "instant",
        stepped_at: "instant?",
        live_until: "instant?",
        locked: "flag",
      },
      primary: ["hash"],
      foreign: [{ columns: ["account_id"], table: "account", references: ["id"] }],
    }),
    createIndex("session_account", "session", ["account_id"]),
    createIndex("session_desk", "session", ["contract_id", "desk"], '"desk" IS NOT NULL'),
    // いる人もいない人も同じに数えるので、従業者番号の照合値だけを持つ。
    createTable("sign_in_try", {
      columns: {
        number_hash: "bytes",
        failed: "int32",
        failed_at: "instant",
        next_at: "instant",
        locked_until: "instant?",
      },
      primary: ["number_hash"],
    }),
  ],
};
