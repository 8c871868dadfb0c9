import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { pictureFault } from "../manuscript/picture-size.ts";
import { iconFault } from "../manuscript/plan-icon.ts";
import { themeOf } from "../manuscript/plan-theme.ts";
import type { Office } from "../platform/office.ts";
import { type Asset, type AssetRight, blankRight, isPictureName, lackingRights } from "./asset-right.ts";
import { iconPlaces } from "./icon-place.ts";
import { writeFile } from "./import-plan.ts";
import { listFileRows, type PlanFileRow, setFileRights } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { listedBlocks, type OpenPlan, openPlan } from "./read-plan.ts";

/** 権利一覧: 原稿の画像の全部と、データから描く図。 */
export async function listAssets(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<Asset[]> {
  return openAssets(office, await openPlan(office, actor, planId));
}

/** 開いた計画の権利一覧（計画を開き直さない）。 */
export async function openAssets(office: Office, plan: OpenPlan): Promise<Asset[]> {
  const rows = await listFileRows(office.read, plan.key, plan.row.id);
  const today = dayOf(office.clock.officeNow(plan.row.contract_id));
  const used = usesOf(plan);
  return rows.flatMap((row): Asset[] => {
    const uses = used.get(row.name) ?? [];
    const kind = isPictureName(row.name) ? "picture" : "figure";
    if (kind === "figure" && uses.length === 0) return [];
    const right = rightOf(row);
    const own = uses.find(({ alt }) => alt !== "")?.alt ?? right.alt;
    const source = right.source || (uses.find((one) => one.source !== "")?.source ?? "");
    const full = { ...right, source };
    return [
      {
        ...{ name: row.name, kind, sha256: row.sha256, size: row.size, right: full, alt: own },
        uses: uses.map(({ block, label }) => ({ block, label })),
        lacks: lackingRights(kind, full, own, today),
      },
    ];
  });
}

function rightOf({ rights }: Pick<PlanFileRow, "rights">): AssetRight {
  try {
    return { ...blankRight, ...(rights ? (JSON.parse(rights) as Partial<AssetRight>) : {}) };
  } catch {
    return { ...blankRight, licence: rights };
  }
}

interface Use {
  block: string;
  label: string;
  alt: string;
  source: string;
}

/** ファイルの名 → 使っているところ。表紙の絵は、代わりの文の要らない飾りとして数える。 */
function usesOf(plan: OpenPlan): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  const put = (name: string, use: Use) => found.set(name, [...(found.get(name) ?? []), use]);
  const labels = new Map(listedBlocks(plan).map(({ id, number, heading }) => [id, number || heading]));
  for (const { id, content } of plan.blocks) {
    const label = labels.get(id) ?? id;
    if (content.kind === "photo" && content.src !== "")
      put(content.src, { block: id, label, alt: content.alt, source: "" });
    if (content.kind === "figure" && content.data !== "")
      put(content.data, { block: id, label, alt: content.alt, source: content.source });
  }
  const { cover, icons = {} } = themeOf({ meta: plan.meta }).theme;
  for (const { id, label } of iconPlaces(plan)) {
    const icon = Object.hasOwn(icons, id) ? icons[id] : undefined;
    if (icon) put(icon, { block: id, label, alt: "アイコン（飾り）", source: "" });
  }
  if (cover) put(cover, { block: "", label: "表紙", alt: "表紙の絵（飾り）", source: "" });
  return found;
}

/**
 * 権利を書く。ファイルを替えると、権利は空に戻る（別のものなので）。
 * @throws AppError NOT_FOUND、BAD_INPUT（期限の形）、FORBIDDEN
 */
export async function writeAssetRight(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  right: AssetRight,
): Promise<void> {
  refusePlanRole("write", actor);
  refuseExpiry(right);
  const { key } = await openPlan(office, actor, planId);
  await office.act(actor, async (tx) => {
    const row = (await listFileRows(tx, key, planId)).find((one) => one.name === name);
    if (!row || !(await setFileRights(tx, key, { ...row, rights: JSON.stringify(right) })))
      throw new AppError(
        "NOT_FOUND",
        "そのファイルは、いまの原稿にありません。権利の画面を開き直してください。",
      );
    await tx.record({
      kind: "plan.right-written",
      about: planId,
      payload: { file: row.id, sha256: row.sha256 },
    });
  });
}

function refuseExpiry({ expiry }: AssetRight): void {
  if (expiry === "" || isDay(expiry)) return;
  const faults: Fault[] = [
    { field: "expiry", message: "期限は「2030-03-31」の形で。期限がなければ空のまま。" },
  ];
  throw new AppError("BAD_INPUT", "権利に直すところがあります。", { faults });
}

/**
 * 写真・絵を一枚、原稿に入れる（images/ に置く。同じ名があれば替わり、前のものは前の版に残る）。
 * @throws AppError BAD_INPUT（大きすぎる、PNG・JPEG・SVG でない、描けない、名が使えない）、FORBIDDEN
 */
export async function addPicture(
  office: Office,
  actor: Actor,
  planId: string,
  file: { fileName: string; bytes: Uint8Array },
  right: AssetRight,
): Promise<{ name: string }> {
  refusePlanRole("write", actor);
  refuseExpiry(right);
  const name = pictureName(file.fileName);
  const fault = name.endsWith(".svg") ? iconFault(file.bytes) : pictureFault(file.bytes);
  if (fault !== "") {
    const message = `この画像${fault}原稿は何も変わっていません。`;
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
  }
  const { key } = await openPlan(office, actor, planId);
  const fileKey = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    await writeFile(tx, { plan: planId, key }, fileKey, name, file.bytes, { rights: JSON.stringify(right) });
    await tx.record({ kind: "plan.right-written", about: planId, payload: { file: fileKey.id } });
  });
  return { name };
}

function pictureName(fileName: string): string {
  const base = fileName
    .replace(/\.svg$/i, ".svg")
    .replace(/^.*[\\/]/, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "_");
  if (/\.(?:png|jpe?g|svg)$/i.test(base)) return `images/${base}`;
  const message =
    "PNG か JPEG の画像、アイコンは SVG も選べます（HEIC や TIFF は、写真の道具で JPEG に直せます）。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
}

/**
 * 公開するものに出る画像・図の権利が揃っているか。揃っていなければ REFUSED（どれの何が足りないか）。
 * only を言えば、その名のファイルだけを見る。
 */
export async function refuseMissingRights(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  only?: ReadonlySet<string>,
): Promise<void> {
  const lacking = (await listAssets(office, actor, planId)).filter(
    ({ name, uses, lacks }) => uses.length > 0 && lacks.length > 0 && (only === undefined || only.has(name)),
  );
  if (lacking.length === 0) return;
  const said = lacking.slice(0, 3).map(({ name, lacks }) => `「${name}」の${lacks.join("・")}`);
  throw new AppError(
    "REFUSED",
    `権利の揃っていない画像・図が${lacking.length}件あるので、公開する形では書き出せません（${said.join("、")}${lacking.length > 3 ? "ほか" : ""}）。「権利」の画面で書いてから、もう一度お試しください。`,
  );
}
