import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium, type Visit, visit } from "./chromium.ts";
import { type DemoServer, startDemoServer } from "./demo-server.ts";

/** デモの事務所とブラウザーを使う旅。 */
export interface DemoJourney {
  readonly server: DemoServer;
  readonly browser: Browser;
  /** その人の窓を開いて着席する。試験が終わるたびに、画面の不具合を確かめて閉じる。 */
  sitDown(number: string, options: { next: string; desk?: string }): Promise<Page>;
}

/** 旅の支度と片づけを、呼んだ試験のファイルに付ける。 */
export function demoJourney(): DemoJourney {
  const started: { server?: DemoServer; browser?: Browser } = {};
  const visits: Visit[] = [];
  const have = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("the demo office is not open yet");
    return one;
  };
  beforeAll(async () => {
    [started.server, started.browser] = await Promise.all([startDemoServer(), launchChromium()]);
  });
  afterEach(async () => {
    for (const one of visits.splice(0)) await one.leave();
  });
  afterAll(async () => {
    await started.browser?.close();
    await started.server?.stop();
  });
  return {
    get server() {
      return have(started.server);
    },
    get browser() {
      return have(started.browser);
    },
    sitDown: async (number, options) => {
      const one = await visit(have(started.browser), { baseURL: have(started.server).url });
      visits.push(one);
      await have(started.server).signIn(one.page, number, options);
      return one.page;
    },
  };
}
