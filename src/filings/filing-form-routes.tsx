import { randomUUID } from "node:crypto";
import { parseInput } from "../access/zod-message.ts";
import { readAbout } from "../base/about.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { withFaults } from "../platform/make-route.ts";
import type { Ask } from "../platform/route.ts";
import { editFiling } from "./draft-filing.ts";
import { isFilingKind, kindInfo } from "./filing.ts";
import { contentOf, draftGiven, editBody, filingBody, gatherFields } from "./filing-ask.ts";
import { findForm } from "./filing-form.ts";
import {
  FilingFormPage,
  type FilingFormPageProps,
  type FilingValues,
  kindNames,
} from "./filing-form-page.tsx";
import type { FiledDuty, FilingHand } from "./filing-hand.ts";
import { roleMay } from "./filing-right.ts";
import { type OpenFiling, openFiling, readFields } from "./list-filings.ts";

export function kindsOf(ask: Ask) {
  return kindNames.filter((kind) => roleMay("draft", kind, ask.actor.roles));
}

const blank: Omit<FilingValues, "kind"> = {
  ...{ form: "", obligation: "", fields: {}, copies: "1" },
  ...{ title: "", clause: "", body: "", dueDay: "", dueTime: "" },
  ...{ channel: "telephone", heardFrom: "", heardDay: "", heardTime: "" },
};

export async function formPage(
  ask: Ask,
  hand: FilingHand,
  given: Partial<FilingValues> & { about?: string | undefined; once?: string | undefined },
  more: { faults?: readonly Fault[]; edit?: FilingFormPageProps["edit"] } = {},
): Promise<Response> {
  const kinds = kindsOf(ask);
  const kind = given.kind ?? kinds.find((one) => one === "consultation") ?? kinds[0];
  if (kind === undefined)
    throw new AppError(
      "FORBIDDEN",
      "協議・届出は、SV・責任者・保護管理者が作ります。該当する方にお願いしてください。",
    );
  const about = readAbout(given.about);
  const found = about && hand.resolve(about);
  const form = findForm(given.form)?.kind === kind ? (given.form ?? "") : "";
  const values = { ...blank, ...given, kind, form };
  const duties =
    more.edit === undefined && form !== "" ? await hand.duties(ask.office, ask.actor.contract, form) : [];
  return ask.page({
    title: "協議・届出を作る",
    current: "filings.page",
    status: (more.faults ?? []).length > 0 ? 422 : 200,
    body: (
      <FilingFormPage
        csrf={ask.seated.csrf}
        values={values}
        faults={more.faults ?? []}
        edit={more.edit}
        once={more.edit === undefined ? (given.once ?? randomUUID()) : undefined}
        heard={kindInfo(kind).from === "client" && !ask.actor.roles.includes("client")}
        about={found && given.about !== undefined ? { ...found, text: given.about } : undefined}
        kinds={kinds}
        duties={duties}
        picked={pickedDuty(values.obligation, duties, about?.id)}
      />
    ),
  });
}

/** はじめに選んでおく義務: 言われたもの、同じものについてのもの、ただ一つならそれ。 */
function pickedDuty(given: string, duties: readonly FiledDuty[], about: string | undefined): string {
  if (given !== "") return given;
  const same = duties.find(({ value }) => about !== undefined && value.endsWith(`@${about}`));
  return same?.value ?? (duties.length === 1 ? (duties[0]?.value ?? "") : "");
}

export async function draftByForm(ask: Ask, hand: FilingHand): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const once = form.once || undefined;
  return withFaults(
    async () => {
      const { id } = await draftGiven(ask, hand, parseInput(filingBody, gatherFields(form)), once);
      return ask.go(`/filings/${id}`, "残しました。");
    },
    (faults) => {
      const { kind = "" } = form;
      return formPage(ask, hand, { ...typed(form), ...(isFilingKind(kind) ? { kind } : {}) }, { faults });
    },
  );
}

/** 打ったままの値（欄の誤りのあとに返す）。 */
function typed({ kind: _, ...form }: Record<string, string>): Partial<FilingValues> {
  const { fields, ...rest } = { fields: gatherFields(form).fields ?? {}, ...form };
  return { ...rest, fields } as Partial<FilingValues>;
}

function valuesOf({ filing }: OpenFiling): Partial<FilingValues> {
  const { kind, title, clause, body, due } = filing;
  const moment = due === null ? {} : { dueDay: dayOf(due), dueTime: minuteOf(due) };
  const more = { form: filing.form ?? "", fields: readFields(filing), copies: String(filing.copies) };
  return { kind, title, clause, body, ...more, ...moment };
}

export async function editPage(ask: Ask, hand: FilingHand): Promise<Response> {
  const open = await openFiling(ask.office, ask.actor, ask.param("id"));
  const { id, edition } = open.filing;
  return formPage(ask, hand, valuesOf(open), { edit: { id, edition } });
}

export async function editByForm(ask: Ask, hand: FilingHand): Promise<Response> {
  const id = ask.param("id");
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const given = parseInput(editBody, gatherFields(form));
      await editFiling(ask.office, ask.actor, id, {
        ...(await contentOf(ask, hand, given)),
        edition: given.edition,
      });
      return ask.go(`/filings/${id}`, "下書きを直しました。");
    },
    async (faults) => {
      const open = await openFiling(ask.office, ask.actor, id);
      const edit = { id, edition: Number(form.edition) || open.filing.edition };
      return formPage(ask, hand, { ...valuesOf(open), ...typed(form) }, { faults, edit });
    },
  );
}
