import { basename } from "node:path";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Read } from "../platform/database.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { ClassSchedule } from "../schedule/class.ts";
import { readClassFile } from "../schedule/read-class-file.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { listSealedBookings } from "./booking-store.ts";
import { listClasses } from "./class-store.ts";
import { type ImportPlan, planImport } from "./import-plan.ts";
import { requireClassChange } from "./reception-right.ts";
import { listVenues } from "./venue-store.ts";

/** 日程表のファイルの上限（バイト）。 */
export const MAX_SCHEDULE_BYTES = 20 * 1024 * 1024;
const KIND = "class-schedule";

export interface SchedulePreview extends ImportPlan {
  /** 取り込むときに渡す、残したファイルの id。 */
  token: string;
  fileName: string;
  /** 読めた枠の数（期の外のものを除く）。 */
  read: number;
}

/**
 * 市の日程表を読み、取り込むと何が変わるかを返す。ファイルは封じて残すが、講習会はまだ何も変えない。
 * term は期の id（日程表に年がないときの手がかり）。
 * @throws AppError BAD_INPUT（日程表でない、期が違う）、TOO_LARGE
 */
export async function previewClasses(
  office: Office,
  actor: Actor,
  given: { fileName: string; bytes: Uint8Array; term?: string | undefined },
): Promise<SchedulePreview> {
  requireClassChange(actor);
  if (given.bytes.length > MAX_SCHEDULE_BYTES)
    throw new AppError(
      "TOO_LARGE",
      "日程表のファイルが大きすぎます（20 MB まで）。日程表のシートだけを保存し直してください。",
    );
  const { blueprint } = await openContract(office, actor.contract);
  const fileName = basename(given.fileName).slice(0, 120) || "日程表";
  const schedule = readWithin(
    blueprint,
    { ...given, fileName },
    dayOf(office.clock.officeNow(actor.contract)),
  );
  const key = await office.keys.fresh(actor.contract);
  const plan = await office.act(actor, async (tx) => {
    const { sha256 } = await keepFile(tx, key, {
      kind: KIND,
      fileName: `${given.term ?? ""}|${fileName}`,
      media: "application/octet-stream",
      bytes: given.bytes,
    });
    await tx.record({
      kind: "schedule.read",
      about: key.id,
      payload: { sha256, classes: schedule.classes.length, errors: schedule.errors.length },
    });
    return planNow(tx, tx, blueprint, schedule);
  });
  return { token: key.id, fileName, read: schedule.classes.length, ...plan };
}

/** 前に読んだファイルを、いまの台帳ともう一度比べる。 */
export async function reopenPreview(office: Office, actor: Actor, token: string): Promise<SchedulePreview> {
  const { blueprint, schedule, fileName } = await reread(office, actor, token);
  const now = office.clock.officeNow(actor.contract);
  const plan = await planNow(office.read, { contract: actor.contract, now }, blueprint, schedule);
  return { token, fileName, read: schedule.classes.length, ...plan };
}

/** いまの台帳と比べた計画。 */
export async function planNow(
  read: Read,
  at: { contract: string; now: string },
  blueprint: Blueprint,
  schedule: ClassSchedule,
): Promise<ImportPlan> {
  const classes = await listClasses(read, at.contract);
  const booked = classes.filter((cls) => cls.booked > 0).map((cls) => cls.id);
  const rows =
    booked.length === 0
      ? []
      : await listSealedBookings(read, at.contract, { classIds: booked, states: ["booked"] });
  const bookings = new Map<string, number[]>();
  for (const row of rows) bookings.set(row.class_id, [...(bookings.get(row.class_id) ?? []), row.number]);
  const venues = await listVenues(read, at.contract);
  return planImport(schedule, { blueprint, today: dayOf(at.now), classes, venues, bookings });
}

/** 残した日程表を、もう一度読む。ほかのファイルの id なら NOT_FOUND。 */
export async function reread(office: Office, actor: Actor, token: string) {
  const kept = await openFile(office, actor.contract, token);
  if (kept.kind !== KIND)
    throw new AppError("NOT_FOUND", "その日程表はありません。ファイルを選び直してください。");
  const { blueprint } = await openContract(office, actor.contract);
  const [term = "", ...name] = kept.fileName.split("|");
  const fileName = name.join("|");
  const today = dayOf(office.clock.officeNow(actor.contract));
  const schedule = readWithin(blueprint, { bytes: kept.bytes, fileName, term }, today);
  return { blueprint, schedule, fileName, sha256: kept.sha256 };
}

function readWithin(
  blueprint: Blueprint,
  given: { bytes: Uint8Array; fileName: string; term?: string | undefined },
  today: string,
): ClassSchedule {
  if (!given.term) return readClassFile(given.bytes, given.fileName, { today });
  const term = blueprint.terms.find((each) => each.id === given.term);
  if (!term) throw new AppError("BAD_INPUT", "その期はこの契約にありません。期を選び直してください。");
  return readClassFile(given.bytes, given.fileName, {
    today,
    term: { from: term.classesFrom, to: term.classesTo },
  });
}
