import { insertFact } from "../access/handler-fact-store.ts";
import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, type Instant, instantFromMs, minuteOf } from "../base/time.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import { allowGlassRow, insertGlass, listGlassRows, openGlassRow } from "./glass-store.ts";
import { mayBreak } from "./privacy-right.ts";
import { checkSeal } from "./seal-glass.ts";

/** 緊急の閲覧の長さ（分）。 */
const GLASS_MINUTES = 60;

/** 緊急の閲覧を頼む（理由つき）。別の人が許すまで、何も開かない。 @throws AppError BAD_INPUT */
export async function askGlass(office: Office, actor: Actor, reason: string): Promise<{ id: string }> {
  const text = reason.trim();
  if (text === "" || [...text].length > 500) {
    const message =
      text === "" ? "なぜいま見る必要があるかを書いてください。" : "500字までで書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
  }
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    await insertGlass(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, reason: text, asked_by: actor.id, asked_at: tx.now },
      ...{ allowed_by: null, allowed_at: null, until: null },
    });
    await tx.record({ kind: "glass.asked", about: `privacy/glass/${key.id}` });
  });
  return { id: key.id };
}

/**
 * 別の権限のある人が、封を切った符号を入れて許す。60分だけ、見ることだけ。保護管理者に確認の仕事が立ち、委託者への報告が出る。
 * @throws AppError FORBIDDEN、REFUSED（頼んだ本人、符号がない）、BAD_INPUT（符号が違う）、CONFLICT（もう許されている）
 */
export async function allowGlass(
  office: Office,
  actor: Actor,
  id: string,
  code: string,
): Promise<{ until: Instant; report: string }> {
  if (!mayBreak(actor.roles))
    throw new AppError(
      "FORBIDDEN",
      "緊急の閲覧を許すのは、責任者か保護管理者です。該当する方にお願いしてください。",
    );
  const asked = (await listGlassRows(office.read, actor.contract)).find((row) => row.id === id);
  if (!asked) throw new AppError("NOT_FOUND", "その願いはありません。画面を開き直してください。");
  if (asked.asked_by === actor.id)
    throw new AppError("REFUSED", "頼んだ人は、自分では許せません。もう一人の権限のある人に頼んでください。");
  const seal = await checkSeal(office, actor, code);
  const { blueprint } = await openContract(office, actor.contract);
  const until = await office.act(actor, async (tx) => {
    // 一つの符号は一度だけ。二つの願いに同時に使っても、あとの一つは開かない。
    if ((await takeNumber(tx, tx.contract, `glass-used-${seal}`)) > 1)
      throw new AppError("CONFLICT", "その符号は、いま使われました。新しい符号を作って封をしてください。");
    const end = instantFromMs(Date.parse(tx.now) + GLASS_MINUTES * 60_000);
    const row = await allowGlassRow(tx, id, end);
    if (!row) throw new AppError("CONFLICT", "もう許されています。画面を開き直してください。");
    await insertFact(tx, {
      ...{ account_id: row.asked_by, contract_id: tx.contract, fact: "glass", line_id: id },
      ...{ from_day: dayOf(tx.now), to_day: null, until: end },
    });
    await putTask(tx, blueprint, {
      ...{
        kind: "other",
        title: "緊急の閲覧で見たものを、記録で確かめる",
        clause: "特記10(5)",
        role: "privacy",
      },
      ...{
        due: { kind: "business-days", days: 1 },
        about: { room: "privacy", kind: "glass", id },
        cause: `glass/${id}`,
      },
    });
    await tx.record({ kind: "glass.broken", about: `privacy/glass/${id}`, payload: { until: end, seal } });
    return end;
  });
  return { until, report: await reportGlass(office, actor, id, until) };
}

/** 委託者への報告。出せる役割なら、その場で出す（総括だけのときは下書き）。 */
async function reportGlass(office: Office, actor: Actor, id: string, until: Instant): Promise<string> {
  const { id: filing } = await draftFiling(office, actor, {
    ...{ kind: "report", title: "緊急の閲覧についての報告", clause: "特記14(1)" },
    about: { room: "privacy", kind: "glass", id },
    body: `個人情報を扱う資格がそろっていない従業者に、二人の判断で緊急の閲覧を許しました。閲覧だけで、書き込みと書き出しはできません。終わりは ${dayOf(until)} ${minuteOf(until)} です。見たものは閲覧の記録に残り、翌営業日までに保護管理者が確かめます。`,
  });
  await submitFiling(office, actor, filing, await answerTerms(office, actor.contract));
  return filing;
}

async function answerTerms(office: Office, contract: string) {
  const { calendar, hours } = (await openContract(office, contract)).blueprint;
  return { calendar, close: hours.close };
}

export interface ListedGlass {
  id: string;
  reason: string;
  askedBy: string;
  askedById: string;
  askedAt: Instant;
  allowedBy: string | null;
  until: Instant | null;
  state: "asked" | "open" | "over";
}

/** 緊急の閲覧の願いと、許したもの。新しい順に50件。 */
export async function listGlasses(office: Office, contract: string): Promise<ListedGlass[]> {
  const rows = await listGlassRows(office.read, contract);
  const [names, keys] = await Promise.all([
    nameHandlers(office, contract),
    office.keys.get(
      contract,
      rows.map((row) => row.id),
    ),
  ]);
  const name = (of: ReadonlyMap<string, HandlerName>, id: string) => of.get(id)?.name ?? "異動した人";
  const now = office.clock.officeNow(contract);
  return rows.map((row) => ({
    ...{ id: row.id, reason: openGlassRow(keys.get(row.id), row).reason },
    ...{ askedBy: name(names, row.asked_by), askedById: row.asked_by, askedAt: row.asked_at },
    allowedBy: row.allowed_by === null ? null : name(names, row.allowed_by),
    until: row.until,
    state: row.until === null ? "asked" : now < row.until ? "open" : "over",
  }));
}
