import type { Fault } from "../base/error.ts";
import { personalKinds } from "../japan/personal-flag.ts";
import type { CodeSuggestion } from "../tabulation/suggest-codes.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { writeFrameText } from "./code-frame.ts";
import type { CodeBoard, CodedText } from "./list-coding.ts";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

export interface CodePageProps {
  csrf: string;
  survey: SurveyHead;
  board: CodeBoard;
  /** 1 一人目、2 二人目。 */
  pass: 1 | 2;
  /** いま符号を付ける一件と、候補。 */
  now: { answer: CodedText; suggestions: CodeSuggestion[]; text: string } | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWork: boolean;
}

/** 自由記述に符号を付ける: いまの一件と候補、枠、数と例、二人の一致。 */
export function CodePage(props: CodePageProps) {
  const { survey, board, pass, now, mayWork } = props;
  const at = `/surveys/${survey.id}/codes/${encodeURIComponent(board.question.id)}`;
  const total = board.answers.length;
  const second = board.answers.filter((one) => one.second.length > 0).length;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="codes"
        mayLook
        title={
          !board.frame
            ? `${total.toLocaleString("ja-JP")}件の自由記述があります。符号の枠を定めてください。`
            : board.coded === total
              ? `${total.toLocaleString("ja-JP")}件すべてに、符号を付けました。`
              : `${total.toLocaleString("ja-JP")}件のうち${board.coded.toLocaleString("ja-JP")}件に、符号を付けました。`
        }
      />
      <div className="pile">
        {board.frame && mayWork && (
          <div className="survey-nav">
            <SegmentedLinks
              label="だれの符号か"
              links={[
                { href: at, label: `一人目 ${board.coded} / ${total}`, current: pass === 1 },
                { href: `${at}?pass=2`, label: `二人目 ${second}`, current: pass === 2 },
              ]}
            />
          </div>
        )}
        {board.frame &&
          mayWork &&
          (now ? <OneAnswer {...props} now={now} at={at} /> : <AllDone pass={pass} />)}
        {board.frame && <Tally board={board} />}
        {board.agreement.pairs > 0 && <Agreement board={board} />}
        {board.words.length > 0 && (
          <Section id="h-words" title="よく書かれた言葉" sub="書いた人の数。伏せた文から数えます。">
            <p className="survey-words">
              {board.words.map(({ word, count }) => (
                <span key={word}>
                  {word} <small>{count}</small>
                </span>
              ))}
            </p>
          </Section>
        )}
        {mayWork && <Frame {...props} at={at} />}
      </div>
    </>
  );
}

function AllDone({ pass }: { pass: 1 | 2 }) {
  return pass === 1 ? (
    <Note tone="done" title="付けていないものはありません。" />
  ) : (
    <Note
      tone="info"
      title="二人目が付けるものはありません。一人目の符号が付いたものから、十件に一件を選びます。"
    />
  );
}

function OneAnswer(props: CodePageProps & { now: NonNullable<CodePageProps["now"]>; at: string }) {
  const { csrf, board, pass, now, at, faults } = props;
  const { answer, suggestions, text } = now;
  const given = pass === 1 ? answer.codes : answer.second;
  const suggested = new Map(suggestions.map((one) => [one.code, one.because]));
  const ordered = [
    ...suggestions.flatMap(({ code }) => (board.frame?.codes ?? []).filter((one) => one.code === code)),
    ...(board.frame?.codes ?? []).filter(({ code }) => !suggested.has(code)),
  ];
  const error = faults.find(({ field }) => field === "code" || field === undefined)?.message;
  return (
    <Section
      id="h-now"
      title={`回答の表の${answer.row}行目`}
      sub={pass === 2 ? "一人目の符号は見えません。" : undefined}
    >
      <div className="survey-coding">
        <div>
          <blockquote>{text}</blockquote>
          {answer.kinds.length > 0 && (
            <p className="sub">
              {answer.kinds.map((kind) => personalKinds[kind]).join("・")}らしいところを伏せました
              {answer.checked ? "（確かめ済み）" : ""}。
            </p>
          )}
          <details>
            <summary>伏せ字</summary>
            <form method="post" action={`${at}/reveal`} className="survey-act">
              <Csrf token={csrf} />
              <input type="hidden" name="mark" value={answer.mark} />
              <input type="hidden" name="pass" value={pass} />
              <Submit look="normal" icon="eye">
                伏せ字を外して読む
              </Submit>
              <span className="sub">だれがいつ読んだかが、記録に残ります。</span>
            </form>
            <form method="post" action={`${at}/mask`} className="pile tight">
              <Csrf token={csrf} />
              <input type="hidden" name="mark" value={answer.mark} />
              <input type="hidden" name="pass" value={pass} />
              <TextField id="hide" label="ほかに伏せる言葉" help="区切りは「、」" />
              <CheckField id="keep" label="見つけたところは個人情報ではないので、伏せない" />
              <Submit look="normal">伏せ字を決める</Submit>
            </form>
          </details>
        </div>
        <form method="post" action={at}>
          <Csrf token={csrf} />
          <input type="hidden" name="mark" value={answer.mark} />
          <input type="hidden" name="pass" value={pass} />
          <fieldset>
            <legend className="label">符号（いくつでも。上の五つが候補）</legend>
            {ordered.map(({ code, title }) => (
              <div key={code} className={suggested.has(code) ? "sug" : undefined}>
                <label className="check" htmlFor={`code-${code}`}>
                  <input
                    type="checkbox"
                    id={`code-${code}`}
                    name="code"
                    value={code}
                    defaultChecked={given.includes(code)}
                  />
                  <span>
                    {code}　{title}
                  </span>
                </label>
                {suggested.has(code) && <p className="help">{suggested.get(code)}</p>}
              </div>
            ))}
            {error !== undefined && (
              <p className="err" role="alert">
                <b>{error}</b>
              </p>
            )}
          </fieldset>
          <p className="acts">
            <Submit>付けて、次へ</Submit>
            <LinkButton href={`${at}?pass=${pass}&after=${answer.mark}`}>とばす</LinkButton>
          </p>
        </form>
      </div>
    </Section>
  );
}

