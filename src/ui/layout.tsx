import type { ReactNode } from "react";
import { Csrf } from "./csrf.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** デモの事務所であることと、その時計。 */
export interface Demo {
  /** 例: "令和7年9月17日（水）13:40"。 */
  clock: string;
}

/** デモであることの札。人も予定も作りもので、実在の事務所ではない。 */
export function DemoMark({ demo, bar }: { demo: Demo; bar?: boolean | undefined }) {
  const words = (
    <>
      <b>デモ</b>
      <span>人も予定も架空です</span>
      <span className="nb">{demo.clock}</span>
    </>
  );
  if (!bar) return <p className="demo noprint">{words}</p>;
  // 枠のない画面では、どの領域にも入らないので、自分で領域になる。
  return (
    <aside className="demo across noprint" aria-label="デモの事務所">
      {words}
    </aside>
  );
}

export interface MenuItem {
  href: string;
  label: string;
  icon: IconName;
  /** 待っている件数。0 は出さない。 */
  count?: number | undefined;
  current?: boolean | undefined;
  /** この項目の前に線を引く。 */
  gap?: boolean | undefined;
  /** まとまりの名。 */
  group?: string | undefined;
}

export interface FrameProps {
  menu: readonly MenuItem[];
  /** いまの契約。 */
  contract?: { title: string; sub: string; href: string } | undefined;
  /** 着席している人。 */
  me?: { role: string; name: string } | undefined;
  signOut: { action: string; csrf: string };
  demo?: Demo | undefined;
  homeHref?: string | undefined;
  /** 前の行いの知らせ（Flash）。 */
  flash?: ReactNode;
  children: ReactNode;
}

/** 左に契約と業務の一覧、右に仕事。狭い画面では一覧が後ろへ回る。 */
export function Frame({ menu, contract, me, signOut, demo, homeHref = "/", flash, children }: FrameProps) {
  return (
    <div className="app">
      <header className="side noprint">
        <Brand href={homeHref} />
        {demo !== undefined && <DemoMark demo={demo} />}
        {contract !== undefined && (
          <a className="contract" href={contract.href}>
            <b>
              <Breakable text={contract.title} />
            </b>
            <span className="sub">{contract.sub}</span>
          </a>
        )}
        <Menu items={menu} />
        {me !== undefined && (
          <div className="me">
            <span className="sub">{me.role}</span>
            <br />
            {me.name}
            <form method="post" action={signOut.action}>
              <Csrf token={signOut.csrf} />
              <button className="btn" type="submit">
                退席
              </button>
            </form>
          </div>
        )}
      </header>
      <main id="main" className="main">
        <a className="btn to-nav noprint" href="#nav">
          <Icon name="list" />
          メニュー
        </a>
        {demo !== undefined && <p className="printonly">デモ（人も予定も架空です）</p>}
        {flash}
        {children}
      </main>
    </div>
  );
}

function Menu({ items }: { items: readonly MenuItem[] }) {
  const parts = groupsOf(items);
  const current = parts.findIndex((part) => part.items.some((item) => item.current));
  // いまの画面がどのまとまりにもなければ、はじめのまとまりを開いておく。
  const open = parts[current]?.group === undefined ? parts.findIndex(({ group }) => group) : current;
  return (
    <nav id="nav" className="nav" aria-label="業務のメニュー">
      <ul>
        {parts.map((part, at) =>
          part.group === undefined ? (
            part.items.map((item) => <MenuLink key={item.href} item={item} />)
          ) : (
            <MenuGroup key={part.group} label={part.group} items={part.items} open={at === open} />
          ),
        )}
      </ul>
    </nav>
  );
}

interface MenuPart {
  group: string | undefined;
  items: MenuItem[];
}

/** 同じまとまりの続く項目を一つに。一つだけのまとまりは、たたまない。 */
function groupsOf(items: readonly MenuItem[]): MenuPart[] {
  const parts: MenuPart[] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last && item.group !== undefined && last.group === item.group) last.items.push(item);
    else parts.push({ group: item.group, items: [item] });
  }
  return parts.map((part) => (part.items.length === 1 ? { ...part, group: undefined } : part));
}

function MenuGroup({ label, items, open }: { label: string; items: readonly MenuItem[]; open: boolean }) {
  const waiting = items.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return (
    <li className="group">
      <details open={open}>
        <summary>
          {label}
          {waiting > 0 && <Waiting count={waiting} />}
        </summary>
        <ul>
          {items.map((item) => (
            <MenuLink key={item.href} item={item} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function MenuLink({ item }: { item: MenuItem }) {
  return (
    <li className={item.gap ? "gap" : undefined}>
      <a href={item.href} aria-current={item.current ? "page" : undefined}>
        <Icon name={item.icon} />
        {item.label}
        {item.count !== undefined && item.count > 0 && <Waiting count={item.count} />}
      </a>
    </li>
  );
}

function Waiting({ count }: { count: number }) {
  return (
    <span className="n">
      {count}
      <span className="vh">件</span>
    </span>
  );
}

/** まどぐちの印と名。 */
export function Brand({ href }: { href: string }) {
  return (
    <a className="brand" href={href}>
      <svg aria-hidden="true" viewBox="0 0 24 24">
        <use href="#i-mark" />
      </svg>
      まどぐち
    </a>
  );
}

/** 中点のあとで折り返せる文。 */
function Breakable({ text }: { text: string }) {
  const [first = "", ...rest] = text.split(/(?<=・)/u);
  return rest.reduce<ReactNode>(
    (before, part) => (
      <>
        {before}
        <wbr />
        {part}
      </>
    ),
    first,
  );
}
