import type { Ask, Route } from "../platform/route.ts";
import { orFaults } from "./entry-routes.tsx";
import type { EnvironmentName } from "./environment.ts";
import { EnvironmentPage, type EnvironmentPageProps, isDrawable } from "./environment-page.tsx";
import { listEnvironment } from "./list-environment.ts";
import { recordEnvironment } from "./record-environment.ts";
import { environmentInput } from "./register-ask.ts";
import { mayRegister } from "./register-right.ts";

async function page(
  ask: Ask,
  more: Partial<Pick<EnvironmentPageProps, "values" | "faults" | "month">> = {},
): Promise<Response> {
  const environment = await listEnvironment(ask.office, ask.actor);
  const wanted = ask.query("month") ?? "";
  const month = /^\d{4}-\d{2}$/.test(wanted) ? wanted : ask.today.slice(0, 7);
  const own = environment.months.find((one) => one.month === month)?.values ?? {};
  const values = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)]));
  const draw = ask.query("draw");
  return ask.page({
    title: "環境への配慮",
    current: "environment.page",
    status: more.faults === undefined ? 200 : 422,
    body: (
      <EnvironmentPage
        csrf={ask.seated.csrf}
        environment={environment}
        drawn={isDrawable(draw) ? (draw satisfies EnvironmentName | "saved") : "saved"}
        mayWrite={mayRegister("environment", ask.actor.roles)}
        {...{ month, values, faults: [] }}
        {...more}
      />
    ),
  });
}

/** 環境の画面の道。 */
export function environmentRoutes(): Route[] {
  const path = "/environment";
  return [
    {
      ...{ id: "environment.page", method: "GET", path, kind: "page", summary: "環境への配慮" },
      handle: (ask) => page(ask),
    },
    {
      ...{ id: "environment.record", method: "POST", path, kind: "page", summary: "一月の環境の数を書く" },
      handle: async (ask) => {
        const form = Object.fromEntries(await ask.form());
        return orFaults(
          async () => {
            const { month, values } = environmentInput(form);
            const { changed } = await recordEnvironment(ask.office, ask.actor, month, values);
            return ask.go(`/environment?month=${month}`, `${changed}項目を残しました。`);
          },
          (faults) => page(ask, { values: form, faults, month: form.month ?? "" }),
        );
      },
    },
  ];
}
