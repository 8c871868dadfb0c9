import { writeZip } from "../src/office/zip.ts";
import { launchChromium, visit } from "../src/testing/chromium.ts";
import { startDemoServer } from "../src/testing/demo-server.ts";
import { type BenchRow, median, percentile } from "./bench-row.ts";

export const name = "原稿 100 ページ（約 9 万字、部分 1,000）で打つ鍵の速さ";

const CHAPTERS = 10;
const PARAGRAPHS = 100;
const KEYS = 300;

/** 全部の章を一度に開いた画面で、一つの段落に打つ。手本は、同じ Chromium の、何もない textarea。 */
export async function run(): Promise<BenchRow[]> {
  const [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
  try {
    const { page } = await visit(browser, { baseURL: server.url });
    await server.signIn(page, "0110", { next: "/plans" });
    const buffer = Buffer.from(writeZip(longManuscript()));
    await page.setInputFiles("#file", { name: "計画.zip", mimeType: "application/zip", buffer });
    await page.click("text=取り込む >> nth=-1");
    await page.waitForURL(/plans\/[\w-]+$/);
    await page.goto(`${page.url()}/edit`);
    await page.waitForSelector(".tools");
    await page.selectOption(".ed-top select", "all");
    await page.locator('[id="b-p5-50"] .shown').click();
    await page.waitForSelector(".edit");
    const ours = await measure(".edit");
    await page.evaluate(() => {
      const bare = document.createElement("textarea");
      bare.id = "bare";
      bare.value = "この段落は、".repeat(15);
      document.body.replaceChildren(bare);
      bare.focus();
    });
    const peer = await measure("#bare");
    const row = (what: string, share: number): BenchRow => {
      const [one, two] = [percentile(ours, share), Math.max(0.1, percentile(peer, share))];
      return {
        what,
        ours: one,
        peer: two,
        ratio: one / two,
        unit: "ms",
        note: `${KEYS} 字、中央値 ${median(ours).toFixed(1)} ms`,
      };
    };
    return [row("打つ鍵 p99（目標 16 ms 未満）", 0.99), row("打つ鍵 p50", 0.5)];

    /** 一字ごとの、入れてから次の描画の前までの仕事（ms）。 */
    async function measure(selector: string): Promise<number[]> {
      return page.evaluate(
        async ({ selector: at, keys }) => {
          const target = document.querySelector<HTMLElement>(at);
          target?.focus();
          const out: number[] = [];
          for (let key = 0; key < keys; key += 1) {
            const started = performance.now();
            document.execCommand("insertText", false, key % 20 === 19 ? "。" : "あ");
            await new Promise<void>((done) => {
              const channel = new MessageChannel();
              channel.port1.onmessage = () => done();
              channel.port2.postMessage(0);
            });
            // 配置の計算まで含める。
            target?.getBoundingClientRect();
            out.push(performance.now() - started);
            await new Promise((done) => setTimeout(done, 8));
          }
          return out;
        },
        { selector, keys: KEYS },
      );
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

function longManuscript(): Map<string, Uint8Array> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const files = new Map([["plan.yaml", bytes("title: 長い計画\n")]]);
  for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
    const lines = [`# 章 ${chapter} {#c${chapter}}`];
    for (let at = 1; at <= PARAGRAPHS; at += 1)
      lines.push(
        `${"この段落は、計画の本文の長さを確かめるための文です。".repeat(4)}[[@c${chapter}]] {#p${chapter}-${at}}`,
      );
    files.set(`${String(chapter).padStart(2, "0")}.md`, bytes(`${lines.join("\n\n")}\n`));
  }
  return files;
}
