import { createHash } from "node:crypto";

/**
 * 選んだ講習会を、URL に載る短い印にする（一回を一ビット）。確かめ直しの画面を往復しても選び直さずに済む。
 * all は並びの決まった一覧の id。選びがなければ空。
 */
export function packPicks(picked: readonly string[], all: readonly string[]): string {
  const chosen = new Set(picked);
  const bits = Buffer.alloc(Math.ceil(all.length / 8));
  for (const [at, id] of all.entries())
    if (chosen.has(id)) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  return bits.some((byte) => byte !== 0) ? `${markOf(all)}.${bits.toString("base64url")}` : "";
}

/** 印から選びを戻す。その間に一覧が変わったか、形が違えば undefined（選び直してもらう）。 */
export function readPicks(text: string, all: readonly string[]): string[] | undefined {
  if (text === "") return [];
  const [mark, packed = ""] = text.split(".");
  const bits = Buffer.from(packed, "base64url");
  if (mark !== markOf(all) || bits.length !== Math.ceil(all.length / 8)) return undefined;
  return all.filter((_, at) => ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0);
}

/** 一覧そのものの印。 */
function markOf(all: readonly string[]): string {
  return createHash("sha256").update(all.join("|")).digest("base64url").slice(0, 8);
}
