import { expect, test } from "vitest";
import type { ListedDeliverable } from "../delivery/list-deliverables.ts";
import { deliverableRows } from "./deliverable-row.ts";

const base: ListedDeliverable = {
  ...{ id: "a", code: "D-01", title: "予約者リスト　第一期", clause: "9(2)", formats: ["xlsx"] },
  ...{ form: undefined, due: "2025-07-25", urgency: undefined, accepter: "企画課", state: "handed" },
  ...{ stateText: "引渡し済み", version: 2, rights: { signed: 3, total: 3 }, receipt: "受領書 第1号" },
  ...{ receivedOn: "2025-07-28", handedAt: null, obligation: null },
};
const ahead: ListedDeliverable = {
  ...{ ...base, id: "b", title: "報告書", due: "2026-01-30", state: "preparing", stateText: "準備中" },
  version: 0,
};

test("９ 成果品がなければ区画を出さず、あれば手直しと期限の近いものを、期限の早い順に四つまで", () => {
  expect(deliverableRows([], true)).toBeUndefined();
  const many = Array.from({ length: 6 }, (_, at) => ({ ...ahead, id: `n${at}`, due: `2026-02-0${at + 1}` }));
  const rework: ListedDeliverable = { ...base, id: "r", state: "rework", stateText: "手直し", due: null };
  const shown = deliverableRows([...many, base, rework], true);
  expect(shown?.total).toBe(8);
  expect(shown?.rows.map((row) => row.id)).toEqual(["a", "n0", "n1", "r"]);
  expect(shown?.rows.map((row) => row.stateText)).toEqual(["引渡し済み", "期日前", "期日前", "手直し"]);
});

test("開けない人には、つながりを付けない", () => {
  expect(deliverableRows([base], false)?.rows[0]?.href).toBeUndefined();
  expect(deliverableRows([base], true)?.rows[0]?.href).toBe("/deliverables/a");
});
