import type { Route } from "../platform/route.ts";
import type { SignedIn } from "./signed-in.ts";

/** 見つかった値の居場所。値そのものは言わない。 */
export interface MaskFinding {
  route: string;
  /** text=画面か JSON の中、head=題・見出し・ファイル名、link=リンクの中。 */
  where: "text" | "head" | "link";
  kind: string;
}

export interface MaskAudit {
  pages: number;
  routes: Set<string>;
  findings: Map<string, MaskFinding>;
}

const KEY = 4;

/** 伏せていなければならない値の集まり。書き方の違い（空白、ハイフン）を畳んで探す。 */
export class Secrets {
  readonly #byHead = new Map<string, { value: string; kind: string }[]>();
  /** kind は「氏名」など。四字に満たない値は、ほかの語と見分けられないので入れない。 */
  add(kind: string, text: string): void {
    const value = flat(text);
    if (value.length < KEY) return;
    const head = value.slice(0, KEY);
    const known = this.#byHead.get(head) ?? [];
    if (!known.some((one) => one.value === value)) known.push({ value, kind });
    this.#byHead.set(head, known);
  }
  /** text の中にある値の種類。 */
  kindsIn(text: string): Set<string> {
    const hay = flat(text);
    const found = new Set<string>();
    for (let at = 0; at + KEY <= hay.length; at += 1)
      for (const { value, kind } of this.#byHead.get(hay.slice(at, at + KEY)) ?? [])
        if (hay.startsWith(value, at)) found.add(kind);
    return found;
  }
}

function flat(text: string): string {
  return text.normalize("NFKC").replace(/[\s\-‐－ー]/gu, "");
}

/** 一つの道につき開いてみる id の数。 */
const EACH = 1;

/**
 * 一人として、開けるページと JSON を、一覧からたどれる id で歩き、伏せていない値を探す。
 * shown は、見せてよいと決めた道（手で書いた表）。題・リンク・ファイル名には、その道でも出てはならない。
 */
export async function walkPages(
  who: SignedIn,
  routes: readonly Route[],
  mayOpen: (route: Route) => boolean,
  secrets: Secrets,
  audit: MaskAudit,
): Promise<void> {
  const open = routes.filter((route) => route.method === "GET" && mayOpen(route));
  const waiting = open.filter(({ path }) => !path.includes(":")).map(({ path }) => path);
  const tried = new Map<string, number>();
  const done = new Set<string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf(open, path);
    if (!route || done.has(path)) continue;
    const times = tried.get(route.id) ?? 0;
    if (route.path.includes(":") && times >= EACH) continue;
    tried.set(route.id, times + 1);
    done.add(path);
    const response = await who.get(path);
    const type = response.headers.get("content-type") ?? "";
    const isText = /text\/html|json/.test(type);
    const text = isText ? await response.text() : "";
    audit.pages += 1;
    audit.routes.add(route.id);
    note(audit, route.id, "text", secrets.kindsIn(visible(text)));
    note(audit, route.id, "head", secrets.kindsIn(headOf(response, text)));
    const links = linksIn(text);
    note(audit, route.id, "link", secrets.kindsIn(links.map(decoded).join("\n")));
    for (const link of [...links, ...apiTwins(links)]) {
      const plain = link.split(/[?#]/)[0] ?? "";
      if (plain.startsWith("/") && !done.has(plain)) waiting.push(plain);
    }
  }
}

function routeOf(routes: readonly Route[], path: string): Route | undefined {
  const parts = path.split("/");
  const fits = routes.filter((route) => {
    const own = route.path.split("/");
    return own.length === parts.length && own.every((part, at) => part.startsWith(":") || part === parts[at]);
  });
  return fits.sort((a, b) => colons(a.path) - colons(b.path))[0];
}

function colons(path: string): number {
  return path.split("/:").length;
}

function note(audit: MaskAudit, route: string, where: MaskFinding["where"], kinds: Set<string>): void {
  for (const kind of kinds) audit.findings.set(`${route} ${where} ${kind}`, { route, where, kind });
}

/** 画面の文字。様式や島に渡す値（data-、value）も含めて見る。 */
function visible(text: string): string {
  return text
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, " ")
    .replace(/<\/?(?:b|span|wbr|small|ruby|rt)(?:\s[^>]*)?>/g, "")
    .replace(/&quot;/g, '"')
    .replace(
      /<[^>]*>/g,
      (tag) =>
        ` ${[...tag.matchAll(/(?:value|content|data-[\w-]+|title|aria-label)="([^"]*)"/g)].map(([, v]) => v).join(" ")} `,
    );
}

function headOf(response: Response, text: string): string {
  const title = /<title>([^<]*)/.exec(text)?.[1] ?? "";
  return [
    title,
    decoded(response.headers.get("content-disposition") ?? ""),
    response.headers.get("location") ?? "",
  ].join("\n");
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/(?:href|action|src)="([^"]+)"/g)].map(([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
}

/** 画面の「/x/id」に当たる JSON の「/api/x/id」。 */
function apiTwins(links: readonly string[]): string[] {
  return links
    .filter((link) => link.startsWith("/") && !link.startsWith("/api/"))
    .map((link) => `/api${link}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
