import { confirmFactor } from "../platform/confirm-factor.ts";
import { type EntranceRoute, safeNext, type Visit } from "../platform/entrance.ts";
import { AppError } from "../platform/error.ts";
import { leaveDesk } from "../platform/leave-desk.ts";
import { hinderedMessage, LOCK_MINUTES, triesLeft } from "../platform/lockout.ts";
import { openFactors } from "../platform/open-factors.ts";
import type { CurrentSession } from "../platform/open-session.ts";
import type { FactorAnswer, FactorKind } from "../platform/second-factor.ts";
import { IDLE_MINUTES } from "../platform/session.ts";
import { type SignInResult, signIn } from "../platform/sign-in.ts";
import { unlockSession } from "../platform/unlock-session.ts";
import type { FieldError } from "../ui/field.tsx";
import { CardSignInPage, ConfirmPage } from "./confirm-page.tsx";
import { SecondStepPage, SignInPage, type SignInPageProps, wrongPassword } from "./entrance-page.tsx";
import { deskChoices, type EntranceSetting, entranceProps, visitSetting } from "./entrance-setting.ts";
import { LockedPage, SignedOutPage } from "./leave-page.tsx";
import { keyOptions, otherWays, readCredential, readWay, usableWay } from "./second-step.ts";
import { setupRoutes } from "./setup-routes.tsx";
import { stepUpRoutes } from "./step-up-routes.tsx";

const defaultHelp = "パスワードを忘れたときは、SVへ。";

/** 着席・退席・閉じた画面・はじめの登録・確かめ直しの道。 */
export function entranceRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    ...signInRoutes(setting),
    ...secondStepRoutes(setting),
    ...leaveRoutes(setting),
    ...setupRoutes(setting),
    ...stepUpRoutes(setting),
  ];
}

function signInRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    {
      id: "entrance.sign-in",
      method: "GET",
      path: "/sign-in",
      kind: "page",
      summary: "着席の画面",
      handle: (visit) => {
        const open = visit.session?.row.stage === "seated";
        if (open) return visit.go(safeNext(visit.query("next")));
        return signInPage(setting, visit, { number: visit.query("number"), next: visit.query("next") });
      },
    },
    {
      id: "entrance.card",
      method: "GET",
      path: "/sign-in/card",
      kind: "page",
      summary: "カードで着席する画面",
      handle: async (visit) =>
        visit.page({
          title: "ICカードで着席する",
          body: (
            <CardSignInPage
              entrance={await entranceProps(setting, visit)}
              desks={await deskChoices(setting, visit.office)}
              next={visit.query("next")}
            />
          ),
        }),
    },
    {
      id: "entrance.sign-in.try",
      method: "POST",
      path: "/sign-in",
      kind: "page",
      summary: "番号とパスワードを確かめる",
      counted: true,
      handle: (visit) => trySignIn(setting, visit),
    },
  ];
}

async function trySignIn(setting: EntranceSetting, visit: Visit): Promise<Response> {
  const form = await visit.form();
  const number = form.get("number") ?? "";
  const desk = form.get("desk") || undefined;
  const next = form.get("next");
  const choices = await deskChoices(setting, visit.office);
  if (desk !== undefined && !choices.some((choice) => choice.value === desk))
    throw new AppError("BAD_INPUT", "その席はありません。画面を開き直して、席を選び直してください。");
  const card = form.get("card");
  const request = { number, password: form.get("password") ?? "", desk, card: card || undefined };
  if (card !== undefined && card === "")
    return signInPage(setting, visit, {
      next,
      status: 422,
      errors: { number: "カードを読めませんでした。" },
    });
  const result = await signIn(visit.office, request, await visitSetting(visit));
  if (result.kind !== "next") {
    const said = saidOf(result);
    return signInPage(setting, visit, {
      number,
      desk,
      next,
      status: result.kind === "wrong" ? 422 : 409,
      ...said,
    });
  }
  if (visit.session?.row.stage === "seated") await leaveDesk(visit.office, visit.session);
  visit.begin(result.token);
  const way = card === undefined ? "" : "&by=ic-card";
  const path =
    result.stage === "setup" ? "/welcome" : `/sign-in/code?next=${encodeURIComponent(safeNext(next))}${way}`;
  return visit.go(path);
}

