import { readAbout } from "../base/about.ts";
import { type Role, roles } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { endOfMonth, isDay } from "../japan/day.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { replaceBlueprint } from "../terms/replace-blueprint.ts";
import { BoardPage } from "./board-page.tsx";
import { ChangeDifferencePage, ChangePage } from "./change-page.tsx";
import { compareOwed } from "./compare-owed.ts";
import { BLUEPRINT_BYTES, contractApiRoutes } from "./contract-api-routes.ts";
import { filterOf } from "./contract-ask.ts";
import type { ContractHand } from "./contract-hand.ts";
import { mayContract, refuseContractRole } from "./contract-right.ts";
import { CoveragePage } from "./coverage-page.tsx";
import { dutyStates } from "./duty.ts";
import { DutyPage } from "./duty-page.tsx";
import { endContract } from "./end-contract.ts";
import { attestDuty, evidenceDuty } from "./evidence-duty.ts";
import type { Mark } from "./mark-duty.ts";
import { MonthPage } from "./month-page.tsx";
import { raiseDuty } from "./raise-duty.ts";
import { readCoverage } from "./read-coverage.ts";
import { readDuty } from "./read-duty.ts";
import { countLate, readOwed } from "./read-owed.ts";
import { enqueueReminder } from "./remind-owed.ts";
import { retractMark, waiveDuty } from "./waive-duty.ts";

const CURRENT = "contract.page";

/** 左のメニュー。 */
export const contractMenu: MenuEntry = {
  ...{ routeId: CURRENT, label: "条項と義務", icon: "doc", href: "/contract", gap: true },
  count: (office, actor) => countLate(office, actor.contract),
};

/** 条項と義務の道。 */
export function contractRoutes(hand: ContractHand): Route[] {
  return [...pageRoutes(hand), ...dutyRoutes(hand), ...changeRoutes(hand), ...contractApiRoutes(hand)];
}

async function coveragePage(ask: Ask): Promise<Response> {
  const coverage = await readCoverage(ask.office, ask.actor.contract);
  const state = dutyStates.find((one) => one === ask.query("state"));
  const mayChange = mayContract("change", ask.actor.roles);
  const body = <CoveragePage coverage={coverage} state={state} mayChange={mayChange} />;
  return ask.page({ title: "条項と義務", current: CURRENT, body });
}

async function boardPage(ask: Ask): Promise<Response> {
  await enqueueReminder(ask.office, ask.actor.contract);
  const filter = filterOf(ask);
  const board = await readOwed(ask.office, ask.actor.contract, filter);
  const everyone = await readOwed(ask.office, ask.actor.contract);
  const held = new Set(everyone.lines.map((line) => line.role));
  return ask.page({
    title: "期限の盤",
    current: CURRENT,
    body: (
      <BoardPage
        board={board}
        by={ask.query("by") === "person" ? "person" : "day"}
        role={filter.role ?? ""}
        day={filter.day}
        roles={roles.filter((role): role is Role => held.has(role))}
      />
    ),
  });
}

async function monthPage(ask: Ask): Promise<Response> {
  const asked = `${ask.query("month") ?? ""}-01`;
  const first = isDay(asked) ? asked : `${ask.today.slice(0, 8)}01`;
  const { lines, blueprint, now } = await readOwed(ask.office, ask.actor.contract);
  const last = endOfMonth(first);
  const own = lines.filter((line) => {
    const day = line.due === null ? "" : dayOf(line.due);
    return first <= day && day <= last && line.state !== "never";
  });
  const body = <MonthPage first={first} now={now} calendar={blueprint.calendar} lines={own} />;
  return ask.page({ title: "義務の暦", current: CURRENT, body });
}

async function dutyPage(ask: Ask, hand: ContractHand): Promise<Response> {
  const detail = await readDuty(ask.office, ask.actor, ask.param("key"), hand.labelOf);
  const own = ask.actor.roles;
  const may = {
    ...{ raise: mayContract("raise", own), evidence: mayContract("evidence", own) },
    ...{
      attest: mayContract("attest", own),
      waive: mayContract("waive", own),
      file: mayContract("evidence", own),
    },
  };
  const resolve = (ref: string) => {
    const about = readAbout(ref);
    return about && hand.resolve(about);
  };
  const body = <DutyPage csrf={ask.seated.csrf} detail={detail} may={may} resolve={resolve} />;
  return ask.page({ title: "義務", current: CURRENT, body });
}

function pageRoutes(hand: ContractHand): Route[] {
  const page = (id: string, path: string, summary: string, handle: Route["handle"]): Route => ({
    ...{ id, method: "GET", path, kind: "page", summary, handle },
  });
  return [
    page(CURRENT, "/contract", "条項と義務（state で絞る）", coveragePage),
    page("contract.board", "/contract/board", "期限の盤（日ごと・人ごと、role、day で絞る）", boardPage),
    page("contract.calendar", "/contract/calendar", "義務の暦（month で月を選ぶ）", monthPage),
    page("contract.duty", "/contract/duties/:key", "義務を一つ", (ask) => dutyPage(ask, hand)),
    {
      id: "contract.file",
      method: "GET",
      path: "/contract/files/:id",
      kind: "file",
      summary: "証跡に添えたファイル",
      handle: async (ask) => {
        const file = await openFile(ask.office, ask.actor.contract, ask.param("id"));
        if (file.kind !== "contract.evidence")
          throw new AppError(
            "NOT_FOUND",
            "その証跡のファイルはありません。義務の画面から開き直してください。",
          );
        return ask.download(file);
      },
    },
  ];
}

