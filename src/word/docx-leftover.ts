import { AppError } from "../base/error.ts";
import {
  type DocxPackage,
  relationKind,
  relationshipsOf,
  removePart,
  resolveTarget,
  writeRelationships,
} from "./docx-package.ts";
import type { Inventory } from "./merge-inventory.ts";

/** 差し込めなかったもの、外へつながるものを知らせる。 */
export function noteLeftovers(
  pkg: DocxPackage,
  inventory: Inventory,
  cleaned: { comments: boolean; externals: number },
): void {
  if (cleaned.comments) inventory.warnings.add("ひな形のコメントは除いて差し込みます。");
  if (cleaned.externals > 0) {
    inventory.warnings.add(
      "ひな形が別のファイル（リンクの画像など）を参照しています。渡した先では表示されないことがあるので、Word で文書に埋め込んでください。",
    );
  }
  for (const relation of relationshipsOf(pkg, pkg.mainPart)) {
    const kind = relationKind(relation);
    if (kind === "aFChunk")
      inventory.warnings.add(
        "ひな形に別の文書の取り込み（altChunk）があります。その中の差し込みは行いません。",
      );
    if (kind === "glossaryDocument" && !relation.external)
      dropGlossary(pkg, resolveTarget(pkg.mainPart, relation.target));
  }
  for (const type of inventory.unsupported.keys()) {
    const instead = /^(ADDRESSBLOCK|GREETINGLINE)$/.test(type)
      ? "MERGEFIELD（郵便番号、住所、氏名など）を一つずつ"
      : "文字か MERGEFIELD を";
    inventory.warnings.add(
      `${type} フィールドは差し込めないため、その場所は空になるか前回の表示のままになります。Word で${instead}入れてください。`,
    );
  }
  for (const [name, bytes] of pkg.parts) {
    if (!/\/(charts|diagrams)\/[^/]+\.xml$/.test(name)) continue;
    if (/«[^»<]+»|\{[^{}<]*\p{L}[^{}<]*\}/u.test(new TextDecoder().decode(bytes))) {
      inventory.warnings.add(
        "グラフか SmartArt の中の文字には差し込めません。テキストボックスに書き直してください。",
      );
    }
  }
}

/** 定型文の部品に差し込みフィールドが残っていると、配った文書に元の項目名が残る。 */
function dropGlossary(pkg: DocxPackage, part: string): void {
  const bytes = pkg.parts.get(part);
  if (!bytes || !new TextDecoder().decode(bytes).includes("MERGEFIELD")) return;
  for (const name of [...pkg.parts.keys()])
    if (name.startsWith(part.slice(0, part.lastIndexOf("/") + 1))) removePart(pkg, name);
  writeRelationships(
    pkg,
    pkg.mainPart,
    relationshipsOf(pkg, pkg.mainPart).filter((one) => relationKind(one) !== "glossaryDocument"),
  );
}

/**
 * 差し込み項目が一つもないひな形を断る。
 * @throws AppError BAD_INPUT
 */
export function refuseEmpty(inventory: Inventory): void {
  if (inventory.fields.size > 0) return;
  const hints = [...inventory.warnings].join(" ");
  throw new AppError(
    "BAD_INPUT",
    `ひな形に差し込み項目が一つもありません。Word の「差し込み文書」で差し込みフィールドを入れるか、{氏名} のように波括弧で項目名を書いてください。${hints}`,
  );
}
