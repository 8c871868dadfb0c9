import { EVERYONE } from "../access/handler-fact.ts";
import { insertFact } from "../access/handler-fact-store.ts";
import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office, Tx } from "../platform/office.ts";
import { checkAttachment } from "./attachment.ts";
import { insertLine, listLineRows } from "./line-store.ts";
import { eligibleFilings, priorOf } from "./list-lines.ts";
import { refuseWriter } from "./privacy-right.ts";
import {
  keepLineFields,
  type LineFields,
  lineFaults,
  PASS_SCORE,
  registerOf,
  ruleFaults,
  TRAINED_DAYS,
} from "./register.ts";
import type { Register } from "./register-field.ts";

export interface NewLine {
  register: string;
  fields: LineFields;
  /** もとになった協議・届出の id。様式の要る帳簿では必須。 */
  filing?: string | undefined;
  file?: { fileName: string; bytes: Uint8Array } | undefined;
  onceKey?: string | undefined;
}

/**
 * 帳簿に一件書く。名簿・誓約書・合格した受講・書き出しの許可からは、扱う資格の事実が同じ取引で生まれる。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN、REFUSED（先に出す様式がない）
 */
export async function enterLine(
  office: Office,
  actor: Actor,
  given: NewLine,
): Promise<{ id: string; number: number }> {
  refuseWriter(registerOf(given.register), actor);
  return writeLine(office, actor, given);
}

/** 役割を見ずに書く（確かめるのは呼ぶ動詞。確認テストは、受けた本人の受講として残る）。 */
export async function writeLine(
  office: Office,
  actor: Actor,
  given: NewLine,
): Promise<{ id: string; number: number }> {
  const register = registerOf(given.register);
  const fields = keepLineFields(register.fields, given.fields);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const prior = await priorOf(office, actor.contract, register);
  const file = given.file === undefined ? undefined : checkAttachment(given.file);
  const faults = [
    ...fieldFaults(register, fields, today, await knownIn(office, actor.contract, register)),
    ...(register.file?.required && file === undefined
      ? [{ field: "file", message: `「${register.file.label}」を選んでください。` }]
      : []),
    ...(await filingFaults(office, actor.contract, register, given.filing)),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const key = await office.keys.fresh(actor.contract);
  const fileKey = file === undefined ? undefined : await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { onceKey, filing = null } = given;
  const input = { register: register.code, fields, filing };
  const once = onceKey === undefined ? undefined : { key: onceKey, verb: "privacy.enter", input, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, `privacy:${register.code}`);
      const kept =
        file === undefined || fileKey === undefined
          ? null
          : await keepFile(tx, fileKey, {
              ...{ kind: "privacy", media: file.media, bytes: file.bytes },
              fileName: `${register.code}-${number}.${file.extension}`,
            });
      const handler = handlerIn(register, fields);
      await insertLine(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, register: register.code, number, handler },
        due: register.due === undefined ? null : (fields[register.due] ?? null),
        ...{ filing_id: prior === undefined ? null : filing, filing_need: prior?.need ?? null },
        ...{ fields: JSON.stringify(fields), closing: null },
        ...{ file_id: kept?.id ?? null, file_sha256: kept?.sha256 ?? null },
        ...{ made_by: actor.id, made_at: tx.now, closed_by: null, closed_at: null, edition: 1 },
      });
      await putFacts(tx, register, key.id, fields);
      await tx.record({
        kind: "privacy.entered",
        about: `privacy/line/${key.id}`,
        payload: {
          ...{ register: register.code, number, filing: prior === undefined ? null : filing },
          ...plainPart(register, fields),
          ...(kept === null ? {} : { sha256: kept.sha256 }),
        },
      });
      return { id: key.id, number };
    }),
  );
}

