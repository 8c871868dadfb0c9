import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import type { Office } from "../platform/office.ts";
import { readWholeManuscript, sourcesText } from "./export-plan.ts";
import { refuseMissingRights } from "./list-assets.ts";
import { listFileRows } from "./plan-file-store.ts";
import { manuscriptOf, type OpenPlan, openPlan } from "./read-plan.ts";
import { listPlanVersions, type VersionContent } from "./read-version.ts";

/** 中身の指紋（SHA-256）。文字と、データ・画像の指紋だけから作るので、同じ中身なら、いつでも同じ。 */
export function contentHash(content: VersionContent): string {
  const text = canonicalJson({
    ...content,
    files: content.files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  return createHash("sha256").update(text).digest("hex");
}

/**
 * 版（省けば、いま）の、書き出すときの名と、中身の指紋。公開する版は、画像の権利が揃っていることも確かめる
 * （権利はあとから変わるので、作る前にも、渡すときにも）。
 * @throws AppError NOT_FOUND、FORBIDDEN、REFUSED（公開する版なのに、画像の権利が足りない）
 */
export async function readContentKey(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  versionId: string | undefined,
): Promise<{ name: string; hash: string }> {
  if (versionId === undefined) {
    const plan = await openPlan(office, actor, planId);
    return { name: plan.row.title, hash: contentHash(await contentOf(office, plan)) };
  }
  const version = (await listPlanVersions(office, actor, planId)).find(({ id }) => id === versionId);
  if (!version) throw new AppError("NOT_FOUND", "その版はありません。版の一覧から選び直してください。");
  if (version.stage === "comment" || version.stage === "final")
    await refuseMissingRights(office, actor, planId);
  return { name: `第${version.number}稿_${version.name}`, hash: version.sha256 };
}

/** いまの原稿の中身（版に残すもの）。画像は開かない。 */
export async function contentOf(office: Office, plan: OpenPlan): Promise<VersionContent> {
  const whole = await readWholeManuscript(
    office,
    plan.row.contract_id,
    plan,
    ({ name }) => name === "sources.yaml",
  );
  const written = writeManuscript(manuscriptOf({ ...plan, meta: whole.meta }));
  // 版は、取ったときの書誌を持つ（登録簿があとから直されても、版は変わらない）。
  const sources = sourcesText(whole);
  if (sources !== "") written.set("sources.yaml", new TextEncoder().encode(sources));
  const decoder = new TextDecoder();
  const rows = await listFileRows(office.read, plan.key, plan.row.id);
  return {
    texts: Object.fromEntries([...written].map(([name, bytes]) => [name, decoder.decode(bytes)])),
    files: rows
      .filter((row) => !written.has(row.name))
      .map(({ name, blob_id, sha256 }) => ({ name, blob: blob_id, sha256 })),
  };
}
