/** 答えの一まとまり。 */
export interface CheckedAnswer {
  id: string;
  number: number;
  code: string;
  summary: string;
  answer: string;
  status: string;
  /** この区分には案の変更が要るのに、つながっていない。 */
  lacksChange: boolean;
}

export interface AnswerFault {
  id: string;
  kind: "empty" | "change" | "consistency" | "tone" | "plain";
  message: string;
  /** 比べた相手。 */
  other?: string;
}

/** 一文の長さの目安（字）。公用文の書き方は 40–60 字。 */
const LONG = 80;
/** 同じ意味とみて比べる要旨の近さ（二字の組の Jaccard）。 */
const SAME = 0.5;

/** 答えを公表する前の確かめ。直すかどうかは人が決める（empty と change は、直すまで公表できない）。 */
export function checkAnswers(answers: readonly CheckedAnswer[]): AnswerFault[] {
  return [...answers.flatMap(own), ...consistency(answers)];
}

/** empty と change は、公表を止める。 */
export function stopsResult({ kind }: AnswerFault): boolean {
  return kind === "empty" || kind === "change";
}

function own({ id, summary, answer, status, lacksChange }: CheckedAnswer): AnswerFault[] {
  const faults: AnswerFault[] = [];
  const say = (kind: AnswerFault["kind"], message: string) => faults.push({ id, kind, message });
  if (summary.trim() === "") say("empty", "意見の概要がありません。");
  if (answer.trim() === "") say("empty", "市の考え方がありません。");
  if (status === "") say("empty", "反映の区分がありません。");
  if (lacksChange) say("change", "「修正する」に、案の変更がつながっていません。");
  if (answer.trim() === "") return faults;
  for (const [kind, message] of styleFaults(answer)) say(kind, message);
  return faults;
}

/** 言い方と分かりやすさ。 */
export function styleFaults(answer: string): ["tone" | "plain", string][] {
  const faults: ["tone" | "plain", string][] = [];
  const sentences = answer
    .split(/(?<=[。！？\n])/)
    .map((one) => one.trim())
    .filter(Boolean);
  const plain = sentences.find((one) => /(?:である|だ|ない|する|いる|(?<![まで])した|べき)。$/.test(one));
  if (plain) faults.push(["tone", `「です・ます」でない文があります（「…${plain.slice(-12)}」）。`]);
  const long = sentences.find((one) => [...one].length > LONG);
  if (long)
    faults.push([
      "plain",
      `一文が${[...long].length}字あります。${LONG}字までに分けると読みやすくなります。`,
    ]);
  const cold = /(?:ご意見として承|できかねます|ご理解ください|当然|誤解(?:され|して)|お門違い|筋違い)/.exec(
    answer,
  )?.[0];
  if (cold) faults.push(["tone", `突き放して聞こえる言葉があります（「${cold}」）。理由を添えてください。`]);
  if (/ない(?:わけ|こと)では?ない|なくはない/.test(answer))
    faults.push(["plain", "二重の打ち消しがあります。"]);
  const hard =
    /(?:コンセンサス|スキーム|アジェンダ|エビデンス|レジリエンス|ステークホルダー|鑑み|係る|資する|踏まえつつ)/.exec(
      answer,
    )?.[0];
  if (hard) faults.push(["plain", `言い換えられる言葉があります（「${hard}」）。`]);
  return faults;
}

/** 同じ分類で要旨の近いものは、同じ区分・同じ考え方のはず。 */
function consistency(answers: readonly CheckedAnswer[]): AnswerFault[] {
  const done = answers
    .filter(({ answer, summary }) => answer.trim() !== "" && summary.trim() !== "")
    .map((one) => ({ one, grams: pairs(one.summary) }));
  const faults: AnswerFault[] = [];
  for (const [at, { one, grams }] of done.entries())
    for (const { one: other, grams: theirs } of done.slice(at + 1)) {
      if (one.code !== other.code || overlap(grams, theirs) < SAME) continue;
      if (one.status !== other.status)
        faults.push({
          id: one.id,
          kind: "consistency",
          other: other.id,
          message: `No.${other.number} と要旨が近いのに、区分が違います。`,
        });
      else if (overlap(pairs(one.answer), pairs(other.answer)) < SAME)
        faults.push({
          id: one.id,
          kind: "consistency",
          other: other.id,
          message: `No.${other.number} と要旨が近いのに、市の考え方が違います。`,
        });
    }
  return faults;
}

function pairs(text: string): Set<string> {
  const plain = text.normalize("NFKC").replace(/[\s\p{P}]+/gu, "");
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((one) => b.has(one)).length;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
