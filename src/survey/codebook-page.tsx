import type { Codebook, Question } from "../tabulation/codebook.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckGroup } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { Finding } from "./check-answers.ts";
import { columnsOf } from "./check-answers.ts";
import type { LabelFinding } from "./check-labels.ts";
import type { SurveyHead } from "./open-survey.ts";
import { questionTypes } from "./question-form.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

export interface CodebookPageProps {
  csrf: string;
  survey: SurveyHead;
  codebook: Codebook | undefined;
  questionnaire: string;
  labels: readonly LabelFinding[];
  misfits: readonly Finding[];
  /** どの設問も使っていない列。 */
  unused: readonly string[];
  fault?: { field: string; message: string } | undefined;
  mayWork: boolean;
}

/** コードブック: 設問の一覧、合わないところ、ファイル、調査票との突き合わせ、集計の軸。 */
export function CodebookPage(props: CodebookPageProps) {
  const { csrf, survey, codebook, labels, misfits, unused, fault, mayWork } = props;
  const own = codebook?.questions.filter(({ matrix }) => matrix === undefined).length ?? 0;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="codebook"
        mayLook
        title={
          !codebook
            ? "コードブックは、まだありません。"
            : misfits.length > 0
              ? `${own}問のうち、回答と合わないところが${misfits.length}つあります。`
              : `${own}問のコードブックです。`
        }
        actions={
          mayWork && codebook ? (
            <LinkButton href={`/surveys/${survey.id}/codebook/new`} icon="plus">
              設問を足す
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        {fault?.field === "settings" && <Note tone="late" title={fault.message} />}
        {misfits.length > 0 && (
          <Note tone="late" title="回答と合わないところがあります。直すまで、集計できません。">
            <ul>
              {misfits.map((one) => (
                <li key={`${one.question}${one.column}`}>
                  <a href={`/surveys/${survey.id}/codebook/${encodeURIComponent(one.question)}`}>
                    {one.question}
                  </a>
                  　{one.message}
                </li>
              ))}
            </ul>
          </Note>
        )}
        {unused.length > 0 && (
          <Note tone="info" title={`どの設問も使っていない列が${unused.length}つあります。`}>
            {unused.slice(0, 30).join("、")}
          </Note>
        )}
        {codebook && <Questions survey={survey} codebook={codebook} />}
        {codebook && mayWork && <Settings csrf={csrf} survey={survey} codebook={codebook} />}
        <Labels {...props} labels={labels} />
        {mayWork && <Upload csrf={csrf} survey={survey} fault={fault} known={codebook !== undefined} />}
      </div>
    </>
  );
}

function Questions({ survey, codebook }: { survey: SurveyHead; codebook: Codebook }) {
  const options = ({ options: all, type }: Question) =>
    type === "number" || type === "text" || type === "matrix"
      ? "－"
      : all.map(({ label, short }) => short ?? label).join("、");
  return (
    <Section id="h-questions" title="設問">
      <Table
        caption="設問の一覧"
        columns={[
          {
            ...{ key: "id", head: "設問", width: 5, rowHead: true },
            cell: ({ id }) => <a href={`/surveys/${survey.id}/codebook/${encodeURIComponent(id)}`}>{id}</a>,
          },
          {
            ...{ key: "text", head: "設問文", wrap: true },
            cell: ({ text, short, matrix }) => (
              <>
                {matrix !== undefined && <span className="sub">{matrix} の行　</span>}
                {matrix === undefined ? text || "（設問文なし）" : (short ?? text)}
              </>
            ),
          },
          {
            key: "type",
            head: "種類",
            width: 9,
            wrap: true,
            cell: ({ type }) => questionTypes[type].split("（")[0],
          },
          { key: "columns", head: "列", width: 8, wrap: true, cell: (one) => rangeText(columnsOf(one)) },
          { key: "options", head: "選択肢", width: 20, wrap: true, cell: (one) => cut(options(one), 60) },
          {
            ...{ key: "when", head: "聞く人", width: 8, wrap: true },
            cell: ({ when }) => (when ? `${when.question} が ${when.codes.join("・")}` : "全員"),
          },
        ]}
        rows={codebook.questions}
        rowKey={({ id }) => id}
        empty="設問がありません。"
      />
    </Section>
  );
}

function rangeText(columns: readonly string[]): string {
  const [first = "－"] = columns;
  return columns.length > 1 ? `${first} – ${columns.at(-1) ?? ""}` : first;
}

function cut(text: string, most: number): string {
  const points = [...text];
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : text;
}

/** 集計の軸、小さい分母、食い違いの確かめ。 */
function Settings({ csrf, survey, codebook }: { csrf: string; survey: SurveyHead; codebook: Codebook }) {
  const single = codebook.questions.filter(({ type, matrix }) => type === "sa" && matrix === undefined);
  const choices = single.map(({ id, short, text }) => ({
    value: id,
    label: cut(`${id} ${short ?? text}`, 24),
  }));
  const every = codebook.questions.filter(({ type }) => type === "sa" || type === "ma");
  const questions = every.map(({ id, short, text }) => ({
    value: id,
    label: cut(`${id} ${short ?? text}`, 24),
  }));
  const blank = { when: { question: "", codes: [] }, never: { question: "", codes: [] }, say: "" };
  return (
    <Section id="h-settings" title="集計の軸と確かめ">
      <form method="post" action={`/surveys/${survey.id}/codebook/settings`} className="pile">
        <Csrf token={csrf} />
        <input type="hidden" name="version" value={survey.version} />
        <div className="survey-axes">
          <CheckGroup
            id="axes"
            legend="クロス集計の軸（表側）"
            choices={choices}
            defaultValues={codebook.axes.filter((axis) => axis.length === 1).flat()}
          />
        </div>
        <div className="fields three">
          <TextField
            id="nests"
            label="重ねる軸"
            help="例: F1×F2（性別と年代）"
            defaultValue={codebook.axes
              .filter((axis) => axis.length > 1)
              .map((axis) => axis.join("×"))
              .join("、")}
          />
          <TextField
            id="smallBase"
            label="少ないと印を付ける n"
            unit="人"
            inputMode="numeric"
            defaultValue={String(codebook.smallBase)}
          />
          <TextField
            id="suppressBelow"
            label="割合を出さない n"
            unit="人"
            inputMode="numeric"
            help="0 なら、いつも出します。"
            defaultValue={String(codebook.suppressBelow)}
          />
        </div>
        <fieldset className="survey-logic">
          <legend className="label">食い違いの確かめ（こう答えた人が、こう答えるはずはない）</legend>
          {[...codebook.logic, blank].map((rule, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: 欄の番号がそのまま身元
            <div key={at} className="row">
              <SelectField
                id={`l.${at}.when`}
                label={`${at + 1}つめ 答えた設問`}
                blank="－"
                choices={questions}
                defaultValue={rule.when.question}
              />
              <TextField id={`l.${at}.whenCodes`} label="コード" defaultValue={rule.when.codes.join(",")} />
              <SelectField
                id={`l.${at}.never`}
                label="あるはずのない設問"
                blank="－"
                choices={questions}
                defaultValue={rule.never.question}
              />
              <TextField id={`l.${at}.neverCodes`} label="コード" defaultValue={rule.never.codes.join(",")} />
              <TextField id={`l.${at}.say`} label="見つけたときの言葉" defaultValue={rule.say ?? ""} />
            </div>
          ))}
        </fieldset>
        <p className="acts">
          <Submit look="second">軸と確かめを定める</Submit>
        </p>
      </form>
    </Section>
  );
}

function Labels({ csrf, survey, questionnaire, labels, codebook, mayWork, fault }: CodebookPageProps) {
  return (
    <Section
      id="h-labels"
      title="調査票との突き合わせ"
      sub={
        questionnaire === ""
          ? "調査票を置くと、設問文と選択肢の名が同じかを調べます。"
          : labels.length === 0
            ? "設問文も選択肢も、調査票のとおりです。"
            : `調査票に見つからない言葉が${labels.length}つあります。`
      }
    >
      {labels.length > 0 && codebook && (
        <Table
          caption="調査票に見つからない言葉"
          columns={[
            {
              ...{ key: "question", head: "設問", width: 5 },
              cell: ({ question }) => (
                <a href={`/surveys/${survey.id}/codebook/${encodeURIComponent(question)}`}>{question}</a>
              ),
            },
            {
              key: "what",
              head: "どこ",
              width: 5,
              cell: ({ what }) => (what === "text" ? "設問文" : "選択肢"),
            },
            { key: "label", head: "コードブック", rowHead: true, wrap: true, cell: ({ label }) => label },
            {
              key: "near",
              head: "調査票で近い行",
              wrap: true,
              cell: ({ near }) => near ?? "近い行はありません",
            },
          ]}
          rows={labels}
          rowKey={({ question, what, label }) => `${question}${what}${label}`}
          empty=""
        />
      )}
      {mayWork && (
        <form
          method="post"
          action={`/surveys/${survey.id}/questionnaire`}
          encType="multipart/form-data"
          className="survey-file"
        >
          <Csrf token={csrf} />
          <FileField
            id="questionnaire"
            label={
              questionnaire === "" ? "調査票（.docx .pdf .txt）" : "調査票を置き換える（.docx .pdf .txt）"
            }
            error={fault?.field === "questionnaire" ? fault.message : undefined}
          />
          <Submit look="normal">調査票を置く</Submit>
        </form>
      )}
    </Section>
  );
}

function Upload(props: {
  csrf: string;
  survey: SurveyHead;
  fault: CodebookPageProps["fault"];
  known: boolean;
}) {
  const { csrf, survey, fault, known } = props;
  return (
    <Section
      id="h-file"
      title="ファイルから"
      end={known ? <a href={`/surveys/${survey.id}/codebook.json`}>JSON で書き出す</a> : undefined}
    >
      <form
        method="post"
        action={`/surveys/${survey.id}/codebook`}
        encType="multipart/form-data"
        className="survey-file"
      >
        <Csrf token={csrf} />
        <input type="hidden" name="version" value={survey.version} />
        <FileField
          id="codebook"
          label="コードブック（.yaml .json .xlsx .csv）"
          required
          error={fault?.field === "codebook" ? fault.message : undefined}
          help="表は、選択肢ごとに一行。見出しは 設問・設問文・種類・列・コード・選択肢・短い名・点。"
        />
        <Submit look="normal">{known ? "置き換える" : "定める"}</Submit>
      </form>
      {survey.has.answers && (
        <form method="post" action={`/surveys/${survey.id}/codebook/propose`} className="survey-act">
          <Csrf token={csrf} />
          <Submit look="normal">回答の列から作り直す</Submit>
          {known && <span className="sub">いまのコードブックは置き換わります。</span>}
        </form>
      )}
    </Section>
  );
}
