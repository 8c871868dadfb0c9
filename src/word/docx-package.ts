import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childrenOf,
  localName,
  parseXml,
  setAttribute,
  type XmlElement,
  xmlBytes,
} from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";

/** 開いた Word 文書。parts は部品の名前（先頭の / なし）→ 中身。 */
export interface DocxPackage {
  parts: Map<string, Uint8Array>;
  mainPart: string;
  contentTypes: XmlElement;
}

export interface Relationship {
  id: string;
  /** 種類の全体（URI）。末尾だけ見るときは relationKind を使う。 */
  type: string;
  target: string;
  external: boolean;
}

const contentTypesPart = "[Content_Types].xml";
const packageNs = "http://schemas.openxmlformats.org/package/2006";
const documentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/**
 * .docx（.dotx も可）を開く。
 * @throws AppError BAD_INPUT（Word 文書でない、古い .doc、パスワード、マクロ付き、壊れている）、TOO_LARGE
 */
export function openDocx(bytes: Uint8Array): DocxPackage {
  refuseOtherFormats(bytes);
  const parts = openZip(bytes);
  const contentTypes = readPart(parts, contentTypesPart);
  const pkg: DocxPackage = { parts, mainPart: "", contentTypes };
  const main = relationshipsOf(pkg, "").find((one) => relationKind(one) === "officeDocument");
  const mainPart = main ? resolveTarget("", main.target) : "";
  if (!parts.has(mainPart)) throw notWord();
  pkg.mainPart = mainPart;
  refuseOtherKinds(pkg);
  return pkg;
}

function refuseOtherFormats(bytes: Uint8Array): void {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith("\xd0\xcf\x11\xe0")) {
    // 暗号化した docx も古い .doc も同じ入れ物（OLE）に入っている。中の名前で見分ける。
    const encrypted = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw new AppError(
      "BAD_INPUT",
      encrypted
        ? "ひな形にパスワードがかかっているため開けません。Word でパスワードを解除して保存し直してください。"
        : "ひな形が古い Word 形式（.doc）です。Word で「名前を付けて保存」から「Word 文書 (.docx)」を選んで保存し直してください。",
    );
  }
  if (head.startsWith("PK")) return;
  const other = head.startsWith("%PDF")
    ? "PDF"
    : head.startsWith("{\\rtf")
      ? "リッチテキスト（.rtf）"
      : undefined;
  if (!other) throw notWord();
  throw new AppError(
    "BAD_INPUT",
    `ひな形が ${other} です。Word で開き、「Word 文書 (.docx)」として保存したものをお使いください。`,
  );
}

function refuseOtherKinds(pkg: DocxPackage): void {
  const type = contentTypeOf(pkg, pkg.mainPart) ?? "";
  if (/macroEnabled/i.test(type) || [...pkg.parts.keys()].some((name) => /vbaProject\.bin$/i.test(name))) {
    throw new AppError(
      "BAD_INPUT",
      "マクロを含む Word 文書（.docm）は、安全のため使えません。Word で「Word 文書 (.docx)」として保存し直してください。",
    );
  }
  if (/spreadsheetml|presentationml/.test(type)) throw notWord();
  // .dotx はそのままではテンプレートとして開かれてしまうので、文書として保存する。
  if (/template\.main\+xml$/.test(type)) setContentType(pkg, pkg.mainPart, documentType);
}

function notWord(): AppError {
  return new AppError(
    "BAD_INPUT",
    "ひな形が Word 文書（.docx）ではありません。Word で作ったファイルを選び直してください。",
  );
}

function readPart(parts: Map<string, Uint8Array>, name: string): XmlElement {
  const bytes = parts.get(name);
  if (!bytes) throw notWord();
  return parseXml(bytes);
}

/** 部品を XML の木として読む。無ければ undefined。 */
export function partXml(pkg: DocxPackage, part: string): XmlElement | undefined {
  const bytes = pkg.parts.get(part);
  return bytes ? parseXml(bytes) : undefined;
}

export function relationKind(relation: Relationship): string {
  return relation.type.slice(relation.type.lastIndexOf("/") + 1);
}

