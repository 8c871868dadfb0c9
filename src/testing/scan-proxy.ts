import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { routes } from "../main/routes.ts";
import type { Route } from "../platform/route.ts";
import type { DemoServer } from "./demo-server.ts";
import { type DemoVisit, visitDemo } from "./visit-demo.ts";

/** 調べる道具と事務所の間に立ち、着席と合い札を添え、退席や自分の登録の道は通さない。 */
export interface ScanProxy {
  url: string;
  /** 道ごとの要求の数。 */
  seen: Map<string, number>;
  /** 事務所が自分で失敗した（500 番台）道。できないと断る 503 は数えない。 */
  broken: Map<string, number>;
  /** 道ごとに、答えを待った時間の合計（ミリ秒）。道具が終わらないとき、どの道が遅いかを知る。 */
  spent: Map<string, number>;
  close(): Promise<void>;
}

/** 退席・着席・自分の登録・従業者の登録（調べている人を締め出す道）。 */
const closed = /^\/(sign-|locked|unlock|welcome|step-up|me\b|accounts|contracts|api\/accounts)/;
const CATALOG = "/scan-catalog";

/** 問い合わせの欄を持つ道と、その欄の名（route は欄を宣言しないので、ここに書く）。 */
const asked: Readonly<Record<string, readonly string[]>> = {
  "/": ["when", "day"],
  "/accounts": ["q"],
  "/api/calls": ["from", "to"],
  "/api/contract/obligations": ["day", "all"],
  "/api/deliverables": ["group"],
  "/api/faq": ["q"],
  "/api/complaints": ["group"],
  "/api/inquiries": ["from", "to"],
  "/api/privacy/access": ["day"],
  "/api/rights": ["word", "deliverable"],
  "/audit": ["seed", "count"],
  "/batches": ["state", "page"],
  "/calls": ["what", "from", "to", "page"],
  "/classes": ["term", "ward", "course", "state"],
  "/contract": ["state", "month", "by"],
  "/deliverables": ["group"],
  "/desk": ["ward", "period", "course"],
  "/environment": ["month", "draw"],
  "/filings": ["kind", "about", "clause"],
  "/filings/new": ["form", "obligation"],
  "/lists": ["term", "pick", "purpose", "cancelled"],
  "/privacy": ["group"],
  "/privacy/access": ["day"],
  "/rates": ["term"],
  "/reports": ["kind", "term", "to"],
  "/returns": ["reason", "on"],
  "/staff": ["day"],
  "/tasks": ["closed", "about"],
  "/comments/answers": ["status", "state", "q"],
  "/comments/letters": ["q", "channel", "state", "page", "view"],
  "/comments/map": ["by", "row", "column"],
  "/council/actions": ["meeting", "line", "edit"],
  "/council/rooms": ["edit"],
  "/disclosures": ["word"],
  "/research": ["kind", "q"],
  "/waits": ["reach"],
  "/workplan": ["zoom", "against", "behind"],
};

/** だれとして着席し、どの業務の、どの道を一覧に並べるか。 */
export interface ScanSeat {
  number: string;
  contract: string;
  routes: readonly Route[];
}

/** 確かめ直しは五分で切れる。その前に着席し直し、書き出しや消去の道の奥まで届かせる。 */
const SEAT_MS = 4 * 60_000;

/** 調べてよい道（調べている人を締め出さないもの）。 */
export function isOpen({ path }: Route): boolean {
  return !closed.test(path);
}

