import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type PlanFormat, planFormats } from "../manuscript/build-plan-file.ts";
import { getApi, getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import type { AssetRight } from "./asset-right.ts";
import { buildDesign } from "./build-plan.ts";
import { answerBody, chooseBody, designBody, designInput, designOfForm, requestBody } from "./design-ask.ts";
import { DesignPage } from "./design-page.tsx";
import { iconPlaces } from "./icon-place.ts";
import { addPicture, listAssets, openAssets, writeAssetRight } from "./list-assets.ts";
import { listDesigns, openDesigns } from "./list-designs.ts";
import { FOLDER_BYTES } from "./plan-ask.ts";
import { mayPlan } from "./plan-right.ts";
import { answerDesign, askDesign, chooseDesign, proposeDesign } from "./propose-design.ts";
import { openPlan } from "./read-plan.ts";
import { refigureOfficePlan } from "./refigure-plan.ts";
import { RightsPage } from "./rights-page.tsx";

const line = z.string().max(300).default("");
const rightBody = z.object({
  ...{
    source: line,
    holder: line,
    licence: line,
    scope: line,
    alt: line,
    expiry: z.string().max(10).default(""),
  },
});
const rightFileBody = rightBody.extend({ name: z.string().max(300) });

type Values = Readonly<Record<string, string>>;

async function designPage(ask: Ask, faults: readonly Fault[] = [], values: Values = {}): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const [{ designs, requests }, assets] = await Promise.all([
    openDesigns(ask.office, plan),
    openAssets(ask.office, plan),
  ]);
  const { roles } = ask.actor;
  return ask.page({
    ...{ title: "デザイン", current: "plan.list", status: faults.length > 0 ? 422 : 200 },
    body: (
      <DesignPage
        csrf={ask.seated.csrf}
        plan={id}
        title={plan.row.title}
        {...{ designs, requests, values, faults }}
        images={assets.filter(({ kind }) => kind === "picture").map(({ name, lacks }) => ({ name, lacks }))}
        places={iconPlaces(plan)}
        may={{
          write: mayPlan("write", roles),
          comment: mayPlan("comment", roles),
          client: roles.includes("client"),
        }}
      />
    ),
  });
}

const backTo = (ask: Ask) => `/plans/${ask.param("id")}/designs`;
const numberAt = (ask: Ask) => Number(ask.param("number"));

/** 欄の誤りは、打ったままの画面に戻す。 */
async function formed(
  ask: Ask,
  act: (form: Record<string, string>) => Promise<string>,
  field: string,
): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => ask.go(backTo(ask), await act(form)),
    (faults, message) =>
      designPage(ask, faults.length > 0 ? faults : [{ field, message }], {
        ...form,
        ...(field === "request" ? { request: form.text ?? "" } : {}),
      }),
  );
}

