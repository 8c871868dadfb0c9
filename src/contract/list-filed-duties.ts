import type { Office } from "../platform/office.ts";
import type { Obligation } from "../terms/obligation.ts";
import { readOwed } from "./read-owed.ts";

/**
 * その様式（filings の form の code）の届出で果たせる、まだ果たしていない義務の回。期限の早い順。
 * 届出を手で選んで作るとき、どの義務のものかを選ぶのに使う。
 */
export async function listFiledDuties(
  office: Office,
  contractId: string,
  form: string,
): Promise<{ value: string; label: string }[]> {
  const { blueprint, lines } = await readOwed(office, contractId, { states: ["late", "due", "ahead"] });
  const fitting = new Set(blueprint.obligations.filter((one) => isFiledBy(one, form)).map(({ id }) => id));
  return lines
    .filter((line) => fitting.has(line.obligation))
    .map(({ key, clause, title, due, dueText }) => ({
      value: key,
      label: `${clause} ${title}${due === null ? "" : `　期限 ${dueText}`}`,
    }));
}

function isFiledBy({ form, done }: Obligation, wanted: string): boolean {
  return (
    form === wanted ||
    done.some(({ event, with: given }) => event === "filing.submitted" && given?.form === wanted)
  );
}
