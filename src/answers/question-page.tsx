import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { writeAt } from "./answer-flow-panel.tsx";
import type { InquiryItem } from "./inquiry.ts";
import type { ListedQuestion } from "./list-questions.ts";
import { callbackPromises, questionHolders, questionLimits, questionStateLabels } from "./question.ts";

export interface QuestionListPageProps {
  questions: readonly ListedQuestion[];
  group: "open" | "closed" | undefined;
  tally: { open: number; late: number; city: number };
  mayRecord: boolean;
}

/** 委託者への確認の一覧。 */
export function QuestionListPage({ questions, group, tally, mayRecord }: QuestionListPageProps) {
  return (
    <>
      <PageHead
        crumb="応対"
        title={<Sentence {...tally} />}
        actions={
          mayRecord ? (
            <LinkButton href="/questions/new" look="main" icon="plus">
              委託者に確認する
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        <List
          action="/questions"
          filters={[
            {
              name: "group",
              label: "状態",
              value: group ?? "",
              choices: [
                { value: "", label: "すべて" },
                { value: "open", label: "終わっていないもの" },
                { value: "closed", label: "終わったもの" },
              ],
            },
          ]}
          count={`${questions.length}件。新しい番号からです。`}
          clearHref={group === undefined ? undefined : "/questions"}
          table={{
            caption: "委託者への確認",
            columns,
            rows: questions,
            rowKey: (one) => one.id,
            empty: (
              <p>
                <b>
                  {group === undefined ? "委託者への確認はありません。" : "この条件に合うものはありません。"}
                </b>
                センターの中で終えられない問いは、責任者から委託者に確かめ、折り返します（仕様書6(7)）。
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

function Sentence({ open, late, city }: QuestionListPageProps["tally"]) {
  if (open === 0) return <>折り返しを待つ方はいません。</>;
  return (
    <>
      {`${open}件が折り返しを待っています。`}
      {late > 0 && <span className="late">{late}件は約束の時刻を過ぎました。</span>}
      {city > 0 && `${city}件は委託者の指示待ちです。`}
    </>
  );
}

const columns: Column<ListedQuestion>[] = [
  { key: "number", head: "番号", numeric: true, width: 4, cell: (one) => one.number },
  {
    key: "ask",
    head: "確かめること",
    rowHead: true,
    wrap: true,
    cell: (one) => <a href={`/questions/${one.id}`}>{[...one.ask].slice(0, 60).join("")}</a>,
  },
  {
    key: "state",
    head: "状態",
    width: 10,
    cell: (one) =>
      one.state === "closed" ? (
        <Status look="done">終了</Status>
      ) : (
        <Status look={one.urgency === "late" ? "late" : one.urgency === "due" ? "due" : "wait"}>
          {questionStateLabels[one.state]}
        </Status>
      ),
  },
  { key: "holder", head: "いま", width: 6, cell: (one) => questionHolders[one.state] },
  { key: "asked", head: "受けた時", width: 10, cell: (one) => writeAt(one.askedAt) },
  {
    key: "due",
    head: "折り返しの約束",
    width: 10,
    cell: (one) => (one.state === "closed" ? "－" : one.dueText),
  },
];

export interface QuestionFormProps {
  csrf: string;
  once: string;
  items: readonly InquiryItem[];
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
}

/** 責任者に上げる。問いと、折り返す相手は分けて書く。 */
export function QuestionFormPage({ csrf, once, items, values, faults }: QuestionFormProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/questions">委託者への確認</a>} title="委託者に確認する" />
      <div className="cols main-side">
        <form method="post" action="/questions" className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="once" value={once} />
          <TextAreaField
            id="ask"
            label="委託者に確かめること"
            required
            rows={4}
            maxLength={questionLimits.ask}
            defaultValue={values.ask}
            error={fault("ask")}
            help="委託者が読みます。氏名や電話番号は書かず、下の欄に分けてください。"
          />
          <div className="fields two">
            <SelectField
              id="item"
              label="項目"
              choices={items.map(({ code, label }) => ({ value: code, label }))}
              defaultValue={values.item}
              error={fault("item")}
            />
            <SelectField
              id="promise"
              label="折り返しの約束"
              required
              choices={Object.entries(callbackPromises).map(([value, label]) => ({ value, label }))}
              defaultValue={values.promise ?? "120"}
              error={fault("promise")}
            />
          </div>
          <TextField
            id="caller"
            label="折り返す相手（氏名と電話）"
            maxLength={questionLimits.caller}
            defaultValue={values.caller}
            error={fault("caller")}
            help="受託者の中だけで使い、委託者には伝えません。封じて保存します。"
            autoComplete="off"
          />
          <div className="acts">
            <LinkButton href="/questions" size="tall">
              やめる
            </LinkButton>
            <Submit>責任者に上げる</Submit>
          </div>
        </form>
        <div className="pile">
          <Note tone="info" title="お客様には、こうお伝えください。">
            「確かめまして、こちらから折り返しお電話いたします。」時刻は左の約束のとおりに。
          </Note>
          <Note title="委託者への連絡は責任者から（仕様書6(7)）。">
            引き受け、確認、指示、折り返しの時刻がすべて残ります。
          </Note>
        </div>
      </div>
    </>
  );
}
