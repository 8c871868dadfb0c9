import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { CommentBook } from "./read-book.ts";
import type { Round } from "./send-round.ts";

export interface RoundPageProps {
  csrf: string;
  book: CommentBook;
  rounds: readonly Round[];
  faults: readonly Fault[];
  message?: string | undefined;
  may: boolean;
}

/** 部局への確認: 署名つきの一式で求め、回答を反映する。 */
export function RoundPage({ csrf, book, rounds, faults, message, may }: RoundPageProps) {
  const ready = book.groups.filter(
    ({ state, answer, status }) => state === "draft" && answer !== "" && status !== "",
  );
  const agreed = book.groups.filter(({ state }) => state === "agreed").length;
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={`${book.groups.length}の答えのうち、${agreed}が確認済みです。`}
      />
      <div className="pile">
        {message !== undefined && <Note tone="late" title={message} />}
        <Section id="h-rounds" title="確認の回" sub="協議書を出し、確認用の一式（署名つきの回答）を渡します">
          <Table
            caption="回ごとの部局と状態"
            columns={[
              { key: "no", head: "回", rowHead: true, width: 4, cell: (one) => `第${one.number}回` },
              { key: "department", head: "部局", wrap: true, cell: (one) => one.department },
              { key: "n", head: "答え（件）", numeric: true, width: 6, cell: (one) => one.groups.length },
              { key: "state", head: "状態", width: 8, cell: (one) => <RoundStatus round={one} /> },
              {
                key: "filing",
                head: "協議書",
                width: 6,
                cell: (one) => <a href={`/filings/${one.filing}`}>開く</a>,
              },
              {
                ...{ key: "settle", head: "回答", width: 10 },
                cell: (one) =>
                  one.waiting && may ? (
                    <form method="post" action={`/comments/rounds/${one.id}/settle`}>
                      <Csrf token={csrf} />
                      <button className="btn" type="submit">
                        {one.state === "answered" ? "回答を反映する" : "書き直せるようにする"}
                      </button>
                    </form>
                  ) : (
                    "－"
                  ),
              },
            ]}
            rows={rounds}
            rowKey={(one) => one.id}
            empty="まだ確認を求めていません。"
          />
        </Section>
        {may && (
          <Section
            id="h-new"
            title="確認を求める"
            sub={`書いてあって、まだ求めていない答え ${ready.length}件`}
          >
            {ready.length === 0 ? (
              <p className="sub">求められる答えはありません。</p>
            ) : (
              <form method="post" action="/comments/rounds" className="pile upload">
                <Csrf token={csrf} />
                <TextField
                  id="department"
                  label="部局"
                  required
                  maxLength={60}
                  error={faults.find(({ field }) => field === "department")?.message}
                />
                <div className="masks tall">
                  {ready.map(({ id, number, status, summary }) => (
                    <label key={id} className="check" htmlFor={`g-${id}`}>
                      <input type="checkbox" id={`g-${id}`} name="groups" value={id} />
                      <span>
                        No.{number}　{status}　{[...summary].slice(0, 48).join("")}
                      </span>
                    </label>
                  ))}
                </div>
                <p className="acts">
                  <Submit>協議書の下書きを作る</Submit>
                </p>
              </form>
            )}
          </Section>
        )}
      </div>
    </>
  );
}

function RoundStatus({ round }: { round: Round }) {
  const { state, waiting } = round;
  if (state === "draft") return <Status look="none">協議書の下書き</Status>;
  if (state === "submitted") return <Status look="wait">回答待ち</Status>;
  if (waiting) return <Status look="due">回答あり</Status>;
  return state === "answered" ? (
    <Status look="done">確認済み</Status>
  ) : (
    <Status look="none">差戻し・取下げ</Status>
  );
}
