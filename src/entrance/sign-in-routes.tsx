import { type EntranceRoute, safeNext, type Visit } from "../access/entrance.ts";
import { leaveDesk } from "../access/leave-desk.ts";
import { hinderedMessage, LOCK_MINUTES, triesLeft } from "../access/lockout.ts";
import { type SignInResult, signIn } from "../access/sign-in.ts";
import { AppError } from "../base/error.ts";
import { CardSignInPage } from "./confirm-page.tsx";
import { SignInPage, type SignInPageProps, wrongPassword } from "./entrance-page.tsx";
import { deskChoices, type EntranceSetting, entranceProps, visitSetting } from "./entrance-setting.ts";

const defaultHelp = "パスワードを忘れたときは、SVへ。";

/** 着席の一段目: 番号（またはカード）とパスワード。 */
export function signInRoutes(setting: EntranceSetting): EntranceRoute[] {
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
