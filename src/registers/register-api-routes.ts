import type { Ask, Route } from "../platform/route.ts";
import { addMember, assignRole, confirmStaff, editMember, releaseRole } from "./change-staff.ts";
import { fileException, fileStaff } from "./file-staff.ts";
import { listEntries, openEntry } from "./list-entries.ts";
import { listEnvironment } from "./list-environment.ts";
import { listStaff } from "./list-staff.ts";
import { closeEntry, editEntry, fileEntry, recordEntry } from "./record-entry.ts";
import { recordEnvironment } from "./record-environment.ts";
import {
  assignBody,
  closeBody,
  entryBody,
  entryEditBody,
  entryFilter,
  entryInput,
  environmentBody,
  fileStaffBody,
  memberBody,
  memberEditBody,
  memberInput,
  releaseBody,
} from "./register-ask.ts";
import { dayAsked } from "./staff-ask.ts";

type Handle = Route["handle"];
const api = (
  id: string,
  method: Route["method"],
  path: string,
  summary: string,
  handle: Handle,
  input?: Route["input"],
): Route => ({ id, method, path, kind: "api", summary, handle, ...(input ? { input } : {}) });
const done = (ask: Ask, value: object = {}) => ask.reply({ id: ask.param("id"), ...value });

/** 登録簿・体制・環境の JSON の道。 */
export function registerApiRoutes(): Route[] {
  return [...entryApi(), ...staffApi(), ...environmentApi()];
}

function entryApi(): Route[] {
  return [
    api("registers.api", "GET", "/api/registers", "登録簿の一覧（book、state、q で絞る）", async (ask) =>
      ask.reply({
        entries: await listEntries(
          ask.office,
          ask.actor,
          entryFilter((name) => ask.query(name)),
        ),
      }),
    ),
    api(
      ...(["register.enter.api", "POST", "/api/registers"] as const),
      "登録簿に書く（Idempotency-Key で、送り直しても一つ）",
      async (ask) => {
        const given = await ask.json(entryBody);
        const once = ask.header("Idempotency-Key");
        return ask.reply(await recordEntry(ask.office, ask.actor, given.book, entryInput(given), once), 201);
      },
      entryBody,
    ),
    api("register.api", "GET", "/api/registers/:id", "登録簿の一件", async (ask) => {
      const { head, ...rest } = await openEntry(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ ...head, ...rest });
    }),
    api(
      ...(["register.edit.api", "PUT", "/api/registers/:id"] as const),
      "登録簿の一件を直す（edition が違えば CONFLICT）",
      async (ask) => {
        const given = await ask.json(entryEditBody);
        const input = { ...entryInput(given), edition: given.edition };
        await editEntry(ask.office, ask.actor, ask.param("id"), input);
        return done(ask);
      },
      entryEditBody,
    ),
    api(
      ...(["register.close.api", "POST", "/api/registers/:id/close"] as const),
      "結果を書いて結ぶ",
      async (ask) => {
        await closeEntry(ask.office, ask.actor, ask.param("id"), await ask.json(closeBody));
        return done(ask, { state: "closed" });
      },
      closeBody,
    ),
    api(
      ...(["register.file.api", "POST", "/api/registers/:id/file"] as const),
      "一件から届出の下書きを作る",
      async (ask) => done(ask, await fileEntry(ask.office, ask.actor, ask.param("id"))),
    ),
  ];
}

function staffApi(): Route[] {
  return [
    api("team.api", "GET", "/api/team", "その日（day、省けば今日）の体制", async (ask) =>
      ask.reply(await listStaff(ask.office, ask.actor, dayAsked(ask.query("day")))),
    ),
    api(
      ...(["team.add.api", "POST", "/api/team", "体制に一人を加える"] as const),
      async (ask) => {
        const once = ask.header("Idempotency-Key");
        const given = memberInput(await ask.json(memberBody));
        return ask.reply(await addMember(ask.office, ask.actor, given, once), 201);
      },
      memberBody,
    ),
    api(
      ...(["team.edit.api", "PUT", "/api/team/:id", "登録を直す（edition が違えば CONFLICT）"] as const),
      async (ask) => {
        const given = await ask.json(memberEditBody);
        const input = { ...memberInput(given), edition: given.edition };
        await editMember(ask.office, ask.actor, ask.param("id"), input);
        return done(ask);
      },
      memberEditBody,
    ),
    api(
      ...(["team.assign.api", "POST", "/api/team/:id/roles", "役割に就ける"] as const),
      async (ask) => {
        const { role, from, to } = await ask.json(assignBody);
        const input = { role, from, to: to === "" ? undefined : to };
        return ask.reply(await assignRole(ask.office, ask.actor, ask.param("id"), input), 201);
      },
      assignBody,
    ),
    api(
      ...(["team.release.api", "POST", "/api/team/roles/:id/end", "役割を解く"] as const),
      async (ask) => {
        const { to } = await ask.json(releaseBody);
        await releaseRole(ask.office, ask.actor, ask.param("id"), to);
        return done(ask, { to });
      },
      releaseBody,
    ),
    api("team.confirm.api", "POST", "/api/team/confirm", "体制と直接雇用を確かめる", async (ask) => {
      await confirmStaff(ask.office, ask.actor);
      return ask.reply({ day: ask.today });
    }),
    api(
      ...(["team.file.api", "POST", "/api/team/file", "体制の変更の届出の下書きを作る"] as const),
      async (ask) => {
        const { form } = await ask.json(fileStaffBody);
        return ask.reply(await fileStaff(ask.office, ask.actor, form), 201);
      },
      fileStaffBody,
    ),
    api(
      ...(["team.exception.api", "POST", "/api/team/:id/exception"] as const),
      "直接雇用の例外の申請書の下書きを作る",
      async (ask) => done(ask, await fileException(ask.office, ask.actor, ask.param("id"))),
    ),
  ];
}

function environmentApi(): Route[] {
  return [
    api("environment.api", "GET", "/api/environment", "月ごとの環境の数と、紙の節約", async (ask) =>
      ask.reply(await listEnvironment(ask.office, ask.actor)),
    ),
    api(
      ...(["environment.record.api", "POST", "/api/environment", "一月の環境の数を書く"] as const),
      async (ask) => {
        const { month, values } = await ask.json(environmentBody);
        return ask.reply({ month, ...(await recordEnvironment(ask.office, ask.actor, month, values)) });
      },
      environmentBody,
    ),
  ];
}
