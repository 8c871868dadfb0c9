import { type EntranceRoute, safeNext, type Visit } from "../access/entrance.ts";
import { leaveDesk } from "../access/leave-desk.ts";
import { IDLE_MINUTES } from "../access/session.ts";
import { unlockSession } from "../access/unlock-session.ts";
import { deskChoices, type EntranceSetting, entranceProps } from "./entrance-setting.ts";
import { LockedPage, SignedOutPage } from "./leave-page.tsx";

/** 閉じた画面と退席。 */
export function leaveRoutes(setting: EntranceSetting): EntranceRoute[] {
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
