import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { createAccount, rolesFromToday } from "../access/create-account.ts";
import { systemActor } from "../base/actor.ts";
import { totpCode } from "../sealing/totp.ts";
import { launchChromium } from "./chromium.ts";
import { openDesk, type TestDesk } from "./open-desk.ts";
import { serveDesk } from "./serve-desk.ts";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const password = "ねこ-りんご-つくえ-かばん-9";

/** 空の事務所を、責任者 0101 一人で使う旅。時計は試験が動かす。 */
export interface ManagerJourney {
  readonly desk: TestDesk;
  readonly served: Awaited<ReturnType<typeof serveDesk>>;
  readonly browser: Browser;
  readonly password: string;
  /** いまの確認コード。 */
  code(): string;
  /** 着席のページで、番号とパスワードを送る。 */
  typePassword(page: Page): Promise<void>;
  /** パスワードとコードで着席する。 */
  sitDown(page: Page): Promise<void>;
}

/** 旅の支度と片づけを、呼んだ試験のファイルに付ける。prepare は、契約を始めるなど、窓口を開く前にすること。 */
export function managerJourney(
  options: Parameters<typeof openDesk>[0] = {},
  prepare: (desk: TestDesk) => Promise<void> = async () => {},
): ManagerJourney {
  const opened: { desk?: TestDesk; served?: ManagerJourney["served"]; browser?: Browser } = {};
  const have = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("the office is not open yet");
    return one;
  };
  beforeAll(async () => {
    const desk = await openDesk(options);
    opened.desk = desk;
    await prepare(desk);
    await createAccount(desk.office, systemActor(desk.contract), {
      number: "0101",
      name: "試験　一子",
      roles: rolesFromToday(desk.office, desk.contract, ["manager"]),
      password,
      factors: [{ kind: "totp", secret, period: 30, lastCounter: null }],
    });
    opened.served = await serveDesk(desk.office, { contract: desk.contract });
    opened.browser = await launchChromium();
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.served?.close();
    await opened.desk?.close();
  });
  const typePassword = async (page: Page) => {
    await page.fill("#number", "0101");
    await page.fill("#password", password);
    await page.click("main button[type=submit]");
  };
  const code = () => totpCode(secret, have(opened.desk).clock.systemMs());
  return {
    get desk() {
      return have(opened.desk);
    },
    get served() {
      return have(opened.served);
    },
    get browser() {
      return have(opened.browser);
    },
    password,
    code,
    typePassword,
    sitDown: async (page) => {
      await page.goto("/sign-in");
      await typePassword(page);
      await page.fill("#code", code());
      await page.click("main button[type=submit]");
      await page.waitForURL((where) => !where.pathname.startsWith("/sign-in"));
    },
  };
}
