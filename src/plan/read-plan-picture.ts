import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { pictureOf } from "../manuscript/picture-size.ts";
import type { Office } from "../platform/office.ts";
import { readPlanFiles } from "./export-plan.ts";
import { openPlan } from "./read-plan.ts";

/**
 * 原稿の画像（3(1)(ｲ)）。原稿の画面と部分の画面が、写真を写真として見せるために読む。name は原稿の中での名（images/a.png）。
 * PNG・JPEG として読めるものだけを渡し、ほかは NOT_FOUND（データの表や SVG を、画面の中身として渡さない）。
 */
export async function readPlanPicture(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  name: string,
): Promise<{ media: string; bytes: Uint8Array }> {
  const plan = await openPlan(office, actor, planId);
  const files = await readPlanFiles(office, actor.contract, plan, (file) => file.name === name);
  const picture = pictureOf(files.get(name));
  if (!picture) throw new AppError("NOT_FOUND", "その画像は、この計画にありません。");
  return { media: `image/${picture.extension}`, bytes: picture.bytes };
}
