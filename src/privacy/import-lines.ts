import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { enterLine, fieldFaults, filingFaults, knownIn } from "./enter-line.ts";
import {
  guessColumns,
  type LineTable,
  lineValue,
  mayImport,
  type TableField,
  tableFields,
} from "./line-table.ts";
import { listChoices, listLines, staffOf } from "./list-lines.ts";
import { refuseWriter } from "./privacy-right.ts";
import { keepLineFields, lineFaults, registerOf } from "./register.ts";
import type { Register } from "./register-field.ts";
import { closeLine } from "./step-line.ts";

/** どの欄を、表のどの列（0 から）か、どの行にも同じ値で埋めるか。列が空のます目にも、同じ値が入る。 */
export interface ImportMap {
  columns: Readonly<Record<string, number>>;
  values: Readonly<Record<string, string>>;
}

export interface ImportRow {
  /** 見出しの下の何行目か（1 から）。 */
  row: number;
  fields: Record<string, string>;
  closing: Record<string, string>;
  /** new=書ける、fault=直すところがある、same=もう帳簿にある（か、表の中で二度目）。 */
  state: "new" | "fault" | "same";
  faults: Fault[];
}

export interface ImportPlan {
  register: Register;
  map: ImportMap;
  rows: ImportRow[];
  /** 先に出す文書を選んでいないなど、表の全部にかかる直すところ。 */
  faults: Fault[];
}

export interface ImportAsk {
  register: string;
  table: LineTable;
  /** 省けば、見出しと値から当てる。 */
  map?: ImportMap | undefined;
  filing?: string | undefined;
}

/**
 * 表の一行ずつを、帳簿の一件として書けるかを確かめる（まだ書かない）。
 * @throws AppError REFUSED（写しか承認の要る帳簿）、FORBIDDEN
 */
export async function planImport(office: Office, actor: Actor, given: ImportAsk): Promise<ImportPlan> {
  const register = registerOf(given.register);
  refuseWriter(register, actor);
  if (!mayImport(register))
    throw new AppError(
      "REFUSED",
      `${register.title}は、一件ごとに写しか承認が要るので、まとめては取り込めません。「書く」から一件ずつ書いてください。`,
    );
  const fields = tableFields(register);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const known = await namesOf(office, actor.contract, fields);
  const readable = (field: TableField, text: string) =>
    isReadable(field, text, lineValue(field, text, known, today));
  const map = given.map ?? { columns: guessColumns(fields, given.table, readable), values: {} };
  const ids = await knownIn(office, actor.contract, register);
  const seen = new Set((await listLines(office, actor, register.code)).map(({ values }) => same(values)));
  const rows = given.table.rows.map((texts, at): ImportRow => {
    const filled = (field: TableField) => {
      const fixed = map.values[field.name] ?? "";
      const column = map.columns[field.name];
      const text = (column === undefined ? "" : (texts[column] ?? "")) || fixed;
      if (text === "") return "";
      const value = lineValue(field, text, known, today);
      // 扉の名のように、帳簿の一件に決まらない値は、同じ値を選んであればそれにする。
      const isOpen = field.type === "line-of" && fixed !== "" && known(field, text) === undefined;
      return isOpen ? fixed : value;
    };
    const of = (closing: boolean) =>
      fields
        .filter((field) => field.closing === closing)
        .map((field) => [bareName(field), filled(field)] as const);
    const own = keepLineFields(register.fields, Object.fromEntries(of(false)));
    const end = keepLineFields(register.close?.fields ?? [], Object.fromEntries(of(true)));
    const faults = [
      ...fieldFaults(register, own, today, ids),
      ...(Object.keys(end).length === 0
        ? []
        : lineFaults(register.close?.fields ?? [], end).map((one) => ({
            ...one,
            field: `f.close.${one.field?.slice(2) ?? ""}`,
          }))),
    ]
      .filter((one, nth, all) => all.findIndex(({ field }) => field === one.field) === nth)
      .map((one) => said(one, fields));
    const state = faults.length > 0 ? "fault" : seen.has(same(own)) ? "same" : "new";
    if (state === "new") seen.add(same(own));
    return { row: at + 1, fields: own, closing: end, state, faults };
  });
  return { register, map, rows, faults: await filingFaults(office, actor.contract, register, given.filing) };
}

/** 一度に並べて書く行の数。 */
const ABREAST = 20;

export interface ImportCount {
  made: number;
  closed: number;
  same: number;
  faults: number;
}

/**
 * 書ける行だけを書く。結びの欄（退室の時刻など）もそろっている行は、結ぶところまで。
 * 同じ表をもう一度取り込んでも、もう書いた行は増えない。planned は、同じ given でいま立てた案（省けば立てる）。
 * @throws AppError BAD_INPUT（先に出す文書がない、書ける行がない）
 */
