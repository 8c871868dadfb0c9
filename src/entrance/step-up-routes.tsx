import { type EntranceRoute, safeNext, type Visit } from "../access/entrance.ts";
import { openFactors } from "../access/open-factors.ts";
import type { CurrentSession } from "../access/open-session.ts";
import { STEP_UP_MINUTES } from "../access/session.ts";
import { stepUp } from "../access/step-up.ts";
import type { FactorAnswer, FactorKind } from "../sealing/second-factor.ts";
import { ConfirmPage } from "./confirm-page.tsx";
import { type EntranceSetting, entranceProps, visitSetting } from "./entrance-setting.ts";
import { keyOptions, otherWays, readCredential, readWay, usableWay } from "./second-step.ts";

/** 大事な行い（書き出し、消去、役割）の前に、本人であることを確かめ直す道。 */
export function stepUpRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    {
      id: "entrance.step-up",
      method: "GET",
      path: "/step-up",
      kind: "page",
      summary: "本人であることを確かめ直す画面",
      handle: (visit) => stepUpPage(setting, visit, { way: visit.query("by"), next: visit.query("next") }),
    },
    {
      id: "entrance.step-up.try",
      method: "POST",
      path: "/step-up",
      kind: "page",
      summary: "本人であることを確かめ直す",
      counted: true,
      handle: async (visit) => {
        const form = await visit.form();
        const answer = { kind: readWay(form.get("by")), text: form.get("code") ?? "" };
        return tryStepUp(setting, visit, answer, form.get("next"));
      },
    },
    {
      id: "entrance.step-up.key.options",
      method: "POST",
      path: "/step-up/key/options",
      kind: "api",
      summary: "確かめ直しの、セキュリティキーへの問い",
      counted: true,
      handle: (visit) => keyOptions(visit, seatedIn(visit)),
    },
    {
      id: "entrance.step-up.key",
      method: "POST",
      path: "/step-up/key",
      kind: "page",
      summary: "セキュリティキーで確かめ直す",
      counted: true,
      handle: async (visit) => {
        const form = await visit.form();
        const credential = readCredential(form.get("credential"));
        return tryStepUp(setting, visit, { kind: "security-key", credential }, form.get("next"));
      },
    },
  ];
}

/** 着席していて、画面を閉じていない人だけ。 */
function seatedIn(visit: Visit): CurrentSession | undefined {
  const { session } = visit;
  return session?.row.stage === "seated" && !session.locked ? session : undefined;
}

async function tryStepUp(
  setting: EntranceSetting,
  visit: Visit,
  answer: FactorAnswer & { kind: FactorKind },
  next: string | undefined,
): Promise<Response> {
  const session = seatedIn(visit);
  if (!session) return visit.go("/sign-in");
  const result = await stepUp(visit.office, session, answer, await visitSetting(visit));
  if (result.ok) return visit.go(safeNext(next));
  return stepUpPage(setting, visit, { way: answer.kind, next, error: result.message });
}

async function stepUpPage(
  setting: EntranceSetting,
  visit: Visit,
  given: { way?: string | undefined; next?: string | undefined; error?: string },
): Promise<Response> {
  const session = seatedIn(visit);
  const next = safeNext(given.next);
  if (!session) return visit.go(`/sign-in?next=${encodeURIComponent(next)}`);
  const kinds = (await openFactors(visit.office, session.account.id)).map(({ row }) => row.kind);
  const way = usableWay(readWay(given.way), kinds);
  const body = (
    <ConfirmPage
      entrance={await entranceProps(setting, visit, { withAccounts: true })}
      title="本人であることを確かめます"
      why={`書き出しや消去、役割の変更の前に確かめます。確かめてから${STEP_UP_MINUTES}分のあいだ有効です。`}
      way={way}
      action="/step-up"
      submit="確かめて続ける"
      next={next}
      error={given.error}
      keyAction={kinds.includes("security-key") ? "/step-up/key" : undefined}
      ways={otherWays(`/step-up?next=${encodeURIComponent(next)}`, way, kinds)}
      cancel={{ href: "/", label: "やめて、業務ホームに戻る" }}
    />
  );
  return visit.page({
    title: "本人の確認",
    body,
    islands: ["passkey"],
    status: given.error === undefined ? 200 : 422,
  });
}
