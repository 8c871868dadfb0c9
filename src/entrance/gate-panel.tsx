import type { ReactNode } from "react";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Brand, type Demo, DemoMark } from "../ui/layout.tsx";
import { Status } from "../ui/status.tsx";

/** 入口の左に並べる、事務所のいまの事実。 */
export interface GateFact {
  look: "done" | "due" | "late" | "lock";
  title: string;
  sub: string;
}

export interface GateProps {
  /** 左の大きな言葉（事務所の名、または今の状態）。 */
  story: ReactNode;
  facts: readonly GateFact[];
  /** 事実の下のボタンや表。 */
  below?: ReactNode;
  /** 左の下の一行。 */
  last: string;
  demo?: Demo | undefined;
  flash?: ReactNode;
  children: ReactNode;
}

/** 入口の型: 左に事務所の状態、右に今すること。だれか分かるまで、人の名は出さない。 */
export function Gate({ story, facts, below, last, demo, flash, children }: GateProps) {
  return (
    <div className="gate">
      <header className="story">
        <div className="row wrap between">
          <Brand href="/" />
          {demo !== undefined && <DemoMark demo={demo} />}
        </div>
        {story}
        <ul className="facts">
          {facts.map((fact) => (
            <li key={fact.title}>
              <FactMark look={fact.look} />
              <span>
                <b>{fact.title}</b>
                <br />
                <span className="sub">{fact.sub}</span>
              </span>
            </li>
          ))}
        </ul>
        {below}
        <p className="sub last">{last}</p>
      </header>
      <main id="main" className="form">
        {flash}
        {children}
      </main>
    </div>
  );
}

function FactMark({ look }: { look: GateFact["look"] }) {
  if (look === "lock") {
    return (
      <span className="st soon">
        <Icon name="lock" />
      </span>
    );
  }
  return <Status look={look} />;
}

/** 別の入り方、紙の用意など、入口に並べるリンク。 */
export interface GateLink {
  href: string;
  label: string;
  icon?: IconName | undefined;
}
