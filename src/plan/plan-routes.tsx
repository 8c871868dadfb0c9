import { nameHandlers } from "../access/name-handlers.ts";
import { parseInput } from "../access/zod-message.ts";
import { readAbout } from "../base/about.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { numbersOf } from "../manuscript/manuscript.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { removePlanBlock, reviewPlanBlock, settlePlanBlock, unrecordPlanBlock } from "./arrange-block.ts";
import { BlockPage } from "./block-page.tsx";
import { changePlanBlock } from "./change-block.ts";
import { checkOpenPlan } from "./check-plan.ts";
import { closePlanComment, commentPlanBlock, listPlanComments } from "./comment-block.ts";
import { comparePlace } from "./compare-place.ts";
import { designRoutes } from "./design-routes.tsx";
import { digestRoutes } from "./digest-routes.tsx";
import { notesIn } from "./editor-memory.ts";
import { EditorPage } from "./editor-page.tsx";
import { inquiryRoutes } from "./inquiry-routes.tsx";
import { changesOf, listPlanChanges } from "./list-plan-changes.ts";
import { planApiRoutes } from "./plan-api-routes.ts";
import { changeForm, commentBody, FOLDER_BYTES, startBody } from "./plan-ask.ts";
import { reviewStates, treeOf } from "./plan-block.ts";
import { planCheckRoutes } from "./plan-check-routes.tsx";
import type { PlanHand, TracedLink } from "./plan-hand.ts";
import { PlanHomePage } from "./plan-home-page.tsx";
import { mayPlan } from "./plan-right.ts";
import { planSettingRoutes } from "./plan-setting-routes.tsx";
import { planVersionRoutes } from "./plan-version-routes.tsx";
import { PlansPage } from "./plans-page.tsx";
import { linkPlace, readEditor } from "./read-editor.ts";
import { readInlineBook } from "./read-inline-book.ts";
import { listedBlocks, listPlans, noBlock, openPlan } from "./read-plan.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { readPlanPicture } from "./read-plan-picture.ts";
import { listPlanVersions } from "./read-version.ts";
import { startPlan } from "./start-plan.ts";
import { takeGivenPlan } from "./take-given-plan.ts";

const CURRENT = "plan.list";

/** 左のメニュー。 */
export const planMenu: MenuEntry = { routeId: CURRENT, label: "計画書", icon: "pen", href: "/plans" };

async function listPage(
  ask: Ask,
  faults: readonly Fault[] = [],
  values: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const plans = await listPlans(ask.office, ask.actor);
  return ask.page({
    title: "計画書",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <PlansPage
        csrf={ask.seated.csrf}
        plans={plans}
        {...{ faults, values }}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function start(ask: Ask): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { id, added } = await startPlan(ask.office, ask.actor, parseInput(startBody, values));
      return ask.go(`/plans/${id}/edit`, `${added}の見出しで始めました。章を選んで、文を書いてください。`);
    },
    (faults, message) => listPage(ask, faults.length > 0 ? faults : [{ field: "outline", message }], values),
  );
}

