import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 動向調査の資料の登録簿（公表された資料だけ。個人情報は書かない）。 */
export const research: Migration = {
  name: "0026-research",
  statements: [
    createTable("research_source", {
      columns: {
        id: "text",
        contract_id: "text",
        number: "int32",
        kind: "text",
        title: "text",
        body: "text",
        made_by: "text",
        made_at: "instant",
        edition: "int32",
      },
      primary: ["id"],
      unique: [["contract_id", "number"]],
    }),
  ],
};
