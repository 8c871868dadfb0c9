import { createHash } from "node:crypto";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";
import { checkCalendar, standardCalendar } from "../japan/business-day.ts";
import { checkPostingRule, standardPostingRule } from "../japan/posting-clock.ts";
import { type AppliedPart, applyDocuments } from "./apply-document.ts";
import {
  type AppliedDocument,
  applySchema,
  clauseSchema,
  daySchema,
  documentSchema,
  obligationSchema,
  wordsSchema,
} from "./obligation.ts";

const minuteSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "「09:00」の形で書いてください。");
const weekdaySchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
]);
const exceptionSchema = z.strictObject({ day: daySchema, reason: z.string().min(1) });

const termSchema = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1),
  /** コールセンターの開設期間（両端を含む）。仕様書６(3)ア。 */
  deskFrom: daySchema,
  deskTo: daySchema,
  /** 受講通知書の発送期間の終わり。仕様書６(3)イ。 */
  dispatchTo: daySchema,
  /** 申込対象の講習会の期間。 */
  classesFrom: daySchema,
  classesTo: daySchema,
});

const calendarSchema = z.strictObject({
  closedWeekdays: z.array(weekdaySchema).default([...standardCalendar.closedWeekdays]),
  closedOnHolidays: z.boolean().default(true),
  yearlyClosures: z
    .array(z.strictObject({ from: z.string(), to: z.string(), reason: z.string() }))
    .default([...standardCalendar.yearlyClosures]),
  closedDays: z.array(exceptionSchema).default([]),
  openDays: z.array(exceptionSchema).default([]),
});

const postingSchema = z.strictObject({
  arriveDaysBefore: z.int().default(standardPostingRule.arriveDaysBefore),
  deliveryDays: z.int().default(standardPostingRule.deliveryDays),
  noDeliveryWeekdays: z.array(weekdaySchema).default([...standardPostingRule.noDeliveryWeekdays]),
  noDeliveryOnHolidays: z.boolean().default(true),
  noDeliveryDates: z.array(z.string()).default([...standardPostingRule.noDeliveryDates]),
  collectionTime: minuteSchema.default(standardPostingRule.collectionTime),
});

const postageSchema = z.strictObject({
  /** 郵便の種別: deferred=料金後納、prepaid=料金別納、stamp=切手・郵便はがき、letter=封書。 */
  kind: z.enum(["deferred", "prepaid", "stamp", "letter"]).default("deferred"),
  /** 一通の料金（円）。通常はがきは令和6年10月から85円。 */
  unitYen: z.int().min(0).max(10_000).default(85),
  /** 発送の費用の負担。仕様書６(8)は受託者。 */
  payer: z.enum(["contractor", "client"]).default("contractor"),
  /** 差出郵便局（料金後納などの印に刷る）。 */
  office: z.string().max(20).default(""),
});

/** 契約が使う室。左のメニューには、この契約の室だけが出る。 */
const services = ["desk", "survey", "plan", "comments", "council"] as const;

const deskSchema = z.strictObject({
  holdMinutes: z.int().min(1).max(60).default(5),
  undoMinutes: z.int().min(0).max(120).default(10),
  /** 途中の受付（下書き）を、触れられないまま何日残すか。過ぎたら押さえた席ごと消す。 */
  draftDays: z.int().min(1).max(90).default(7),
  /** 問い合わせの電話（受講通知書に印字する）。 */
  enquiryPhone: z.string().default(""),
  /** 電話の席。受付のない契約では空。 */
  seats: z.array(z.strictObject({ id: z.string(), label: z.string() })).default([]),
});

const blueprintSchema = z.strictObject({
  format: z.literal("madoguchi-blueprint/1"),
  title: z.string().min(1),
  shortTitle: z.string().min(1),
  client: z.string().min(1),
  clientUnit: z.string().min(1),
  fiscalYear: z.int(),
  performance: z.strictObject({ from: daySchema, to: daySchema }),
  /** 開設時間。仕様書６(4)。 */
  hours: z
    .strictObject({ open: minuteSchema, close: minuteSchema })
    .default({ open: "09:00", close: "17:00" }),
  calendar: calendarSchema.prefault({}),
  posting: postingSchema.prefault({}),
  postage: postageSchema.prefault({}),
  /** 使う室。省けば受付（desk）。 */
  services: z.array(z.enum(services)).min(1).default(["desk"]),
  /** 受付の期。受付のない契約では空。 */
  terms: z.array(termSchema).default([]),
  desk: deskSchema.prefault({}),
  roles: z
    .strictObject({
      /** 委託者との協議で SV が OP を兼ねることを認められているか。仕様書６(5)ア。 */
      supervisorMayOperate: z.boolean().default(false),
    })
    .prefault({}),
  sender: z
    .strictObject({ postal: z.string(), address: z.string(), name: z.string() })
    .default({ postal: "", address: "", name: "" }),
  /** 直ちに・速やかに・遅滞なく・あらかじめの長さ。 */
  words: wordsSchema.prefault({}),
  /** 準用する文書。blueprints/ の中の名。 */
  applies: z.array(applySchema).default([]),
  clauses: z.array(clauseSchema).default([]),
  obligations: z.array(obligationSchema).default([]),
});

