import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import type { Actor, Role } from "../base/actor.ts";
import { type Instant, instantFromMs, instantOf } from "../base/time.ts";
import { eventKinds } from "../main/rooms.ts";
import type { Clock } from "../platform/clock.ts";
import { listEvents } from "../platform/event-store.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import type { Office } from "../platform/office.ts";
import { openOffice, type Place } from "../platform/open-office.ts";

/** 手で動かせる時計。 */
export interface TestClock extends Clock {
  set(at: Instant): void;
  advance(ms: number): void;
}

export interface TestDesk {
  office: Office;
  clock: TestClock;
  contract: string;
  actor(id: string, ...roles: Role[]): Actor;
  /** 記録された行為の種類を、起きた順に。 */
  events(): Promise<string[]>;
  /** 閉じて、同じ場所をもう一度開く（再起動の試験）。 */
  reopen(): Promise<Office>;
  place: Place;
  root: Uint8Array;
  close(): Promise<void>;
}

export interface DeskOptions {
  /** 事務所の時刻。省けば令和7年9月17日（水）13:40。 */
  at?: Instant;
  /** 省けば環境変数 MADOGUCHI_TEST_ENGINE（postgres のとき MADOGUCHI_TEST_POSTGRES へつなぐ）。 */
  engine?: "sqlite" | "postgres";
}

const CONTRACT = "demo-002";
let template: { data: string; root: Uint8Array } | undefined;

/** 移行済みの事務所を一つ開く。SQLite では、一度作った空の事務所のファイルを写す。 */
export async function openDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const engine = options.engine ?? (process.env.MADOGUCHI_TEST_ENGINE === "postgres" ? "postgres" : "sqlite");
  const clock = testClock(options.at ?? instantOf("2025-09-17", "13:40"));
  const { place, root, remove } = engine === "postgres" ? await postgresPlace() : await sqlitePlace(clock);
  let office = await open(place, root, clock);
  const desk: TestDesk = {
    get office() {
      return office;
    },
    clock,
    contract: CONTRACT,
    place,
    root,
    actor: (id, ...roles) => ({ id, contract: CONTRACT, roles, desk: "2" }),
    events: async () =>
      (await listEvents(office.read, { contract: CONTRACT, limit: 10_000 })).map((e) => e.kind).reverse(),
    reopen: async () => {
      await office.close();
      office = await open(place, root, clock);
      return office;
    },
    close: async () => {
      await office.close();
      await remove();
    },
  };
  return desk;
}

/** どこかに置いた事務所を、試験の時計で開く。別プロセスの試験でも使う。 */
export function open(place: Place, root: Uint8Array, clock: Clock): Promise<Office> {
  return openOffice({
    id: "test-office",
    mode: "real",
    place,
    holder: localKeyHolder(root),
    clock,
    eventKinds,
    migrations,
    keyMigrations,
  });
}

/** 別のプロセスから、同じ場所の事務所を開く（時計は令和7年9月17日に始まり、進む）。 */
export async function openReplica(
  place: Place,
  root: Uint8Array,
): Promise<{ office: Office; contract: string }> {
  const shift = Date.parse(instantOf("2025-09-17", "10:00")) - Date.now();
  const clock: Clock = {
    systemMs: () => Date.now() + shift,
    officeNow: () => instantFromMs(Date.now() + shift),
  };
  return { office: await open(place, root, clock), contract: CONTRACT };
}

export function testClock(at: Instant): TestClock {
  let ms = Date.parse(at);
  return {
    systemMs: () => ms,
    officeNow: () => instantFromMs(ms),
    set: (to) => {
      ms = Date.parse(to);
    },
    advance: (by) => {
      ms += by;
    },
  };
}

async function sqlitePlace(
  clock: Clock,
): Promise<{ place: Place; root: Uint8Array; remove: () => Promise<void> }> {
  if (!template || !existsSync(template.data)) {
    const made = {
      data: mkdtempSync(join(tmpdir(), "madoguchi-template-")),
      root: new Uint8Array(randomBytes(32)),
    };
    await (await open({ data: made.data }, made.root, clock)).close();
    template = made;
    process.once("exit", () => rmSync(made.data, { recursive: true, force: true }));
  }
  const data = mkdtempSync(join(tmpdir(), "madoguchi-desk-"));
  cpSync(template.data, data, { recursive: true });
  return {
    place: { data },
    root: template.root,
    remove: async () => rmSync(data, { recursive: true, force: true }),
  };
}

/** 試験ごとに別の schema。データベースは MADOGUCHI_TEST_POSTGRES が指す。 */
export async function postgresPlace(): Promise<{
  place: Place;
  root: Uint8Array;
  remove: () => Promise<void>;
}> {
  const url = process.env.MADOGUCHI_TEST_POSTGRES;
  if (!url) throw new Error("MADOGUCHI_TEST_POSTGRES is not set");
  const schema = `t_${randomBytes(6).toString("hex")}`;
  const remove = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `DROP SCHEMA IF EXISTS "${schema}" CASCADE; DROP SCHEMA IF EXISTS "${schema}_keys" CASCADE`,
    );
    await client.end();
  };
  return { place: { data: "", url, schema }, root: new Uint8Array(randomBytes(32)), remove };
}
