import type { ReactNode } from "react";
import { AlikePanel } from "./alike-panel.tsx";
import { CodePanel } from "./code-panel.tsx";
import { CounterPanel } from "./counter-panel.tsx";
import type { DeskView } from "./desk-form-panel.tsx";
import { LetterPanel } from "./letter-panel.tsx";
import type { OpinionDesk } from "./read-desk.ts";

/** 意見の机: 四つの数、進み、原文、分類、似た意見。素の画面と島が同じものを描く。 */
export function OpinionDeskPanel(view: DeskView) {
  const { desk, csrf, mark } = view;
  const opinion = desk.opinions.find((one) => one.mark === mark) ?? desk.opinions[0];
  return (
    <>
      <header className="head">
        <div>
          <p className="crumb">
            <a href="/comments">意見公募</a> ／ {desk.title}
          </p>
          <h1 className="headline">意見の整理</h1>
        </div>
        <CounterPanel counts={desk.counts} />
      </header>
      <Progress desk={desk} />
      <div className="ops">
        <LetterPanel view={view} selected={opinion} />
        {opinion === undefined ? (
          <p className="empty ops-rest">
            この通は、まだ分けていません。意見の文をマウスでなぞるか、文に入って矢印の鍵で選び、Enter
            で分けます。あいさつだけの通は、このまま整理済みにできます。
          </p>
        ) : (
          <>
            <CodePanel desk={desk} csrf={csrf} opinion={opinion} />
            <AlikePanel desk={desk} csrf={csrf} opinion={opinion} />
          </>
        )}
      </div>
    </>
  );
}

function Progress({ desk }: { desk: OpinionDesk }) {
  const { sorted, all } = desk.progress;
  return (
    <div className="ops-bar">
      <span className="nb">
        整理済み <b>{sorted}</b>／{all}通
      </span>
      <svg
        className="ops-meter"
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${all === 0 ? 0 : Math.round((sorted / all) * 100)}%`}
      >
        <rect className="track" width="100" height="8" rx="1" />
        <rect className="done" width={all === 0 ? 0 : (sorted / all) * 100} height="8" rx="1" />
      </svg>
      <span className="sub nb">受付期間 {desk.span}</span>
      <Step href={desk.prev} keys="K">
        前へ
      </Step>
      <Step href={desk.next} keys="J">
        次へ
      </Step>
    </div>
  );
}

function Step({ href, keys, children }: { href: string | null; keys: string; children: ReactNode }) {
  if (href === null)
    return (
      <span className="btn off" aria-disabled="true">
        {children}
      </span>
    );
  return (
    <a className="btn" href={`/comments/letters/${href}`} data-key={keys.toLowerCase()}>
      {children} <kbd>{keys}</kbd>
    </a>
  );
}
