import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { certificateWarning } from "./check-register.ts";
import {
  findLine,
  hasLine,
  type LineRow,
  listLineRows,
  listNotes,
  listReaders,
  openLineRow,
  type StoredNote,
} from "./line-store.ts";
import { registerOf } from "./register.ts";
import {
  isFiled,
  type PriorFiling,
  type Register,
  type RegisterField,
  type Standing,
  standingOf,
  unmetFields,
} from "./register-field.ts";

/** 帳簿の一件（欄は値、shown は画面の言葉）。 */
export interface Line {
  id: string;
  register: string;
  /** 帳簿ごとの通し番号。 */
  number: number;
  handler: string | null;
  standing: Standing;
  /** あとから付けるもの（契約の定め）で、まだないものの数。 */
  unmet: number;
  /** 期限を過ぎて開いている。 */
  late: boolean;
  due: Day | null;
  filing: { id: string; label: string } | null;
  values: Readonly<Record<string, string>>;
  shown: Readonly<Record<string, string>>;
  closing: Readonly<Record<string, string>>;
  /** 目に付けること（規格の失効など）。 */
  warning: string | null;
  file: { id: string; sha256: string } | null;
  madeBy: string;
  madeById: string;
  madeAt: Instant;
  closedBy: string | null;
  closedAt: Instant | null;
}

type Names = ReadonlyMap<string, HandlerName>;
/** 退職した人の名は、名簿の一件に残らない（番号だけが記録にある）。 */
const nameIn = (names: Names, id: string | null): string =>
  names.get(id ?? "")?.name ?? (id === "system" ? "システム" : "異動した人");

/** 帳簿の行を、画面の言葉にする。新しい番号から。 */
export async function listLines(
  office: Office,
  actor: Pick<Actor, "contract">,
  register?: string,
): Promise<Line[]> {
  if (register !== undefined) registerOf(register);
  const lines = await show(office, actor.contract, await listLineRows(office.read, actor.contract, register));
  return warnNext(lines, dayOf(office.clock.officeNow(actor.contract)));
}

/** 次の予定（next の欄）を過ぎても新しい一件がなければ、注意を付ける（基準9 それぞれの間隔、三か月ごとの見直し）。 */
function warnNext(lines: readonly Line[], today: Day): Line[] {
  const seen = new Set<string>();
  return lines.map((line) => {
    if (line.values.next === undefined) return line;
    const same = `${line.register}/${line.values.kind ?? ""}`;
    const isLatest = !seen.has(same);
    seen.add(same);
    if (!isLatest || line.values.next >= today) return line;
    return {
      ...line,
      warning: `次の予定の日（${line.values.next}）を過ぎています。新しい一件を書いてください。`,
    };
  });
}

async function show(office: Office, contract: string, rows: readonly LineRow[]): Promise<Line[]> {
  const [names, filings, keys, titles] = await Promise.all([
    nameHandlers(office, contract),
    listFilings(office, { contract, roles: ["manager"] }),
    office.keys.get(
      contract,
      rows.map((row) => row.id),
    ),
    lineTitles(office, contract, rows),
  ]);
  const byId = new Map(filings.map((one) => [one.id, one]));
  const today = dayOf(office.clock.officeNow(contract));
  return rows.map((row) => {
    const register = registerOf(row.register);
    const open = openLineRow(keys.get(row.id), row);
    const values = parse(open.fields);
    const filing = row.filing_id === null ? undefined : byId.get(row.filing_id);
    const unmet = unmetFields(register, values);
    const answered = standingOf(row.closed_at !== null, row.filing_need, filing?.state);
    const standing = answered === "active" && unmet.length > 0 ? "unmet" : answered;
    return {
      ...{ id: row.id, register: row.register, number: row.number, handler: row.handler, standing, values },
      late: standing !== "closed" && register.close !== undefined && row.due !== null && row.due < today,
      due: row.due,
      filing: filing
        ? { id: filing.id, label: `${filing.document ?? `第${filing.number}号`}　${filing.stateText}` }
        : null,
      shown: words(register.fields, values, names, titles),
      closing:
        open.closing === null ? {} : words(register.close?.fields ?? [], parse(open.closing), names, titles),
      warning: standing === "closed" ? null : warningOf(register.code, values, today),
      unmet: standing === "closed" ? 0 : unmet.length,
      file: row.file_id === null ? null : { id: row.file_id, sha256: row.file_sha256 ?? "" },
      ...{ madeBy: nameIn(names, row.made_by), madeById: row.made_by, madeAt: row.made_at },
      closedBy: row.closed_by === null ? null : nameIn(names, row.closed_by),
      closedAt: row.closed_at,
    };
  });
}

/** 開いている一件の注意: 規格の失効、点検で見つかったもの。 */
function warningOf(code: string, values: Readonly<Record<string, string>>, today: Day): string | null {
  if (code === "certificate")
    return certificateWarning(values.standard ?? "", values.until ?? "9999-12-31", today) ?? null;
  if (code === "inspection" && values.result === "bad")
    return "直すところがあります。直したら、書いた人とは別の人が確かめて結んでください。";
  return null;
}

function parse(text: string): Record<string, string> {
  // 鍵が消えていれば「（消去済み）」という字なので、欄はない。
  return text.startsWith("{") ? (JSON.parse(text) as Record<string, string>) : {};
}

