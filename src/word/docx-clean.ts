import { childrenOf, localName, type XmlElement, xmlBytes } from "../office/xml-tree.ts";
import {
  type DocxPackage,
  partXml,
  relationKind,
  relationshipsOf,
  removePart,
  resolveTarget,
  writeRelationships,
} from "./docx-package.ts";

/** 設定から外すもの。差し込みの接続先、開くときに走る処理、編集の記録。 */
const droppedSettings = new Set([
  "w:mailMerge",
  "w:attachedTemplate",
  "w:linkStyles",
  "w:saveThroughXslt",
  "w:updateFields",
  "w:rsids",
  "w:trackRevisions",
  "w:docVars",
  "w:attachedSchema",
  "w:schemaLibrary",
  "w:documentProtection",
  "w:writeProtection",
  "w:revisionView",
]);
/** 作った人、会社、直前の中身の縮小図、差し込み先の控えなど、配るときに付いていってはならない部品。 */
const droppedKinds = new Set([
  "custom-properties",
  "thumbnail",
  "people",
  "comments",
  "commentsExtended",
  "commentsIds",
  "commentsExtensible",
  "recipientData",
  "mailMergeRecipients",
  "mailMergeSource",
  "mailMergeHeaderSource",
  "attachedTemplate",
  "transform",
  "printerSettings",
  "keyMapCustomizations",
  "attachedToolbars",
  "vbaProject",
  "wordVbaData",
]);

/**
 * ひな形に残る名前・場所・接続先を取り除く。メールマージの設定（開くと SQL の実行を尋ねられる）、
 * 外部への関係、文書の作成者・会社・独自のプロパティ、コメントが対象。差し込む前に一度だけ行う。
 */
export function cleanPackage(pkg: DocxPackage): { comments: boolean; externals: number } {
  const comments = relationshipsOf(pkg, pkg.mainPart).some((one) => relationKind(one) === "comments");
  dropRelated(pkg, "");
  dropRelated(pkg, pkg.mainPart);
  for (const relation of relationshipsOf(pkg, pkg.mainPart)) {
    if (relationKind(relation) === "settings" && !relation.external)
      cleanSettings(pkg, resolveTarget(pkg.mainPart, relation.target));
  }
  cleanProperties(pkg);
  return { comments, externals: externalCount(pkg) };
}

function dropRelated(pkg: DocxPackage, part: string): void {
  const relations = relationshipsOf(pkg, part);
  const kept = relations.filter((one) => !droppedKinds.has(relationKind(one)));
  if (kept.length === relations.length) return;
  for (const one of relations) {
    if (!kept.includes(one) && !one.external) removePart(pkg, resolveTarget(part, one.target));
  }
  writeRelationships(pkg, part, kept);
}

function cleanSettings(pkg: DocxPackage, part: string): void {
  const settings = partXml(pkg, part);
  if (!settings) return;
  const children = childrenOf(settings).filter((child) => !droppedSettings.has(child.name));
  pkg.parts.set(part, xmlBytes({ ...settings, children }));
  dropRelated(pkg, part);
  writeRelationships(
    pkg,
    part,
    relationshipsOf(pkg, part).filter((one) => !one.external),
  );
}

/** 中身に人や組織の名が入る項目。 */
const namedProperties = new Set([
  "creator",
  "lastModifiedBy",
  "lastPrinted",
  "title",
  "subject",
  "description",
  "keywords",
  "category",
  "contentStatus",
  "Company",
  "Manager",
  "Template",
  "HyperlinkBase",
  "HLinks",
  "TitlesOfParts",
  "HeadingPairs",
  "Pages",
  "Words",
  "Characters",
  "Lines",
  "Paragraphs",
  "CharactersWithSpaces",
  "TotalTime",
]);

function cleanProperties(pkg: DocxPackage): void {
  for (const relation of relationshipsOf(pkg, "")) {
    if (!/^(core|extended)-properties$/.test(relationKind(relation))) continue;
    const part = resolveTarget("", relation.target);
    const properties = partXml(pkg, part);
    if (!properties) continue;
    const children = childrenOf(properties).filter((child) => !namedProperties.has(localName(child)));
    pkg.parts.set(part, xmlBytes({ ...properties, children }));
  }
}

/** 外から取り込む関係（リンクの画像など）の数。ハイパーリンクは除く。 */
function externalCount(pkg: DocxPackage): number {
  let count = 0;
  for (const name of pkg.parts.keys()) {
    const found = /^(.*?)_rels\/([^/]+)\.rels$/.exec(name);
    if (!found) continue;
    const relations = relationshipsOf(pkg, `${found[1]}${found[2]}`);
    count += relations.filter((one) => one.external && relationKind(one) !== "hyperlink").length;
  }
  return count;
}

/** 文書の統計に残っているページ数（Word が最後に保存したときのもの）。 */
export function savedPageCount(pkg: DocxPackage): number | undefined {
  const relation = relationshipsOf(pkg, "").find((one) => relationKind(one) === "extended-properties");
  const properties = relation && partXml(pkg, resolveTarget("", relation.target));
  const pages: XmlElement | undefined =
    properties && childrenOf(properties).find((child) => localName(child) === "Pages");
  const text = pages?.children[0];
  const count = typeof text === "string" ? Number(text) : Number.NaN;
  return Number.isInteger(count) && count > 0 && count < 1000 ? count : undefined;
}
