import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { getApi, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { changePlanSetting, readPlanSetting } from "./change-plan-setting.ts";
import { mayPlan } from "./plan-right.ts";
import { settingBody } from "./plan-setting.ts";
import { SettingPage } from "./setting-page.tsx";

async function settingPage(
  ask: Ask,
  faults: readonly Fault[] = [],
  values: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const plan = ask.param("id");
  const setting = await readPlanSetting(ask.office, ask.actor, plan);
  return ask.page({
    title: "表紙の文・番号・用語",
    current: "plan.list",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <SettingPage
        csrf={ask.seated.csrf}
        {...{ plan, title: setting.title, setting: { ...setting, ...values }, faults }}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function change(ask: Ask): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await changePlanSetting(ask.office, ask.actor, ask.param("id"), parseInput(settingBody, values));
      return ask.go(
        `/plans/${ask.param("id")}`,
        "決めごとを残しました。次に書き出すものから、この形になります。",
      );
    },
    (faults, message) => settingPage(ask, faults.length > 0 ? faults : [{ field: "title", message }], values),
  );
}

const own = "/plans/:id/setting";

/** 計画の決めごとの道。 */
export const planSettingRoutes: Route[] = [
  getPage("plan.setting", own, "計画の表紙の文・番号・用語", (ask) => settingPage(ask)),
  postPage("plan.setting.change", own, "計画の表紙の文・番号・用語を直す", change),
  getApi("plan.setting.api", `/api${own}`, "計画の表紙の文・番号・用語", async (ask) =>
    ask.reply(await readPlanSetting(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi(
    "plan.setting.change.api",
    `/api${own}`,
    "計画の表紙の文・番号・用語を直す",
    settingBody,
    async (ask) =>
      ask.reply(await changePlanSetting(ask.office, ask.actor, ask.param("id"), await ask.json(settingBody))),
  ),
];
