import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let source: string | undefined;

/**
 * axe で見た、いまの画面の違反（JIS X 8341-3:2016 の AA にあたる規則）。なければ空。
 * 開発者の経路（CDP）で入れるので、厳しい CSP のままの画面を見られる。without は除く規則の id。
 */
export async function axeViolations(page: Page, without: string[] = []): Promise<string[]> {
  source ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Runtime.evaluate", { expression: source });
    const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
    const options = { runOnly: { type: "tag", values: standards }, rules, resultTypes: ["violations"] };
    const answer = await session.send("Runtime.evaluate", {
      expression: `axe.run(document, ${JSON.stringify(options)}).then((results) => JSON.stringify(results))`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (answer.exceptionDetails) throw new Error(`axe が動きませんでした: ${answer.exceptionDetails.text}`);
    const results: AxeResults = JSON.parse(String(answer.result.value));
    if (results.url !== page.url()) throw new Error("axe が見た画面が、見るはずの画面と違います。");
    return results.violations.flatMap(describe);
  } finally {
    await session.detach();
  }
}

function describe(violation: AxeResults["violations"][number]): string[] {
  return violation.nodes.map(
    (node) => `${violation.id}（${violation.help}） ${node.target.join(" ")}: ${node.html.slice(0, 200)}`,
  );
}

/** 指す先のない id（aria-*、for、form、list、headers、#…）と、重なった id。なければ空。 */
export function brokenReferences(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const counts = new Map<string, number>();
    for (const { id } of document.querySelectorAll("[id]")) counts.set(id, (counts.get(id) ?? 0) + 1);
    const faults = [...counts].filter(([, count]) => count > 1).map(([id]) => `id="${id}" が重なっています`);
    const lists =
      "aria-labelledby aria-describedby aria-controls aria-owns aria-flowto aria-details aria-errormessage headers";
    const singles = "aria-activedescendant for form list popovertarget commandfor";
    for (const name of [...lists.split(" "), ...singles.split(" ")]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        for (const id of (element.getAttribute(name) ?? "").split(/\s+/).filter(Boolean))
          if (!counts.has(id)) faults.push(`<${element.localName} ${name}="${id}"> の指す先がありません`);
      }
    }
    for (const link of document.querySelectorAll('a[href^="#"], use[href^="#"]')) {
      const id = decodeURIComponent((link.getAttribute("href") ?? "").slice(1));
      if (id !== "" && !counts.has(id)) faults.push(`<${link.localName} href="#${id}"> の指す先がありません`);
    }
    return faults;
  });
}

/** 画面が横にはみ出していれば、そのはみ出しの幅（CSS ピクセル）。収まっていれば 0。 */
export function overflowWidth(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}

/** axe と id の検査をまとめて行い、違反があればその一覧で失敗する。 */
export async function expectSoundPage(page: Page, without: string[] = []): Promise<void> {
  const faults = [...(await axeViolations(page, without)), ...(await brokenReferences(page))];
  if (faults.length > 0) throw new Error(`${new URL(page.url()).pathname} の違反:\n${faults.join("\n")}`);
}

/** 画面に欠けがなく、横にはみ出さない。 */
export async function expectFittingPage(page: Page): Promise<void> {
  await expectSoundPage(page);
  const width = await overflowWidth(page);
  if (width !== 0) throw new Error(`${new URL(page.url()).pathname} が横に ${width} はみ出しています。`);
}