async function rightsPage(ask: Ask, faults: readonly Fault[] = [], values: Values = {}): Promise<Response> {
  const id = ask.param("id");
  const assets = await listAssets(ask.office, ask.actor, id);
  return ask.page({
    ...{ title: "権利", current: "plan.list", status: faults.length > 0 ? 422 : 200 },
    body: (
      <RightsPage
        csrf={ask.seated.csrf}
        plan={id}
        {...{ assets, values, faults }}
        file={values.name ?? ask.query("file") ?? ""}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function writeRight(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  return withFaults(
    async () => {
      const right: AssetRight = parseInput(rightBody, form);
      if (form.name) {
        await writeAssetRight(ask.office, ask.actor, id, form.name, right);
        return ask.go(`/plans/${id}/rights`, `「${form.name}」の権利を書きました。`);
      }
      const file = await ask.file("file");
      if (!file) return rightsPage(ask, [{ field: "file", message: "画像を選んでください。" }], form);
      const { name } = await addPicture(ask.office, ask.actor, id, file, right);
      return ask.go(
        `/plans/${id}/rights`,
        `「${name}」を入れました。原稿の写真の欄か、デザインの案で選べます。`,
      );
    },
    (faults, message) => rightsPage(ask, faults.length > 0 ? faults : [{ field: "file", message }], form),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function refigured(ask: Ask): ReturnType<typeof refigureOfficePlan> {
  const file = await ask.file("file");
  if (file) return refigureOfficePlan(ask.office, ask.actor, ask.param("id"), file);
  const message = "Word のファイル（.docx）を選んでください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "restyled", message }] });
}

async function file(ask: Ask): Promise<Response> {
  const format = planFormats.find((one: PlanFormat) => one === ask.param("format"));
  if (!format) throw new AppError("NOT_FOUND", "その形では書き出せません。");
  return ask.download(await buildDesign(ask.office, ask.actor, ask.param("id"), numberAt(ask), format));
}

const own = "/plans/:id";

/** デザインの案と、画像・図の権利の道。 */
export const designRoutes: Route[] = [
  getPage("plan.designs", `${own}/designs`, "デザインの案・選定・要望", (ask) => designPage(ask)),
  postPage("plan.design.propose", `${own}/designs`, "デザインの案を出す", (ask) =>
    formed(
      ask,
      async (form) => {
        const given = designInput(parseInput(designBody, designOfForm(form)));
        await proposeDesign(ask.office, ask.actor, ask.param("id"), given);
        return "案を出しました。";
      },
      "title",
    ),
  ),
  postPage("plan.design.choose", `${own}/designs/:number/choose`, "デザインの案を選ぶ", (ask) =>
    formed(
      ask,
      async (form) => {
        const { reason } = parseInput(chooseBody, form);
        const { label } = await chooseDesign(ask.office, ask.actor, ask.param("id"), numberAt(ask), reason);
        return `${label}に決めました。次に書き出すものから、全ての形がこの見た目になります。`;
      },
      `reason-${numberAt(ask)}`,
    ),
  ),
  postPage("plan.design.ask", `${own}/requests`, "デザインへの要望を残す", (ask) =>
    formed(
      ask,
      async (form) => {
        await askDesign(ask.office, ask.actor, ask.param("id"), parseInput(requestBody, form));
        return "要望を残しました。";
      },
      "request",
    ),
  ),
  postPage("plan.design.answer", `${own}/requests/:number/answer`, "デザインの要望に応える", (ask) =>
    formed(
      ask,
      async (form) => {
        const body = parseInput(answerBody, form);
        await answerDesign(ask.office, ask.actor, ask.param("id"), numberAt(ask), body);
        return "応えを残しました。";
      },
      `answer-${numberAt(ask)}`,
    ),
  ),
  getFile(
    "plan.design.file",
    `${own}/designs/:number/file/:format`,
    "いまの原稿を、案の見た目で書き出す",
    file,
  ),
  postPage(
    "plan.refigure",
    `${own}/refigure`,
    "デザインされた Word の図に、いまの数を入れ替える",
    (ask) =>
      withFaults(
        async () => ask.download(await refigured(ask)),
        (faults, message) => designPage(ask, faults.length > 0 ? faults : [{ field: "restyled", message }]),
        ["BAD_INPUT", "TOO_LARGE"],
      ),
    { bodyLimit: FOLDER_BYTES },
  ),
  getPage("plan.rights", `${own}/rights`, "画像・図の権利の一覧（file で選ぶ）", (ask) => rightsPage(ask)),
  postPage("plan.right.write", `${own}/rights`, "画像・図の権利を書く、画像を入れる", writeRight, {
    bodyLimit: FOLDER_BYTES,
  }),
  postApi(
    "plan.refigure.api",
    `/api${own}/refigure`,
    "デザインされた Word（multipart の file）の図に、いまの数を入れ替えた zip",
    undefined,
    async (ask) => ask.download(await refigured(ask)),
    { bodyLimit: FOLDER_BYTES },
  ),
  getApi("plan.designs.api", `/api${own}/designs`, "デザインの案・選定・要望", async (ask) =>
    ask.reply(await listDesigns(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi("plan.design.propose.api", `/api${own}/designs`, "デザインの案を出す", designBody, async (ask) =>
    ask.reply(
      await proposeDesign(ask.office, ask.actor, ask.param("id"), designInput(await ask.json(designBody))),
      201,
    ),
  ),
  postApi(
    "plan.design.choose.api",
    `/api${own}/designs/:number/choose`,
    "デザインの案を選ぶ",
    chooseBody,
    async (ask) =>
      ask.reply(
        await chooseDesign(
          ask.office,
          ask.actor,
          ask.param("id"),
          numberAt(ask),
          (await ask.json(chooseBody)).reason,
        ),
      ),
  ),
  postApi("plan.design.ask.api", `/api${own}/requests`, "デザインへの要望を残す", requestBody, async (ask) =>
    ask.reply(
      { number: await askDesign(ask.office, ask.actor, ask.param("id"), await ask.json(requestBody)) },
      201,
    ),
  ),
  postApi(
    "plan.design.answer.api",
    `/api${own}/requests/:number/answer`,
    "デザインの要望に応える",
    answerBody,
    async (ask) => {
      await answerDesign(ask.office, ask.actor, ask.param("id"), numberAt(ask), await ask.json(answerBody));
      return ask.reply(await listDesigns(ask.office, ask.actor, ask.param("id")));
    },
  ),
  getApi("plan.rights.api", `/api${own}/rights`, "画像・図の権利の一覧", async (ask) =>
    ask.reply({ assets: await listAssets(ask.office, ask.actor, ask.param("id")) }),
  ),
  postApi("plan.right.write.api", `/api${own}/rights`, "画像・図の権利を書く", rightFileBody, async (ask) => {
    const { name, ...right } = await ask.json(rightFileBody);
    await writeAssetRight(ask.office, ask.actor, ask.param("id"), name, right);
    return ask.reply({ assets: await listAssets(ask.office, ask.actor, ask.param("id")) });
  }),
];
