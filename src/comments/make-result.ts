import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { withPdfConverter } from "../office/pdf-converter.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { type AnswerFault, stopsResult } from "../opinions/answer-check.ts";
import { ages, channels, checklist, periodDays } from "../opinions/period-rule.ts";
import { publicBook, type ResultBook, resultFaults } from "../opinions/result-book.ts";
import { resultDocument } from "../opinions/result-document.ts";
import { resultWeb } from "../opinions/result-web.ts";
import { resultWorkbook } from "../opinions/result-workbook.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { leakedPlaces } from "./check-redaction.ts";
import { mayComment, refuseComment } from "./comment-right.ts";
import { type CommentBook, chapterOf, type Group, readBook } from "./read-book.ts";
import { answerFaults, unansweredOf } from "./read-overview.ts";

export interface MadeResult {
  book: ResultBook;
  /** 書き出しを止めるもの。 */
  stops: string[];
  /** 気になる点（止めない）。 */
  advice: AnswerFault[];
  comments: CommentBook;
}

export const resultMedia = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
} as const;
export type ResultFormat = keyof typeof resultMedia;

export function isResultFormat(text: string): text is ResultFormat {
  return Object.hasOwn(resultMedia, text);
}

/** 結果の資料のもとを読む（内部用）。足りないものは stops に並ぶ。 */
export async function readResult(office: Office, actor: Pick<Actor, "contract">): Promise<MadeResult> {
  const [comments, { blueprint }] = await Promise.all([
    readBook(office, actor.contract),
    openContract(office, actor.contract),
  ]);
  const { period, letters } = comments;
  const now = office.clock.officeNow(actor.contract);
  const rows = comments.groups.flatMap((group) => rowOf(comments, group) ?? []);
  const book: ResultBook = {
    ...{
      edition: "internal",
      title: period.title,
      client: blueprint.client,
      clientUnit: blueprint.clientUnit,
    },
    span:
      period.from && period.to
        ? `${formatWareki(period.from, { weekday: true })}から${formatWareki(period.to, { weekday: true })}まで`
        : "",
    days: period.from && period.to ? periodDays(period.from, period.to) : 0,
    published: checklist
      .filter(({ name }) => name === "draft" || name === "places" || name === "form")
      .map(({ name, label }) => ({ label, text: period.checklist[name] })),
    counts: comments.counts,
    labels: {
      channel: (key) => channels[key as keyof typeof channels] ?? key,
      age: (key) => ages[key as keyof typeof ages] ?? key,
    },
    statuses: period.statuses,
    rows,
    changes: comments.groups.flatMap((group) => changeOf(comments, group)),
    aside: {
      late: letters.filter(({ standing }) => standing === "late").length,
      copies: letters.filter(({ standing }) => standing === "copy").length,
    },
    ...{ today: formatWareki(dayOf(now)), created: now },
  };
  const faults = answerFaults(comments);
  const leaks = await leakedPlaces(office, actor.contract, comments, book);
  return {
    book,
    comments,
    stops: [
      ...stopsOf(comments, book, faults),
      ...leaks.map((place) => `${place}に、伏せた言葉が残っています。書き直してください。`),
    ],
    advice: faults.filter((one) => !stopsResult(one)),
  };
}

function stopsOf(comments: CommentBook, book: ResultBook, faults: readonly AnswerFault[]): string[] {
  const counted = comments.letters.filter(({ standing }) => standing === "counted");
  const open = counted.filter(({ sorted }) => !sorted).length;
  const unmasked = counted.filter(({ masked }) => !masked).length;
  const unanswered = unansweredOf(comments);
  const disputed = comments.groups.filter(({ state }) => state === "asked").length;
  const drafts = comments.groups.filter(({ drafted }) => drafted).length;
  const lacking = faults.filter(({ kind }) => kind === "change");
  return [
    ...(open > 0 ? [`整理していない通が${open}通あります。`] : []),
    ...(unmasked > 0 ? [`伏せる所を人が確かめていない通が${unmasked}通あります。`] : []),
    ...(unanswered > 0 ? [`答えのない意見が${unanswered}件あります。`] : []),
    ...(drafts > 0 ? [`人が認めていない下書きの答えが${drafts}件あります。`] : []),
    ...(disputed > 0 ? [`部局に確認中の答えが${disputed}件あります。`] : []),
    ...(lacking.length > 0
      ? [`「修正する」に案の変更がつながっていない答えが${lacking.length}件あります。`]
      : []),
    ...(unanswered > 0 ? comments.counts.faults : resultFaults(book)),
  ];
}

function rowOf(book: CommentBook, group: Group): ResultBook["rows"][number] | undefined {
  const members = group.members.filter(({ letter }) => book.letterOf.get(letter)?.standing === "counted");
  if (members.length === 0) return undefined;
  const code = members[0]?.code ?? group.code;
  const entry = book.period.frame.find((one) => one.code === code);
  return {
    ...{ no: group.number, chapter: chapterOf(book.period, code || null) },
    place: entry ? `${entry.code} ${entry.title}${entry.page ? `（${entry.page}頁）` : ""}` : "",
    ...{
      summary: group.summary,
      opinions: members.length,
      letters: new Set(members.map(({ letter }) => letter)).size,
    },
    ...{ answer: group.answer, status: group.status },
    sources: members.map(({ name, text }) => ({ name, text })),
  };
}

function changeOf({ period }: CommentBook, group: Group): ResultBook["changes"] {
  if (!period.statuses.find(({ code }) => code === group.status)?.needsChange || !group.change) return [];
  return [{ no: group.number, ...group.change }];
}

/**
 * 結果の資料を書き出す。公表用は、数が合い、どの意見にも答えがあり、「修正する」に変更がつながるまで書き出せない。
 * 内部用は、途中でも書き出せる（もとの意見の文が付く）。
 * @throws AppError REFUSED（止めているもの）、FORBIDDEN
 */
export async function makeResult(
  office: Office,
  actor: Actor,
  given: { format: ResultFormat; edition: "public" | "internal" },
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  refuseComment("read", actor);
  if (given.edition === "internal" && !mayComment("work", actor.roles)) refuseComment("work", actor);
  const { book: full, stops } = await readResult(office, actor);
  if (given.edition === "public" && stops.length > 0)
    throw new AppError("REFUSED", `公表用は、まだ書き出せません。${stops.join("")}`);
  const book = given.edition === "public" ? publicBook(full) : full;
  const bytes = await drawResult(book, given.format);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "comment.result-made",
      payload: { format: given.format, edition: given.edition, opinions: book.counts.total.opinions },
    }),
  );
  const name = given.edition === "public" ? "意見の概要と市の考え方" : "意見の概要と市の考え方_内部用";
  return { fileName: `${name}.${given.format}`, media: resultMedia[given.format], bytes };
}

/** 形にする（記録はしない）。 */
export async function drawResult(book: ResultBook, format: ResultFormat): Promise<Uint8Array> {
  if (format === "html") return new TextEncoder().encode(resultWeb(book));
  if (format === "xlsx") return writeTableWorkbook(resultWorkbook(book));
  const word = writeWordDocument(resultDocument(book));
  if (format === "docx") return word;
  return withPdfConverter({}, async (converter) => {
    const { pdf } = await converter.convert({ docx: word });
    return pdf;
  });
}
