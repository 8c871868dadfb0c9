import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompiledQuery } from "kysely";
import type { Queries } from "../platform/database.ts";
import { listEvents } from "../platform/event-store.ts";
import { exportLog } from "../platform/export-log.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, openPerson } from "../platform/person-store.ts";
import { listSealedBookings, openBooking } from "../reception/booking-store.ts";
import { listClasses } from "../reception/class-store.ts";
import { listHolds } from "../reception/hold-store.ts";
import { verifyLogFile } from "../sealing/verify-log-file.ts";
import { caller } from "./reception-fixture.ts";

/** 別のプロセスが答えをもらった行為。 */
export interface Acknowledged {
  booked: Map<string, { n: number; number: number }>;
  undone: Set<string>;
}

export interface OfficeCheck {
  bookings: number;
  events: number;
  /** 合わなかったこと。空なら無事。 */
  faults: string[];
}

/**
 * 事務所の中身がつじつまの合うことを確かめる: 答えた予約がすべてあり読める、席の数は予約と仮押さえの数、
 * 受付番号に欠けがない、どの予約にも記録が一つ、記録は番号がつき、書き出せば検証を通る。
 */
export async function checkOffice(
  office: Office,
  contract: string,
  holder: string,
  known: Acknowledged,
): Promise<OfficeCheck> {
  const faults: string[] = [];
  const say = (fault: string) => faults.push(fault);
  const bookings = await checkBookings(office, contract, known, say);
  await checkSeats(office, contract, bookings, say);
  await checkLog(office, contract, holder, bookings, say);
  if (office.db.engine === "sqlite") faults.push(...(await fileFaults(office.read.q)));
  const events = await listEvents(office.read, { contract, limit: 1_000_000 });
  return { bookings: bookings.length, events: events.length, faults };
}

type Say = (fault: string) => void;
interface Found {
  id: string;
  number: number;
  classId: string;
  state: string;
}

async function checkBookings(
  office: Office,
  contract: string,
  known: Acknowledged,
  say: Say,
): Promise<Found[]> {
  const rows = await listSealedBookings(office.read, contract, {});
  const persons = new Map(
    (
      await findPersons(
        office.read,
        contract,
        rows.map((row) => row.person_id),
      )
    ).map((p) => [p.id, p]),
  );
  const keys = await office.keys.get(contract, [...persons.keys()]);
  const names = new Map<string, string>();
  for (const [at, row] of rows.entries()) {
    if (row.number !== at + 1) say(`受付番号が続いていない: ${at + 1} の所に ${row.number}`);
    const sealed = persons.get(row.person_id);
    const key = keys.get(row.person_id);
    if (!sealed || !key) {
      say(`予約 ${row.number} の本人か鍵がない`);
      continue;
    }
    const person = openPerson(key, sealed);
    openBooking(key, row);
    if (!person.address.startsWith("札幌市")) say(`予約 ${row.number} の住所が読めない`);
    names.set(row.id, person.name);
  }
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const [id, { n, number }] of known.booked) {
    const row = found.get(id);
    if (!row) say(`答えた予約 ${number} がない`);
    else if (row.number !== number) say(`答えた番号 ${number} が ${row.number} になっている`);
    else if (names.get(id) !== caller(n, "").name) say(`答えた予約 ${number} の氏名が違う`);
  }
  for (const id of known.undone) if (found.get(id)?.state !== "undone") say("答えた取消が残っていない");
  return rows.map((row) => ({ id: row.id, number: row.number, classId: row.class_id, state: row.state }));
}

async function checkSeats(office: Office, contract: string, bookings: Found[], say: Say): Promise<void> {
  const holds = await listHolds(office.read, contract);
  for (const cls of await listClasses(office.read, contract)) {
    const booked = bookings.filter((b) => b.classId === cls.id && b.state === "booked").length;
    const held = holds.filter((h) => h.class_id === cls.id).length;
    if (cls.booked !== booked) say(`席の数 ${cls.booked} と予約の数 ${booked} が違う（${cls.id}）`);
    if (cls.held !== held) say(`押さえた数 ${cls.held} と仮押さえの数 ${held} が違う（${cls.id}）`);
    if (cls.booked + cls.held > cls.capacity) say(`定員を超えた（${cls.id}）`);
  }
}

async function checkLog(
  office: Office,
  contract: string,
  holder: string,
  bookings: Found[],
  say: Say,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-log-"));
  try {
    const file = join(folder, "log.ndjson");
    await exportLog(office, holder, file);
    const verdict = await verifyLogFile(file);
    const events = await listEvents(office.read, { contract, limit: 1_000_000 });
    if (!verdict.ok) say(`記録が検証を通らない: ${verdict.firstBad?.reason}`);
    if (verdict.entries !== events.length)
      say(`記録 ${events.length} 件のうち、書き出せたのは ${verdict.entries} 件`);
    const taken = events
      .filter((e) => e.kind === "booking.taken")
      .map((e) => `${e.about} ${e.payload.number}`);
    const expected = bookings.map((b) => `${b.id} ${b.number}`);
    if (taken.sort().join() !== expected.sort().join()) say("予約と、予約の記録が一対一でない");
    const undone = events.filter((e) => e.kind === "booking.undone").map((e) => e.about);
    const gone = bookings.filter((b) => b.state === "undone").map((b) => b.id);
    if (undone.sort().join() !== gone.sort().join()) say("取消と、取消の記録が一対一でない");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SQLite のファイルそのものの壊れと、外部キーの切れ。 */
export async function fileFaults(q: Queries): Promise<string[]> {
  const faults: string[] = [];
  for (const name of ["integrity_check", "foreign_key_check"]) {
    const { rows } = await q.executeQuery<Record<string, unknown>>(CompiledQuery.raw(`PRAGMA ${name}`));
    const told = rows.flatMap((row) => Object.values(row)).filter((value) => value !== "ok");
    if (told.length > 0) faults.push(`${name}: ${told.slice(0, 3).join("、")}`);
  }
  return faults;
}
