import type { Codebook } from "../tabulation/codebook.ts";
import { opinionKey } from "../tabulation/opinion-text.ts";

/** 調査票に見つからない言葉。near は、いちばん近い行。 */
export interface LabelFinding {
  question: string;
  /** 設問文か、選択肢か。 */
  what: "text" | "option";
  label: string;
  near: string | undefined;
}

/**
 * 設問文と選択肢の名が、調査票にそのまま（空白・記号・全半角を除いて）書かれているかを調べる。
 * 見つからないものに、調査票でいちばん近い行を添える。短い名（short）は調べない。
 */
export function checkLabels({ questions }: Codebook, questionnaire: string): LabelFinding[] {
  const whole = opinionKey(questionnaire);
  const lines = questionnaire
    .split(/\r?\n/)
    .map((line) => ({ line: line.trim(), key: opinionKey(line) }))
    .filter(({ key }) => key !== "");
  const findings: LabelFinding[] = [];
  const look = (question: string, what: LabelFinding["what"], label: string) => {
    const key = opinionKey(label);
    if (key === "" || whole.includes(key)) return;
    findings.push({ question, what, label, near: nearest(key, lines) });
  };
  for (const { id, text, options, matrix } of questions) {
    // 表の形の設問の行は、題に続けて書かれることがあるので、最後の言葉だけを見る。
    look(id, "text", matrix === undefined ? text : (text.split(/[\s　]/).at(-1) ?? text));
    for (const { label } of options) look(id, "option", label);
  }
  return unique(findings);
}

function unique(findings: readonly LabelFinding[]): LabelFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ what, label, question }) => {
    const key = `${what}\u0001${what === "option" ? label : question}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** 二文字の組の重なりで、いちばん近い行。半分も重ならなければ、ない。 */
function nearest(key: string, lines: readonly { line: string; key: string }[]): string | undefined {
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const own = pairs(key);
  let best: { line: string; share: number } | undefined;
  for (const one of lines) {
    const other = pairs(one.key);
    const shared = [...own].filter((pair) => other.has(pair)).length;
    const share = (2 * shared) / (own.size + other.size);
    if (share > (best?.share ?? 0.5)) best = { line: one.line, share };
  }
  return best?.line.slice(0, 120);
}
