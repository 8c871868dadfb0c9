import { createTable, type Migration } from "../src/platform/ddl.ts";

/** 一人の方の申出で、どの文書の何を消すと決めたか（意見書、委員、会議の録音）。鍵だけでは、残す分を言えないため。 */
export const erasurePick: Migration = {
  name: "0029-erasure-pick",
  statements: [
    createTable("erasure_pick", {
      columns: {
        erasure_id: "text",
        holder: "text",
        ref: "text",
        how: "text",
        label: "text",
      },
      primary: ["erasure_id", "holder", "ref"],
      foreign: [{ columns: ["erasure_id"], table: "erasure", references: ["id"] }],
    }),
  ],
};
