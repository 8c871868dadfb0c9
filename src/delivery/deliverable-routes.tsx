import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { addVersion, VERSION_LIMIT } from "./add-version.ts";
import type { DeliverableAct } from "./deliverable.ts";
import { deliverableApiRoutes } from "./deliverable-api-routes.ts";
import { inspectBody, newDeliverable, receiveBody, registerBody, sentFile } from "./deliverable-ask.ts";
import { DeliverablePage } from "./deliverable-detail-page.tsx";
import { DeliverableFormPage } from "./deliverable-form-page.tsx";
import { DeliverableListPage, inGroup } from "./deliverable-page.tsx";
import type { DeliveryHand } from "./delivery-hand.ts";
import { mayDeliver } from "./delivery-right.ts";
import { deliverySetRoutes } from "./delivery-set-routes.tsx";
import { findBlockers, handDeliverable } from "./hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "./inspect-deliverable.ts";
import {
  countOpenDeliverables,
  listDeliverables,
  openDeliverable,
  tallyDeliverables,
} from "./list-deliverables.ts";
import { proposeDeliverables } from "./propose-deliverable.ts";
import { registerDeliverable, seedDeliverables } from "./register-deliverable.ts";
import { rightRoutes } from "./right-routes.tsx";
import { submitDeliverable } from "./submit-deliverable.ts";
import { takeVersion } from "./take-version.ts";

/** 成果品の道。止めるもの、数、証跡は、上の階が渡す。 */
export function deliverableRoutes(hand: DeliveryHand): Route[] {
  return [
    ...readRoutes(hand),
    ...writeRoutes(hand),
    ...rightRoutes,
    ...deliverySetRoutes(hand),
    ...deliverableApiRoutes(hand),
  ];
}

/** 左のメニュー。検査を待つものと手直しの数を出す。 */
export const deliverableMenu: MenuEntry[] = [
  {
    routeId: "deliverables.page",
    label: "成果品",
    icon: "box",
    href: "/deliverables",
    count: (office, actor) => countOpenDeliverables(office, actor),
  },
];

async function listPage(ask: Ask): Promise<Response> {
  const [rows, { blueprint }] = await Promise.all([
    listDeliverables(ask.office, ask.actor),
    openContract(ask.office, ask.actor.contract),
  ]);
  const group = ask.query("group") ?? "";
  return ask.page({
    title: "成果品",
    current: "deliverables.page",
    body: (
      <DeliverableListPage
        csrf={ask.seated.csrf}
        rows={inGroup(rows, group)}
        tally={tallyDeliverables(rows)}
        filter={group}
        proposals={proposeDeliverables(blueprint, rows).length}
        mayRegister={mayDeliver("register", ask.actor.roles)}
      />
    ),
  });
}

async function formPage(
  ask: Ask,
  given: Partial<ReturnType<typeof newDeliverable>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const blank = { code: "", title: "", clause: "", formats: [], due: "", accepter: "" };
  return ask.page({
    title: "成果品を登録する",
    current: "deliverables.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <DeliverableFormPage
        csrf={ask.seated.csrf}
        values={{ ...blank, ...given, form: given.form ?? "" }}
        faults={faults}
        accepter={blueprint.clientUnit}
      />
    ),
  });
}

async function registerByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const given = newDeliverable(
    parseInput(registerBody, { ...form, formats: await ask.formAll("formats") }) as never,
  );
  try {
    const { id, code } = await registerDeliverable(ask.office, ask.actor, given);
    return ask.go(`/deliverables/${id}`, `${code} を台帳に載せました。`);
  } catch (cause) {
    if (cause instanceof AppError && cause.faults.length > 0) return formPage(ask, given, cause.faults);
    throw cause;
  }
}

async function detailPage(
  ask: Ask,
  hand: DeliveryHand,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const open = await openDeliverable(ask.office, ask.actor, ask.param("id"));
  const { roles, id, contract } = ask.actor;
  const blockers =
    open.row.state === "received" ? await findBlockers(ask.office, contract, open.row, hand) : [];
  const [newest] = open.versions;
  return ask.page({
    title: "成果品",
    current: "deliverables.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <DeliverablePage
        csrf={ask.seated.csrf}
        open={open}
        may={(act: DeliverableAct) => mayDeliver(act, roles)}
        mine={newest?.made_by === id || newest?.submitted_by === id}
        asClient={roles.includes("client")}
        blockers={blockers}
        today={ask.today}
        values={values}
        faults={faults}
      />
    ),
  });
}

/** 欄の誤りは、打ったままを返して直してもらう。 */
async function withFaults(
  ask: Ask,
  hand: DeliveryHand,
  act: (form: Readonly<Record<string, string>>) => Promise<string>,
): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  try {
    return ask.go(`/deliverables/${ask.param("id")}`, await act(form));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.faults.length === 0) throw cause;
    return detailPage(ask, hand, form, cause.faults);
  }
}

type Handle = Route["handle"];
const get = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "GET", path, kind: "page", summary, handle },
});
const post = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "POST", path, kind: "page", summary, handle },
});

function readRoutes(hand: DeliveryHand): Route[] {
  return [
    get("deliverables.page", "/deliverables", "成果品の台帳", listPage),
    get("deliverable.new", "/deliverables/new", "成果品を登録する画面", (ask) => formPage(ask)),
    get("deliverable.page", "/deliverables/:id", "成果品", (ask) => detailPage(ask, hand)),
    {
      ...get(
        "deliverable.file",
        "/deliverables/:id/versions/:version",
        "成果品の版のファイル",
        async (ask) => {
          const version = Number(ask.param("version"));
          return ask.download(await takeVersion(ask.office, ask.actor, ask.param("id"), version));
        },
      ),
      kind: "file",
    },
  ];
}

function writeRoutes(hand: DeliveryHand): Route[] {
  const one = (verb: string, summary: string, act: (ask: Ask, form: never) => Promise<string>): Route =>
    post(`deliverable.${verb}`, `/deliverables/:id/${verb}`, summary, (ask) =>
      withFaults(ask, hand, (form) => act(ask, form as never)),
    );
  return [
    post("deliverable.register", "/deliverables", "成果品を登録する", registerByForm),
    post("deliverables.seed", "/deliverables/seed", "仕様書の成果品を台帳に載せる", async (ask) => {
      const { codes } = await seedDeliverables(ask.office, ask.actor);
      return ask.go("/deliverables", `${codes.length}件を台帳に載せました。`);
    }),
    {
      ...post("deliverable.version", "/deliverables/:id/versions", "新しい版を登録する", (ask) =>
        withFaults(ask, hand, async () => {
          const made = await addVersion(ask.office, ask.actor, ask.param("id"), await sentFile(ask));
          return `第${made.version}版（${made.mark}）を登録しました。`;
        }),
      ),
      bodyLimit: VERSION_LIMIT,
    },
    one("submit", "提出する", async (ask) => {
      await submitDeliverable(ask.office, ask.actor, ask.param("id"));
      return "提出しました。";
    }),
    one("inspect", "検査の結果を記録する", async (ask, form) => {
      await inspectDeliverable(ask.office, ask.actor, ask.param("id"), parseInput(inspectBody, form));
      return "検査の結果を残しました。";
    }),
    one("receive", "受領を記録する", async (ask, form) => {
      await receiveDeliverable(ask.office, ask.actor, ask.param("id"), parseInput(receiveBody, form));
      return "受領を残しました。";
    }),
    one("hand", "引き渡す", async (ask) => {
      await handDeliverable(ask.office, ask.actor, ask.param("id"), hand);
      return "引き渡しました。";
    }),
  ];
}
