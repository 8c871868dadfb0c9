import { maskPersonal } from "../japan/personal-flag.ts";
import type { OpenComplaint } from "./list-complaints.ts";
import type { ListedRecord } from "./list-inquiries.ts";
import type { OpenQuestion } from "./list-questions.ts";

/** 伏せたもの。hidden は、伏せた所があるか（あれば、理由を残して見られる）。 */
export interface Masked<T> {
  open: T;
  hidden: boolean;
}

const maybe = (text: string | null) => (text === null ? null : maskPersonal(text));

/** クレームの言葉の中の、個人情報らしい所を伏せる。 */
export function maskComplaint(open: OpenComplaint): Masked<OpenComplaint> {
  const { content, response, prevention } = open.complaint;
  const complaint = {
    ...open.complaint,
    content: maskPersonal(content),
    response: maybe(response),
    prevention: maybe(prevention),
  };
  const steps = open.steps.map((step) => ({ ...step, note: maybe(step.note) }));
  const hidden =
    complaint.content !== content ||
    complaint.response !== response ||
    complaint.prevention !== prevention ||
    steps.some((step, at) => step.note !== open.steps[at]?.note);
  return { open: { ...open, complaint, steps }, hidden };
}

/** 折り返す相手と、経過の言葉を伏せる。問い（ask）は、個人情報があれば残せない。 */
export function maskQuestion(open: OpenQuestion): Masked<OpenQuestion> {
  const { caller, answer } = open.question;
  const steps = open.steps.map((step) => ({ ...step, note: maybe(step.note) }));
  const question = {
    ...open.question,
    caller: caller === null ? null : "控えてあります（伏せています）",
    answer: maybe(answer),
  };
  const hidden =
    caller !== null ||
    question.answer !== answer ||
    steps.some((step, at) => step.note !== open.steps[at]?.note);
  return { open: { ...open, question, steps }, hidden };
}

/** 応対記録の言葉を伏せる。shown の一件だけは、理由を残したあとなので伏せない。 */
export function maskRecords(
  records: readonly ListedRecord[],
  shown?: string,
): (ListedRecord & { hidden: boolean })[] {
  return records.map((one) => {
    const content = one.id === shown ? one.content : maskPersonal(one.content);
    return { ...one, content, hidden: content !== one.content };
  });
}
