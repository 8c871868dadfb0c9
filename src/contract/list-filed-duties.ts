import type { Office } from "../platform/office.ts";
import type { Obligation } from "../terms/obligation.ts";
import { titleOf } from "./duty-title.ts";
import { isAsked } from "./occasion.ts";
import { readOwed } from "./read-owed.ts";

/**
 * その様式（filings の form の code）の届出で果たせる、まだ果たしていない義務の回。期限の早い順。
 * 「起きたとき」の義務でまだ生じていないものは、義務の id で（出すと、生じる）、終わりに並ぶ。
 * 届出を手で選んで作るとき、どの義務のものかを選ぶのに使う。
 */
export async function listFiledDuties(
  office: Office,
  contractId: string,
  form: string,
): Promise<{ value: string; label: string }[]> {
  const { blueprint, lines } = await readOwed(office, contractId, { states: ["late", "due", "ahead"] });
  const fitting = blueprint.obligations.filter((one) => isFiledBy(one, form));
  const ids = new Set(fitting.map(({ id }) => id));
  const open = lines.filter((line) => ids.has(line.obligation));
  const numbers = new Map(blueprint.clauses.map(({ id, number }) => [id, number]));
  const asked = fitting.filter(
    (one) => isAsked(one) && !open.some(({ obligation }) => obligation === one.id),
  );
  return [
    ...open.map(({ key, clause, title, due, dueText }) => ({
      value: key,
      label: `${clause} ${title}${due === null ? "" : `　期限 ${dueText}`}`,
    })),
    ...asked.map((one) => ({
      value: one.id,
      label: `${numbers.get(one.clause)?.replace("/", " ") ?? ""} ${titleOf(one)}`.trim(),
    })),
  ];
}

function isFiledBy({ form, done }: Obligation, wanted: string): boolean {
  return (
    form === wanted ||
    done.some(({ event, with: given }) => event === "filing.submitted" && given?.form === wanted)
  );
}
