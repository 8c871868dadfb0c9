import type { ReactNode } from "react";
import type { Finding, FindingCheck } from "./finding.ts";

/** 所見の文。ますに結ばれた数に印を付け、合わなくなった数は、いまの値を添える。 */
export function FindingText({ finding, check }: { finding: Finding; check?: FindingCheck | undefined }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [i, { from, to }] of finding.figures.entries()) {
    if (from > at) parts.push(finding.text.slice(at, from));
    const state = check?.figures[i];
    const said = finding.text.slice(from, to);
    parts.push(
      state && !state.ok ? (
        <span key={from} className="bound gone">
          <del>{said}</del>
          <ins>{state.now ?? "表にない"}</ins>
        </span>
      ) : (
        <span key={from} className="bound">
          {said}
        </span>
      ),
    );
    at = to;
  }
  parts.push(finding.text.slice(at));
  return <>{parts}</>;
}
