import { AppError } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { DrillPage } from "./drill-page.tsx";
import { EquipmentPage } from "./equipment-page.tsx";
import { listEquipment } from "./list-equipment.ts";
import { listPeople } from "./list-people.ts";
import { endEquipment, noteEquipment } from "./note-equipment.ts";
import { passDesk } from "./pass-desk.ts";
import { PeoplePage } from "./people-page.tsx";
import { readPlan } from "./read-plan.ts";
import { rosterRoutes } from "./roster-routes.tsx";
import { SeatPage } from "./seat-page.tsx";
import { setStaffing } from "./set-staffing.ts";
import { staffingApiRoutes } from "./staffing-api-routes.ts";
import { drillOrder, hiddenTabs, planQuery } from "./staffing-ask.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { mayStaff } from "./staffing-right.ts";
import { listReports, startDrill } from "./start-drill.ts";

/** 席数・勤務・設備・訓練の道。入電の数と、訓練の事務所は、上の階が渡す。 */
export function staffingRoutes(hand: StaffingHand): Route[] {
  return [
    ...seatRoutes(hand),
    ...rosterRoutes(hand),
    ...peopleRoutes,
    ...equipmentRoutes,
    ...drillRoutes,
    ...staffingApiRoutes(hand),
  ];
}

/** 左のメニュー。 */
export const staffingMenu: MenuEntry[] = [
  { routeId: "staffing.page", label: "席数と勤務", icon: "people", href: "/staffing" },
];

const seatRoutes = (hand: StaffingHand): Route[] => [
  {
    id: "staffing.page",
    method: "GET",
    path: "/staffing",
    kind: "page",
    summary: "半時間ごとの入電の見込み、席数、回線数",
    handle: async (ask) =>
      ask.page({
        title: "席数と回線",
        current: "staffing.page",
        body: (
          <SeatPage
            view={await readPlan(ask.office, ask.actor.contract, hand, planQuery(ask))}
            csrf={ask.seated.csrf}
            mayPlan={mayStaff("plan", ask.actor.roles)}
            hidden={hiddenTabs(ask)}
          />
        ),
      }),
  },
  {
    id: "staffing.set",
    method: "POST",
    path: "/staffing/setting",
    kind: "page",
    summary: "席数を出す条件を決める",
    handle: async (ask) => {
      const form = await ask.form();
      await setStaffing(ask.office, ask.actor, Object.fromEntries(form));
      return ask.go(
        `/staffing?day=${encodeURIComponent(form.get("day") ?? "")}`,
        "席数を出す条件を決めました。",
      );
    },
  },
];

const peopleRoutes: Route[] = [
  {
    id: "staffing.people",
    method: "GET",
    path: "/staffing/people",
    kind: "page",
    summary: "要員（研修、緊急の着席）",
    handle: async (ask) =>
      ask.page({
        title: "要員",
        current: "staffing.page",
        body: (
          <PeoplePage
            view={await listPeople(ask.office, ask.actor)}
            csrf={ask.seated.csrf}
            me={ask.actor.id}
            mayPlan={mayStaff("plan", ask.actor.roles)}
            hidden={hiddenTabs(ask)}
          />
        ),
      }),
  },
  {
    id: "staffing.pass",
    method: "POST",
    path: "/staffing/people/pass",
    kind: "page",
    summary: "研修の前の着席を緊急に認める",
    handle: async (ask) => {
      const form = await ask.form();
      await passDesk(ask.office, ask.actor, {
        ...{ handler: form.get("handler") ?? "", reason: form.get("reason") ?? "" },
      });
      return ask.go("/staffing/people", "本日の着席を認めました。責任者の報告の仕事を加えました。");
    },
  },
];

async function equipmentPage(
  ask: Ask,
  values: Record<string, string | undefined> = {},
  cause?: AppError,
): Promise<Response> {
  return ask.page({
    title: "設備",
    current: "staffing.page",
    status: cause ? 422 : 200,
    body: (
      <EquipmentPage
        view={await listEquipment(ask.office, ask.actor)}
        values={values}
        faults={cause?.faults ?? []}
        csrf={ask.seated.csrf}
        mayPlan={mayStaff("plan", ask.actor.roles)}
        hidden={hiddenTabs(ask)}
      />
    ),
  });
}

const equipmentRoutes: Route[] = [
  {
    id: "staffing.equipment",
    method: "GET",
    path: "/staffing/equipment",
    kind: "page",
    summary: "端末機・電話・番号・回線の登録",
    handle: (ask) => equipmentPage(ask),
  },
  {
    id: "staffing.equipment.note",
    method: "POST",
    path: "/staffing/equipment",
    kind: "page",
    summary: "設備を加える",
    handle: async (ask) => {
      const form = Object.fromEntries(await ask.form());
      try {
        await noteEquipment(ask.office, ask.actor, {
          ...form,
          kind: form.kind ?? "",
          detail: form.detail ?? "",
        });
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
        return equipmentPage(ask, form, cause);
      }
      return ask.go("/staffing/equipment", "設備を加えました。");
    },
  },
  {
    id: "staffing.equipment.end",
    method: "POST",
    path: "/staffing/equipment/:id/end",
    kind: "page",
    summary: "設備の使用を終える",
    handle: async (ask) => {
      await endEquipment(ask.office, ask.actor, ask.param("id"));
      return ask.go("/staffing/equipment", "使用を終えたと記録しました。");
    },
  },
];

async function drillPage(
  ask: Ask,
  values: Record<string, string | undefined> = {},
  cause?: AppError,
): Promise<Response> {
  return ask.page({
    title: "訓練",
    current: "staffing.page",
    status: cause ? 422 : 200,
    ...(cause ? { flash: { tone: "late" as const, text: cause.message } } : {}),
    body: (
      <DrillPage
        drills={await listReports(ask.office, ask.actor.contract)}
        values={values}
        faults={cause?.faults ?? []}
        csrf={ask.seated.csrf}
        hidden={hiddenTabs(ask)}
      />
    ),
  });
}

const drillRoutes: Route[] = [
  {
    id: "staffing.drill",
    method: "GET",
    path: "/staffing/drill",
    kind: "page",
    summary: "訓練の結果",
    handle: (ask) => drillPage(ask),
  },
  {
    id: "staffing.drill.start",
    method: "POST",
    path: "/staffing/drill",
    kind: "page",
    summary: "訓練を始める（長い仕事）",
    handle: async (ask) => {
      const form = await ask.form();
      try {
        await startDrill(ask.office, ask.actor, drillOrder(form));
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
        return drillPage(ask, Object.fromEntries(form), cause);
      }
      return ask.go("/staffing/drill", "訓練を始めました。数秒あとで、この画面を開き直してください。");
    },
  },
];
