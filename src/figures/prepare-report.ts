import type { Actor } from "../base/actor.ts";
import { obligationOf } from "../contract/duty.ts";
import { readOwed } from "../contract/read-owed.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import type { Office } from "../platform/office.ts";
import { type ReportAsk, readReport } from "./read-report.ts";
import type { Report, ReportSection } from "./report.ts";

/**
 * 報告を、委託者への報告（協議・届出）の下書きにする。責任者が読み、直して提出する。
 * 同じ日・同じ期の下書きがあれば、それを開く。期限は義務の一覧から。
 * @throws AppError FORBIDDEN、BAD_INPUT（期の章は完了報告に綴じるので、届け出ない）
 */
export async function prepareReport(
  office: Office,
  actor: Actor,
  ask: ReportAsk & { kind: "daily" | "week" },
): Promise<{ id: string; number: number }> {
  const report = await readReport(office, actor.contract, ask);
  const form = ask.kind === "daily" ? "daily-report" : "week-report";
  const duty = ask.kind === "week" ? await dutyOf(office, actor.contract, report.about) : undefined;
  const filing = await prepareFiling(office, actor, {
    form,
    about: { room: "figures", kind: report.kind, id: report.about },
    fields: ask.kind === "daily" ? dailyFields(report) : weekFields(report),
    ...(duty === undefined ? {} : { obligation: duty.key, due: duty.due }),
  });
  await office.act(actor, (tx) =>
    tx.record({
      kind: "report.prepared",
      about: `figures/${report.kind}/${report.about}`,
      payload: { kind: report.kind, about: report.about, filing: filing.id },
    }),
  );
  return { id: filing.id, number: filing.number };
}

/** この期の「１週間以内」の義務の一件。義務の室に載っていなければ undefined。 */
async function dutyOf(office: Office, contract: string, term: string) {
  const { lines } = await readOwed(office, contract, {});
  const found = lines.find(
    ({ key }) => obligationOf(key) === "week-report" && key.slice("week-report".length + 1).includes(term),
  );
  return found && { key: found.key, due: found.due ?? undefined };
}

function rowOf(section: ReportSection | undefined, label: string): readonly (string | number)[] {
  return section?.table?.rows.find(([head]) => head === label) ?? [];
}

function dailyFields(report: Report): Record<string, string> {
  const [hours, items, bookings, complaints] = report.sections;
  const last = (label: string) => String(rowOf(hours, label).at(-1) ?? 0);
  const topics = (items?.table?.rows ?? []).map(([label, n]) => `${label} ${n}件`).join("、");
  return {
    day: report.about,
    calls: last("入電"),
    answered: last("応答"),
    bookings: String(rowOf(bookings, "新規の予約")[1] ?? 0),
    content: [
      `問い合わせ：${topics}`,
      ...(items?.notes ?? []),
      `${complaints?.title ?? ""}`,
      ...(complaints?.table?.rows ?? []).map((row) => row.join("　")),
      ...(report.check === "" ? [] : [`照合番号 ${report.check}`]),
    ].join("\n"),
  };
}

function weekFields(report: Report): Record<string, string> {
  const [days, items] = report.sections;
  const lines = (section: ReportSection | undefined) => {
    const heads = section?.table?.heads ?? [];
    return (section?.table?.rows ?? [])
      .map(
        ([label, ...values]) =>
          `${label}　${values.map((value, at) => `${heads[at + 1]} ${value}`).join("、")}`,
      )
      .join("\n");
  };
  const totals = (items?.table?.rows ?? []).map((row) => `${row[0]} ${row.at(-1)}件`).join("\n");
  return {
    term: report.facts[1]?.value.split("　")[0] ?? report.about,
    from: report.from,
    to: report.to,
    counts: lines(days).slice(0, 3_900),
    topics: totals,
  };
}