/** 契約の約束ごと。仕様書から決まる数と日付はここだけにある。準用した文書の条項と義務も、ここに加わっている。 */
export type Blueprint = z.infer<typeof blueprintSchema> & {
  applied: AppliedPart[];
  /** applies にあるのに、添えられていない文書の名。 */
  missing: string[];
};
export type Term = Blueprint["terms"][number];

/**
 * 設計図（YAML）を読む。「---」の後に続く文書は、準用する文書（madoguchi-document/1）。
 * @throws AppError BAD_INPUT（どの項目が悪いかを faults に、20 まで）
 */
export function readBlueprint(yaml: string): { blueprint: Blueprint; hash: string } {
  const hash = createHash("sha256").update(yaml).digest("hex");
  const [first, ...rest] = parseYaml(yaml);
  const parsed = blueprintSchema.safeParse(first);
  if (!parsed.success) throw refuseFaults(parsed.error, "");
  checkCalendar(parsed.data.calendar);
  checkPostingRule(parsed.data.posting);
  checkTerms(parsed.data.terms);
  const duties = applyDocuments(parsed.data, rest.map(readDocument));
  const blueprint = { ...parsed.data, ...duties };
  checkDuties(blueprint);
  return { blueprint, hash };
}

function readDocument(value: unknown): AppliedDocument {
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) throw refuseFaults(parsed.error, "準用する文書の ");
  return parsed.data;
}

/**
 * 設計図に、準用する文書（applies）を「---」でつなげる。契約には、このひとつながりを渡す。
 * @param find 文書の名から YAML。なければ undefined（つながずに残し、画面が「まだない」と言う）。
 */
export async function bundleBlueprint(
  yaml: string,
  find: (name: string) => Promise<string | undefined>,
): Promise<string> {
  const { blueprint } = readBlueprint(yaml);
  const found = await Promise.all(blueprint.missing.map(find));
  const parts = [yaml, ...found.filter((one) => one !== undefined)];
  return parts
    .map((part) => part.trimEnd())
    .join("\n---\n")
    .concat("\n");
}

function refuseFaults(error: z.ZodError, before: string): AppError {
  return new AppError("BAD_INPUT", "設計図（blueprint）に直すところがあります。", {
    faults: error.issues
      .slice(0, 20)
      .map((issue) => ({ field: `${before}${issue.path.join(".")}`, message: issue.message })),
  });
}

function parseYaml(yaml: string): unknown[] {
  const documents = parseAllDocuments(yaml);
  const broken = documents.flatMap((one) => one.errors)[0];
  if (broken !== undefined) {
    const line = broken.linePos ? ` ${broken.linePos[0].line}行目のあたりです。` : "";
    throw new AppError(
      "BAD_INPUT",
      `設計図（blueprint）が YAML として読めません。${line}字下げと「:」の後の空白をご確認ください。`,
    );
  }
  return documents.map(toValue);
}

function toValue(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "設計図（blueprint）が YAML として読めません。指し先（&、*）の使いすぎをご確認ください。",
    );
  }
}

/** 番号の重なりと、指し先のない条項を断る。 */
function checkDuties({ clauses, obligations }: Blueprint): void {
  const known = new Set(clauses.map((one) => one.id));
  const faults: Fault[] = [
    ...twice(clauses.map((one) => one.id)).map((id) => ({
      field: `clauses.${id}`,
      message: `条項 ${id} が二つあります。`,
    })),
    ...twice(obligations.map((one) => one.id)).map((id) => ({
      field: `obligations.${id}`,
      message: `義務 ${id} が二つあります。`,
    })),
    ...clauses
      .filter((one) => one.parent !== undefined && !known.has(one.parent))
      .map((one) => ({
        field: `clauses.${one.id}.parent`,
        message: `親の条項 ${one.parent} がありません。`,
      })),
    ...obligations
      .filter((one) => !known.has(one.clause))
      .map((one) => ({
        field: `obligations.${one.id}.clause`,
        message: `条項 ${one.clause} がありません。`,
      })),
  ];
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", "設計図の条項と義務に直すところがあります。", {
      faults: faults.slice(0, 20),
    });
}

function twice(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

function checkTerms(terms: Term[]): void {
  const faults = terms.flatMap((term, i) =>
    term.deskTo < term.deskFrom || term.dispatchTo < term.deskFrom || term.classesTo < term.classesFrom
      ? [{ field: `terms.${i}`, message: `${term.label}の期間の終わりが始まりより前です。` }]
      : [],
  );
  if (faults.length > 0) throw new AppError("BAD_INPUT", "期の期間に直すところがあります。", { faults });
}

/** 準用する文書の JSON Schema（docs/schemas/document.schema.json）。 */
export function documentJsonSchema(): object {
  return {
    title: "まどぐちの準用する文書",
    ...z.toJSONSchema(documentSchema, { io: "input", unrepresentable: "any" }),
  };
}

/** 設計図の JSON Schema（docs/schemas/blueprint.schema.json）。書く人の道具が項目を補えるように。 */
export function blueprintJsonSchema(): object {
  return {
    title: "まどぐちの設計図",
    ...z.toJSONSchema(blueprintSchema, { io: "input", unrepresentable: "any" }),
  };
}
