import { type About, aboutText } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { changeFiling } from "./change-filing.ts";
import { type FilingKind, filingFaults, filingLimits, kindInfo } from "./filing.ts";
import type { HeardChannel } from "./filing-answer.ts";
import { bodyOfFields, type FormFields, findForm, formFaults, keepFields } from "./filing-form.ts";
import { refuseFilingRole } from "./filing-right.ts";
import { insertFiling } from "./filing-store.ts";
import { takeDocument } from "./number-filing.ts";

export interface FilingInput {
  title: string;
  clause: string;
  body: string;
  /** 提出の期限（報告・届出）、または回答を望む期限。 */
  due?: Instant | undefined;
  /** 様式の欄（名は filing-form.ts）。あれば、本文は欄から作る。 */
  fields?: FormFields | undefined;
  /** 部数。省けば 1。 */
  copies?: number | undefined;
}

export interface NewFiling extends FilingInput {
  kind: FilingKind;
  /** 様式（filing-form.ts の code）。種類と合わないものは断る。 */
  form?: string | undefined;
  /** もとになった義務の一件の印（「complaint-report:answers/complaint/…」）。 */
  obligation?: string | undefined;
  about?: About | undefined;
  /** 委託者の指示を、受けた側が記録するとき。どう・いつ・だれから受けたか。 */
  heard?: { channel: HeardChannel; at: Instant; from: string } | undefined;
  onceKey?: string | undefined;
}

/**
 * 下書きを作る（番号は契約の通し）。委託者の指示を受けた側が記録するときは、そのまま提出済み（承知待ち）になる。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function draftFiling(
  office: Office,
  actor: Actor,
  given: NewFiling,
): Promise<{ id: string; number: number }> {
  refuseFilingRole("draft", given.kind, actor.roles);
  const recorded = kindInfo(given.kind).from === "client" && !actor.roles.includes("client");
  const content = contentOf(given, given.form, given.kind);
  const faults = [...content.faults, ...(recorded ? heardFaults(office, actor, given) : [])];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const about = aboutText(given.about);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { kind, due = null, heard, onceKey, form = null, obligation = null } = given;
  const { title, clause, body, fields, copies } = content.kept;
  const input = { kind, title, clause, body, due, form, obligation, copies };
  const once = onceKey === undefined ? undefined : { key: onceKey, verb: "filing.draft", input, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, "filing");
      await insertFiling(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, number, kind, about, due },
        ...{ title, clause, body, fields, copies, form, obligation },
        document: recorded ? await takeDocument(tx, kind, form) : null,
        ...{ made_by: actor.id, made_at: tx.now, version: 1, edition: 1 },
        ...{ decided_by: null, decided_at: null, answer: null },
        state: recorded ? "submitted" : "draft",
        submitted_by: recorded ? actor.id : null,
        submitted_at: recorded ? tx.now : null,
        channel: heard?.channel ?? null,
        heard_at: heard?.at ?? null,
        heard_from: heard?.from.trim() ?? null,
      });
      await tx.record({
        kind: recorded ? "filing.submitted" : "filing.drafted",
        about: key.id,
        payload: {
          ...{ kind, number, version: 1, clause, form, channel: heard?.channel ?? null },
          ...(obligation === null ? {} : { obligation }),
        },
      });
      return { id: key.id, number };
    }),
  );
}

/** 書かれたものを、残す形に。様式の欄があれば、本文は欄から作る。 */
function contentOf(given: FilingInput, code: string | undefined, kind: FilingKind) {
  const form = findForm(code);
  const faults: Fault[] = [];
  if (code !== undefined && form?.kind !== kind)
    faults.push({ field: "form", message: "その種類にない様式です。様式を選び直してください。" });
  const kept = form && given.fields && form.fields.length > 0 ? keepFields(form, given.fields) : undefined;
  if (form && kept) faults.push(...formFaults(form, kept, false));
  const body = form && kept ? bodyOfFields(form, kept) : given.body.trim();
  const copies = given.copies ?? 1;
  if (!Number.isInteger(copies) || copies < 1 || copies > 20)
    faults.push({ field: "copies", message: "部数は1から20までです。" });
  faults.push(...filingFaults({ ...given, body: body === "" && kept ? "－" : body }));
  return {
    faults,
    kept: {
      ...{ title: given.title.trim(), clause: given.clause.trim(), body, copies },
      fields: kept ? JSON.stringify(kept) : null,
    },
  };
}

function heardFaults(office: Office, actor: Actor, { heard }: NewFiling): Fault[] {
  if (heard === undefined)
    return [{ field: "channel", message: "指示を、いつ、だれから、どのように受けたかを入れてください。" }];
  const faults: Fault[] = [];
  if (heard.from.trim() === "")
    faults.push({
      field: "heardFrom",
      message: "委託者のどなたからの指示か（部署と職名）を書いてください。",
    });
  if ([...heard.from].length > filingLimits.heardFrom)
    faults.push({ field: "heardFrom", message: `${filingLimits.heardFrom}字までで書いてください。` });
  if (heard.at > office.clock.officeNow(actor.contract))
    faults.push({ field: "heardDay", message: "まだ来ていない日時です。受けた日時を入れてください。" });
  return faults;
}

/** 下書きを直す。edition は開いたときのもの。 */
export async function editFiling(
  office: Office,
  actor: Actor,
  id: string,
  given: FilingInput & { edition: number },
): Promise<void> {
  await changeFiling(office, actor, id, "edit", (filing) => {
    if (filing.edition !== given.edition)
      throw new AppError(
        "CONFLICT",
        "ほかの人が先にこの下書きを直しました。画面を開き直して、新しい内容に書き足してください。",
      );
    const { kept, faults } = contentOf(given, filing.form ?? undefined, filing.kind);
    if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
    return {
      change: { ...kept, due: given.due ?? null, copies: given.copies ?? filing.copies },
      kind: "filing.edited",
    };
  });
}

/** 答えのあったものから、新しい版の下書きを作る。前の版と答えは、写して残る。 */
export async function amendFiling(office: Office, actor: Actor, id: string): Promise<void> {
  await changeFiling(office, actor, id, "amend", (filing) => ({
    keepVersion: true,
    change: {
      ...{ state: "draft", version: filing.version + 1, made_by: actor.id },
      ...{ submitted_by: null, submitted_at: null, decided_by: null, decided_at: null },
      ...{ channel: null, heard_at: null, heard_from: null, answer: null },
    },
    kind: "filing.amended",
    payload: { before: filing.state },
  }));
}