/** 部品から出る関係を書いた部品の名前。 */
export function relsPartOf(part: string): string {
  const slash = part.lastIndexOf("/");
  return `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
}

/** 部品から出ている関係。part が "" なら文書全体のもの。 */
export function relationshipsOf(pkg: DocxPackage, part: string): Relationship[] {
  const bytes = pkg.parts.get(relsPartOf(part));
  if (!bytes) return [];
  return childrenOf(parseXml(bytes)).map((one) => ({
    id: attributeOf(one, "Id") ?? "",
    type: attributeOf(one, "Type") ?? "",
    target: attributeOf(one, "Target") ?? "",
    external: attributeOf(one, "TargetMode") === "External",
  }));
}

export function writeRelationships(pkg: DocxPackage, part: string, relations: Relationship[]): void {
  if (relations.length === 0) {
    pkg.parts.delete(relsPartOf(part));
    return;
  }
  const root: XmlElement = {
    name: "Relationships",
    attrs: [["xmlns", `${packageNs}/relationships`]],
    children: [],
  };
  for (const one of relations) {
    const element: XmlElement = { name: "Relationship", attrs: [], children: [] };
    setAttribute(element, "Id", one.id);
    setAttribute(element, "Type", one.type);
    setAttribute(element, "Target", one.target);
    if (one.external) setAttribute(element, "TargetMode", "External");
    root.children.push(element);
  }
  pkg.parts.set(relsPartOf(part), xmlBytes(root));
}

/** 関係の宛先（相対でも / 始まりでも）を部品の名前にする。 */
export function resolveTarget(part: string, target: string): string {
  const path = target.startsWith("/") ? target : `${part.slice(0, part.lastIndexOf("/") + 1)}${target}`;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name && name !== ".") names.push(name);
  }
  return names.join("/");
}

export function contentTypeOf(pkg: DocxPackage, part: string): string | undefined {
  const entries = childrenOf(pkg.contentTypes);
  const override = entries.find(
    (one) =>
      localName(one) === "Override" &&
      attributeOf(one, "PartName")?.toLowerCase() === `/${part}`.toLowerCase(),
  );
  const extension = part.slice(part.lastIndexOf(".") + 1).toLowerCase();
  const found =
    override ??
    entries.find(
      (one) => localName(one) === "Default" && attributeOf(one, "Extension")?.toLowerCase() === extension,
    );
  return found && attributeOf(found, "ContentType");
}

export function setContentType(pkg: DocxPackage, part: string, type: string): void {
  dropContentType(pkg, part);
  addContentType(pkg, part, type);
}

/** 新しい名前の部品の種類を足す（同じ名前がないと分かっているとき。何千回でも速い）。 */
export function addContentType(pkg: DocxPackage, part: string, type: string): void {
  const element: XmlElement = { name: "Override", attrs: [], children: [] };
  setAttribute(element, "PartName", `/${part}`);
  setAttribute(element, "ContentType", type);
  pkg.contentTypes.children.push(element);
}

function dropContentType(pkg: DocxPackage, part: string): void {
  pkg.contentTypes.children = pkg.contentTypes.children.filter(
    (one) =>
      typeof one === "string" || attributeOf(one, "PartName")?.toLowerCase() !== `/${part}`.toLowerCase(),
  );
}

/** 部品と、その種類の宣言と、そこから出る関係を消す。ほかの部品から指す関係は呼ぶ側が消す。 */
export function removePart(pkg: DocxPackage, part: string): void {
  pkg.parts.delete(part);
  pkg.parts.delete(relsPartOf(part));
  dropContentType(pkg, part);
}

/** 元を変えずに書き換えるための写し。中身のバイト列は共有する。 */
export function copyPackage(pkg: DocxPackage): DocxPackage {
  return {
    parts: new Map(pkg.parts),
    mainPart: pkg.mainPart,
    contentTypes: { ...pkg.contentTypes, children: [...pkg.contentTypes.children] },
  };
}

/** .docx のバイト列にする。種類の宣言は先頭に置く（先頭しか見ない読み手がある）。 */
export function saveDocx(pkg: DocxPackage): Uint8Array {
  const ordered = new Map<string, Uint8Array>([[contentTypesPart, xmlBytes(pkg.contentTypes)]]);
  for (const [name, bytes] of pkg.parts) if (name !== contentTypesPart) ordered.set(name, bytes);
  return writeZip(ordered);
}
