import { createIndex, createTable, type Migration } from "../src/platform/ddl.ts";

/** 読み込んだ業務仕様書と、確かめている途中の条項・義務。 */
export const specification: Migration = {
  name: "0009-specification",
  statements: [
    createTable("specification", {
      columns: {
        id: "text",
        contract_id: "text",
        number: "int32",
        title: "bytes",
        state: "text",
        file_id: "text",
        job_id: "text",
        content: "bytes?",
        blueprint_id: "text?",
        open_count: "int32",
        all_count: "int32",
        edition: "int32",
        made_by: "text",
        made_at: "instant",
        confirmed_by: "text?",
        confirmed_at: "instant?",
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
    createIndex("specification_contract", "specification", ["contract_id", "made_at"]),
  ],
};
