import type { Fault } from "../base/error.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { AccessPage } from "./access-page.tsx";
import { allowGlass, askGlass, listGlasses } from "./break-glass.ts";
import { GatePage } from "./gate-page.tsx";
import { importRoutes } from "./import-routes.tsx";
import { listAccess } from "./list-access.ts";
import { listGates } from "./list-gates.ts";
import { listChoices, listLines, openHoldings } from "./list-lines.ts";
import { privacyApiRoutes } from "./privacy-api-routes.ts";
import { PrivacyPage } from "./privacy-page.tsx";
import { mayBreak } from "./privacy-right.ts";
import { quizQuestions } from "./quiz.ts";
import { QuizPage, type QuizPageProps } from "./quiz-page.tsx";
import { mayRead, mayWrite, registerOf } from "./register.ts";
import { registerRoutes } from "./register-routes.tsx";
import { readStatus, reportStatus, tallyRegisters } from "./report-status.ts";
import { readSeal, sealGlass } from "./seal-glass.ts";
import { SealPage } from "./seal-page.tsx";
import { SlipPage } from "./slip-page.tsx";
import { StatusPage } from "./status-page.tsx";
import { takeQuiz } from "./take-quiz.ts";

const current = "privacy.page";
const gateCurrent = "privacy.gate";

async function overview(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const [lines, gates, holdings] = await Promise.all([
    listLines(office, actor),
    listGates(office, actor.contract),
    openHoldings(office, actor.contract),
  ]);
  return ask.page({
    ...{ title: "個人情報", current },
    body: (
      <PrivacyPage
        tallies={tallyRegisters(lines).filter((one) => mayRead(registerOf(one.code), actor.roles))}
        gates={gates}
        holdings={holdings.length}
        mayReport={mayBreak(actor.roles)}
      />
    ),
  });
}

async function gatePage(
  ask: Ask,
  reason = "",
  faults: readonly Fault[] = [],
  said?: string,
): Promise<Response> {
  const { office, actor, seated } = ask;
  const [gates, glasses, seal] = await Promise.all([
    listGates(office, actor.contract),
    listGlasses(office, actor.contract),
    readSeal(office, actor.contract),
  ]);
  return ask.page({
    ...{
      title: "扱う資格",
      current: gateCurrent,
      status: faults.length > 0 || said !== undefined ? 422 : 200,
    },
    body: (
      <GatePage
        csrf={seated.csrf}
        gates={gates}
        {...{ glasses, seal, said }}
        me={actor.id}
        mayAllow={mayBreak(actor.roles)}
        reason={reason}
        faults={faults}
      />
    ),
  });
}

async function askByForm(ask: Ask): Promise<Response> {
  const reason = (await ask.form()).get("reason") ?? "";
  return withFaults(
    async () => {
      await askGlass(ask.office, ask.actor, reason);
      return ask.go("/privacy/gate", "頼みました。別の権限のある人が許すと、60分だけ見られます。");
    },
    (faults) => gatePage(ask, reason, faults),
  );
}

async function allowByForm(ask: Ask): Promise<Response> {
  const code = (await ask.form()).get("code") ?? "";
  return withFaults(
    async () => {
      await allowGlass(ask.office, ask.actor, ask.param("id"), code);
      return ask.go(
        "/privacy/gate",
        "60分だけ、見ることを許しました。保護管理者の仕事と、委託者への報告が出ました。符号は使い終わったので、新しい符号を作って封をしてください。",
      );
    },
    (faults, said) => gatePage(ask, "", faults, said),
    ["BAD_INPUT", "REFUSED", "CONFLICT"],
  );
}

async function accessPage(ask: Ask): Promise<Response> {
  const day = ask.query("day") ?? ask.today;
  const show = (lines: Awaited<ReturnType<typeof listAccess>>, error: string | undefined) =>
    ask.page({
      ...{ title: "その日の権限", current, status: error === undefined ? 200 : 422 },
      body: (
        <AccessPage
          day={error === undefined ? day : ask.today}
          lines={lines}
          error={error}
          mayReview={mayWrite(registerOf("access-review"), ask.actor.roles)}
        />
      ),
    });
  return withFaults(
    async () => show(await listAccess(ask.office, ask.actor.contract, day), undefined),
    (faults) => show([], faults[0]?.message),
  );
}

