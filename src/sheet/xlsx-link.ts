import { addPart, type Relationship, tree, type XlsxBook } from "./xlsx-book.ts";
import { attribute, childrenOf, newElement, setAttribute, sibling, type XmlElement } from "./xlsx-xml.ts";

export const TYPES = "[Content_Types].xml";

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** 部品の関係を書いた部品の名。"" はパッケージそのもの。 */
export function relationshipPath(path: string): string {
  const folder = folderOf(path);
  return path === "" ? "_rels/.rels" : `${folder}_rels/${path.slice(folder.length)}.rels`;
}

/** 相対の行き先を部品の名にする。大文字と小文字の違いは実在する部品に合わせる。 */
function resolve(book: XlsxBook, from: string, target: string): string {
  const steps = target.startsWith("/")
    ? []
    : folderOf(from)
        .split("/")
        .filter((step) => step !== "");
  for (const step of decodeTarget(target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  const path = steps.join("/");
  return book.parts.has(path) ? path : (book.index.get(path.toLowerCase()) ?? path);
}

function decodeTarget(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** 部品が指しているもの。 */
export function relationshipsOf(book: XlsxBook, path: string): Relationship[] {
  const known = book.links.get(path);
  if (known) return known;
  const rels = relationshipPath(path);
  const links = book.parts.has(rels)
    ? childrenOf(tree(book, rels).root, "Relationship").map((element) => readLink(book, path, element))
    : [];
  book.links.set(path, links);
  return links;
}

function readLink(book: XlsxBook, path: string, element: XmlElement): Relationship {
  const type = attribute(element, "Type") ?? "";
  const target = attribute(element, "Target") ?? "";
  const external = attribute(element, "TargetMode") === "External";
  const kind = type.slice(type.lastIndexOf("/") + 1);
  const part = external ? target : resolve(book, path, target);
  // 「#シート!A1」のように部品でない行き先は、書かれていたとおりに扱う。
  return {
    id: attribute(element, "Id") ?? "",
    kind,
    type,
    target: book.parts.has(part) ? part : target,
    external,
  };
}

const RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml";
const EMPTY_RELS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

/** 関係を足して、その id を返す。 */
export function addRelationship(book: XlsxBook, path: string, type: string, target: string): string {
  const links = relationshipsOf(book, path);
  const taken = new Set(links.map((link) => link.id));
  let number = taken.size + 1;
  while (taken.has(`rId${number}`)) number++;
  addLink(book, path, {
    id: `rId${number}`,
    kind: type.slice(type.lastIndexOf("/") + 1),
    type,
    target,
    external: false,
  });
  return `rId${number}`;
}

/** 関係を、id も決めて足す。 */
export function addLink(book: XlsxBook, path: string, link: Relationship): void {
  const rels = relationshipPath(path);
  if (!book.parts.has(rels)) {
    addPart(book, rels, new TextEncoder().encode(EMPTY_RELS));
    if (contentTypeOf(book, rels) !== RELS_TYPE) setContentType(book, rels, RELS_TYPE);
  }
  const root = tree(book, rels).root;
  const attributes = {
    Id: link.id,
    Type: link.type,
    Target: link.external || !book.parts.has(link.target) ? link.target : `/${link.target}`,
  };
  root.children.push(
    newElement(
      sibling(root, "Relationship"),
      link.external ? { ...attributes, TargetMode: "External" } : attributes,
    ),
  );
  const links = book.links.get(path);
  if (links) links.push(link);
  else book.links.set(path, [link]);
}

/** 部品の種類（Override、なければ拡張子の Default）。 */
export function contentTypeOf(book: XlsxBook, path: string): string | undefined {
  const own = book.types.get(path.toLowerCase());
  if (own) return attribute(own, "ContentType");
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const general = childrenOf(tree(book, TYPES).root, "Default").find(
    (element) => attribute(element, "Extension")?.toLowerCase() === extension,
  );
  return general && attribute(general, "ContentType");
}

/** 部品の種類を Override で定める。 */
export function setContentType(book: XlsxBook, path: string, type: string): void {
  const own = book.types.get(path.toLowerCase());
  if (own) {
    setAttribute(own, "ContentType", type);
    return;
  }
  const root = tree(book, TYPES).root;
  const element = newElement(sibling(root, "Override"), { PartName: `/${path}`, ContentType: type });
  root.children.push(element);
  book.types.set(path.toLowerCase(), element);
}

/** 部品を、owner からの関係と種類ごと消す。 */
export function removePart(book: XlsxBook, owner: string, path: string): void {
  book.parts.delete(path);
  book.trees.delete(path);
  book.index.delete(path.toLowerCase());
  const drop = (root: XmlElement, gone: (element: XmlElement) => boolean) => {
    root.children = root.children.filter((node) => typeof node === "string" || !gone(node));
  };
  const type = book.types.get(path.toLowerCase());
  book.types.delete(path.toLowerCase());
  drop(tree(book, TYPES).root, (element) => element === type);
  const links = relationshipsOf(book, owner);
  const ids = new Set(links.filter((link) => !link.external && link.target === path).map((link) => link.id));
  book.links.set(
    owner,
    links.filter((link) => !ids.has(link.id)),
  );
  if (ids.size > 0)
    drop(tree(book, relationshipPath(owner)).root, (element) => ids.has(attribute(element, "Id") ?? ""));
}