type Said = Pick<SignInPageProps, "errors" | "notice">;

function saidOf(result: Exclude<SignInResult, { kind: "next" }>): Said {
  switch (result.kind) {
    case "wrong":
      return { errors: { password: wrongPassword(triesLeft(result.failed), LOCK_MINUTES) } };
    case "desk-taken":
      return {
        errors: { desk: { what: "この席には別の人が着席しています。", next: "席を確かめてください。" } },
      };
    case "not-now":
      return {
        notice: {
          title: "いまは着席できません",
          text: "この業務での役割の期間を、責任者に確かめてください。",
        },
      };
    default:
      return { notice: { title: "いまは着席できません", text: hinderedMessage(result) } };
  }
}

async function signInPage(
  setting: EntranceSetting,
  visit: Visit,
  given: Said & {
    number?: string | undefined;
    desk?: string | undefined;
    next?: string | undefined;
    status?: number;
  },
): Promise<Response> {
  const { status = 200, next, ...more } = given;
  const kept = next === undefined ? undefined : safeNext(next);
  const ways = [
    { href: `/sign-in/card${kept ? `?next=${encodeURIComponent(kept)}` : ""}`, label: "ICカードで着席する" },
  ];
  const body = (
    <SignInPage
      {...(await entranceProps(setting, visit, { withAccounts: true }))}
      {...more}
      action="/sign-in"
      desks={await deskChoices(setting, visit.office)}
      next={kept}
      ways={ways}
      help={setting.help ?? defaultHelp}
    />
  );
  return visit.page({ title: "着席", body, status });
}

/** 二段目の途中の人だけ。そうでなければ、はじめの画面へ。 */
function atSecondStep(visit: Visit): CurrentSession | undefined {
  return visit.session?.row.stage === "factor" ? visit.session : undefined;
}

function secondStepRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    {
      id: "entrance.code",
      method: "GET",
      path: "/sign-in/code",
      kind: "page",
      summary: "着席の二段目の画面",
      handle: (visit) =>
        secondStepPage(setting, visit, { way: visit.query("by"), next: visit.query("next") }),
    },
    {
      id: "entrance.code.try",
      method: "POST",
      path: "/sign-in/code",
      kind: "page",
      summary: "確認コード・カード・回復の符号を確かめる",
      counted: true,
      handle: async (visit) => {
        const form = await visit.form();
        const way = readWay(form.get("by"));
        return trySecondStep(setting, visit, { kind: way, text: form.get("code") ?? "" }, form.get("next"));
      },
    },
    {
      id: "entrance.key.options",
      method: "POST",
      path: "/sign-in/key/options",
      kind: "api",
      summary: "セキュリティキーへの問い",
      counted: true,
      handle: (visit) => keyOptions(visit, atSecondStep(visit)),
    },
    {
      id: "entrance.key.try",
      method: "POST",
      path: "/sign-in/key",
      kind: "page",
      summary: "セキュリティキーの答えを確かめる",
      counted: true,
      handle: async (visit) => {
        const form = await visit.form();
        const credential = readCredential(form.get("credential"));
        return trySecondStep(setting, visit, { kind: "security-key", credential }, form.get("next"));
      },
    },
  ];
}

async function trySecondStep(
  setting: EntranceSetting,
  visit: Visit,
  answer: FactorAnswer & { kind: FactorKind },
  next: string | undefined,
): Promise<Response> {
  const session = atSecondStep(visit);
  if (!session) return visit.go("/sign-in");
  const result = await confirmFactor(visit.office, session, answer, await visitSetting(visit));
  if (!result.ok)
    return secondStepPage(setting, visit, { way: answer.kind, next, error: result.message, status: 422 });
  visit.begin(result.token);
  return visit.go(result.stage === "setup" ? "/welcome" : safeNext(next));
}

