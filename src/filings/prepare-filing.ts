import { type About, aboutText } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { draftFiling, editFiling } from "./draft-filing.ts";
import { type FormFields, findForm } from "./filing-form.ts";
import { listFilings, openFiling, readFields } from "./list-filings.ts";

export interface PreparedFiling {
  /** 様式の code。 */
  form: string;
  /** 件名。省けば様式の表題。個人情報を書かない。 */
  title?: string | undefined;
  clause?: string | undefined;
  about?: About | undefined;
  fields?: FormFields | undefined;
  obligation?: string | undefined;
  due?: Instant | undefined;
}

/**
 * ほかの室が、様式の下書きを作っておく。同じ様式・同じもの（about か義務）の下書きがもうあれば、空いている欄だけを埋める。
 * 人が書いた欄は変えない。足りない欄は、提出する前に人が書く。
 * @throws AppError BAD_INPUT（知らない様式）、FORBIDDEN
 */
export async function prepareFiling(
  office: Office,
  actor: Actor,
  given: PreparedFiling,
): Promise<{ id: string; number: number; made: boolean }> {
  const form = findForm(given.form);
  if (!form) throw new AppError("BAD_INPUT", "その様式はありません。様式の一覧から選んでください。");
  const about = aboutText(given.about);
  const known = (await listFilings(office, actor, { group: "draft", form: form.code })).find(
    (one) =>
      (given.obligation !== undefined && one.obligation === given.obligation) ||
      (given.obligation === undefined && about !== null && aboutText(one.about) === about),
  );
  if (known) {
    const { filing } = await openFiling(office, actor, known.id);
    const { title, clause, body, edition, due } = filing;
    const fields = { ...given.fields, ...readFields(filing) };
    await editFiling(office, actor, known.id, {
      ...{ title, clause, body, edition, fields },
      due: due ?? given.due,
    });
    return { id: known.id, number: known.number, made: false };
  }
  const { title = form.title, clause = form.clause, fields = {}, obligation, due } = given;
  const made = await draftFiling(office, actor, {
    ...{ kind: form.kind, form: form.code, title, clause, body: "", fields, obligation, due },
    about: given.about,
  });
  return { ...made, made: true };
}
