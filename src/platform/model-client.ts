import { AppError } from "../base/error.ts";

/** 手元のモデルの口（OpenAI の形の /v1/chat/completions）。 */
export interface ModelEndpoint {
  /** 「http://127.0.0.1:8080/v1」のような、/chat/completions の手前まで。 */
  url: string;
  /** モデルの名。 */
  model: string;
  /** この機械の外の口を、許しを得て使う。 */
  remote: boolean;
}

/** モデルにたずねること。 */
export interface ModelAsk {
  system: string;
  user: string;
  temperature: number;
  /** 返事の長さの上限（モデルの語）。省けば、モデルに任せる。 */
  tokens?: number;
  /** 返事を待つ長さ（ミリ秒）と、読む大きさ（バイト）の上限。 */
  waitMs: number;
  maxBytes: number;
}

/**
 * 口を確かめる。この機械の中（localhost、127.0.0.0/8、::1）だけ。外の口は、remote のときだけ。
 * @throws AppError BAD_INPUT（読めない番地、外の口、番地の中の合言葉）
 */
export function checkEndpoint({ url, remote }: ModelEndpoint): URL {
  const fault = (message: string) =>
    new AppError("BAD_INPUT", message, { faults: [{ field: "url", message }] });
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol))
    throw fault("番地は「http://127.0.0.1:8080/v1」のように書いてください。");
  if (address.username !== "" || address.password !== "" || address.search !== "" || address.hash !== "")
    throw fault("番地に、合言葉や「?」のあとは書けません。");
  if (!isLoopback(address.hostname) && !remote)
    throw fault(
      "この機械の外の口は使えません。意見の文を外に送ってよいと市が認めたときだけ、そう書いてください。",
    );
  return address;
}

/** この機械の中の名か。名の引きかたで変わりうるもの（localhost.example.jp など）は、中と見ない。 */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * 一度たずねて、返事の文を受け取る。転送（リダイレクト）には従わない。
 * 番地を使ってよいかと、送る文の個人情報を伏せることは、呼ぶ側が先に済ませる（室ごとに決まりが違う）。
 * @throws AppError UNAVAILABLE（つながらない、遅い、大きすぎる、返事の形が違う）
 */
export async function askModel(
  { url, model }: Pick<ModelEndpoint, "url" | "model">,
  ask: ModelAsk,
): Promise<string> {
  const base = new URL(url);
  const address = new URL(`${base.pathname.replace(/\/+$/, "")}/chat/completions`, base);
  const body = JSON.stringify({
    ...{ model, temperature: ask.temperature, max_tokens: ask.tokens, stream: false },
    messages: [
      { role: "system", content: ask.system },
      { role: "user", content: ask.user },
    ],
  });
  try {
    const response = await fetch(address, {
      ...{ method: "POST", body, redirect: "error", signal: AbortSignal.timeout(ask.waitMs) },
      headers: { "content-type": "application/json" },
    });
    if (!response.ok) throw unavailable(`手元のモデルが断りました（${response.status}）。`);
    return contentOf(await readText(response, ask.maxBytes));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unavailable("手元のモデルにつながらないか、返事に時間がかかりすぎました。");
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw unavailable("手元のモデルの返事が長すぎます。");
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** 返事の文。考えの途中（<think>）は除く。 */
function contentOf(text: string): string {
  let found: unknown;
  try {
    const { choices } = JSON.parse(text) as { choices?: { message?: { content?: unknown } }[] };
    found = choices?.[0]?.message?.content;
  } catch {
    found = undefined;
  }
  if (typeof found !== "string") throw unavailable("手元のモデルの返事が、決まった形ではありません。");
  return found.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, "").trim();
}

function unavailable(what: string): AppError {
  return new AppError(
    "UNAVAILABLE",
    `${what}下書きは作っていません。口の設定を確かめるか、ご自分で書いてください。`,
  );
}
