import { demoCode, demoCodeSeconds } from "../access/demo-code.ts";
import type { Visit } from "../access/entrance.ts";
import { factorSetting, partyOf } from "../access/open-factors.ts";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { FactorSetting } from "../sealing/second-factor.ts";
import { type Contract, openContract } from "../terms/open-contract.ts";
import { deskState } from "../terms/term.ts";
import type { DemoAccount } from "./demo-account-panel.tsx";
import type { EntranceProps } from "./entrance-page.tsx";
import type { GateFact } from "./gate-panel.tsx";

/** main が渡す、入り口の決まり。 */
export interface EntranceSetting {
  /** 入り口で名と席を見せる契約。 */
  readonly contract: string;
  /** "講習会受付センター"。省けば契約の名。 */
  readonly officeName?: string | undefined;
  /** 事務所のいまの事実（開封の時刻、夜間の控えなど）。省けば、外とつながらないことだけ。 */
  readonly facts?: (() => Promise<readonly GateFact[]>) | undefined;
  /** パスワードを忘れたときの頼り先。 */
  readonly help?: string | undefined;
  /** デモの事務所だけ: 作りものの人とパスワード。本番の事務所では使われない。 */
  readonly demoAccounts?: readonly { number: string; role: string; password: string }[] | undefined;
}

const outside: GateFact = {
  look: "lock",
  title: "この事務所は外のネットワークを使いません",
  sub: "個人情報取扱安全管理基準 5(1)",
};

/** 入り口のどの画面にも要る、事務所のこと。 */
export async function entranceProps(
  setting: EntranceSetting,
  visit: Visit,
  more: { withAccounts: boolean } = { withAccounts: false },
): Promise<EntranceProps> {
  const { office } = visit;
  const contract = await knownContract(office, setting);
  const now = office.clock.officeNow(setting.contract);
  const isDemo = office.mode === "demo";
  return {
    office: setting.officeName ?? contract?.title ?? "まどぐち",
    moment: momentOf(now, contract),
    facts: (await setting.facts?.()) ?? [outside],
    csrf: visit.csrf,
    demo: isDemo ? { clock: writeMoment(now) } : undefined,
    demoAccounts: isDemo && more.withAccounts ? await demoAccounts(setting, office) : undefined,
  };
}

/** まだ契約のない事務所でも、入り口は開く。 */
async function knownContract(office: Office, setting: EntranceSetting): Promise<Contract | undefined> {
  return openContract(office, setting.contract).catch(() => undefined);
}

/** 席の選択肢。席を使わない人のために、空も選べる。 */
export async function deskChoices(
  setting: EntranceSetting,
  office: Office,
): Promise<{ value: string; label: string }[]> {
  const contract = await knownContract(office, setting);
  const seats = contract?.blueprint.desk.seats ?? [];
  if (seats.length === 0) return [];
  return [
    ...seats.map((seat) => ({ value: seat.id, label: seat.label })),
    { value: "", label: "席を使わない" },
  ];
}

async function demoAccounts(
  setting: EntranceSetting,
  office: Office,
): Promise<{ accounts: DemoAccount[]; validFor: number } | undefined> {
  if (setting.demoAccounts === undefined) return undefined;
  const accounts = await Promise.all(
    setting.demoAccounts.map(async ({ number, role, password }) => ({
      number,
      role,
      password,
      code: (await demoCode(office, number)) ?? "—",
      href: `/sign-in?number=${encodeURIComponent(number)}`,
    })),
  );
  return { accounts, validFor: demoCodeSeconds(office.clock.systemMs()) };
}

/** いま開いている場所での、第二の要素の決まり。 */
export function visitSetting(visit: Visit): Promise<FactorSetting> {
  return factorSetting(visit.office, partyOf(visit.host, visit.secure));
}

function momentOf(now: Instant, contract: Contract | undefined): string {
  if (contract === undefined) return writeMoment(now);
  const state = deskState(contract.blueprint, now);
  const minutes = minutesUntil(minuteOf(now), contract.blueprint.hours.open);
  const soon = !state.open && state.openDayNumber !== undefined && minutes > 0 && minutes <= 120;
  return `${writeMoment(now)}${soon ? `　開設まで${minutes}分` : ""}`;
}

function minutesUntil(from: string, to: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return minutes(to) - minutes(from);
}

/** 「令和7年9月17日（水）8:42」。 */
export function writeMoment(at: Instant): string {
  return `${formatWareki(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}