function words(
  fields: readonly RegisterField[],
  values: Readonly<Record<string, string>>,
  names: Names,
  titles: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field.name] ?? "";
      if (field.type === "choice") return [field.name, field.choices?.[value] ?? value];
      if (field.type === "handler") return [field.name, value === "" ? "" : nameIn(names, value)];
      if (field.type === "line-of") return [field.name, titles.get(value) ?? ""];
      if (field.type === "check") return [field.name, value === "yes" ? "定めた" : ""];
      return [field.name, value];
    }),
  );
}

/** ほかの帳簿の一件を指す欄の言葉（「第1号　事務室」）。 */
async function lineTitles(
  office: Office,
  contract: string,
  rows: readonly LineRow[],
): Promise<Map<string, string>> {
  const wanted = new Set(
    rows.flatMap((row) =>
      registerOf(row.register).fields.flatMap((field) => (field.of === undefined ? [] : [field.of])),
    ),
  );
  const lists = await Promise.all([...wanted].map((code) => listLineRows(office.read, contract, code)));
  const all = lists.flat();
  const keys = await office.keys.get(
    contract,
    all.map((row) => row.id),
  );
  return new Map(all.map((row) => [row.id, titleOf(row, parse(openLineRow(keys.get(row.id), row).fields))]));
}

function titleOf(row: LineRow, values: Readonly<Record<string, string>>): string {
  const register = registerOf(row.register);
  const field = register.fields.find((one) => one.name === register.shown[0]);
  const value = values[register.shown[0] ?? ""] ?? "";
  return `第${row.number}号　${field?.choices?.[value] ?? value}`;
}

export interface OpenLine {
  line: Line;
  register: Register;
  notes: (StoredNote & { who: string })[];
  /** 読んだ人と、まだの人（読了を求める帳簿だけ）。 */
  readers: { read: string[]; unread: string[] };
}

/** 一件を開く。なければ NOT_FOUND。 */
export async function openLine(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<OpenLine> {
  const { contract } = actor;
  const row = await findLine(office.read, contract, id);
  if (!row) throw noLine();
  const register = registerOf(row.register);
  const key = (await office.keys.get(contract, [id])).get(id);
  const [[line], notes, names] = await Promise.all([
    show(office, contract, [row]),
    listNotes(office.read, key, contract, id),
    nameHandlers(office, contract),
  ]);
  if (!line) throw noLine();
  const done = new Set(notes.filter((note) => note.kind === "read").map((note) => note.made_by));
  const own = register.read ? staffOf(names) : [];
  return {
    ...{ line, register },
    notes: notes.map((note) => ({ ...note, who: nameIn(names, note.made_by) })),
    readers: {
      read: own.filter((one) => done.has(one.id)).map((one) => one.name),
      unread: own.filter((one) => !done.has(one.id)).map((one) => one.name),
    },
  };
}

/** 受託者の従業者（委託者・監査の方を除く）。番号の順。 */
export function staffOf(names: Names): HandlerName[] {
  return [...names.values()].filter((one) =>
    one.roles.some((role) => role !== "client" && role !== "auditor"),
  );
}

/** 規程ごとの読んだ人の数。 */
export async function countReaders(office: Office, contract: string): Promise<Map<string, number>> {
  const rows = await listReaders(office.read, contract);
  return new Map(
    [...Map.groupBy(rows, (row) => row.line_id)].map(([id, of]) => [
      id,
      new Set(of.map((one) => one.made_by)).size,
    ]),
  );
}

/** いま書くときに、先に出しておく様式（一件目と、変更とで違う）。なければ undefined。 */
export async function priorOf(
  office: Office,
  contract: string,
  register: Register,
): Promise<PriorFiling | undefined> {
  return (await hasLine(office.read, contract, register.code)) ? register.later : register.first;
}

/** その帳簿に書くために選べる協議・届出（出してあるもの）。承認・許諾は一件に一つで、使い回せない。 */
export async function eligibleFilings(
  office: Office,
  contract: string,
  register: Pick<Register, "code">,
  prior: PriorFiling,
): Promise<ListedFiling[]> {
  const [filings, rows] = await Promise.all([
    listFilings(office, { contract, roles: ["manager"] }, { form: prior.form }),
    listLineRows(office.read, contract, register.code),
  ]);
  const used = new Set(prior.need === "approved" ? rows.map((row) => row.filing_id) : []);
  return filings.filter((one) => isFiled(one.state) && !used.has(one.id));
}

/** 開いている行の、選ぶための名。 */
export async function listChoices(
  office: Office,
  contract: string,
  register: string,
): Promise<{ value: string; label: string }[]> {
  const rows = (await listLineRows(office.read, contract, register)).filter(
    (row) => row.closed_at === null || register === "course",
  );
  const keys = await office.keys.get(
    contract,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    value: row.id,
    label: titleOf(row, parse(openLineRow(keys.get(row.id), row).fields)),
  }));
}

/**
 * 契約を閉じられない理由（000の7(2)、特記 第13条）: 返していない預かりもの、始末していない写し、続いている再委託。
 * 成果品の室の引渡しと、契約の室が読む。
 */
export async function openHoldings(
  office: Office,
  contract: string,
): Promise<{ text: string; href: string }[]> {
  const rows = await listLineRows(office.read, contract);
  return rows
    .filter((row) => row.closed_at === null && registerOf(row.register).holdsContract === true)
    .map((row) => ({
      text: `${registerOf(row.register).title}第${row.number}号が開いたままです。`,
      href: `/privacy/lines/${row.id}`,
    }));
}

export function noLine(): AppError {
  return new AppError("NOT_FOUND", "その一件はありません。個人情報の帳簿から選び直してください。");
}
