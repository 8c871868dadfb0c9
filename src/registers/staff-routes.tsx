import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Ask, Route } from "../platform/route.ts";
import { addMember, assignRole, confirmStaff, editMember, releaseRole } from "./change-staff.ts";
import { orFaults } from "./entry-routes.tsx";
import { fileException, fileStaff, formOfRole } from "./file-staff.ts";
import { listStaff, readMember, unexcused } from "./list-staff.ts";
import { MemberPage, type MemberPageProps } from "./member-page.tsx";
import { chartFormats, printStaff } from "./print-entry.ts";
import {
  assignBody,
  fileStaffBody,
  memberBody,
  memberEditBody,
  memberInput,
  releaseBody,
} from "./register-ask.ts";
import { mayRegister } from "./register-right.ts";
import { dayAsked } from "./staff-ask.ts";
import { chartOf } from "./staff-document.ts";
import { StaffPage } from "./staff-page.tsx";

async function staffPage(ask: Ask): Promise<Response> {
  const staff = await listStaff(ask.office, ask.actor, dayAsked(ask.query("day")));
  const [confirmed] = await listEvents(ask.office.read, {
    ...{ contract: ask.actor.contract, kinds: ["staff.confirmed"], limit: 1 },
  });
  return ask.page({
    title: "業務の体制",
    current: "team.page",
    body: (
      <StaffPage
        csrf={ask.seated.csrf}
        staff={staff}
        chart={chartOf(staff)}
        today={ask.today}
        unexcused={unexcused(staff.members).length}
        confirmedOn={confirmed && dayOf(confirmed.at)}
        mayChange={mayRegister("staff", ask.actor.roles)}
        mayConfirm={mayRegister("confirm", ask.actor.roles)}
      />
    ),
  });
}

function memberPage(
  ask: Ask,
  props: Pick<MemberPageProps, "member" | "values" | "faults">,
): Promise<Response> {
  return ask.page({
    title: "業務の体制",
    current: "team.page",
    status: props.faults.length > 0 ? 422 : 200,
    body: (
      <MemberPage
        {...props}
        csrf={ask.seated.csrf}
        today={ask.today}
        mayChange={mayRegister("staff", ask.actor.roles)}
        once={props.member === undefined ? newId() : undefined}
      />
    ),
  });
}

async function openMember(
  ask: Ask,
  more: { faults?: MemberPageProps["faults"]; values?: MemberPageProps["values"] } = {},
): Promise<Response> {
  const member = await readMember(ask.office, ask.actor, ask.param("id"));
  const { name, post, employment, employer, qualification } = member;
  const own = { name, post, account: member.account ?? "", employment, employer, qualification };
  return memberPage(ask, {
    ...{ member, faults: more.faults ?? [], values: { ...own, ...more.values } },
  });
}

async function addByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return orFaults(
    async () => {
      const given = memberInput(parseInput(memberBody, form));
      const { id } = await addMember(ask.office, ask.actor, given, form.once);
      return ask.go(`/team/${id}`, "名簿に加えました。役割に就けてください。");
    },
    (faults) => memberPage(ask, { member: undefined, values: form, faults }),
  );
}

async function editByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return orFaults(
    async () => {
      const given = parseInput(memberEditBody, form);
      const input = { ...memberInput(given), edition: given.edition };
      await editMember(ask.office, ask.actor, ask.param("id"), input);
      return ask.go(`/team/${ask.param("id")}`, "登録を直しました。");
    },
    (faults) => openMember(ask, { faults, values: form }),
  );
}

async function assignByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return orFaults(
    async () => {
      const { role, from, to } = parseInput(assignBody, form);
      await assignRole(ask.office, ask.actor, ask.param("id"), {
        ...{ role, from, to: to === "" ? undefined : to },
      });
      const next = formOfRole[role] === undefined ? "" : "変更の届出は、体制の画面から作れます。";
      return ask.go(`/team/${ask.param("id")}`, `役割に就けました。${next}`);
    },
    (faults) => openMember(ask, { faults, values: form }),
  );
}

type Handle = Route["handle"];
const page = (id: string, method: "GET" | "POST", path: string, summary: string, handle: Handle): Route => ({
  id,
  method,
  path,
  kind: "page",
  summary,
  handle,
});

/** 体制の画面の道。 */
export function staffRoutes(): Route[] {
  const form = async (ask: Ask) => Object.fromEntries(await ask.form());
  return [
    page("team.page", "GET", "/team", "業務の体制（体制図と名簿、どの日でも）", staffPage),
    page("team.new", "GET", "/team/new", "体制に人を加える画面", (ask) =>
      memberPage(ask, { member: undefined, values: {}, faults: [] }),
    ),
    page("team.member", "GET", "/team/:id", "体制の一人", (ask) => openMember(ask)),
    page("team.add", "POST", "/team", "体制に人を加える", addByForm),
    page("team.confirm", "POST", "/team/confirm", "体制と直接雇用を確かめる", async (ask) => {
      await confirmStaff(ask.office, ask.actor);
      return ask.go("/team", "今日の体制を確かめたことを残しました。");
    }),
    page("team.file", "POST", "/team/file", "体制の変更の届出の下書きを作る", async (ask) => {
      const given = parseInput(fileStaffBody, await form(ask));
      const { filing } = await fileStaff(ask.office, ask.actor, given.form);
      return ask.go(`/filings/${filing}/edit`, "今日の体制を写した下書きを作りました。");
    }),
    page("team.edit", "POST", "/team/:id", "体制の一人の登録を直す", editByForm),
    page("team.assign", "POST", "/team/:id/roles", "役割に就ける", assignByForm),
    page("team.exception", "POST", "/team/:id/exception", "直接雇用の例外の申請書を作る", async (ask) => {
      const { filing } = await fileException(ask.office, ask.actor, ask.param("id"));
      return ask.go(`/filings/${filing}/edit`, "申請書の下書きを作りました。");
    }),
    page("team.release", "POST", "/team/roles/:id/end", "役割を解く", async (ask) => {
      const { to } = parseInput(releaseBody, await form(ask));
      await releaseRole(ask.office, ask.actor, ask.param("id"), to);
      return ask.go("/team", "役割の最後の日を入れました。変更の届出は、この画面から作れます。");
    }),
    {
      ...{ id: "team.chart", method: "GET", path: "/team/chart/:form", kind: "file" },
      summary: "体制図（png、pdf、docx。day で日を選ぶ）",
      handle: async (ask) => {
        const format = chartFormats.find((one) => one === ask.param("form"));
        if (format === undefined)
          throw new AppError("NOT_FOUND", "体制図の形は png、pdf、docx のどれかです。");
        return ask.download(await printStaff(ask.office, ask.actor, format, dayAsked(ask.query("day"))));
      },
    },
  ];
}