/** 記録に出してよい値: 選んだ区分と日だけ（文と名は出さない）。 */
function plainPart(register: Register, fields: LineFields): Record<string, string> {
  return Object.fromEntries(
    register.fields
      .filter((field) => field.type === "choice" || field.type === "day")
      .flatMap(({ name }) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

function handlerIn(register: Register, fields: LineFields): string | null {
  const field = register.fields.find((one) => one.type === "handler");
  return field === undefined ? null : (fields[field.name] ?? null);
}

/** 欄が指してよいもの: 従業者と、ほかの帳簿の一件（id）。 */
export interface KnownIds {
  handlers: ReadonlySet<string>;
  lines: ReadonlyMap<string, ReadonlySet<string>>;
}

/** その帳簿の欄が指してよいもの。 */
export async function knownIn(office: Office, contract: string, register: Register): Promise<KnownIds> {
  const names = await nameHandlers(office, contract);
  const codes = new Set(register.fields.flatMap(({ of }) => (of === undefined ? [] : [of])));
  const lists = await Promise.all(
    [...codes].map(async (code) => {
      const rows = await listLineRows(office.read, contract, code);
      return [code, new Set(rows.map((row) => row.id))] as const;
    }),
  );
  return { handlers: new Set(names.keys()), lines: new Map(lists) };
}

/** 欄の直すところの全部（形、欄をまたぐ決まり、いない従業者、ない一件）。 */
export function fieldFaults(
  register: Register,
  fields: LineFields,
  today: string,
  { handlers, lines }: KnownIds,
): Fault[] {
  const unknown = register.fields.flatMap(({ name, type, of }): Fault[] => {
    const value = fields[name];
    if (value === undefined) return [];
    if (type === "handler" && !handlers.has(value))
      return [{ field: `f.${name}`, message: "その従業者はいません。一覧から選び直してください。" }];
    if (type === "line-of" && lines.get(of ?? "")?.has(value) !== true)
      return [{ field: `f.${name}`, message: "その一件はありません。一覧から選び直してください。" }];
    return [];
  });
  // あとから付けるものは、なくても書ける（そろうまで、この一件は効かない）。
  const now = register.fields.map((field) => (field.later ? { ...field, required: false } : field));
  return [...lineFaults(now, fields), ...ruleFaults(register, fields, today), ...unknown];
}

/** 先に出しておく文書が要るのに、選んでいないか。 */
export async function filingFaults(
  office: Office,
  contract: string,
  register: Register,
  filing: string | undefined,
): Promise<Fault[]> {
  const prior = await priorOf(office, contract, register);
  if (prior === undefined) return [];
  const eligible = await eligibleFilings(office, contract, register, prior);
  if (eligible.some((one) => one.id === filing)) return [];
  return [
    {
      field: "filing",
      message: `${prior.why}${eligible.length === 0 ? "「協議・届出」から先に出してください。" : "出した文書を選んでください。"}`,
    },
  ];
}

/** 帳簿の一件から生まれる、扱う資格の事実。 */
async function putFacts(tx: Tx, register: Register, id: string, fields: LineFields): Promise<void> {
  const put = (
    account: string,
    fact: "listed" | "pledged" | "trained" | "export",
    from: string,
    to: string | null,
  ) =>
    insertFact(tx, {
      ...{ account_id: account, contract_id: tx.contract, fact, line_id: id },
      ...{ from_day: from, to_day: to, until: null },
    });
  const handler = fields.handler ?? "";
  switch (register.code) {
    case "handler":
      return put(handler, "listed", fields.from ?? dayOf(tx.now), null);
    case "pledge":
      return put(handler, "pledged", fields.signed ?? dayOf(tx.now), null);
    case "export-permit":
      return put(EVERYONE, "export", fields.from ?? dayOf(tx.now), fields.until ?? null);
    case "attendance": {
      const day = fields.day ?? dayOf(tx.now);
      if (Number(fields.score) < PASS_SCORE) return;
      await put(handler, "trained", day, daysAfter(day, TRAINED_DAYS));
      return tx.record({
        kind: "training.completed",
        about: `privacy/line/${id}`,
        payload: { handler, course: fields.course ?? "" },
      });
    }
    default:
  }
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