async function quizPage(
  ask: Ask,
  given: Partial<Pick<QuizPageProps, "values" | "faults" | "result">> = {},
): Promise<Response> {
  const { values = {}, faults = [], result } = given;
  return ask.page({
    ...{ title: "確認テスト", current, status: faults.length > 0 ? 422 : 200 },
    body: (
      <QuizPage
        csrf={ask.seated.csrf}
        courses={await listChoices(ask.office, ask.actor.contract, "course")}
        values={values}
        faults={faults}
        result={result}
      />
    ),
  });
}

async function quizByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const answers = quizQuestions.map((_, at) => {
    const value = form[`q${at}`];
    return value === "yes" ? true : value === "no" ? false : undefined;
  });
  return withFaults(
    async () =>
      quizPage(ask, {
        result: await takeQuiz(ask.office, ask.actor, { course: form.course ?? "", answers }),
      }),
    (faults) => quizPage(ask, { values: form, faults }),
  );
}

/** 個人情報の帳簿と、扱う資格の道。 */
export const privacyRoutes: Route[] = [
  getPage("privacy.page", "/privacy", "個人情報の帳簿の一覧", overview),
  getPage("privacy.gate", "/privacy/gate", "個人情報を扱う資格", (ask) => gatePage(ask)),
  postPage("privacy.glass.ask", "/privacy/glass", "緊急の閲覧を頼む", askByForm),
  postPage(
    "privacy.glass.seal",
    "/privacy/glass/seal",
    "緊急の閲覧の符号を作り、刷る",
    async (ask) => {
      const made = await sealGlass(ask.office, ask.actor);
      return ask.page({
        ...{ title: "緊急の閲覧の符号", bare: true },
        body: <SealPage day={ask.today} demo={ask.office.mode === "demo"} {...made} />,
      });
    },
    { stepUp: true },
  ),
  postPage(
    "privacy.glass.allow",
    "/privacy/glass/:id/allow",
    "封を切った符号で、緊急の閲覧を60分許す",
    allowByForm,
  ),
  getPage("privacy.slip", "/privacy/slip", "紙の受付票", (ask) =>
    ask.page({
      ...{ title: "紙の受付票", bare: true },
      body: <SlipPage day={ask.today} demo={ask.office.mode === "demo"} />,
    }),
  ),
  getPage("privacy.access", "/privacy/access", "その日の権限", accessPage),
  getPage("privacy.quiz", "/privacy/quiz", "確認テスト", (ask) => quizPage(ask)),
  postPage("privacy.quiz.take", "/privacy/quiz", "確認テストを受ける", quizByForm),
  getPage("privacy.status", "/privacy/status", "取扱状況の報告の案", async (ask) =>
    ask.page({
      ...{ title: "取扱状況の報告", current },
      body: (
        <StatusPage
          csrf={ask.seated.csrf}
          status={await readStatus(ask.office, ask.actor)}
          obligation={ask.query("obligation")?.slice(0, 200)}
        />
      ),
    }),
  ),
  postPage("privacy.status.report", "/privacy/status", "取扱状況を報告する", async (ask) => {
    const obligation = (await ask.form()).get("obligation")?.slice(0, 200);
    const { filing } = await reportStatus(ask.office, ask.actor, obligation);
    return ask.go(`/filings/${filing}`, "取扱状況の報告を、委託者に提出しました。");
  }),
  ...registerRoutes,
  ...importRoutes,
  ...privacyApiRoutes,
];

/** 左のメニュー。資格のそろわない人の数を出す。 */
export const privacyMenu: MenuEntry[] = [
  { routeId: "privacy.page", label: "帳簿", icon: "shield", href: "/privacy" },
  {
    ...{ routeId: "privacy.gate", label: "扱う資格", icon: "key", href: "/privacy/gate" },
    count: async (office, actor) => {
      const blocked = (await listGates(office, actor.contract)).filter(
        (one) => one.missing.length > 0,
      ).length;
      return blocked === 0 ? undefined : blocked;
    },
  },
];