/** その人として着席し、通り道を開く。一覧に並べるのは、その人に渡した道だけ。 */
export async function openScanProxy(server: DemoServer, seat: ScanSeat): Promise<ScanProxy> {
  let [visit, since] = [await seated(server, seat), performance.now()];
  let moving: Promise<void> | undefined;
  const again = async (): Promise<void> => {
    moving ??= seated(server, seat).then((next) => {
      [visit, since, moving] = [next, performance.now(), undefined];
    });
    await moving;
  };
  const ids = await harvest(visit);
  const [seen, broken, spent] = [0, 1, 2].map(() => new Map<string, number>()) as [
    ScanProxy["seen"],
    ScanProxy["broken"],
    ScanProxy["spent"],
  ];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? "/";
    const path = url.split("?")[0] ?? "/";
    if (path === CATALOG)
      return answer(response, 200, catalogHtml(seat.routes, ids), {
        "content-type": "text/html; charset=utf-8",
      });
    if (closed.test(path)) return answer(response, 404, "", {});
    const route = routes.find((one) => one.method === request.method && patternOf(one).test(path));
    if (performance.now() - since > SEAT_MS) await again();
    const asked = performance.now();
    const sent = await sendOn(server.url, url, request, route, visit);
    if (sent.headers.get("location")?.startsWith("/sign-in")) await again();
    count(seen, route?.id ?? "none");
    if (sent.status >= 500 && sent.status !== 503) count(broken, `${request.method} ${route?.path ?? path}`);
    const headers = Object.fromEntries(
      [...sent.headers].filter(([name]) => !/^(content-(length|encoding)|set-cookie|transfer)/.test(name)),
    );
    answer(response, sent.status, readable(sent, Buffer.from(await sent.arrayBuffer())), headers);
    count(spent, `${request.method} ${route?.path ?? "none"}`, Math.round(performance.now() - asked));
  };
  const listening = createServer((request, response) => {
    pass(request, response).catch(() => answer(response, 502, "", {}));
  });
  await new Promise<void>((open) => listening.listen(0, "127.0.0.1", open));
  const { port } = listening.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${CATALOG}`,
    ...{ seen, broken, spent },
    close: () => new Promise((done) => listening.close(() => done())),
  };
}

async function seated(server: DemoServer, { number, contract }: ScanSeat): Promise<DemoVisit> {
  const visit = await visitDemo(server, number);
  await fetch(new URL(`/contracts/${contract}`, server.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: visit.cookie, "x-csrf-token": visit.csrf },
  });
  return visit;
}

function count(of: Map<string, number>, key: string, by = 1): void {
  of.set(key, (of.get(key) ?? 0) + by);
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Record<string, string>,
): void {
  response.writeHead(status, headers);
  response.end(body);
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
}

/**
 * 道具に見せる中身。字の中身はそのまま。ZIP や Office の中身は作るたびに違い、道具は字の並びとして比べ続けて終わらない（sqlmap は
 * 340 KB の証拠一式を、二乗の手間で比べていた）ので、種類と長さだけにする。
 */
function readable(sent: Response, body: Buffer): Buffer | string {
  const type = sent.headers.get("content-type") ?? "";
  return /^text\/|json|xml$|svg/.test(type) || body.length === 0 ? body : `${type} ${body.length}`;
}

/** フォームで来た api への要求は JSON にし、合い札を添えて渡す。 */
async function sendOn(
  base: string,
  url: string,
  request: IncomingMessage,
  route: Route | undefined,
  visit: DemoVisit,
): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = String(request.headers["content-type"] ?? "");
  const isForm = route?.kind === "api" && type.startsWith("application/x-www-form-urlencoded");
  const body = isForm ? jsonOf(raw.toString("utf8"), route) : raw;
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  return fetch(new URL(url, base), {
    method: request.method ?? "GET",
    redirect: "manual",
    headers: {
      ...{
        cookie: visit.cookie,
        "x-csrf-token": visit.csrf,
        accept: String(request.headers.accept ?? "text/html"),
      },
      ...(type === "" ? {} : { "content-type": isForm ? "application/json" : type }),
    },
    ...(hasBody ? { body } : {}),
  });
}

function jsonOf(form: string, route: Route): string {
  const shape = propertiesOf(route);
  const told: Record<string, unknown> = {};
  for (const [name, text] of new URLSearchParams(form)) {
    const { type } = shape[name] ?? {};
    const number = (type === "integer" || type === "number") && /^-?\d+$/.test(text);
    told[name] = number ? Number(text) : type === "boolean" ? text === "true" : structured(text);
  }
  return JSON.stringify(told);
}

/** 並びと組は JSON の字で来る。壊れていれば、字のまま渡す。 */
function structured(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Property {
  type?: string;
  enum?: readonly string[];
}

function propertiesOf({ input }: Route): Record<string, Property> {
  if (!input) return {};
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return (schema.properties ?? {}) as Record<string, Property>;
}

/** 一覧の画面から、道ごとの本物の id を集める（「bookings」の次の字）。 */
async function harvest(visit: DemoVisit): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { path } of routes.filter(
    (one) => one.method === "GET" && one.kind === "page" && !one.path.includes(":"),
  )) {
    const html = await (await visit.get(path)).text();
    for (const [, href = ""] of html.matchAll(/(?:href|action)="(\/[^"?#]+)/g)) {
      const parts = href.split("/").filter(Boolean);
      for (const [at, part] of parts.entries()) {
        const next = parts[at + 1];
        if (next !== undefined && /\d/.test(next) && !ids.has(part)) ids.set(part, next);
      }
    }
  }
  return ids;
}

function filled(path: string, ids: ReadonlyMap<string, string>): string {
  const parts = path.split("/");
  return parts
    .map((part, at) => (part.startsWith(":") ? (ids.get(parts[at - 1] ?? "") ?? "x1") : part))
    .join("/");
}

/** 道の一覧を、道具が読めるリンクとフォームにする。 */
function catalogHtml(mine: readonly Route[], ids: ReadonlyMap<string, string>): string {
  const open = mine.filter(isOpen);
  const paths = new Set(open.map(({ path }) => path));
  const links = open
    .filter((route) => route.method === "GET")
    .map((route) => `<a href="${filled(route.path, ids)}">${route.id}</a>`);
  const queries = Object.entries(asked)
    .filter(([path]) => paths.has(path))
    .map(
      ([path, names]) =>
        `<form method="get" action="${path}">${names.map((name) => `<input name="${name}" value="1">`).join("")}</form>`,
    );
  const forms = open
    .filter((route) => route.method === "POST" && route.kind === "api")
    .map((route) => {
      const inputs = Object.entries(propertiesOf(route)).map(
        ([name, one]) => `<input name="${name}" value="${sampleOf(one)}">`,
      );
      return `<form method="post" action="${filled(route.path, ids)}">${inputs.join("")}</form>`;
    });
  return `<!doctype html><title>scan</title>${[...links, ...queries, ...forms].join("\n")}`;
}

function sampleOf({ type, enum: choices }: Property): string {
  if (choices?.[0] !== undefined) return choices[0];
  if (type === "integer" || type === "number") return "1";
  if (type === "boolean") return "true";
  return type === "array" ? "[]" : type === "object" ? "{}" : "検査";
}
