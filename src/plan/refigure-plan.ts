import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { refiguredLines, refigurePlan } from "../manuscript/refigure-plan-file.ts";
import { writeZip } from "../office/zip.ts";
import type { Office } from "../platform/office.ts";
import { readWholeManuscript } from "./export-plan.ts";
import { refusePlanRole } from "./plan-right.ts";
import { listedBlocks, openPlan } from "./read-plan.ts";

/**
 * デザイナーが仕上げた Word の図に、事務所のいまの原稿の数を入れ替える。見た目は文書のまま、受け取ったファイルは残さない。
 * @returns 新しい Word と、結果の文（入れ替えた図、見分け直した図、写し、見つからない図、分からないグラフ）の zip
 * @throws AppError BAD_INPUT（Word でない、図が一つも見つからない。欄は restyled）、NOT_FOUND、FORBIDDEN
 */
export async function refigureOfficePlan(
  office: Office,
  actor: Actor,
  planId: string,
  file: { fileName: string; bytes: Uint8Array },
): Promise<{ fileName: string; media: string; bytes: Uint8Array; lines: string[] }> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  const made = refigurePlan(file.bytes, await readWholeManuscript(office, actor.contract, plan));
  const numbers = new Map(listedBlocks(plan).map(({ id, number }) => [id, number]));
  const labels = new Map(
    plan.blocks.map(({ id, content }) => [
      id,
      content.kind === "figure" ? `${numbers.get(id) ?? ""}　${content.caption}`.trim() : id,
    ]),
  );
  const lines = refiguredLines(made, (id) => labels.get(id) ?? id);
  if (made.filled.length === 0) {
    const message =
      "この Word の中に、この計画の図が見つかりません。ここから書き出した Word をもとにした文書を選んでください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "restyled", message }] });
  }
  await office.act(actor, (tx) =>
    tx.record({
      kind: "plan.exported",
      about: planId,
      payload: { format: "restyled", figures: made.filled.length, missing: made.missing.length },
    }),
  );
  const stem = file.fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "") || "計画";
  const told = new TextEncoder().encode(`\uFEFF${lines.join("\r\n")}\r\n`);
  const bytes = writeZip(
    new Map([
      [`${stem}_図の入れ替え.docx`, made.bytes],
      ["入れ替えの結果.txt", told],
    ]),
  );
  return { fileName: `${stem}_図の入れ替え.zip`, media: "application/zip", bytes, lines };
}
