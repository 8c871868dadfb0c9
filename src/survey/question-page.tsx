import type { Codebook } from "../tabulation/codebook.ts";
import { missingKinds } from "../tabulation/codebook.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { SurveyHead } from "./open-survey.ts";
import { baseRules, questionTypes } from "./question-form.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

export interface QuestionPageProps {
  csrf: string;
  survey: SurveyHead;
  codebook: Codebook;
  /** 直す設問の id。足すときは undefined。 */
  question: string | undefined;
  values: Readonly<Record<string, string>>;
  message?: string | undefined;
  /** 列ごとの、多い値（選択肢の名を書くときの手がかり）。 */
  seen: readonly { value: string; count: number }[];
  mayWork: boolean;
}

/** 設問一つを直す・足す。 */
export function QuestionPage(props: QuestionPageProps) {
  const { csrf, survey, codebook, question, values, message, seen, mayWork } = props;
  const at = `/surveys/${survey.id}/codebook`;
  const given = (id: string) => ({ id, defaultValue: values[id] ?? "" });
  const others = codebook.questions.filter(({ id }) => id !== question);
  const named = (one: Codebook["questions"][number]) => ({
    value: one.id,
    label: `${one.id} ${[...(one.short ?? one.text)].slice(0, 20).join("")}`,
  });
  return (
    <>
      <SurveyTop
        survey={survey}
        here="codebook"
        mayLook
        title={question === undefined ? "設問を足します。" : `設問 ${question} ${values.short || ""}`}
      />
      <form
        method="post"
        action={question === undefined ? `${at}/new` : `${at}/${encodeURIComponent(question)}`}
        className="pile survey-question"
      >
        <Csrf token={csrf} />
        <input type="hidden" name="version" value={survey.version} />
        {message !== undefined && <Note tone="late" title={message} />}
        <div className="fields two">
          <TextField
            label="設問の番号"
            required
            maxLength={20}
            readOnly={question !== undefined}
            {...given("id")}
          />
          <SelectField
            label="種類"
            choices={Object.entries(questionTypes).map(([value, label]) => ({ value, label }))}
            {...given("type")}
          />
          <TextAreaField label="設問文" span rows={2} {...given("text")} />
          <TextField label="短い名（表と図）" {...given("short")} />
          <SelectField
            label="割合の分母"
            choices={Object.entries(baseRules).map(([value, label]) => ({ value, label }))}
            {...given("base")}
          />
          <TextAreaField
            label="列の名"
            rows={Math.min(8, Math.max(2, (values.columns ?? "").split("\n").length))}
            help="一行に一つ。選択肢ごとの列のときは、選択肢と同じ数・同じ順に。"
            {...given("columns")}
          />
          <SelectField
            label="表の形の設問の一行のとき、その題"
            blank="－"
            choices={others.filter(({ type }) => type === "matrix").map(named)}
            {...given("matrix")}
          />
        </div>
        <Options values={values} seen={seen} />
        <Section
          id="h-missing"
          title="答えのないこと"
          sub="その値のコード。区切りは「,」。空のます目は、無回答です。"
        >
          <div className="fields four">
            {Object.entries(missingKinds).map(([kind, label]) => (
              <TextField key={kind} label={label} {...given(`missing.${kind}`)} />
            ))}
          </div>
        </Section>
        <Section id="h-rule" title="聞く人・範囲・まとめ">
          <div className="fields two">
            <SelectField
              label="この設問に"
              blank="全員に聞く"
              choices={others.filter(({ type }) => type === "sa" || type === "ma").map(named)}
              {...given("when.question")}
            />
            <TextField label="こう答えた人にだけ聞く（コード）" {...given("when.codes")} />
            <TextField label="数の下限" inputMode="numeric" {...given("min")} />
            <TextField label="数の上限" inputMode="numeric" {...given("max")} />
            <TextAreaField
              label="まとめ"
              span
              rows={2}
              help="一行に一つ。例: 満足（計）=1,2"
              {...given("nets")}
            />
          </div>
        </Section>
        {mayWork && (
          <p className="acts">
            <Submit>{question === undefined ? "設問を足す" : "設問を直す"}</Submit>
            <LinkButton href={at}>やめる</LinkButton>
          </p>
        )}
      </form>
      {mayWork && question !== undefined && (
        <form method="post" action={`${at}/${encodeURIComponent(question)}/remove`} className="survey-act">
          <Csrf token={csrf} />
          <input type="hidden" name="version" value={survey.version} />
          <Submit look="plain">この設問をコードブックから外す</Submit>
          <span className="sub">回答は消えません。</span>
        </form>
      )}
    </>
  );
}

/** 選択肢の表。空の行を足しておく。 */
function Options({ values, seen }: Pick<QuestionPageProps, "values" | "seen">) {
  const used = Object.keys(values).filter((name) => /^o\.\d+\.label$/.test(name)).length;
  const rows = Array.from({ length: Math.max(used + 3, 5) }, (_, at) => at);
  const input = (at: number, name: string, label: string) => (
    <input
      type="text"
      name={`o.${at}.${name}`}
      aria-label={`${at + 1}行目の${label}`}
      defaultValue={values[`o.${at}.${name}`] ?? ""}
    />
  );
  return (
    <Section
      id="h-options"
      title="選択肢"
      sub={
        seen.length > 0
          ? `回答にある値: ${seen.map(({ value, count }) => `${[...value].slice(0, 16).join("")}（${count}）`).join("　")}`
          : undefined
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある */}
      <div className="scroll-x" tabIndex={0} role="region" aria-label="選択肢の表">
        <table className="tbl survey-options">
          <caption className="vh">選択肢</caption>
          <thead>
            <tr>
              <th scope="col" className="w5">
                コード
              </th>
              <th scope="col">選択肢（調査票のとおり）</th>
              <th scope="col" className="w12">
                短い名
              </th>
              <th scope="col" className="w5">
                点
              </th>
              <th scope="col" className="w9">
                言葉の列
              </th>
              <th scope="col" className="w6">
                ほかと選べない
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((at) => (
              <tr key={at}>
                <td>{input(at, "code", "コード")}</td>
                <td>{input(at, "label", "選択肢")}</td>
                <td>{input(at, "short", "短い名")}</td>
                <td>{input(at, "score", "点")}</td>
                <td>{input(at, "write", "言葉の列")}</td>
                <td>
                  <input
                    type="checkbox"
                    name={`o.${at}.exclusive`}
                    value="1"
                    aria-label={`${at + 1}行目は、ほかと一緒に選べない`}
                    defaultChecked={values[`o.${at}.exclusive`] === "1"}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="help">空の行は使いません。足りなければ、直したあとにまた空の行が出ます。</p>
    </Section>
  );
}
