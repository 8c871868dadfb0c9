import type { EntranceRoute, Visit } from "../access/entrance.ts";
import { parseInput } from "../access/zod-message.ts";
import { systemActor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { letterAsk } from "./comment-ask.ts";
import { lateIn } from "./open-period.ts";
import { PublicFormPage } from "./public-form-page.tsx";
import { typedLetter } from "./read-letter-file.ts";
import { type Period, readPeriod } from "./read-period.ts";
import { receiveLetters } from "./receive-letters.ts";

/** 一通の長さの上限（字）。フォームから送れる長さ。 */
const FORM_TEXT = 20_000;

/** 公開を認められ、いま受け付けている意見公募。なければ NOT_FOUND（公開していないことも言わない）。 */
async function openForm(
  office: Office,
  wanted: string | undefined,
): Promise<{ contract: string; client: string; period: Period }> {
  for (const { id, client } of await listContracts(office)) {
    if (wanted !== undefined && wanted !== id) continue;
    const period = await readPeriod(office, id);
    const today = dayOf(office.clock.officeNow(id));
    if (period?.state === "open" && period.permission !== null && !lateIn(period, today))
      return { contract: id, client, period };
  }
  throw new AppError("NOT_FOUND", "いま、意見を受け付けているフォームはありません。");
}

async function formPage(
  visit: Visit,
  more: { values?: Readonly<Record<string, string>>; faults?: readonly Fault[] } = {},
): Promise<Response> {
  const { contract, client, period } = await openForm(visit.office, visit.query("c"));
  return visit.page({
    title: "ご意見の提出",
    status: more.faults === undefined ? 200 : 422,
    body: <PublicFormPage csrf={visit.csrf} {...{ contract, client, period, ...more }} />,
  });
}

async function submit(visit: Visit): Promise<Response> {
  const form = Object.fromEntries(await visit.form());
  const { contract, client, period } = await openForm(visit.office, visit.query("c"));
  const text = (form.text ?? "").trim();
  if (text === "" || text.length > FORM_TEXT) {
    const message = text === "" ? "ご意見を書いてください。" : `ご意見は${FORM_TEXT}字までで書いてください。`;
    return formPage(visit, { values: form, faults: [{ field: "text", message }] });
  }
  const given = parseInput(letterAsk, {
    ...form,
    channel: "form",
    day: dayOf(visit.office.clock.officeNow(contract)),
    signers: "1",
  });
  const { letters } = await receiveLetters(visit.office, systemActor(contract), [
    typedLetter(given, undefined),
  ]);
  return visit.page({
    title: "ご意見を受け取りました",
    body: (
      <PublicFormPage csrf={visit.csrf} {...{ contract, client, period }} received={letters[0]?.number} />
    ),
  });
}

/** 意見のフォーム（着席していない市民の方の道）。市が認めて公開している間だけ、画面が出る。 */
export const publicFormRoutes: EntranceRoute[] = [
  {
    ...{ id: "entrance.comment-form", method: "GET", path: "/comment-form", kind: "page" },
    summary: "意見のフォーム（公開しているときだけ）",
    handle: (visit) => formPage(visit),
  },
  {
    ...{
      id: "entrance.comment-form.submit",
      method: "POST",
      path: "/comment-form",
      kind: "page",
      counted: true,
    },
    summary: "フォームから意見を出す",
    handle: submit,
  },
];
