import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 地階: 契約、行為の記録と検査点、仕事、封じたファイル、同じ要求の控え。 */
export const ground: Migration = {
  name: "0001-ground",
  statements: [
    createTable("contract", {
      columns: {
        id: "text",
        title: "text",
        client: "text",
        fiscal_year: "int32",
        blueprint: "text",
        blueprint_hash: "text",
        clock_shift_ms: "text",
        created_at: "instant",
      },
      primary: ["id"],
    }),
    createTable("event", {
      columns: {
        id: "text",
        contract_id: "text",
        kind: "text",
        at: "instant",
        recorded_at: "instant",
        actor: "text",
        subject: "text?",
        about: "text?",
        payload: "text",
        leaf: "bytes",
        seq: "int32?",
      },
      primary: ["id"],
    }),
    // 番号のない葉の索引は、番号がつけば空に近い。行為のときに触れるのは、この小さい方だけ。
    createIndex("event_seq", "event", ["seq"], "seq IS NOT NULL"),
    createIndex("event_unnumbered", "event", ["id"], "seq IS NULL"),
    // 種類で選ぶときも、行を読まずに索引の中で選ぶ。
    createIndex("event_at", "event", ["contract_id", "at", "kind"]),
    createIndex("event_about", "event", ["about"], "about IS NOT NULL"),
    createTable("checkpoint", {
      columns: { size: "int32", root: "bytes", frontier: "bytes", at: "instant", signature: "bytes" },
      primary: ["size"],
    }),
    createTable("lease", {
      columns: { name: "text", holder: "text", until: "instant" },
      primary: ["name"],
    }),
    createTable("counter", {
      columns: { contract_id: "text", name: "text", next: "int32" },
      primary: ["contract_id", "name"],
    }),
    createTable("job", {
      columns: {
        id: "text",
        contract_id: "text",
        kind: "text",
        owner: "text",
        input: "text",
        state: "text",
        done: "int32",
        total: "int32",
        message: "text",
        result: "text?",
        run_after: "instant",
        lease_until: "instant?",
        attempts: "int32",
        created_at: "instant",
        finished_at: "instant?",
      },
      primary: ["id"],
    }),
    createIndex("job_waiting", "job", ["state", "run_after"]),
    createTable("blob", {
      columns: {
        id: "text",
        contract_id: "text",
        key_id: "text",
        kind: "text",
        media: "text",
        file_name: "text",
        size: "int32",
        sha256: "text",
        content: "bytes",
        created_at: "instant",
        created_by: "text",
      },
      primary: ["id"],
    }),
    createTable("idempotency", {
      columns: {
        contract_id: "text",
        actor: "text",
        key_hash: "text",
        verb: "text",
        input_hash: "text",
        result: "text",
        created_at: "instant",
      },
      primary: ["contract_id", "actor", "key_hash"],
    }),
    createTable("person", {
      columns: {
        id: "text",
        contract_id: "text",
        name: "bytes",
        kana: "bytes",
        postal: "bytes",
        address: "bytes",
        building: "bytes",
        phone: "bytes",
        phone_hmac: "bytes?",
        kana_hmac: "bytes?",
        created_at: "instant",
        changed_at: "instant",
      },
      primary: ["id"],
    }),
    createIndex("person_phone", "person", ["contract_id", "phone_hmac"], "phone_hmac IS NOT NULL"),
    createIndex("person_kana", "person", ["contract_id", "kana_hmac"], "kana_hmac IS NOT NULL"),
  ],
};

/** 鍵の保管庫（keys.db）は別のデータベースなので、移行も別に数える。 */
export const keyGround: Migration = {
  name: "0001-keys",
  statements: [
    createTable("key", {
      columns: {
        id: "text",
        kind: "text",
        contract_id: "text",
        wrapped: "bytes?",
        created_at: "instant",
        destroyed_at: "instant?",
      },
      primary: ["kind", "id"],
    }),
  ],
};