function Tally({ board: { tally, coded } }: { board: CodeBoard }) {
  return (
    <Section id="h-tally" title="数と例" sub="割合（％）は、符号を付けた回答の中の割合。例は伏せた文です。">
      <Table
        caption="符号ごとの数と例"
        columns={[
          { key: "code", head: "符号", width: 4, cell: ({ code }) => code },
          { key: "title", head: "題", rowHead: true, width: 16, wrap: true, cell: ({ title }) => title },
          {
            key: "count",
            head: "件",
            numeric: true,
            width: 4,
            cell: ({ count }) => count.toLocaleString("ja-JP"),
          },
          {
            ...{ key: "share", head: "％", numeric: true, width: 4 },
            cell: ({ count }) =>
              coded === 0 ? "－" : (Math.floor((2000 * count + coded) / (2 * coded)) / 10).toFixed(1),
          },
          {
            ...{ key: "examples", head: "例", wrap: true },
            cell: ({ examples }) =>
              examples.map((one) => `「${[...one].slice(0, 60).join("")}」`).join(" ") || "－",
          },
        ]}
        rows={tally}
        rowKey={({ code }) => code}
        empty="まだ枠がありません。"
      />
    </Section>
  );
}

function Agreement({ board: { agreement, frame } }: { board: CodeBoard }) {
  const titles = new Map((frame?.codes ?? []).map(({ code, title }) => [code, title]));
  return (
    <Section
      id="h-kappa"
      title="二人の一致"
      sub={`${agreement.pairs}件に、二人が別々に付けました。κ が 0.6 に満たない符号は、題と説明を見直してください。`}
    >
      <Table
        caption="符号ごとの一致"
        columns={[
          { key: "code", head: "符号", width: 4, cell: ({ code }) => code },
          { key: "title", head: "題", rowHead: true, wrap: true, cell: ({ code }) => titles.get(code) ?? "" },
          { key: "both", head: "二人とも", numeric: true, width: 6, cell: ({ both }) => both },
          { key: "first", head: "一人目だけ", numeric: true, width: 6, cell: ({ first }) => first },
          { key: "second", head: "二人目だけ", numeric: true, width: 6, cell: ({ second }) => second },
          {
            key: "kappa",
            head: "κ",
            numeric: true,
            width: 5,
            cell: ({ kappa }) => (kappa === null ? "－" : kappa.toFixed(2)),
          },
        ]}
        rows={agreement.codes}
        rowKey={({ code }) => code}
        empty=""
      />
    </Section>
  );
}

function Frame({ csrf, board, values, faults, at }: CodePageProps & { at: string }) {
  const error = faults.find(({ field }) => field === "frame")?.message;
  return (
    <Section
      id="h-frame"
      title="符号の枠"
      sub={board.frame ? `第${board.frame.number}版` : "まだありません。"}
    >
      <form method="post" action={`${at}/frame`} className="pile survey-question">
        <Csrf token={csrf} />
        <TextAreaField
          id="frame"
          label="一行に一つ（符号 | 題 | 説明）"
          rows={Math.max(6, (board.frame?.codes.length ?? 0) + 2)}
          defaultValue={values.frame ?? writeFrameText(board.frame?.codes ?? [])}
          error={error}
          help="説明の言葉は、候補を挙げる手がかりになります。"
        />
        <TextField
          id="moves"
          label="なくす符号の移す先"
          defaultValue={values.moves ?? ""}
          help="例: 4=2、7=90。使っていない符号は、書かなくても消せます。"
        />
        <p className="acts">
          <Submit look="second">{board.frame ? "新しい版を定める" : "枠を定める"}</Submit>
        </p>
      </form>
    </Section>
  );
}
