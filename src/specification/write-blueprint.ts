import { stringify } from "yaml";
import { AppError } from "../base/error.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { type DraftDuty, undecidedOf } from "./draft-duty.ts";
import type { DraftClause, SpecificationDraft } from "./draft-specification.ts";

/** 仕様書から決まらないもの（履行期間、開設時間、期…）の元。いまの契約の設計図か、人が入れたもの。 */
export interface BlueprintHead {
  title: string;
  shortTitle: string;
  client: string;
  clientUnit: string;
  fiscalYear: number;
  performance: { from: string; to: string };
  services?: readonly string[];
}

/** 頭のほか、同じ契約を変えるときに残す項目（期、席、投函など）。 */
export type KeptParts = Partial<
  Omit<Blueprint, "clauses" | "obligations" | "applied" | "missing" | "format">
>;

/**
 * 確かめた仕様書を、設計図（YAML）にする。dropped は入れない。決めていないことは note に「決めていない」と書き、
 * 期限なし・起きたときだけの義務として入る（数に埋めない）。
 */
export function writeBlueprint(draft: SpecificationDraft, head: BlueprintHead, kept: KeptParts = {}): string {
  const ids = clauseIds(draft.clauses);
  const value = {
    format: "madoguchi-blueprint/1",
    ...kept,
    ...head,
    clauses: draft.clauses.map((one) => writeClause(one, ids)),
    obligations: draft.duties
      .filter((one) => one.state !== "dropped")
      .map((one) => writeDuty(one, ids.get(one.clause))),
  };
  return toYaml(value);
}

function toYaml(value: object): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * 準用を引き継ぐ: いまの設計図が準用する文書のうち、仕様書がその名を言い、しかも添えていないもの。
 * 名の並びと、設計図に「---」でつなぐ文書。
 */
export function appliedParts(
  draft: SpecificationDraft,
  now: Pick<Blueprint, "applied" | "clauses" | "obligations">,
): { names: string[]; documents: string[] } {
  const whole = draft.clauses.map((one) => one.text.replace(/\s/g, "")).join("");
  const parts = now.applied.filter(
    ({ title }) =>
      whole.includes(title.replace(/\s/g, "")) && !draft.clauses.some((one) => one.title.includes(title)),
  );
  return {
    names: parts.map(({ name }) => name),
    documents: parts.map((part) => toYaml(documentOf(part, now))),
  };
}

function documentOf(
  { name, title, prefix }: Blueprint["applied"][number],
  now: Pick<Blueprint, "clauses" | "obligations">,
): object {
  const bare = (id: string) => id.slice(name.length + 1);
  const mine = (id: string) => id.startsWith(`${name}.`);
  return {
    format: "madoguchi-document/1",
    document: { name, title, prefix },
    clauses: now.clauses
      .filter((one) => mine(one.id))
      .map((one) => ({
        ...one,
        id: bare(one.id),
        number: one.number.slice(prefix.length + 1),
        ...(one.parent === undefined ? {} : { parent: bare(one.parent) }),
      })),
    obligations: now.obligations
      .filter((one) => mine(one.id))
      .map((one) => ({ ...one, id: bare(one.id), clause: bare(one.clause) })),
  };
}

function writeClause(one: DraftClause, ids: ReadonlyMap<string, string>): object {
  const parent = ids.get(one.parent);
  return {
    id: ids.get(one.number) ?? "",
    number: one.number.slice(0, 40),
    ...(parent === undefined ? {} : { parent }),
    title: one.title.slice(0, 200),
    text: one.text.slice(0, 20_000),
  };
}

function writeDuty(one: DraftDuty, clause: string | undefined): object {
  if (clause === undefined)
    throw new AppError("BAD_INPUT", `義務「${one.verb}」の条項がありません。条項を選び直してください。`);
  const undecided = undecidedOf(one);
  const proposed = one.origin === "proposed" ? `手元のモデル（${one.source}）の提案` : "";
  const note = [
    one.rest.note ?? "",
    proposed,
    undecided.length > 0 ? `決めていない: ${undecided.join("・")}` : "",
  ]
    .filter((part) => part !== "")
    .join("／")
    .slice(0, 500);
  return {
    id: one.id,
    clause,
    actor: one.actor.slice(0, 60) || "受託者",
    ...(one.to === "" ? {} : { to: one.to.slice(0, 60) }),
    verb: one.verb.slice(0, 40) || "行う",
    object: one.object.slice(0, 300),
    ...(one.format === "" ? {} : { format: one.format.slice(0, 60) }),
    quote: one.quote.slice(0, 4_000),
    nature: one.nature,
    when: one.when ?? (one.nature === "act" ? [{ asked: true }] : [{ at: "contract-start" }]),
    due: {
      text: one.due.text,
      rule: one.due.rule ?? "none",
      closedDay: one.due.closedDay,
    },
    ...(one.done.length > 0 ? { done: one.done } : {}),
    ...(one.reviewMonths === undefined ? {} : { review: { months: one.reviewMonths } }),
    ...(one.rest.blocks ? { blocks: one.rest.blocks } : {}),
    ...(one.rest.outlives ? { outlives: true } : {}),
    ...(one.rest.onEnd ? { onEnd: true } : {}),
    ...(one.rest.form ? { form: one.rest.form } : {}),
    ...(note === "" ? {} : { note }),
  };
}

const kana = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];
const half = [..."ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"];

/** 条項の番号から、英小文字の id。重なれば数を添える。 */
export function clauseIds(clauses: readonly { number: string }[]): Map<string, string> {
  const out = new Map<string, string>();
  const used = new Set<string>();
  for (const { number } of clauses) {
    const base = clauseId(number);
    let id = base;
    for (let at = 2; used.has(id); at++) id = `${base}-n${at}`;
    used.add(id);
    out.set(number, id);
  }
  return out;
}

function clauseId(number: string): string {
  const plain = [...number]
    .map((char) => {
      const at = kana.indexOf(char);
      const narrow = half.indexOf(char);
      if (at >= 0) return `-k${at + 1}-`;
      return narrow >= 0 ? `-h${narrow + 1}-` : char;
    })
    .join("")
    .normalize("NFKC")
    .replace(/前書き/g, "preamble")
    .replace(/別紙/g, "-annex-")
    .replace(/別記/g, "-appendix-")
    .replace(/様式/g, "-form-")
    .replace(/第(\d+)条/g, "-a$1-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `c-${plain === "" ? "x" : plain}`.slice(0, 60).replace(/-+$/, "");
}