async function importFolder(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file)
    return listPage(ask, [{ field: "file", message: "原稿の一式（zip）か Word を選んでください。" }]);
  return withFaults(
    async () => {
      const read = await readPlanFile(file.bytes, file.fileName.replace(/\.[^.]*$/, ""));
      const { id, added, warnings, losses } = await takeGivenPlan(ask.office, ask.actor, read);
      const told = `${warnings.length > 0 ? `書き方の直すところが${warnings.length}件あります。` : ""}${losses.length > 0 ? `写せなかったもの・確かめることが${losses.length}件あり、その部分に書き込みました。` : ""}`;
      return ask.go(`/plans/${id}`, `${added}の部分を取り込みました。${told}`);
    },
    (_, message) => listPage(ask, [{ field: "file", message }]),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function homePage(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const [versions, { checked }, comments, names] = await Promise.all([
    listPlanVersions(ask.office, ask.actor, id),
    checkOpenPlan(ask.office, plan),
    listPlanComments(ask.office, ask.actor, id),
    nameHandlers(ask.office, ask.actor.contract),
  ]);
  const { clashes } = checked.consistency;
  return ask.page({
    title: plan.row.title,
    current: CURRENT,
    body: (
      <PlanHomePage
        plan={id}
        title={plan.row.title}
        blocks={listedBlocks(plan)}
        versions={versions}
        clashes={clashes.length}
        remarks={checked.remarks.length - clashes.length}
        comments={comments
          .filter(({ open }) => open)
          .map((one) => ({ ...one, name: names.get(one.by)?.short ?? "" }))}
        tracked={plan.blocks.filter(({ trackedFrom }) => trackedFrom !== null).length}
        lastChange={plan.blocks
          .map(({ changedAt }) => changedAt)
          .toSorted()
          .at(-1)}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

function editPage(hand: PlanHand) {
  return async (ask: Ask): Promise<Response> => {
    const id = ask.param("id");
    const state = await readEditor(ask.office, ask.actor, id, hand.resolve);
    const last = (await listPlanVersions(ask.office, ask.actor, id)).at(-1);
    const numbers = numbersOf(treeOf(state.blocks), state.numbering, state.annexNumbering);
    const notes = [...new Set(state.blocks.flatMap(({ content }) => notesIn(content)))];
    const chapters = state.blocks.flatMap(({ id: block, content }) =>
      content.kind === "heading" && content.level === 1
        ? [{ id: block, label: `${numbers.get(block) ?? ""}　${content.text}` }]
        : [],
    );
    const asked = ask.query("block");
    const at = state.blocks.findIndex(({ id: block }) => block === asked);
    const around = state.blocks
      .slice(0, at + 1)
      .findLast(({ id: block }) => chapters.some((one) => one.id === block));
    const wanted = ask.query("chapter");
    const chapter = chapters.find((one) => one.id === wanted)?.id ?? around?.id ?? chapters[0]?.id ?? "all";
    const from = state.blocks.findIndex(({ id: block }) => block === chapter);
    const next = state.blocks.findIndex(
      ({ content }, index) => index > from && content.kind === "heading" && content.level === 1,
    );
    return ask.page({
      title: state.title,
      current: CURRENT,
      islands: ["editor"],
      icons: ["late", "warn", "pen", "check", "back", "down"],
      body: (
        <EditorPage
          csrf={ask.seated.csrf}
          plan={id}
          title={state.title}
          stage={last ? `第${last.number}稿（${last.name}）のあと` : "はじめの稿"}
          now={ask.now}
          {...{ chapter, chapters, last }}
          blocks={state.blocks
            .slice(Math.max(0, from), next < 0 ? undefined : next)
            .filter(({ content }) => content.kind !== "footnote")}
          book={{ numbers, tables: state.tables, notes, plan: id }}
          check={state.check}
          block={at < 0 ? undefined : asked}
          may={mayPlan("write", ask.actor.roles)}
        />
      ),
    });
  };
}

interface BlockAgain {
  values?: Readonly<Record<string, string>>;
  faults?: readonly Fault[];
  current?: string | undefined;
}

async function blockPage(ask: Ask, hand: PlanHand, again: BlockAgain = {}): Promise<Response> {
  const [id, blockId] = [ask.param("id"), ask.param("block")];
  const plan = await openPlan(ask.office, ask.actor, id);
  const block = listedBlocks(plan).find((one) => one.id === blockId);
  const own = plan.blocks.find((one) => one.id === blockId);
  if (!block || !own) throw noBlock();
  const [changes, versions, comments, names] = await Promise.all([
    changesOf(ask.office, plan, { block: blockId }),
    listPlanVersions(ask.office, ask.actor, id),
    listPlanComments(ask.office, ask.actor, id),
    nameHandlers(ask.office, ask.actor.contract),
  ]);
  const name = (by: string) => names.get(by)?.short ?? "";
  const { roles } = ask.actor;
  const refs = changes.flatMap(({ link }) => link?.ref ?? []);
  const traced = (await hand.traced?.(ask.office, ask.actor, refs)) ?? new Map<string, TracedLink>();
  const book = await readInlineBook(ask.office, ask.actor.contract, plan);
  return ask.page({
    title: block.number || block.heading,
    current: CURRENT,
    status: (again.faults ?? []).length > 0 ? 422 : 200,
    body: (
      <BlockPage
        csrf={ask.seated.csrf}
        plan={id}
        {...{ block, book }}
        content={own.content}
        changes={changes.map((one) => ({
          ...one,
          name: name(one.by),
          href: one.link === null ? "" : linkPlace(one.link.ref, one.link.label, hand.resolve).href,
          compared: comparePlace(id, versions, one),
          traced: one.link === null ? undefined : traced.get(one.link.ref),
        }))}
        comments={comments
          .filter((one) => one.block === blockId)
          .map((one) => ({
            ...one,
            name: name(one.by),
            when: `${formatWareki(dayOf(one.at))} ${minuteOf(one.at)}`,
          }))}
        raised={(await hand.raised?.(ask.office, ask.actor, id, blockId)) ?? []}
        tracked={own.trackedFrom !== null}
        may={{ write: mayPlan("write", roles), comment: mayPlan("comment", roles) }}
        values={again.values ?? {}}
        faults={again.faults ?? []}
        current={again.current}
      />
    ),
  });
}

async function change(ask: Ask, hand: PlanHand): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const [id, block] = [ask.param("id"), ask.param("block")];
  const own = `/plans/${id}/blocks/${encodeURIComponent(block)}`;
  try {
    const { tracked, ...edit } = parseInput(changeForm, form);
    const done = await changePlanBlock(ask.office, ask.actor, id, block, {
      ...edit,
      tracked: tracked !== undefined,
    });
    return ask.go(own, done.merged ? "ほかの人の直しと合わせました。" : "直しました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "CONFLICT"].includes(cause.code)) throw cause;
    const current = cause.code === "CONFLICT" ? String(cause.detail.current ?? "") : undefined;
    const faults = cause.faults.length > 0 ? cause.faults : [{ field: "text", message: cause.message }];
    return blockPage(ask, hand, { values: form, faults, current });
  }
}

async function arrange(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const [id, block] = [ask.param("id"), ask.param("block")];
  const at = [ask.office, ask.actor, id, block] as const;
  const own = `/plans/${id}/blocks/${encodeURIComponent(block)}`;
  switch (form.get("act")) {
    case "settle":
      await settlePlanBlock(...at);
      return ask.go(own, "反映しました。");
    case "unrecord":
      await unrecordPlanBlock(...at);
      return ask.go(own, "記録し始める前の文に戻しました。");
    case "remove":
      await removePlanBlock(...at);
      return ask.go(`/plans/${id}/edit`, "消しました。原稿の画面の「元に戻す」か、経過から戻せます。");
    case "review": {
      const review = reviewStates.find((state) => state === form.get("review")) ?? "draft";
      await reviewPlanBlock(...at, review);
      return ask.go(own, "状態を書きました。");
    }
    default:
      throw new AppError("BAD_INPUT", "何をするかを選んでください。");
  }
}

async function comment(ask: Ask, hand: PlanHand): Promise<Response> {
  const form = await ask.form();
  const [id, block] = [ask.param("id"), ask.param("block")];
  return withFaults(
    async () => {
      const { text } = parseInput(commentBody, { text: form.get("comment") ?? "" });
      await commentPlanBlock(ask.office, ask.actor, id, block, text);
      return ask.go(`/plans/${id}/blocks/${encodeURIComponent(block)}`, "書き込みました。");
    },
    (faults, message) =>
      blockPage(ask, hand, { faults: faults.length > 0 ? faults : [{ field: "comment", message }] }),
  );
}

/** つながりの先（plan/change/<id>）から、その部分へ。in=compare なら、新旧対照表のその行へ。 */
async function openChange(ask: Ask): Promise<Response> {
  const wanted = ask.param("change");
  for (const { id } of await listPlans(ask.office, ask.actor)) {
    const found = (await listPlanChanges(ask.office, ask.actor, id)).find((one) => one.id === wanted);
    if (found === undefined) continue;
    const versions = ask.query("in") === "compare" ? await listPlanVersions(ask.office, ask.actor, id) : [];
    return ask.go(
      comparePlace(id, versions, found) || `/plans/${id}/blocks/${encodeURIComponent(found.block)}`,
    );
  }
  throw noBlock();
}

/** 計画の道。 */
export function planRoutes(hand: PlanHand): Route[] {
  const own = "/plans/:id";
  const hrefOf = (ref: string): string => {
    const about = readAbout(ref);
    return (about && hand.resolve(about)?.href) ?? "";
  };
  return [
    getPage(CURRENT, "/plans", "計画の一覧", (ask) => listPage(ask)),
    postPage("plan.import", "/plans", "原稿の一式（zip）か Word の計画書を取り込む", importFolder, {
      bodyLimit: FOLDER_BYTES,
    }),
    postPage("plan.start", "/plans/start", "章立てから計画を始める", start),
    getPage(
      "plan.change.open",
      "/plans/changes/:change",
      "変更のあった部分を開く（in=compare で、新旧対照表の行）",
      openChange,
    ),
    getPage("plan.home", own, "計画のいま", homePage),
    getPage("plan.edit", `${own}/edit`, "原稿（chapter、block で開くところ）", editPage(hand)),
    getFile("plan.picture", `${own}/pictures/:name`, "原稿の画像（PNG・JPEG）", async (ask) =>
      ask.inline(await readPlanPicture(ask.office, ask.actor, ask.param("id"), ask.param("name"))),
    ),
    getPage("plan.block", `${own}/blocks/:block`, "部分の文・書き込み・経過", (ask) => blockPage(ask, hand)),
    postPage("plan.block.change", `${own}/blocks/:block`, "部分の文を直す", (ask) => change(ask, hand)),
    postPage(
      "plan.block.arrange",
      `${own}/blocks/:block/arrange`,
      "部分を反映する・戻す・消す・状態を書く",
      arrange,
    ),
    postPage("plan.block.comment", `${own}/blocks/:block/comments`, "部分に書き込む", (ask) =>
      comment(ask, hand),
    ),
    postPage("plan.comment.close", `${own}/comments/:comment/close`, "書き込みを済みにする", async (ask) => {
      await closePlanComment(ask.office, ask.actor, ask.param("id"), ask.param("comment"));
      return ask.go(`/plans/${ask.param("id")}`, "書き込みを済みにしました。");
    }),
    ...planSettingRoutes,
    ...planCheckRoutes,
    ...inquiryRoutes,
    ...digestRoutes,
    ...designRoutes,
    ...planVersionRoutes(hrefOf, hand),
    ...planApiRoutes(hand),
  ];
}
