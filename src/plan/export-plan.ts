import { stringify } from "yaml";
import type { Actor } from "../base/actor.ts";
import { allBlocks, type Manuscript } from "../manuscript/manuscript.ts";
import { readSources } from "../manuscript/plan-meta-reader.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { listCitations } from "../research/list-sources.ts";
import { citedIn } from "./cited-source.ts";
import { listUppers } from "./list-uppers.ts";
import { listFileRows } from "./plan-file-store.ts";
import { manuscriptOf, type OpenPlan, openPlan } from "./read-plan.ts";

/** 計画のデータと画像（名 → 中身）。wanted を言えば、そのものだけを開く。 */
export async function readPlanFiles(
  office: Office,
  contract: string,
  plan: Pick<OpenPlan, "row" | "key">,
  wanted: (file: { name: string; size: number }) => boolean = () => true,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const row of await listFileRows(office.read, plan.key, plan.row.id))
    if (wanted(row))
      files.set(row.name, new Uint8Array((await openFile(office, contract, row.blob_id)).bytes));
  return files;
}

/** 開いた計画に、データと画像を添えた原稿。wanted を言えば、そのデータと画像だけを開く。 */
export async function readWholeManuscript(
  office: Office,
  contract: string,
  plan: OpenPlan,
  wanted?: (file: { name: string; size: number }) => boolean,
): Promise<Manuscript> {
  const files = await readPlanFiles(office, contract, plan, wanted);
  const { uppers } = await listUppers(office, plan);
  const manuscript = { ...manuscriptOf(plan, files), sources: await sourcesOf(office, contract, files) };
  if (uppers.length === 0) return manuscript;
  // 上位計画の項目は、取り込んだ一覧が正しい。
  const upper = Object.fromEntries(
    uppers.flatMap(({ items }) => items.map(({ code, title }) => [code, title])),
  );
  const upperPlans = Object.fromEntries(uppers.map(({ code, name }) => [code, name]));
  return { ...manuscript, meta: { ...manuscript.meta, upper, upperPlans } };
}

/**
 * 計画を、原稿のフォルダー（plan.yaml、章の .md、データと画像）にする。取り込み直すと、同じ計画になる。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function exportPlan(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  at?: number,
): Promise<Map<string, Uint8Array>> {
  const plan = await openPlan(office, actor, planId, at);
  const manuscript = await readWholeManuscript(office, actor.contract, plan);
  const written = writeManuscript(manuscript);
  const sources = sourcesText(manuscript);
  if (sources !== "") written.set("sources.yaml", new TextEncoder().encode(sources));
  return written;
}

/** 本文が引く資料の書誌: 動向調査の登録簿（同じ番号は、こちらが正しい）と、原稿の sources.yaml。 */
async function sourcesOf(
  office: Office,
  contract: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, string>> {
  const written = readSources(files.get("sources.yaml")).sources;
  return new Map([...written, ...(await listCitations(office, contract))]);
}

/** 引いている資料だけの sources.yaml。引いていなければ空。 */
export function sourcesText({ blocks, footnotes, sources }: Manuscript): string {
  const cited = new Set([
    ...allBlocks(blocks).flatMap((block) => citedIn(JSON.stringify(block))),
    ...[...footnotes.values()].flatMap(citedIn),
  ]);
  const known = [...(sources ?? [])].filter(([id]) => cited.has(id));
  return known.length === 0 ? "" : stringify(Object.fromEntries(known), { lineWidth: 0 });
}
