import { AppError } from "../base/error.ts";
import { addMonths } from "../japan/day.ts";
import { getApi, getFile, getPage, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { withRefusals } from "./erasure-ask.ts";
import { mayErasure, refuseRight } from "./erasure-right.ts";
import { monthValues } from "./fill-month.ts";
import {
  keepMonthTemplate,
  MAX_MONTH_TEMPLATE,
  mapMonthTemplate,
  openMonthTemplate,
  takeMonthTemplate,
} from "./keep-month-template.ts";
import { MonthTemplatePage } from "./month-template-page.tsx";

const current = "privacy-months.page";
const page = "/privacy-months/template";

/** 見本には、終わった前の月の数を使う。 */
function sampleMonth(today: string): string {
  return addMonths(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
}

async function templatePage(ask: Ask, said?: string): Promise<Response> {
  refuseRight("see", ask.actor);
  const month = sampleMonth(ask.today);
  const [kept, values] = await Promise.all([
    openMonthTemplate(ask.office, ask.actor.contract),
    monthValues(ask.office, ask.actor.contract, month),
  ]);
  const may = mayErasure("month", ask.actor.roles);
  return ask.page({
    ...{ title: "委託者の様式１", current, status: said === undefined ? 200 : 422 },
    body: <MonthTemplatePage {...{ kept, month, values, may, said }} csrf={ask.seated.csrf} />,
  });
}

const labelsOf = async (ask: Ask) => [
  ...(await monthValues(ask.office, ask.actor.contract, sampleMonth(ask.today))).keys(),
];

/** 委託者の様式１を置く・当てる・取り出す道。 */
export const monthTemplateRoutes: Route[] = [
  getPage("privacy-month.template", page, "委託者の様式１の画面", (ask) => templatePage(ask)),
  postPage(
    "privacy-month.template.keep",
    page,
    "委託者の様式１を置く（新しい版になる）",
    (ask) =>
      withRefusals(
        async () => {
          const file = await ask.file("file");
          if (!file || file.bytes.length === 0)
            throw new AppError("BAD_INPUT", "様式のファイルを選んでください。");
          const { names, mapped } = await keepMonthTemplate(ask.office, ask.actor, file, await labelsOf(ask));
          return ask.go(page, `様式を置きました。${names.length}か所のうち${mapped}か所に、値を当てました。`);
        },
        (_, said) => templatePage(ask, said),
      ),
    { bodyLimit: MAX_MONTH_TEMPLATE },
  ),
  postPage("privacy-month.template.map", `${page}/map`, "様式１の欄に当てる値を替える", (ask) =>
    withRefusals(
      async () => {
        const form = await ask.form();
        const kept = await openMonthTemplate(ask.office, ask.actor.contract);
        const map = Object.fromEntries(
          (kept?.marked.names ?? []).map((name, at) => [name, form.get(`f.${at}`) ?? ""]),
        );
        const version = Number(form.get("version"));
        await mapMonthTemplate(ask.office, ask.actor, { version, map }, await labelsOf(ask));
        return ask.go(page, "当て方を替えました。次に取り出すものから、この当て方になります。");
      },
      (_, said) => templatePage(ask, said),
    ),
  ),
  getFile("privacy-month.template.file", `${page}/file`, "置いた様式１のファイル", async (ask) => {
    const { fileName, bytes } = await takeMonthTemplate(ask.office, ask.actor);
    return ask.download({ fileName, media: "application/octet-stream", bytes });
  }),
  getApi("privacy-month.template.api", `/api${page}`, "委託者の様式１の、いまの版と当て方", async (ask) => {
    refuseRight("see", ask.actor);
    const kept = await openMonthTemplate(ask.office, ask.actor.contract);
    if (!kept) return ask.reply({ version: 0, names: [], map: {} });
    const { version, fileName, map, marked } = kept;
    return ask.reply({ version, fileName, names: marked.names, map });
  }),
];
