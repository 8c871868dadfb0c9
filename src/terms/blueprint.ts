import { createHash } from "node:crypto";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { checkCalendar, standardCalendar } from "../japan/business-day.ts";
import { isDay } from "../japan/day.ts";
import { checkPostingRule, standardPostingRule } from "../japan/posting-clock.ts";

const daySchema = z.string().refine(isDay, "「2025-09-11」の形で、暦にある日を書いてください。");
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

const blueprintSchema = z.strictObject({
  format: z.literal("madoguchi-blueprint/1"),
  title: z.string().min(1),
  shortTitle: z.string().min(1),
  client: z.string().min(1),
  clientUnit: z.string().min(1),
  fiscalYear: z.int(),
  performance: z.strictObject({ from: daySchema, to: daySchema }),
  /** 開設時間。仕様書６(4)。 */
  hours: z.strictObject({ open: minuteSchema, close: minuteSchema }),
  calendar: calendarSchema.prefault({}),
  posting: postingSchema.prefault({}),
  postage: postageSchema.prefault({}),
  terms: z.array(termSchema).min(1),
  desk: z
    .strictObject({
      holdMinutes: z.int().min(1).max(60).default(5),
      undoMinutes: z.int().min(0).max(120).default(10),
      /** 途中の受付（下書き）を、触れられないまま何日残すか。過ぎたら押さえた席ごと消す。 */
      draftDays: z.int().min(1).max(90).default(7),
      /** 問い合わせの電話（受講通知書に印字する）。 */
      enquiryPhone: z.string(),
      seats: z.array(z.strictObject({ id: z.string(), label: z.string() })).min(1),
    })
    .refine((d) => d.seats.length > 0),
  roles: z.strictObject({
    /** 委託者との協議で SV が OP を兼ねることを認められているか。仕様書６(5)ア。 */
    supervisorMayOperate: z.boolean().default(false),
  }),
  sender: z.strictObject({ postal: z.string(), address: z.string(), name: z.string() }),
});

/** 契約の約束ごと。仕様書から決まる数と日付はここだけにある。 */
export type Blueprint = z.infer<typeof blueprintSchema>;
export type Term = Blueprint["terms"][number];

/** 設計図（YAML）を読む。悪いところは一つずつ、どの項目かを添えて断る。 */
export function readBlueprint(yaml: string): { blueprint: Blueprint; hash: string } {
  const hash = createHash("sha256").update(yaml).digest("hex");
  const parsed = blueprintSchema.safeParse(parseYaml(yaml));
  if (!parsed.success) {
    throw new AppError("BAD_INPUT", "設計図（blueprint）に直すところがあります。", {
      faults: parsed.error.issues
        .slice(0, 20)
        .map((issue) => ({ field: issue.path.join("."), message: issue.message })),
    });
  }
  checkCalendar(parsed.data.calendar);
  checkPostingRule(parsed.data.posting);
  checkTerms(parsed.data.terms);
  return { blueprint: parsed.data, hash };
}

function parseYaml(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch (cause) {
    const line =
      cause instanceof Error && "linePos" in cause && Array.isArray(cause.linePos)
        ? ` ${cause.linePos[0]?.line}行目のあたりです。`
        : "";
    throw new AppError(
      "BAD_INPUT",
      `設計図（blueprint）が YAML として読めません。${line}字下げと「:」の後の空白をご確認ください。`,
    );
  }
}

function checkTerms(terms: Term[]): void {
  const faults = terms.flatMap((term, i) =>
    term.deskTo < term.deskFrom || term.dispatchTo < term.deskFrom || term.classesTo < term.classesFrom
      ? [{ field: `terms.${i}`, message: `${term.label}の期間の終わりが始まりより前です。` }]
      : [],
  );
  if (faults.length > 0) throw new AppError("BAD_INPUT", "期の期間に直すところがあります。", { faults });
}

/** 設計図の JSON Schema（docs/schemas/blueprint.schema.json）。書く人の道具が項目を補えるように。 */
export function blueprintJsonSchema(): object {
  return {
    title: "まどぐちの設計図",
    ...z.toJSONSchema(blueprintSchema, { io: "input", unrepresentable: "any" }),
  };
}