async function markOf(ask: Ask): Promise<{ mark: Mark; form: ReadonlyMap<string, string> }> {
  const form = await ask.form();
  const file = await ask.file("file");
  const kept =
    file === undefined || file.fileName === "" ? undefined : { ...file, media: "application/octet-stream" };
  return { form, mark: { note: form.get("note"), ref: form.get("ref") || undefined, file: kept } };
}

/** 行いのあとは、その義務の画面に戻る。 */
function dutyRoutes(_hand: ContractHand): Route[] {
  const act = (
    verb: string,
    summary: string,
    done: string,
    run: (ask: Ask, key: string) => Promise<string>,
  ): Route => ({
    ...{
      id: `contract.${verb}`,
      method: "POST",
      path: `/contract/duties/:key/${verb}`,
      kind: "page",
      summary,
    },
    bodyLimit: 20_000_000,
    handle: async (ask) => {
      const key = await run(ask, ask.param("key"));
      return ask.go(`/contract/duties/${encodeURIComponent(key)}`, done);
    },
  });
  return [
    act("raise", "起きたと記録し、義務を生じさせる", "義務が生じたと記録しました。", async (ask, key) => {
      const form = await ask.form();
      const given = { note: form.get("note"), day: form.get("day"), time: form.get("time") };
      return raiseDuty(ask.office, ask.actor, key, given);
    }),
    act("evidence", "証跡を添えて、果たしたと記録する", "証跡を添えました。", async (ask, key) => {
      const { mark } = await markOf(ask);
      await evidenceDuty(ask.office, ask.actor, key, mark);
      return key;
    }),
    act("attest", "続く義務を守っていると表明する", "表明しました。", async (ask, key) => {
      const { mark, form } = await markOf(ask);
      await attestDuty(ask.office, ask.actor, key, { ...mark, until: form.get("until") });
      return key;
    }),
    act("waive", "委託者に免じられたと記録する", "免じられたと記録しました。", async (ask, key) => {
      const { mark } = await markOf(ask);
      await waiveDuty(ask.office, ask.actor, key, mark);
      return key;
    }),
    act("retract", "書き足したことを取り消す", "取り消しました。", async (ask, key) => {
      await retractMark(ask.office, ask.actor, key, (await ask.form()).get("entry") ?? "");
      return key;
    }),
  ];
}

function changePage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  const body = <ChangePage csrf={ask.seated.csrf} today={ask.today} faults={faults} />;
  return ask.page({ title: "契約を変更する", current: CURRENT, status: faults.length > 0 ? 422 : 200, body });
}

async function differencePage(ask: Ask, yaml: string, error?: string): Promise<Response> {
  const difference = await compareOwed(ask.office, ask.actor.contract, yaml);
  const packed = Buffer.from(yaml, "utf8").toString("base64");
  return ask.page({
    title: "契約の変更を確かめる",
    current: CURRENT,
    status: error === undefined ? 200 : 422,
    body: <ChangeDifferencePage csrf={ask.seated.csrf} difference={difference} yaml={packed} error={error} />,
  });
}

/** 入力の直すところは、同じ画面で言う。 */
async function orFaults(
  run: () => Promise<Response>,
  show: (cause: AppError) => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return show(cause);
  }
}

function faultsOf(cause: AppError): Fault[] {
  return cause.faults.length > 0 ? cause.faults : [{ message: cause.message }];
}

async function confirmChange(ask: Ask): Promise<Response> {
  refuseContractRole("change", ask.actor.roles);
  const form = await ask.form();
  const yaml = Buffer.from(form.get("yaml") ?? "", "base64").toString("utf8");
  const given = { yaml, before: form.get("before") ?? "", reason: form.get("reason") ?? "" };
  return orFaults(
    async () => {
      await replaceBlueprint(ask.office, ask.actor, given);
      return ask.go("/contract", "契約を変更しました。義務と期限を、新しい設計図から数え直しました。");
    },
    (cause) => differencePage(ask, yaml, cause.message),
  );
}

function changeRoutes(hand: ContractHand): Route[] {
  return [
    {
      ...{ id: "contract.change", method: "GET", path: "/contract/change", kind: "page" },
      summary: "契約を変更する画面",
      handle: (ask) => changePage(ask),
    },
    {
      ...{ id: "contract.difference", method: "POST", path: "/contract/change", kind: "page" },
      summary: "変更した設計図との差",
      bodyLimit: BLUEPRINT_BYTES,
      handle: async (ask) => {
        const file = await ask.file("file");
        if (file === undefined || file.bytes.length === 0)
          return changePage(ask, [{ message: "設計図のファイルを選んでください。" }]);
        const yaml = new TextDecoder().decode(file.bytes);
        return orFaults(
          () => differencePage(ask, yaml),
          (cause) => changePage(ask, faultsOf(cause)),
        );
      },
    },
    {
      ...{ id: "contract.change.confirm", method: "POST", path: "/contract/change/confirm", kind: "page" },
      summary: "契約を変更する",
      bodyLimit: BLUEPRINT_BYTES * 2,
      handle: confirmChange,
    },
    {
      ...{ id: "contract.end", method: "POST", path: "/contract/end", kind: "page" },
      summary: "契約の終わり・解除を記録する",
      handle: async (ask) => {
        const form = await ask.form();
        const given = { on: form.get("on") ?? "", early: form.get("early") === "yes" };
        return orFaults(
          async () => {
            await endContract(ask.office, ask.actor, given, hand);
            return ask.go("/contract/board", "契約の終わりを記録しました。");
          },
          (cause) => changePage(ask, faultsOf(cause)),
        );
      },
    },
  ];
}