async function secondStepPage(
  setting: EntranceSetting,
  visit: Visit,
  given: { way?: string | undefined; next?: string | undefined; error?: FieldError; status?: number },
): Promise<Response> {
  const session = atSecondStep(visit);
  if (!session) return visit.go("/sign-in");
  const entrance = await entranceProps(setting, visit, { withAccounts: true });
  const kinds = (await openFactors(visit.office, session.account.id)).map(({ row }) => row.kind);
  const way = usableWay(readWay(given.way), kinds);
  const next = safeNext(given.next);
  const suffix = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  const shared = {
    error: given.error,
    keyAction: kinds.includes("security-key") ? "/sign-in/key" : undefined,
    ways: otherWays(`/sign-in/code${suffix}`, way, kinds),
  };
  const body =
    way === "totp" && next === "/" ? (
      <SecondStepPage
        {...entrance}
        {...shared}
        action="/sign-in/code"
        number={session.account.number}
        cancelHref="/signed-out"
      />
    ) : (
      <ConfirmPage
        {...shared}
        entrance={entrance}
        title="もう一段、確かめます"
        why={`従業者番号 ${session.account.number} の本人であることを確かめます。`}
        way={way}
        action="/sign-in/code"
        submit="確かめて着席する"
        next={next}
        cancel={{ href: "/signed-out", label: "やめて、はじめに戻る" }}
      />
    );
  return visit.page({ title: "着席", body, islands: ["passkey"], status: given.status ?? 200 });
}

function leaveRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    {
      id: "entrance.locked",
      method: "GET",
      path: "/locked",
      kind: "page",
      summary: "閉じた画面",
      handle: (visit) => lockedPage(setting, visit, visit.query("next"), undefined),
    },
    {
      id: "entrance.unlock",
      method: "POST",
      path: "/unlock",
      kind: "page",
      summary: "閉じた画面を開く",
      counted: true,
      handle: async (visit) => {
        const { session } = visit;
        if (!session?.locked) return visit.go(session ? "/" : "/sign-in");
        const next = visit.query("next");
        const result = await unlockSession(visit.office, session, (await visit.form()).get("password") ?? "");
        return result.ok ? visit.go(safeNext(next)) : lockedPage(setting, visit, next, result.message);
      },
    },
    {
      id: "entrance.sign-out",
      method: "POST",
      path: "/sign-out",
      kind: "page",
      summary: "退席する",
      handle: async (visit) => {
        if (visit.session) await leaveDesk(visit.office, visit.session);
        visit.end();
        return visit.go("/signed-out");
      },
    },
    {
      id: "entrance.signed-out",
      method: "GET",
      path: "/signed-out",
      kind: "page",
      summary: "退席のあとの画面",
      handle: async (visit) => {
        // 二段目をやめて戻ったときも、ここへ来る。途中のセッションは残さない。
        if (visit.session?.row.stage === "factor") await leaveDesk(visit.office, visit.session);
        const { office, moment, facts, demo } = await entranceProps(setting, visit);
        const body = (
          <SignedOutPage office={office} moment={moment} facts={facts} demo={demo} signInHref="/sign-in" />
        );
        return visit.page({ title: "退席しました", body });
      },
    },
  ];
}

async function lockedPage(
  setting: EntranceSetting,
  visit: Visit,
  given: string | undefined,
  error: string | undefined,
): Promise<Response> {
  const { session } = visit;
  const next = safeNext(given);
  if (!session?.locked) return visit.go(session ? next : "/sign-in");
  const { office, moment, facts, demo, csrf } = await entranceProps(setting, visit);
  const desks = await deskChoices(setting, visit.office);
  const desk = desks.find((choice) => choice.value !== "" && choice.value === session.row.desk)?.label;
  const body = (
    <LockedPage
      office={office}
      moment={moment}
      facts={facts}
      demo={demo}
      desk={desk}
      number={session.account.number}
      idleMinutes={IDLE_MINUTES}
      unlockAction={`/unlock?next=${encodeURIComponent(next)}`}
      signOutAction="/sign-out"
      csrf={csrf}
      error={error}
    />
  );
  return visit.page({ title: "画面を閉じています", body, status: error === undefined ? 200 : 422 });
}
