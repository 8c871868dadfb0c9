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
  return (
    <nav id="nav" className="nav" aria-label="業務のメニュー">
      <ul>
        {items.map((item) => (
          <li key={item.href} className={item.gap ? "gap" : undefined}>
            <a href={item.href} aria-current={item.current ? "page" : undefined}>
              <Icon name={item.icon} />
              {item.label}
              {item.count !== undefined && item.count > 0 && (
                <span className="n">
                  {item.count}
                  <span className="vh">件</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
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
