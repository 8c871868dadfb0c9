import { changePassword } from "../access/change-password.ts";
import { finishSetup } from "../access/confirm-factor.ts";
import { type EnrolKind, enrolFactor, resumeEnrolment } from "../access/enrol-factor.ts";
import type { EntranceRoute, Visit } from "../access/entrance.ts";
import { openFactors } from "../access/open-factors.ts";
import type { CurrentSession } from "../access/open-session.ts";
import { AppError } from "../base/error.ts";
import { FirstFactorPage, NewPasswordPage } from "./confirm-page.tsx";
import { type EntranceSetting, entranceProps, visitSetting } from "./entrance-setting.ts";
import { faultsByField, readCredential } from "./second-step.ts";

/** はじめて入る人（パスワードを仮のものに戻された人）の道: パスワードを決め、第二の要素を登録する。 */
export function setupRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    {
      id: "entrance.welcome",
      method: "GET",
      path: "/welcome",
      kind: "page",
      summary: "はじめの登録の画面",
      handle: (visit) => welcome(setting, visit),
    },
    {
      id: "entrance.welcome.password",
      method: "POST",
      path: "/welcome/password",
      kind: "page",
      summary: "仮のパスワードを替える",
      counted: true,
      handle: (visit) => setPassword(setting, visit),
    },
    {
      id: "entrance.welcome.factor",
      method: "POST",
      path: "/welcome/factor",
      kind: "page",
      summary: "はじめの第二の要素を登録する",
      counted: true,
      handle: (visit) => setFactor(setting, visit),
    },
  ];
}

function inSetup(visit: Visit): CurrentSession | undefined {
  return visit.session?.row.stage === "setup" ? visit.session : undefined;
}

async function welcome(setting: EntranceSetting, visit: Visit): Promise<Response> {
  const session = inSetup(visit);
  if (!session) return visit.go(visit.session?.row.stage === "seated" ? "/" : "/sign-in");
  if (session.account.must_change === 1) return passwordPage(setting, visit, {});
  const factors = await openFactors(visit.office, session.account.id);
  const first = factors[0];
  if (!first) return factorPage(setting, visit, session, readKind(visit.query("by")), undefined);
  visit.begin(await finishSetup(visit.office, session, first.row.kind));
  return visit.go("/");
}

async function setPassword(setting: EntranceSetting, visit: Visit): Promise<Response> {
  const session = inSetup(visit);
  if (!session) return visit.go("/sign-in");
  const form = await visit.form();
  const given = {
    current: form.get("current") ?? "",
    next: form.get("next") ?? "",
    again: form.get("again") ?? "",
  };
  try {
    await changePassword(visit.office, session.actor, given, session.row.csrf);
  } catch (cause) {
    return passwordPage(setting, visit, faultsByField(cause));
  }
  return visit.go("/welcome");
}

async function passwordPage(
  setting: EntranceSetting,
  visit: Visit,
  errors: Record<string, string>,
): Promise<Response> {
  const entrance = await entranceProps(setting, visit);
  return visit.page({
    title: "パスワードを決める",
    body: <NewPasswordPage entrance={entrance} action="/welcome/password" errors={errors} />,
    status: Object.keys(errors).length === 0 ? 200 : 422,
  });
}

async function setFactor(setting: EntranceSetting, visit: Visit): Promise<Response> {
  const session = inSetup(visit);
  if (!session || session.account.must_change === 1) return visit.go("/welcome");
  const form = await visit.form();
  const answer = { text: form.get("code") ?? "", credential: readCredential(form.get("credential")) };
  try {
    const kind = await enrolFactor(
      visit.office,
      session.actor,
      { state: form.get("state") ?? "", answer, label: form.get("label") },
      await visitSetting(visit),
    );
    visit.begin(await finishSetup(visit.office, session, kind));
    return visit.go("/");
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return factorPage(setting, visit, session, readKind(form.get("kind")), {
      message: cause.message,
      state: form.get("state") ?? "",
    });
  }
}

async function factorPage(
  setting: EntranceSetting,
  visit: Visit,
  session: CurrentSession,
  kind: EnrolKind,
  failed: { message: string; state: string } | undefined,
): Promise<Response> {
  const entrance = await entranceProps(setting, visit);
  const { account, actor } = session;
  const given = { kind, state: failed?.state ?? "" };
  const started = await resumeEnrolment(
    visit.office,
    actor,
    account.number,
    given,
    await visitSetting(visit),
  );
  const enrol = { ...started, action: "/welcome/factor", csrf: visit.csrf, error: failed?.message };
  return visit.page({
    title: "確かめ方を登録する",
    body: <FirstFactorPage entrance={entrance} enrol={enrol} />,
    islands: ["passkey"],
    status: failed === undefined ? 200 : 422,
  });
}

/** 登録する種類の名。知らない名は確認コードとみなす。 */
export function readKind(text: string | undefined): EnrolKind {
  return text === "ic-card" || text === "security-key" ? text : "totp";
}
