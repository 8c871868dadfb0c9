import { z } from "zod";
import type { Fault } from "../base/error.ts";
import { getApi, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { listSurveys } from "../survey/open-survey.ts";
import { SURVEY_MENU } from "./explore-routes.tsx";
import { addWave, changeWave, openWaves } from "./keep-wave.ts";
import { WavesPage } from "./waves-page.tsx";

const FILE_BYTES = 16 * 1024 * 1024;
const addBody = z.object({
  label: z.string().max(200),
  /** 事務所の中の前の調査。 */
  survey: z.string().max(64),
});

async function wavesPage(
  ask: Ask,
  refused?: { faults: readonly Fault[]; message: string; values?: Readonly<Record<string, string>> },
): Promise<Response> {
  const id = ask.param("id");
  const [board, surveys] = await Promise.all([
    openWaves(ask.office, ask.actor, id),
    listSurveys(ask.office, ask.actor),
  ]);
  return ask.page({
    title: "経年比較",
    current: SURVEY_MENU,
    status: refused ? 422 : 200,
    body: (
      <WavesPage
        survey={{ id, title: board.title }}
        others={surveys.filter((one) => one.id !== id).map((one) => ({ id: one.id, title: one.title }))}
        {...{ board, csrf: ask.seated.csrf, faults: refused?.faults ?? [] }}
        {...{ message: refused?.message, values: refused?.values ?? {} }}
      />
    ),
  });
}

async function add(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  const { label = "", survey = "" } = form;
  return withFaults(
    async () => {
      const made = await addWave(ask.office, ask.actor, id, {
        ...{ label, survey },
        ...(file && file.bytes.length > 0 ? { file: { bytes: file.bytes, name: file.fileName } } : {}),
      });
      return ask.go(`/surveys/${id}/waves`, `「${made.label}」の${made.questions.length}問を入れました。`);
    },
    (faults, message) => wavesPage(ask, { faults, message, values: form }),
    ["BAD_INPUT", "REFUSED", "TOO_LARGE"],
  );
}

async function change(ask: Ask): Promise<Response> {
  const [id, wave] = [ask.param("id"), ask.param("wave")];
  const form = await ask.form();
  if (form.get("act") === "drop") {
    await changeWave(ask.office, ask.actor, id, wave, { drop: true });
    return ask.go(`/surveys/${id}/waves`, "前の回を外しました。");
  }
  const map = Object.fromEntries(
    [...form].flatMap(([key, value]) => (key.startsWith("map.") ? [[key.slice(4), value]] : [])),
  );
  return withFaults(
    async () => {
      await changeWave(ask.office, ask.actor, id, wave, { map });
      return ask.go(`/surveys/${id}/waves`, "設問の対応を決めました。");
    },
    (faults, message) => wavesPage(ask, { faults, message }),
  );
}

/** 前の回との比べの道。 */
export const waveRoutes: Route[] = [
  getPage("analysis.waves", "/surveys/:id/waves", "前の回との比べ（経年比較）", (ask) => wavesPage(ask)),
  postPage("analysis.wave.add", "/surveys/:id/waves", "前の回を足す（集計表のファイルか、前の調査）", add, {
    bodyLimit: FILE_BYTES,
  }),
  postPage("analysis.wave.change", "/surveys/:id/waves/:wave", "設問の対応を決める・前の回を外す", change),
  getApi("analysis.waves.api", "/api/surveys/:id/waves", "前の回との比べ（差と検定）", async (ask) => {
    const { waves, comparisons } = await openWaves(ask.office, ask.actor, ask.param("id"));
    const listed = waves.map(({ id, label, source, questions, map }) => ({
      ...{ id, label, source, questions: questions.length, map },
    }));
    return ask.reply({ waves: listed, comparisons });
  }),
  postApi(
    "analysis.wave.add.api",
    "/api/surveys/:id/waves",
    "前の調査を、前の回として足す",
    addBody,
    async (ask) => {
      const { label, survey } = await ask.json(addBody);
      const made = await addWave(ask.office, ask.actor, ask.param("id"), { label, survey });
      return ask.reply({ id: made.id, label: made.label, questions: made.questions.length }, 201);
    },
  ),
];
