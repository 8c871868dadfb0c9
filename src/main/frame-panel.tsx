import type { ReactNode } from "react";
import type { BareParts, PageFrame } from "../access/page-frame.ts";
import { roleTitle } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { MenuEntry, PageParts, Seated } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { ErrorPage, ErrorPanel } from "../ui/error-page.tsx";
import type { IconName } from "../ui/icon.tsx";
import { type Demo, Frame, type MenuItem } from "../ui/layout.tsx";
import { Flash } from "../ui/note.tsx";
import { type Assets, renderDocument } from "../ui/render-document.tsx";
import { withoutClosedDoors } from "./closed-door.ts";

export interface FrameSetting {
  assets: Assets;
  menu: readonly MenuEntry[];
  mayOpen(routeId: string, roles: readonly Role[]): boolean;
  /** 画面の中のリンク先や form の出し先（「/classes/…」）を、その役割で開けるか。 */
  mayReach(method: "GET" | "POST", path: string, roles: readonly Role[]): boolean;
}

/** 左の業務メニュー、契約、着席している人、デモの札を付けて、一枚の HTML にする。 */
export function makeFrame(setting: FrameSetting): PageFrame {
  const { assets } = setting;
  return {
    page: async ({ office, seated, parts }) => {
      const flash = parts.flash && <Flash tone={parts.flash.tone ?? "done"}>{parts.flash.text}</Flash>;
      if (parts.bare) {
        const demo = parts.ownDemoMark ? undefined : demoOf(office, seated);
        return draw(assets, parts, withFlash(flash, parts.body), demo);
      }
      const body = await framed(setting, office, seated, parts, flash);
      const { roles } = seated.actor;
      return withoutClosedDoors(draw(assets, parts, body, undefined), {
        mayVisit: (href) => setting.mayReach("GET", href, roles),
        mayPost: (action) => setting.mayReach("POST", action, roles),
      });
    },
    bare: async (parts) => draw(assets, parts, parts.body, undefined),
    error: async ({ office, seated, notice }) => {
      if (seated === undefined)
        return draw(assets, { title: notice.title, body: null }, <ErrorPage {...notice} />);
      const parts: PageParts = { title: notice.title, body: <ErrorPanel {...notice} /> };
      return draw(assets, parts, await framed(setting, office, seated, parts, undefined));
    },
  };
}

function withFlash(flash: ReactNode, body: ReactNode): ReactNode {
  return (
    <>
      {flash}
      {body}
    </>
  );
}

function draw(assets: Assets, parts: BareParts, children: ReactNode, demo?: Demo): string {
  return renderDocument({
    title: parts.title,
    assets,
    children,
    demo,
    islands: parts.islands,
    // 名は室が決め、絵の一覧にない名は Sprite が描かない。
    icons: parts.icons as readonly IconName[] | undefined,
  });
}

async function framed(
  setting: FrameSetting,
  office: Office,
  seated: Seated,
  parts: PageParts,
  flash: ReactNode,
): Promise<ReactNode> {
  const { actor } = seated;
  const contract = await openContract(office, actor.contract).catch(() => undefined);
  return (
    <Frame
      menu={
        await menuItems(setting, office, seated, {
          current: parts.current,
          services: contract?.blueprint.services,
        })
      }
      contract={
        contract && {
          title: contract.title,
          sub: `${contract.client} 令和${contract.fiscalYear - 2018}年度`,
          href: "/contracts",
        }
      }
      me={{ role: roleTitle(actor.roles), name: seated.name }}
      signOut={{ action: "/sign-out", csrf: seated.csrf }}
      demo={demoOf(office, seated)}
      flash={flash}
    >
      {parts.body}
      <PrintMark number={seated.number} at={office.clock.officeNow(actor.contract)} />
    </Frame>
  );
}

/** 刷った紙だけに出る透かし: だれがいつ刷ったか（番号と時。氏名は出さない）。 */
function PrintMark({ number, at }: { number: string; at: Instant }) {
  return (
    <p className="printonly">
      従業者番号 {number}　{formatWareki(dayOf(at))} {minuteOf(at)} に表示
    </p>
  );
}

async function menuItems(
  { menu, mayOpen }: FrameSetting,
  office: Office,
  { actor }: Seated,
  { current, services }: { current: string | undefined; services: readonly string[] | undefined },
): Promise<MenuItem[]> {
  const inService = ({ service }: MenuEntry) =>
    service === undefined || services?.includes(service) !== false;
  const open = menu.filter((entry) => inService(entry) && mayOpen(entry.routeId, actor.roles));
  return Promise.all(
    open.map(async (entry) => ({
      href: entry.href,
      label: entry.label,
      icon: entry.icon as IconName,
      // 契約のないところ（断りの画面）では、数えるものがない。
      count: services === undefined ? undefined : await entry.count?.(office, actor),
      current: entry.routeId === current,
      gap: entry.gap,
      group: entry.group,
    })),
  );
}

function demoOf(office: Office, { actor }: Seated): Demo | undefined {
  return office.mode === "demo" ? { clock: writeClock(office.clock.officeNow(actor.contract)) } : undefined;
}

/** 「令和7年9月17日 13:40」。狭い左の列に収まる長さ。 */
function writeClock(at: Instant): string {
  return `${formatWareki(dayOf(at))} ${minuteOf(at).replace(/^0/, "")}`;
}
