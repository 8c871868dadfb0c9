import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { readDrillBlueprint } from "../../samples/drill-blueprint.ts";
import { tallyInquiry } from "../answers/count-inquiry.ts";
import { listItems } from "../answers/list-items.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf, type Instant, instantFromMs, instantOf } from "../base/time.ts";
import { businessDayOnOrAfter } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import type { Clock } from "../platform/clock.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import type { Office } from "../platform/office.ts";
import { openOffice } from "../platform/open-office.ts";
import { cancelBooking } from "../reception/cancel-booking.ts";
import { changeBooking } from "../reception/change-booking.ts";
import { holdSeat } from "../reception/hold-seat.ts";
import { importClasses } from "../reception/import-classes.ts";
import { listSeats } from "../reception/list-seats.ts";
import { previewClasses } from "../reception/preview-classes.ts";
import { takeBooking } from "../reception/take-booking.ts";
import type { DrillDesk, DrillHand, DrillRoom } from "../staffing/drill.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { readContractText } from "../terms/read-contract-text.ts";
import { startContract } from "../terms/start-contract.ts";
import { termOn } from "../terms/term.ts";
import { eventKinds } from "./rooms.ts";

const CONTRACT = "drill";
const supervisor: Actor = { id: "drill-sv", contract: CONTRACT, roles: ["supervisor", "manager"], desk: "1" };

/** 訓練のために、使い捨ての事務所を一時の場所に開く。終われば消える。 */
export const drillHand: DrillHand = {
  openDrill: async (source) => {
    const yaml = source ? await readContractText(source.office, source.contract) : await readDrillBlueprint();
    const now = source ? source.office.clock.officeNow(source.contract) : undefined;
    const copied = source ? await copySchedule(source.office, source.contract) : [];
    return openRoom(yaml, now, copied);
  },
};

interface ClassLine {
  day: Day;
  start: string;
  end: string;
  venue: string;
  address: string;
  course: string;
  capacity: number;
}

async function openRoom(yaml: string, now: Instant | undefined, copied: ClassLine[]): Promise<DrillRoom> {
  const data = await mkdtemp(join(tmpdir(), "madoguchi-drill-"));
  let ms = Date.now();
  const clock: Clock = { systemMs: () => Date.now(), officeNow: () => instantFromMs(ms) };
  const office = await openOffice({
    ...{ id: "drill", mode: "demo" as const, place: { data }, clock, eventKinds, migrations, keyMigrations },
    holder: localKeyHolder(new Uint8Array(randomBytes(32))),
  });
  const close = async () => {
    await office.close();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await startContract(office, supervisor, yaml);
    const { blueprint } = await openContract(office, CONTRACT);
    const term = termOn(blueprint, now === undefined ? (blueprint.terms[0]?.deskFrom ?? "") : dayOf(now));
    const day = businessDayOnOrAfter(blueprint.calendar, term.deskFrom);
    const opened = Date.parse(instantOf(day, blueprint.hours.open));
    ms = opened;
    const own = copied.filter((one) => term.classesFrom <= one.day && one.day <= term.classesTo);
    await placeSchedule(office, own.length > 0 ? own : madeSchedule(blueprint, term));
    const [item] = await listItems(office, CONTRACT);
    return {
      ...{ day, hours: blueprint.hours, close },
      setSecond: (second) => {
        ms = Math.max(ms, opened + second * 1000);
      },
      desk: (at) => deskOf(office, at, item?.code ?? ""),
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** 受けている講習会の、日時・会場・定員だけ。予約も人も写さない。 */
async function copySchedule(office: Office, contract: string): Promise<ClassLine[]> {
  const { classes } = await listSeats(office, contract);
  return classes.map(({ cls, venue }) => ({
    ...{ day: cls.day, start: cls.start, end: cls.end, venue: venue.name, address: venue.address },
    ...{ course: cls.course, capacity: cls.capacity },
  }));
}

/** 講習会のないときの、作りもの（30回、定員12人）。 */
function madeSchedule({ calendar }: Blueprint, term: Term): ClassLine[] {
  return Array.from({ length: 30 }, (_, n) => ({
    day: businessDayOnOrAfter(calendar, addDays(term.classesFrom, Math.floor(n / 3))),
    start: ["10:00", "13:00", "15:00"][n % 3] ?? "10:00",
    end: ["11:30", "14:30", "16:30"][n % 3] ?? "11:30",
    venue: `訓練の会場${(n % 10) + 1}`,
    address: `札幌市中央区北一条西${(n % 10) + 1}丁目`,
    course: "入門",
    capacity: 12,
  }));
}

async function placeSchedule(office: Office, classes: readonly ClassLine[]): Promise<void> {
  const quote = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`;
  const lines = classes.map((one) =>
    [one.day, one.start, one.end, one.venue, one.address, one.course, one.capacity].map(quote).join(","),
  );
  const csv = ["開催日,開始時刻,終了時刻,会場,会場住所,講座名,定員", ...lines].join("\r\n");
  const preview = await previewClasses(office, supervisor, {
    fileName: "drill.csv",
    bytes: new TextEncoder().encode(csv),
  });
  await importClasses(office, supervisor, preview.token, { basis: preview.basis });
}

function deskOf(office: Office, at: number, item: string): DrillDesk {
  const actor: Actor = {
    ...{ id: `drill-op-${at}`, contract: CONTRACT, roles: ["operator"] as const, desk: String(at + 1) },
  };
  return {
    seats: async () =>
      (await listSeats(office, CONTRACT)).classes.map(({ cls, free }) => ({
        ...{ id: cls.id, capacity: cls.capacity, free },
      })),
    hold: async (classId, draftId) => {
      await holdSeat(office, actor, { classId, draftId });
    },
    book: (n, classId, draftId) =>
      takeBooking(office, actor, { ...madeCaller(n), classId, draftId, onceKey: `drill-${n}` }),
    change: async (id, classId) => {
      await changeBooking(office, actor, id, { classId });
    },
    cancel: async (id) => {
      await cancelBooking(office, actor, id, { reason: "schedule" });
    },
    tally: async (n) => {
      await tallyInquiry(office, actor, { item, onceKey: `drill-tally-${n}` });
    },
  };
}

const surnames = ["サトウ", "スズキ", "タカハシ", "イトウ", "ワタナベ", "ヤマモト", "ナカムラ", "コバヤシ"];
const givens = ["キヨ", "ハルコ", "ヨシオ", "タケシ", "ミツコ", "カズコ", "サチコ", "イサム", "トシオ"];

/** 作りものの申込者。 */
function madeCaller(n: number) {
  const kana = `${surnames[n % surnames.length]}　${givens[Math.floor(n / surnames.length) % givens.length]}`;
  return {
    ...{ name: `訓練　${n}号`, kana, postal: "001-0031", building: "", needs: "", memo: "" },
    address: `札幌市北区北三十一条西5丁目${n}-1`,
    phone: `011-000-${String(n % 10_000).padStart(4, "0")}`,
    largePrint: false,
  };
}
