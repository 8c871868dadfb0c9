import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Status, type StatusLook } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { type ListedAnswer, sourceLabels } from "./list-answers.ts";
import type { Standing } from "./review-answer.ts";

/** 「9月17日（水）13:40」。 */
export function writeAt(at: Instant | null): string {
  if (at === null) return "－";
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

const looks: Record<Standing, StatusLook> = {
  applied: "done",
  unconfirmed: "wait",
  unsigned: "wait",
  tampered: "warn",
  unknown: "warn",
  outdated: "none",
  settled: "none",
  repeated: "none",
  unfit: "warn",
  revoked: "warn",
  dismissed: "none",
};

export function FilingLink({ one }: { one: ListedAnswer }) {
  if (one.filing === null) return <>－</>;
  return (
    <a href={`/filings/${one.filing.id}`}>
      第{one.filing.number}号　{one.filing.title}
    </a>
  );
}

const answerColumns: Column<ListedAnswer>[] = [
  { key: "at", head: "届いた日時", width: 10, cell: (one) => writeAt(one.receivedAt) },
  { key: "filing", head: "文書", rowHead: true, wrap: true, cell: (one) => <FilingLink one={one} /> },
  {
    key: "outcome",
    head: "回答",
    wrap: true,
    cell: (one) => (
      <>
        {one.outcomeText || "－"}
        {one.version !== null && <span className="sub">　第{one.version}版</span>}
      </>
    ),
  },
  { key: "source", head: "形", width: 8, cell: (one) => sourceLabels[one.source] },
  {
    key: "standing",
    head: "扱い",
    wrap: true,
    cell: (one) => <Status look={looks[one.standing]}>{one.standingText}</Status>,
  },
];

/** 届いた回答の表。 */
export function AnswerTable({ answers }: { answers: readonly ListedAnswer[] }) {
  return (
    <Table
      caption="届いた回答の一覧"
      columns={answerColumns}
      rows={answers}
      rowKey={(one) => one.id}
      empty="まだ届いていません。文書の画面で確認用の一式を取り出し、委託者に渡してください。"
    />
  );
}
