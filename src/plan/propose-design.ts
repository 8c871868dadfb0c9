import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Office } from "../platform/office.ts";
import { type Design, type DesignInput, type DesignRequest, designLabel, lookOfDesign } from "./design.ts";
import { type DecisionRow, listDecisionRows } from "./plan-decision-store.ts";
import { listFileRows } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { updatePlanMeta } from "./plan-store.ts";
import { openPlan } from "./read-plan.ts";
import { writeDecision } from "./write-decision.ts";

const TEXT = 1_000;

/** デザインの案（出した順）と、都度の要望。 */
export async function listDesigns(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<{ designs: Design[]; requests: DesignRequest[]; chosen: Design | undefined }> {
  const { key } = await openPlan(office, actor, planId);
  const [rows, names] = await Promise.all([
    listDecisionRows(office.read, key, planId, [
      "design-proposed",
      "design-chosen",
      "design-asked",
      "design-answered",
    ]),
    nameHandlers(office, actor.contract),
  ]);
  const by = (row: DecisionRow) => ({ by: names.get(row.made_by)?.short ?? "", at: row.made_at });
  const of = (kind: DecisionRow["kind"]) => rows.filter((row) => row.kind === kind);
  const last = of("design-chosen").at(-1);
  const designs = of("design-proposed").map((row, at): Design => {
    const { title, aim, theme } = JSON.parse(row.body) as DesignInput;
    const chosen = last?.subject === String(row.number) ? last : undefined;
    return {
      ...{ title, aim, theme, number: row.number, label: designLabel(at), ...by(row) },
      chosen: chosen
        ? { reason: (JSON.parse(chosen.body) as { reason: string }).reason, ...by(chosen) }
        : null,
    };
  });
  const requests = of("design-asked").map(
    (row): DesignRequest => ({
      ...{ number: row.number, text: (JSON.parse(row.body) as { text: string }).text, ...by(row) },
      answers: of("design-answered")
        .filter(({ subject }) => subject === String(row.number))
        .map((answer) => ({
          ...(JSON.parse(answer.body) as { text: string; design: number | null }),
          ...by(answer),
        })),
    }),
  );
  return { designs, requests: requests.toReversed(), chosen: designs.find(({ chosen }) => chosen !== null) };
}

/**
 * デザインの案を出す。色の読みにくい組は、出す前に断る（JIS X 8341-3 AA）。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN、NOT_FOUND
 */
export async function proposeDesign(
  office: Office,
  actor: Actor,
  planId: string,
  given: DesignInput,
): Promise<{ number: number }> {
  refusePlanRole("write", actor);
  const { key } = await openPlan(office, actor, planId);
  const files = await listFileRows(office.read, key, planId);
  const faults: Fault[] = lookOfDesign(given.theme).faults.map((message) => ({
    field: /accent/.test(message)
      ? "accent"
      : /second/.test(message)
        ? "second"
        : /ink/.test(message)
          ? "ink"
          : "base",
    message,
  }));
  if (given.title.trim() === "") faults.push({ field: "title", message: "案の名を書いてください。" });
  if (given.theme.cover && !files.some(({ name }) => name === given.theme.cover))
    faults.push({
      field: "cover",
      message: "その表紙の絵は、原稿にありません。権利の画面で入れてください。",
    });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "案に直すところがあります。", { faults });
  const body = JSON.parse(JSON.stringify(given)) as Json;
  return office.act(actor, async (tx) => ({
    number: await writeDecision(tx, { plan: planId, key }, { kind: "design-proposed", subject: "", body }),
  }));
}

/**
 * 案を選ぶ。選んだときから、Word・PowerPoint・PDF・HTML と概要版の全部が、その見た目になる（残した版は変わらない）。
 * 委託者が選ぶ。受託者が代わりに記録するときは、いつ・どの協議で決まったかを書く。
 * @throws AppError BAD_INPUT、NOT_FOUND、FORBIDDEN
 */
export async function chooseDesign(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  reason: string,
): Promise<Design> {
  refusePlanRole("comment", actor);
  const { designs } = await listDesigns(office, actor, planId);
  const design = designs.find((one) => one.number === number);
  if (!design) throw new AppError("NOT_FOUND", "その案はありません。案の一覧から選び直してください。");
  if (!actor.roles.includes("client") && reason.trim() === "") {
    const message = "委託者の選定を代わりに記録するときは、いつ、どの協議で決まったかを書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: `reason-${number}`, message }] });
  }
  const { row, key, meta } = await openPlan(office, actor, planId);
  const next = { title: row.title, meta: JSON.stringify({ ...meta, theme: design.theme }) };
  await office.act(actor, async (tx) => {
    if (!(await updatePlanMeta(tx, row, next)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が、先に決めごとを直しました。画面を開き直して、もう一度お願いします。",
      );
    await writeDecision(
      tx,
      { plan: planId, key },
      {
        ...{ kind: "design-chosen", subject: String(number), body: { reason: reason.trim().slice(0, TEXT) } },
      },
    );
  });
  return design;
}

/** 選んだあとの要望を、一件として残す（都度対応）。 */
export async function askDesign(office: Office, actor: Actor, planId: string, text: string): Promise<number> {
  refusePlanRole("comment", actor);
  const words = wordsOf(text, "request");
  const { key } = await openPlan(office, actor, planId);
  return office.act(actor, (tx) =>
    writeDecision(tx, { plan: planId, key }, { kind: "design-asked", subject: "", body: { text: words } }),
  );
}

/** 要望に応える。design は、応えて出した案の番号（なければ null）。 */
export async function answerDesign(
  office: Office,
  actor: Actor,
  planId: string,
  request: number,
  given: { text: string; design: number | null },
): Promise<void> {
  refusePlanRole("write", actor);
  const text = wordsOf(given.text, `answer-${request}`);
  const { designs, requests } = await listDesigns(office, actor, planId);
  if (!requests.some(({ number }) => number === request))
    throw new AppError("NOT_FOUND", "その要望はありません。");
  if (given.design !== null && !designs.some(({ number }) => number === given.design))
    throw new AppError("NOT_FOUND", "その案はありません。");
  const { key } = await openPlan(office, actor, planId);
  await office.act(actor, (tx) =>
    writeDecision(
      tx,
      { plan: planId, key },
      {
        ...{ kind: "design-answered", subject: String(request), body: { text, design: given.design } },
      },
    ),
  );
}

function wordsOf(text: string, field: string): string {
  const words = text.trim();
  if (words !== "" && words.length <= TEXT) return words;
  const message =
    words === "" ? "言葉を書いてください。" : `${TEXT.toLocaleString("ja-JP")}字までで書いてください。`;
  throw new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
