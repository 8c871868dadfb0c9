import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { checklist } from "../opinions/period-rule.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { frameAsk, periodBodyAsk, TABLE_BYTES } from "./comment-ask.ts";
import { mayComment } from "./comment-right.ts";
import { setModel } from "./draft-answer.ts";
import { currentPlan, frameOfPlan } from "./link-plan.ts";
import { changeFrame, closePeriod, openPeriod, permitForm, savePeriod } from "./open-period.ts";
import { PeriodPage, type PeriodPageProps } from "./period-page.tsx";
import { type FrameEntry, readPeriod } from "./read-period.ts";

const CURRENT = "comments.page";

async function periodPage(ask: Ask, props: Partial<PeriodPageProps> = {}): Promise<Response> {
  const period = await readPeriod(ask.office, ask.actor.contract);
  const may = mayComment("decide", ask.actor.roles);
  const canTakePlan = may && (await currentPlan(ask.office, ask.actor)) !== undefined;
  return ask.page({
    title: "期間と公表物",
    current: CURRENT,
    status: props.message === undefined ? 200 : 422,
    body: <PeriodPage csrf={ask.seated.csrf} {...{ period, may, canTakePlan, ...props }} />,
  });
}

const again =
  (ask: Ask, values?: Readonly<Record<string, string>>) =>
  (faults: readonly Fault[], message: string): Promise<Response> =>
    periodPage(ask, { faults, message, values });

async function save(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const list = Object.fromEntries(checklist.map(({ name }) => [name, form[name] ?? ""]));
      const { edition, ...given } = parseInput(periodBodyAsk, { ...form, checklist: list });
      await savePeriod(ask.office, ask.actor, given, edition);
      return ask.go("/comments/period", "準備を書き残しました。");
    },
    again(ask, form),
  );
}

/** 章と施策の一覧: 符号、名、説明、章、頁。見出しの行は、あってもなくてもよい。 */
export function readFrame(bytes: Uint8Array, fileName: string): FrameEntry[] {
  const rows = (readTables(bytes, fileName)[0]?.rows ?? []).map((row) => row.map((cell) => cell.text.trim()));
  const body = /^(?:code|符号|コード|番号|no\.?)$/i.test((rows[0]?.[0] ?? "").normalize("NFKC"))
    ? rows.slice(1)
    : rows;
  const entries = body.flatMap(([code = "", title = "", description = "", chapter = "", page = ""]) =>
    code === "" && title === "" ? [] : [{ code, title, description, chapter, page }],
  );
  const fault = (message: string) =>
    new AppError("BAD_INPUT", message, { faults: [{ field: "frame", message }] });
  if (entries.length === 0)
    throw fault("一覧に、符号と名がありません。1列目に符号、2列目に名を書いてください。");
  const odd = entries.find(
    ({ code, title }) => code === "" || title === "" || code.length > 20 || title.length > 120,
  );
  if (odd)
    throw fault(
      `「${(odd.code || odd.title).slice(0, 20)}」の行の、符号（20字まで）か名（120字まで）を直してください。`,
    );
  return entries;
}

async function takeFrame(ask: Ask): Promise<Response> {
  return withFaults(async () => {
    const file = await ask.file("frame");
    if (!file || file.bytes.length === 0) {
      const message = "一覧のファイルを選んでください。";
      throw new AppError("BAD_INPUT", message, { faults: [{ field: "frame", message }] });
    }
    const frame = readFrame(file.bytes, file.fileName);
    await changeFrame(ask.office, ask.actor, { frame });
    return ask.go("/comments/period", `分類を${frame.length}件にしました。`);
  }, again(ask));
}

async function takePlan(ask: Ask): Promise<Response> {
  const frame = await frameOfPlan(ask.office, ask.actor);
  if (frame.length === 0) throw new AppError("NOT_FOUND", "計画書に見出しがありません。");
  await changeFrame(ask.office, ask.actor, { frame });
  return ask.go("/comments/period", `計画書の見出しから、分類を${frame.length}件作りました。`);
}

async function formDoor(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const shut = form.get("act") === "shut";
  return withFaults(async () => {
    await permitForm(ask.office, ask.actor, shut ? null : (form.get("permission") ?? ""));
    return ask.go("/comments/period", shut ? "フォームの公開をやめました。" : "フォームを公開しました。");
  }, again(ask));
}

/** 反映の区分の表から。空の行は除く。 */
async function takeStatuses(ask: Ask): Promise<Response> {
  return withFaults(async () => {
    const [codes, labels, shorts, needs] = await Promise.all(
      ["code", "label", "short", "needs"].map((name) => ask.formAll(name)),
    );
    const statuses = (codes ?? []).flatMap((code, at) => {
      const [label, short] = [labels?.[at]?.trim() ?? "", shorts?.[at]?.trim() ?? ""];
      if (code.trim() === "" && label === "") return [];
      return [
        {
          code,
          label,
          short: short || [...label].slice(0, 8).join(""),
          needsChange: (needs ?? []).includes(String(at)),
        },
      ];
    });
    const checked = frameAsk.safeParse({ statuses });
    const message =
      "記号（4字まで）、名（60字まで）、短い名（8字まで）を書いてください。区分は1つから12までです。";
    if (!checked.success)
      throw new AppError("BAD_INPUT", message, { faults: [{ field: "statuses", message }] });
    await changeFrame(ask.office, ask.actor, { statuses: checked.data.statuses ?? [] });
    return ask.go("/comments/period", "反映の区分を書き残しました。");
  }, again(ask));
}

async function takeModel(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { url = "", model = "", modelPermission = "" } = form;
      const given = { url: url.trim(), model: model.trim(), permission: modelPermission.trim() };
      await setModel(ask.office, ask.actor, given.url === "" ? null : given);
      return ask.go("/comments/period", "下書きのモデルの口を書き残しました。");
    },
    again(ask, form),
  );
}

/** 期間と公表物の道。 */
export const periodRoutes: Route[] = [
  getPage("comments.period", "/comments/period", "期間と公表物", (ask) => periodPage(ask)),
  postPage("comments.period.save", "/comments/period", "公表するものを書き残す", save),
  postPage("comments.period.open", "/comments/period/open", "意見公募を始める", (ask) =>
    withFaults(async () => {
      await openPeriod(ask.office, ask.actor);
      return ask.go("/comments/period", "意見公募を始めました。");
    }, again(ask)),
  ),
  postPage("comments.period.close", "/comments/period/close", "受付を締め切る", async (ask) => {
    await closePeriod(ask.office, ask.actor);
    return ask.go("/comments", "受付を締め切りました。");
  }),
  postPage("comments.frame", "/comments/period/frame", "分類の一覧を取り込む", takeFrame, {
    bodyLimit: TABLE_BYTES,
  }),
  postPage("comments.frame.plan", "/comments/period/plan", "計画書の見出しから分類を作る", takePlan, {
    bodyLimit: TABLE_BYTES,
  }),
  postPage("comments.statuses", "/comments/period/statuses", "反映の区分を改める", takeStatuses),
  postPage("comments.model", "/comments/period/model", "下書きのモデルの口を決める", takeModel),
  postPage("comments.form.permit", "/comments/period/form", "意見のフォームを公開する・やめる", formDoor),
];
