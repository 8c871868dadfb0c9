import type { DraftDuty } from "./draft-duty.ts";
import type { SpecificationDraft } from "./draft-specification.ts";
import type { BlueprintHead } from "./write-blueprint.ts";

/** 仕様書に書いてあった頭。書いていないものは空のまま（決めていない）。 */
export interface ReadHead {
  title: string;
  client: string;
  clientUnit: string;
  from: string;
  to: string;
}

/** 件名・委託者・担当課・履行期間を、仕様書の言葉から。 */
export function readHead(draft: SpecificationDraft): ReadHead {
  const named = draft.clauses.find((one) =>
    /^(?:業務名|業務の名称|委託業務名|件名|業務名称|委託名)$/.test(one.title),
  );
  const all = draft.clauses.map((one) => one.text).join("\n");
  const unit =
    /([^\s、。：:（(]{1,8}[都道府県市区町村])([^\s、。：:（(]{2,40}(?:課|係|室|センター|事務局))/.exec(all);
  const title = /([^\s、。：:]{4,60}(?:業務|事業|委託))(?:委託)?(?:業務)?仕様書/.exec(all)?.[1] ?? "";
  return {
    title: named ? withoutHead(named.text, named.title) : title,
    client: unit?.[1] ?? "",
    clientUnit: unit?.[2] ?? "",
    ...period(draft.duties),
  };
}

function withoutHead(text: string, title: string): string {
  const at = text.indexOf(title);
  return text
    .slice(at + title.length)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

function period(duties: readonly DraftDuty[]): { from: string; to: string } {
  const to = duties.find((one) => one.verb === "履行")?.due.date ?? "";
  return { from: "", to };
}

/** その日の年度。 */
export function fiscalYearOfDay(day: string): number {
  const [year = 2000, month = 4] = day.split("-").map(Number);
  return month >= 4 ? year : year - 1;
}

/**
 * 事務所のない扉（spec blueprint）で使う頭。書いていないものは仮の値になり、undecided に名が出る。
 */
export function headOf(
  draft: SpecificationDraft,
  given: Partial<ReadHead>,
): { head: BlueprintHead; undecided: string[] } {
  const read = readHead(draft);
  const undecided: string[] = [];
  const pick = (name: keyof ReadHead, label: string, instead: string): string => {
    const value = given[name] ?? read[name];
    if (value !== "") return value;
    undecided.push(label);
    return instead;
  };
  const title = pick("title", "件名", "決めていない");
  const client = pick("client", "委託者", "決めていない");
  const clientUnit = pick("clientUnit", "担当課", "決めていない");
  const to = pick("to", "履行期間の終わり", "2099-03-31");
  const fiscalYear = fiscalYearOfDay(to);
  const from = pick("from", "契約締結日", `${fiscalYear}-04-01`);
  const head: BlueprintHead = {
    ...{ title, shortTitle: title.slice(0, 24), client, clientUnit, fiscalYear },
    performance: { from, to },
    services: ["desk"],
  };
  return { head, undecided };
}
