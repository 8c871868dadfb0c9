import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page, type Request } from "playwright-core";

/** 外へ話しかけず、root でも動く Chromium の引数。利用者のフォルダーは playwright が毎回新しく作って消す。 */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--disable-features=Translate,OptimizationHints,MediaRouter",
];

/** Debian の Chromium を起こす。機械になければ、入れるものを一文で言って失敗する。 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: flags });
}

function chromiumPath(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  const found = folders
    .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
    .find(isProgram);
  if (!found) throw new Error("Chromium がありません。Debian では apt-get install chromium で入ります。");
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface VisitOptions {
  /** "http://127.0.0.1:8080" のような、見るサーバー。 */
  baseURL: string;
  /** 省けば 1280×720。 */
  viewport?: { width: number; height: number };
  /** 高いコントラスト（prefers-contrast: more）で見る。 */
  contrast?: "more";
  /** 自己署名の証明書を受け入れる。 */
  ignoreHTTPSErrors?: boolean;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** ここまでに起きた、方針違反・エラー・外への通信・壊れた部品。なければ空。 */
  faults(): string[];
  /** 何か起きていれば、その一覧で失敗し、窓を閉じる。試験の終わりに必ず呼ぶ。 */
  leave(): Promise<void>;
}

/** 窓を一つ開け、起きてはならないことを聞き続ける。言葉は日本語、時刻は日本時間。 */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: options.baseURL,
    viewport: options.viewport ?? { width: 1280, height: 720 },
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
    contrast: options.contrast ?? "no-preference",
    ignoreHTTPSErrors: options.ignoreHTTPSErrors ?? false,
  });
  const faults: string[] = [];
  await listenForViolations(context, faults);
  listenForTrouble(context, new URL(options.baseURL).origin, faults);
  const page = await context.newPage();
  return {
    page,
    context,
    faults: () => [...faults],
    leave: async () => {
      await page.waitForLoadState().catch(() => {}); // 閉じたあとの窓でもよい
      await context.close();
      if (faults.length > 0) throw new Error(`画面で起きてはならないこと:\n${faults.join("\n")}`);
    },
  };
}

// 方針違反は、ページのどのスクリプトよりも先に聞き始める。
async function listenForViolations(context: BrowserContext, faults: string[]): Promise<void> {
  await context.exposeBinding("reportPolicyViolation", ({ page }, text: string) => {
    faults.push(`${page.url()}: 内容の方針（CSP）の違反 ${text}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const text = `${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`;
      Reflect.get(window, "reportPolicyViolation")(text);
    });
  });
}

function listenForTrouble(context: BrowserContext, origin: string, faults: string[]): void {
  context.on("weberror", (error) => faults.push(`捕まえられなかった失敗: ${error.error().message}`));
  context.on("console", (message) => {
    // 断りの応答（409 など）を Chromium はエラーと書く。応答は下で、種類ごとに見る。
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) faults.push(`コンソールのエラー: ${message.text()}`);
  });
  context.on("request", (request) => {
    if (isOutside(request, origin)) faults.push(`外への通信: ${request.url()}`);
  });
  context.on("response", (response) => {
    const isPart = ["stylesheet", "script", "font", "image", "manifest"].includes(
      response.request().resourceType(),
    );
    if (response.status() >= 500 || (isPart && response.status() >= 400))
      faults.push(`${response.status()} ${response.url()}`);
  });
}

function isOutside(request: Request, origin: string): boolean {
  const url = request.url();
  return !url.startsWith(`${origin}/`) && !/^(data|blob|about|file):/.test(url);
}

/** ファイルの欄に入れるファイル（setInputFiles に渡す）。 */
export function pickedFile(name: string, bytes: Uint8Array | string, mimeType = "application/octet-stream") {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}
