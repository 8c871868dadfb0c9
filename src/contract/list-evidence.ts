import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { Clause } from "../terms/obligation.ts";
import { openContract } from "../terms/open-contract.ts";
import type { CoveredClause } from "./coverage.ts";
import type { Duty, DutyState } from "./duty.ts";
import { titleOf } from "./duty-title.ts";
import { listDuties } from "./owed-store.ts";
import { readCoverage } from "./read-coverage.ts";

/** 報告書に書く、条項一つの実施。 */
export interface ClauseEvidence {
  /** 「6(9)」。 */
  clause: string;
  title: string;
  /** 「実施」「実施中」…。 */
  state: string;
  /** 果たした回の数。 */
  evidence: number;
  /** 実施したこと。「骨子の提出（7月31日 受領を記録した）」。新しい回から、条項ごとに MOST_DONE まで。 */
  done: string[];
}

const MOST_DONE = 5;
const TITLE_MOST = 40;

/** 報告書での言い方（いまの色でなく、実施の様子）。 */
const stateTexts: Readonly<Record<DutyState, string>> = {
  late: "遅れ",
  due: "実施中",
  waiting: "答え待ち",
  done: "実施",
  ahead: "期日前",
  never: "受託者の義務なし",
};

/**
 * 義務のある条項ごとの実施と、したこと（仕様書の順）。業務完了報告書に刷る。
 * @param labelOf 記録の種類の名
 */
export async function listEvidence(
  office: Office,
  contractId: string,
  labelOf: (kind: string) => string | undefined,
): Promise<ClauseEvidence[]> {
  const { groups } = await readCoverage(office, contractId);
  const [{ blueprint }, duties] = await Promise.all([
    openContract(office, contractId),
    listDuties(office.read, contractId),
  ]);
  const names = new Map(blueprint.obligations.map((one) => [one.id, titleOf(one)]));
  const byClause = Map.groupBy(
    duties.filter((one) => one.outcome === "done" && one.nature !== "client"),
    (one) => one.clause,
  );
  return groups
    .flatMap((group) => group.clauses)
    .filter((clause) => clause.obligations.length > 0)
    .map((clause) => evidenceOf(clause, byClause.get(clause.id) ?? [], names, labelOf));
}

function evidenceOf(
  clause: CoveredClause,
  duties: readonly Duty[],
  names: ReadonlyMap<string, string>,
  labelOf: (kind: string) => string | undefined,
): ClauseEvidence {
  const lines = duties
    .toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? 1 : -1))
    .map((duty) => {
      const name = names.get(duty.obligation) ?? duty.obligation;
      const kind = duty.proofs.at(-1)?.kind ?? "";
      const how = [duty.at === null ? "" : formatMonthDay(dayOf(duty.at)), labelOf(kind) ?? ""];
      return `${duty.label === "" ? name : `${name}・${duty.label}`}（${how.join(" ").trim()}）`;
    });
  const rest = lines.length - MOST_DONE;
  return {
    ...{
      clause: clause.number.replace("/", " "),
      title: clauseName(clause),
      state: stateTexts[clause.state],
    },
    evidence: duties.length,
    done: [...lines.slice(0, MOST_DONE), ...(rest > 0 ? [`ほか${rest}回`] : [])],
  };
}

/** 題のない条項は、文の初めで呼ぶ（番号は除く）。 */
export function clauseName({ title, text, number }: Pick<Clause, "title" | "text" | "number">): string {
  if (title !== "") return title;
  const bare = text
    .replace(
      /^\s*(?:[（(][^（）()]{1,3}[）)]|[①-⑳]|[ア-ン](?=[\s　])|第[0-9０-９一二三四五六七八九十]+条(?:の[0-9０-９]+)?|[0-9０-９]+(?=[\s　.．]))[\s　.．]*/u,
      "",
    )
    .trim();
  if (bare === "") return number;
  const [sentence = ""] = bare.split(/(?<=。)/);
  const letters = [...sentence];
  return letters.length > TITLE_MOST ? `${letters.slice(0, TITLE_MOST - 1).join("")}…` : sentence;
}