export async function importLines(
  office: Office,
  actor: Actor,
  given: ImportAsk,
  planned?: ImportPlan,
): Promise<ImportCount> {
  const plan = planned ?? (await planImport(office, actor, given));
  if (plan.faults.length > 0)
    throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults: plan.faults });
  const rows = plan.rows.filter((row) => row.state === "new");
  if (rows.length === 0)
    throw new AppError("BAD_INPUT", "書ける行がありません。列の当て方と、直すところをご確認ください。");
  let closed = 0;
  const write = async ({ fields, closing }: ImportRow) => {
    const { id } = await enterLine(office, actor, { register: given.register, fields, filing: given.filing });
    if (Object.keys(closing).length === 0) return;
    await closeLine(office, actor, id, closing);
    closed += 1;
  };
  // 一行ずつ待つと、一回の書き込み（fsync）を待つ時間が行の数だけ重なる。
  for (let at = 0; at < rows.length; at += ABREAST)
    await Promise.all(rows.slice(at, at + ABREAST).map(write));
  const count = (state: ImportRow["state"]) => plan.rows.filter((row) => row.state === state).length;
  return { made: rows.length, closed, same: count("same"), faults: count("fault") };
}

/** 書いたあとに言う文。 */
export function importText({ made, closed, same, faults }: ImportCount): string {
  return [
    `${made}件を帳簿に書きました。`,
    closed > 0 ? `うち${closed}件は結びました。` : "",
    same > 0 ? `${same}行はもう帳簿にあります。` : "",
    faults > 0 ? `${faults}行は直すところがあるので書いていません。` : "",
  ].join("");
}

/** 取り込みの画面で選べる値（従業者と、ほかの帳簿の一件）の、言い方 → id。番号でも氏名でも分かる。 */
async function namesOf(
  office: Office,
  contract: string,
  fields: readonly TableField[],
): Promise<(field: TableField, text: string) => string | undefined> {
  const bare = (text: string) => text.normalize("NFKC").replace(/[\s・]+/g, "");
  const staff = staffOf(await nameHandlers(office, contract));
  const lists = await Promise.all(
    fields
      .flatMap(({ of }) => (of === undefined ? [] : [of]))
      .map(async (code) => {
        return [code, await listChoices(office, contract, code)] as const;
      }),
  );
  const lines = new Map(lists);
  return ({ type, of }, text) => {
    const wanted = bare(text);
    if (wanted === "") return undefined;
    const ids =
      type === "handler"
        ? staff
            .filter(({ id, number, name }) =>
              [id, number, bare(name), bare(`${number}${name}`)].includes(wanted),
            )
            .map(({ id }) => id)
        : linesCalled(lines.get(of ?? "") ?? [], wanted, bare);
    // 同じ氏名の方が二人いれば、決めない（番号で書き分けてもらう）。
    return ids.length === 1 ? ids[0] : undefined;
  };
}

/** 「事務室」は「第1号　受付事務室」でもよい（同じ名がなく、含む名が一つだけのとき）。 */
function linesCalled(
  choices: readonly { value: string; label: string }[],
  wanted: string,
  bare: (text: string) => string,
): string[] {
  const titled = choices.map(({ value, label }) => {
    const [number = "", ...title] = label.split("　");
    return { value, number, title: bare(title.join("")) };
  });
  const same = titled.filter(({ value, number, title }) => [value, number, title].includes(wanted));
  const near = titled.filter(
    ({ title }) => title !== "" && (title.includes(wanted) || wanted.includes(title)),
  );
  return (same.length > 0 || wanted.length < 2 ? same : near).map(({ value }) => value);
}

function isReadable(field: TableField, text: string, value: string): boolean {
  if (field.type === "handler" || field.type === "line-of") return value !== text.normalize("NFKC").trim();
  return lineFaults([{ ...field, required: false }], { [field.name]: value }).length === 0;
}

const bareName = (field: TableField) => (field.closing ? field.name.slice("close.".length) : field.name);

function same(values: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** 表の中では「一覧から選ぶ」ことができないので、言い直す。 */
function said(fault: Fault, fields: readonly TableField[]): Fault {
  const field = fields.find((one) => `f.${one.name}` === fault.field);
  if (field?.type === "handler" && !fault.message.startsWith("「"))
    return { ...fault, message: "従業者番号か氏名が、登録された従業者の一人に決まりません。" };
  if (field?.type === "line-of" && !fault.message.startsWith("「"))
    return {
      ...fault,
      message: `「${field.label}」が、帳簿の一件に決まりません。どの行も同じなら、上の表で選んでください。`,
    };
  return fault;
}
