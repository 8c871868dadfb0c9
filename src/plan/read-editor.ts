import { nameHandlers } from "../access/name-handlers.ts";
import { listSurveyFigures } from "../analysis/list-survey-figures.ts";
import { type About, type ResolveAbout, readAbout } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import type { Office } from "../platform/office.ts";
import { type CheckedPlan, checkOpenPlan } from "./check-plan.ts";
import type { EditorAside, EditorBlock, EditorCheck, EditorNews, EditorState } from "./editor.ts";
import type { BlockContent } from "./plan-block.ts";
import { listCommentRows } from "./plan-comment-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { findPlan, listChangeRows, listOpenAsides } from "./plan-store.ts";
import { type OpenPlan, openPlan } from "./read-plan.ts";

type Reader = Actor;

/** 編集の画面に渡すもの。 */
export async function readEditor(
  office: Office,
  actor: Reader,
  planId: string,
  resolve: ResolveAbout,
): Promise<EditorState> {
  const plan = await openPlan(office, actor, planId);
  const [{ checked, manuscript, uppers }, blocks, asides] = await Promise.all([
    checkOpenPlan(office, plan),
    editorBlocks(office, actor.contract, plan, resolve),
    editorAsides(office, actor.contract, plan),
  ]);
  const figures = await surveyFigures(office, actor);
  return {
    ...{ figures, plan: planId, title: plan.row.title, sequence: plan.sequence, blocks, asides },
    ...{ numbering: plan.meta.numbering, annexNumbering: plan.meta.annexNumbering },
    check: editorCheck(checked),
    glossary: plan.meta.glossary,
    tables: tablesOf(manuscript.files),
    images: [...manuscript.files.keys()].filter((name) => /\.(png|jpe?g|gif|svg)$/i.test(name)),
    items: uppers.flatMap(({ name, items }) =>
      items.map(({ code, title }) => ({ code, title, upper: name })),
    ),
  };
}

/** since のあとの変更。変わっていなければ、計画の一行だけを読む。 */
export async function readEditorNews(
  office: Office,
  actor: Reader,
  planId: string,
  since: number,
  resolve: ResolveAbout,
): Promise<EditorNews> {
  refusePlanRole("read", actor);
  const row = await findPlan(office.read, actor.contract, planId);
  if (row && row.sequence <= since) {
    const plan = { row, key: (await office.keys.get(actor.contract, [planId])).get(planId) };
    if (plan.key)
      return {
        ...{ sequence: row.sequence, blocks: [], removed: [], check: null },
        asides: await editorAsides(office, actor.contract, { row, key: plan.key }),
      };
  }
  const plan = await openPlan(office, actor, planId);
  const changes = await listChangeRows(office.read, plan.key, planId, { after: since });
  const touched = new Set(changes.map(({ block }) => block));
  const live = new Set(plan.blocks.map(({ id }) => id));
  const [blocks, asides, { checked }] = await Promise.all([
    editorBlocks(office, actor.contract, plan, resolve, touched),
    editorAsides(office, actor.contract, plan),
    checkOpenPlan(office, plan),
  ]);
  return {
    ...{ sequence: plan.sequence, blocks, asides, check: editorCheck(checked) },
    removed: [...touched].filter((id) => !live.has(id)),
  };
}

/** 調査の図。調査を見られない人（監査など）には、ない。 */
async function surveyFigures(office: Office, actor: Actor): Promise<EditorState["figures"]> {
  try {
    const figures = await listSurveyFigures(office, actor);
    return figures.map(({ id, title, n, stale }) => ({ id, title, n, stale }));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return [];
  }
}

function editorCheck({ sequence, consistency, remarks }: CheckedPlan): EditorCheck {
  return { sequence, columns: consistency.columns, rows: consistency.rows, remarks };
}

async function editorBlocks(
  office: Office,
  contract: string,
  plan: OpenPlan,
  resolve: ResolveAbout,
  only?: ReadonlySet<string>,
): Promise<EditorBlock[]> {
  const [comments, names] = await Promise.all([
    listCommentRows(office.read, plan.key, plan.row.id),
    nameHandlers(office, contract),
  ]);
  const open = Map.groupBy(
    comments.filter(({ state }) => state === "open"),
    ({ block }) => block,
  );
  const out: EditorBlock[] = [];
  for (const block of plan.blocks) {
    if (only && !only.has(block.id)) continue;
    const { id, parent, position, content, version, review, trackedFrom } = block;
    out.push({
      ...{ id, parent, position, content, version, review, comments: open.get(id)?.length ?? 0 },
      tracked:
        trackedFrom === null
          ? null
          : await trackOf(office, plan, id, trackedFrom, resolve, (by) => names.get(by)?.short ?? ""),
    });
  }
  return out;
}

async function trackOf(
  office: Office,
  { key, row }: OpenPlan,
  block: string,
  from: number,
  resolve: ResolveAbout,
  name: (by: string) => string,
): Promise<EditorBlock["tracked"]> {
  const changes = await listChangeRows(office.read, key, row.id, { block });
  const before = changes.find(({ version }) => version === from);
  const after = changes.filter(({ version }) => version > from);
  const last = after.findLast(({ link }) => link !== null) ?? after.at(-1);
  if (!last) return null;
  return {
    before: before ? (JSON.parse(before.body) as BlockContent) : null,
    ...{ reason: last.reason, by: name(last.made_by), at: last.made_at },
    link: last.link === null ? null : linkPlace(last.link, last.link_label ?? "", resolve),
  };
}

/** つながりの先の、画面での名と場所。場所が分からなければ href は空。 */
export function linkPlace(
  ref: string,
  label: string,
  resolve: ResolveAbout,
): { label: string; href: string } {
  const about: About | undefined = readAbout(ref);
  const place = about && resolve(about);
  return { label: label || place?.label || ref, href: place?.href ?? "" };
}

async function editorAsides(
  office: Office,
  contract: string,
  { key, row }: Pick<OpenPlan, "key" | "row">,
): Promise<EditorAside[]> {
  const rows = await listOpenAsides(office.read, key, row.id);
  const names = rows.length > 0 ? await nameHandlers(office, contract) : undefined;
  return rows.map(({ id, block, body, made_by, made_at }) => ({
    ...{ id, block, text: body, by: names?.get(made_by)?.short ?? "", at: made_at },
  }));
}

/** 画面で数を見せる、小さなデータの表か。 */
export function isSmallTable({ name, size }: { name: string; size: number }): boolean {
  return /\.(csv|xlsx?|ods|tsv)$/i.test(name) && size <= 200_000;
}

/** データの表（小さいものだけ）。読めないものは、点検が言う。 */
export function tablesOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string[][]> {
  const tables: Record<string, string[][]> = {};
  for (const [name, bytes] of files) {
    if (!isSmallTable({ name, size: bytes.length })) continue;
    try {
      const [table] = readTables(bytes, name);
      if (table) tables[name] = table.rows.slice(0, 300).map((cells) => cells.map(({ text }) => text));
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
    }
  }
  return tables;
}
