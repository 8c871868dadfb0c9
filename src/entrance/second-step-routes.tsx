import { confirmFactor } from "../access/confirm-factor.ts";
import { type EntranceRoute, safeNext, type Visit } from "../access/entrance.ts";
import { openFactors } from "../access/open-factors.ts";
import type { CurrentSession } from "../access/open-session.ts";
import type { FactorAnswer, FactorKind } from "../sealing/second-factor.ts";
import type { FieldError } from "../ui/field.tsx";
import { ConfirmPage } from "./confirm-page.tsx";
import { SecondStepPage } from "./entrance-page.tsx";
import { type EntranceSetting, entranceProps, visitSetting } from "./entrance-setting.ts";
import { keyOptions, otherWays, readCredential, readWay, usableWay } from "./second-step.ts";

/** 二段目の途中の人だけ。そうでなければ、はじめの画面へ。 */
function atSecondStep(visit: Visit): CurrentSession | undefined {
  return visit.session?.row.stage === "factor" ? visit.session : undefined;
}

/** 着席の二段目: 確認コード、カード、回復の符号、セキュリティキー。 */
export function secondStepRoutes(setting: EntranceSetting): EntranceRoute[] {
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
        return trySecondStep(
          setting,
          visit,
          { kind: way, text: form.get("code") ?? "" },
          visit.query("next"),
        );
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
        return trySecondStep(setting, visit, { kind: "security-key", credential }, visit.query("next"));
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
    keyAction: kinds.includes("security-key") ? `/sign-in/key${suffix}` : undefined,
    ways: otherWays(`/sign-in/code${suffix}`, way, kinds),
  };
  const body =
    way === "totp" ? (
      <SecondStepPage
        {...entrance}
        {...shared}
        action={`/sign-in/code${suffix}`}
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
        action={`/sign-in/code${suffix}`}
        submit="確かめて着席する"
        cancel={{ href: "/signed-out", label: "やめて、はじめに戻る" }}
      />
    );
  return visit.page({ title: "着席", body, islands: ["passkey"], status: given.status ?? 200 });
}
