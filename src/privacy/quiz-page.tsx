import { Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { quizQuestions } from "./quiz.ts";
import { PASS_SCORE } from "./register.ts";

export interface QuizPageProps {
  csrf: string;
  courses: readonly { value: string; label: string }[];
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  result: { score: number; passed: boolean; wrong: readonly number[] } | undefined;
}

/** 自分の確認テスト。受けた点は、受講の帳簿に残る。 */
export function QuizPage({ csrf, courses, values, faults, result }: QuizPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead
        crumb={<a href="/privacy/registers/course">教育・研修の計画</a>}
        title={`確認テスト　${quizQuestions.length}問、${PASS_SCORE}点から合格です。`}
      />
      {result === undefined ? (
        <form method="post" action="/privacy/quiz" className="pile">
          <Csrf token={csrf} />
          {courses.length === 0 && (
            <Note tone="due" title="研修の計画がまだありません。">
              ＳＶか保護管理者に、計画を書いてもらってください。
            </Note>
          )}
          <SelectField
            id="course"
            label="どの研修か"
            required
            choices={courses}
            blank="選んでください"
            defaultValue={values.course ?? courses[0]?.value ?? ""}
            error={fault("f.course") ?? fault("course")}
          />
          {quizQuestions.map((question, at) => (
            <SegmentedField
              key={question.text}
              id={`q${at}`}
              legend={`${at + 1}　${question.text}`}
              required
              choices={[
                { value: "yes", label: "正しい" },
                { value: "no", label: "誤り" },
              ]}
              defaultValue={values[`q${at}`]}
              error={fault(`q${at}`)}
            />
          ))}
          <div className="acts">
            <Submit>答えを出す</Submit>
          </div>
        </form>
      ) : (
        <div className="pile">
          <Note
            tone={result.passed ? "done" : "late"}
            title={`${result.score}点でした。${result.passed ? "合格です。一年間、個人情報を扱えます。" : "もう一度、教材を読んでから受けてください。"}`}
          />
          {result.wrong.length > 0 && (
            <Section id="h-wrong" title="違っていた問い">
              <ul>
                {result.wrong.map((number) => (
                  <li key={number}>
                    {quizQuestions[number - 1]?.text}
                    {"　"}
                    <span className="sub">{quizQuestions[number - 1]?.why}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <p>
            <a href="/privacy/gate">扱う資格を見る</a>
          </p>
        </div>
      )}
    </>
  );
}
