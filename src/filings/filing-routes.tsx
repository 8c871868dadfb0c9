import type { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { minuteOf } from "../base/time.ts";
import { withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { amendFiling } from "./draft-filing.ts";
import { isFilingKind } from "./filing.ts";
import { filingApiRoutes } from "./filing-api-routes.ts";
import { answerBody, answerGiven, filterOf } from "./filing-ask.ts";
import { FilingPage, type FilingPageProps } from "./filing-detail-page.tsx";
import { findForm } from "./filing-form.ts";
import { draftByForm, editByForm, editPage, formPage, kindsOf } from "./filing-form-routes.tsx";
import type { FilingHand } from "./filing-hand.ts";
import { FilingListPage } from "./filing-page.tsx";
import { FilingPaper } from "./filing-paper-page.tsx";
import { roleMay } from "./filing-right.ts";
import { countWaiting, listFilings, openFiling, recordPrint } from "./list-filings.ts";
import { submitFiling } from "./submit-filing.ts";
import { withdrawFiling } from "./withdraw-filing.ts";

/** 協議・届出の道。両側の名と、何についてかの名と場所は、上の階が渡す。 */
export function filingRoutes(hand: FilingHand): Route[] {
  return [...readRoutes(hand), ...writeRoutes(hand), ...filingApiRoutes(hand)];
}

/** 左のメニュー。 */
export const filingMenu: MenuEntry[] = [
  {
    routeId: "filings.page",
    label: "協議・届出",
    icon: "doc",
    href: "/filings",
    count: (office, actor) => countWaiting(office, actor),
  },
];

async function listPage(ask: Ask): Promise<Response> {
  const filter = filterOf(ask);
  const [all, filings] = await Promise.all([
    listFilings(ask.office, ask.actor),
    listFilings(ask.office, ask.actor, filter),
  ]);
  const waiting = all.filter((one) => one.state === "submitted");
  return ask.page({
    title: "協議・届出",
    current: "filings.page",
    body: (
      <FilingListPage
        filings={filings}
        filter={filter}
        tally={{
          waiting: waiting.length,
          late: waiting.filter((one) => one.urgency === "late").length,
          drafts: all.filter((one) => one.state === "draft").length,
        }}
        mayDraft={kindsOf(ask).length > 0}
      />
    ),
  });
}

async function detailPage(
  ask: Ask,
  hand: FilingHand,
  more: Partial<Pick<FilingPageProps, "answer" | "faults">> = {},
): Promise<Response> {
  const open = await openFiling(ask.office, ask.actor, ask.param("id"));
  const { filing, head } = open;
  const { roles, id } = ask.actor;
  const now = { heardDay: ask.today, heardTime: minuteOf(ask.now) };
  return ask.page({
    title: "協議・届出",
    current: "filings.page",
    status: more.faults === undefined ? 200 : 422,
    body: (
      <FilingPage
        csrf={ask.seated.csrf}
        open={open}
        about={head.about && hand.resolve(head.about)}
        duty={dutyOf(filing.obligation, hand)}
        may={(act) => roleMay(act, filing.kind, roles)}
        mine={filing.made_by === id || filing.submitted_by === id}
        asClient={roles.includes("client")}
        answer={{ channel: "telephone", heardFrom: "", outcome: "", text: "", ...now }}
        faults={[]}
        {...more}
      />
    ),
  });
}

/** 果たす義務の場所。ほかの室の印（「様式:室/種類/番号」）は、何についてかの欄が言う。 */
function dutyOf(obligation: string | null, hand: FilingHand) {
  if (obligation === null || obligation.includes(":")) return undefined;
  return hand.resolve({ room: "contract", kind: "duty", id: obligation });
}

async function answerByForm(ask: Ask, hand: FilingHand): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await answerGiven(ask, parseInput(answerBody, form) as z.infer<typeof answerBody>);
      return ask.go(`/filings/${ask.param("id")}`, "回答を残しました。");
    },
    (faults) => {
      const kept = { channel: "", heardFrom: "", heardDay: "", heardTime: "", outcome: "", text: "" };
      return detailPage(ask, hand, { faults, answer: { ...kept, ...form } });
    },
  );
}

async function paperPage(ask: Ask, hand: FilingHand): Promise<Response> {
  const open = await openFiling(ask.office, ask.actor, ask.param("id"));
  await recordPrint(ask.office, ask.actor, open);
  const parties = await hand.parties(ask.office, ask.actor.contract);
  return ask.page({
    title: "協議・届出（紙面）",
    bare: true,
    body: <FilingPaper open={open} parties={parties} now={ask.now} demo={ask.office.mode === "demo"} />,
  });
}

type Handle = Route["handle"];
const get = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "GET", path, kind: "page", summary, handle },
});
const post = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "POST", path, kind: "page", summary, handle },
});

function readRoutes(hand: FilingHand): Route[] {
  return [
    get("filings.page", "/filings", "協議・届出の一覧", listPage),
    get("filing.new", "/filings/new", "協議・届出を作る画面", (ask) => {
      const form = findForm(ask.query("form"));
      const kind = form?.kind ?? ask.query("form")?.replace(/^kind\//, "") ?? ask.query("kind") ?? "";
      const clause = (ask.query("clause") || form?.clause || "").slice(0, 30);
      const may = isFilingKind(kind) && roleMay("draft", kind, ask.actor.roles);
      return formPage(ask, hand, {
        ...(may ? { kind, form: form?.code ?? "" } : {}),
        ...{ clause, title: may ? (form?.title ?? "") : "" },
        obligation: (ask.query("obligation") ?? "").slice(0, 300),
        about: ask.query("about"),
      });
    }),
    get("filing.page", "/filings/:id", "協議・届出", (ask) => detailPage(ask, hand)),
    get("filing.edit.page", "/filings/:id/edit", "下書きを直す画面", (ask) => editPage(ask, hand)),
    get("filing.print", "/filings/:id/print", "協議・届出の紙面", (ask) => paperPage(ask, hand)),
  ];
}

function writeRoutes(hand: FilingHand): Route[] {
  const back = (ask: Ask, said: string) => ask.go(`/filings/${ask.param("id")}`, said);
  return [
    post("filing.draft", "/filings", "協議・届出を作る", (ask) => draftByForm(ask, hand)),
    post("filing.edit", "/filings/:id/edit", "下書きを直す", (ask) => editByForm(ask, hand)),
    post("filing.submit", "/filings/:id/submit", "提出する", async (ask) => {
      const terms = await hand.parties(ask.office, ask.actor.contract);
      await submitFiling(ask.office, ask.actor, ask.param("id"), terms);
      return back(ask, "提出しました。");
    }),
    post("filing.answer", "/filings/:id/answer", "答える・届いた回答を記録する", (ask) =>
      answerByForm(ask, hand),
    ),
    post("filing.withdraw", "/filings/:id/withdraw", "取り下げる", async (ask) => {
      await withdrawFiling(ask.office, ask.actor, ask.param("id"));
      return back(ask, "取り下げました。");
    }),
    post("filing.amend", "/filings/:id/amend", "新しい版を作る", async (ask) => {
      await amendFiling(ask.office, ask.actor, ask.param("id"));
      return back(ask, "新しい版の下書きを作りました。");
    }),
  ];
}
