import type { ReactNode } from "react";
import { tryResults } from "../tasks/task.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { Flow, type FlowStep, Timeline, writeAt } from "./answer-flow-panel.tsx";
import type { AnswerRight } from "./answer-right.ts";
import { type HiddenWords, HiddenWordsPanel } from "./hidden-words-panel.tsx";
import type { OpenQuestion } from "./list-questions.ts";
import {
  mayStep,
  type QuestionState,
  questionHolders,
  questionLimits,
  questionStateLabels,
} from "./question.ts";

export interface QuestionPageProps {
  csrf: string;
  open: OpenQuestion;
  item: string;
  words: HiddenWords["state"];
  may: (right: AnswerRight) => boolean;
  /** 協議の回答から読んだ、指示の案。 */
  instruction: { answer: string; from: string } | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
}

/** 一つの確認。左に問いと経過、右に、いまできること。 */
export function QuestionPage(props: QuestionPageProps) {
  const { question, head, steps, names } = props.open;
  const who = (id: string) => names.get(id)?.name ?? "異動した人";
  return (
    <>
      <PageHead
        crumb={<a href="/questions">委託者への確認</a>}
        title={`確認第${question.number}号　${questionStateLabels[question.state]}`}
        actions={
          question.filing_id === null ? undefined : (
            <LinkButton href={`/filings/${question.filing_id}`} icon="doc">
              協議書
            </LinkButton>
          )
        }
      />
      <Flow label="確認の進み" steps={flowOf(question.state)} />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-ask" title="確かめること">
            <Pairs
              items={[
                { name: "受けた時", value: `${writeAt(question.made_at)}　${who(question.made_by)}` },
                { name: "項目", value: props.item },
                { name: "いま", value: questionHolders[question.state] },
                {
                  name: "折り返しの約束",
                  value: `${head.dueText.replace(/まで$/, "")}まで${head.attempts > 0 ? `　試み ${head.attempts}回` : ""}`,
                },
                { name: "折り返す相手", value: question.caller ?? "折り返しなし" },
              ]}
            />
            <p className="pre mt2">{question.ask}</p>
            <HiddenWordsPanel state={props.words} at={`/questions/${question.id}`} csrf={props.csrf} />
          </Section>
          {question.answer !== null && (
            <Section id="h-answer" title="お伝えすること">
              <p className="pre">{question.answer}</p>
            </Section>
          )}
          <Section id="h-steps" title="受け渡しの経過">
            <Timeline steps={steps.map((step) => ({ ...step, who: who(step.made_by) }))} />
          </Section>
        </div>
        <div className="pile noprint">
          <Acts {...props} />
        </div>
      </div>
    </>
  );
}

export function flowOf(state: QuestionState): FlowStep[] {
  const order: QuestionState[] = ["asked", "taken", "sent", "instructed", "closed"];
  const reached = state === "closed" ? 5 : order.indexOf(state) + 1;
  return ["OPが受けた", "責任者", "委託者に確認", "指示", "折り返し"].map((label, at) => ({
    label,
    state: at < reached ? "done" : at === reached ? "now" : "ahead",
  }));
}

function Act(props: { id: string; title: string; open: OpenQuestion; csrf: string; children: ReactNode }) {
  return (
    <Section id={`h-${props.id}`} title={props.title}>
      <form method="post" action={`/questions/${props.open.question.id}/${props.id}`} className="pile mt1">
        <Csrf token={props.csrf} />
        {props.children}
      </form>
    </Section>
  );
}

function Acts(props: QuestionPageProps) {
  const { open, csrf, may, values, faults, instruction } = props;
  const { state } = open.question;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  if (state === "closed") return <Note tone="done" title="折り返して終わりました。" />;
  return (
    <>
      {mayStep("tell", state) && may("record") && (
        <Act id="tell" title="折り返して終える" open={open} csrf={csrf}>
          <TextAreaField
            id="note"
            label="話したこと（要れば）"
            rows={2}
            maxLength={questionLimits.note}
            error={fault("note")}
          />
          <Submit>伝えて終えた</Submit>
        </Act>
      )}
      {mayStep("take", state) && may("confirm") && (
        <Act id="take" title="責任者が引き受ける" open={open} csrf={csrf}>
          <Submit>引き受ける</Submit>
        </Act>
      )}
      {mayStep("send", state) && may("confirm") && (
        <Act id="send" title="委託者に確認する" open={open} csrf={csrf}>
          <TextAreaField
            id="body"
            label="協議書の内容"
            required
            rows={4}
            defaultValue={values.body ?? open.question.ask}
            error={fault("body")}
            help="協議・届出に番号がつき、委託者が着席して、または持ち出した包みで答えられます。"
          />
          <Submit look={state === "taken" ? "main" : "second"}>委託者に確認する</Submit>
        </Act>
      )}
      {state === "sent" && instruction === undefined && (
        <Note tone="info" title="委託者の指示を待っています。" />
      )}
      {instruction !== undefined && mayStep("instruct", state) && (
        <Note tone="done" title="委託者の回答が届いています。">
          下の欄に入れました。
        </Note>
      )}
      {mayStep("instruct", state) && may("handle") && (
        <Act id="instruct" title="指示を残す" open={open} csrf={csrf}>
          <TextAreaField
            id="answer"
            label="お伝えすること"
            required
            rows={4}
            maxLength={questionLimits.answer}
            defaultValue={values.answer ?? instruction?.answer ?? ""}
            error={fault("answer")}
          />
          <TextField
            id="from"
            label="だれの指示か（部署と職名）"
            required
            maxLength={80}
            defaultValue={values.from ?? instruction?.from ?? ""}
            error={fault("from")}
          />
          <Submit look={state === "sent" ? "main" : "second"}>指示を残して折り返しへ</Submit>
        </Act>
      )}
      {mayStep("try", state) && may("record") && (
        <Act id="try" title="つながらなかったとき" open={open} csrf={csrf}>
          <SelectField
            id="result"
            label="結果"
            choices={Object.entries(tryResults).map(([value, label]) => ({ value, label }))}
            defaultValue="absent"
          />
          <div>
            <Submit look="normal">試みを残す</Submit>
          </div>
        </Act>
      )}
    </>
  );
}
