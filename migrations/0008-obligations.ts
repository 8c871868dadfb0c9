import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 義務の写し（いつでも捨てて、記録から作り直せる）、手で書き足した証跡の言葉、室をまたぐつながり。 */
export const obligations: Migration = {
  name: "0008-obligations",
  statements: [
    createTable("owed_head", {
      columns: {
        contract_id: "text",
        blueprint_hash: "text",
        calendar_hash: "text",
        position: "int32",
        built_at: "instant",
      },
      primary: ["contract_id"],
    }),
    createTable("owed_item", {
      columns: {
        contract_id: "text",
        key: "text",
        obligation: "text",
        clause: "text",
        nature: "text",
        subject: "text?",
        label: "text",
        since: "instant",
        shows: "instant",
        due: "instant?",
        keep_until: "day?",
        until: "instant?",
        how: "text",
        outcome: "text",
        at: "instant?",
        expires: "instant?",
        proofs: "text",
      },
      primary: ["contract_id", "key"],
    }),
    createIndex("owed_item_obligation", "owed_item", ["contract_id", "obligation"]),
    createTable("duty_note", {
      columns: {
        id: "text",
        contract_id: "text",
        duty_key: "text",
        note: "bytes",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["id"],
    }),
    createIndex("duty_note_key", "duty_note", ["contract_id", "duty_key"]),
    createTable("link", {
      columns: {
        contract_id: "text",
        from_ref: "text",
        relation: "text",
        to_ref: "text",
        label: "text",
        made_by: "text",
        made_at: "instant",
      },
      primary: ["contract_id", "from_ref", "relation", "to_ref"],
    }),
    createIndex("link_to", "link", ["contract_id", "to_ref"]),
  ],
};
