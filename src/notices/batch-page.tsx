import type { ReactNode } from "react";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { BatchState, BatchTally } from "./batch.ts";
import { BatchCountPanel, BatchFilePanel, type BatchFileRow } from "./batch-file-panel.tsx";
import type { ExceptionRow } from "./batch-view.ts";
import { ClockPanel } from "./clock-panel.tsx";
import { ExceptionPanel } from "./exception-panel.tsx";
import type { PostingStrip } from "./posting-strip.ts";
import { SelectedPanel, type SelectedPanelProps } from "./selected-panel.tsx";

/** この役割とこの状態で押せるもの。 */
export interface BatchMay {
  submit: boolean;
  approve: boolean;
  undo: boolean;
  return: boolean;
  print: boolean;
  dispatch: boolean;
  /** 承認できない理由（自分の束）。 */
  whyNotApprove?: string | undefined;
}

export interface BatchPageProps {
  id: string;
  number: number;
  state: BatchState;
  /** 「10月1日・2日実施分」。 */
  about: string;
  sentence: string;
  date: string;
  now: string;
  strip: PostingStrip | undefined;
  rows: ExceptionRow[];
  clean: number;
  tally: BatchTally;
  /** 「川村（SV）」。 */
  me: string;
  samePerson: boolean;
  may: BatchMay;
  csrf: string;
  selected: SelectedPanelProps | undefined;
  returnedReason: string | undefined;
  /** 承認した人と、承認者の欄に添える言葉。 */
  approvedBy: string | undefined;
  printing: { text: string; failed: boolean } | undefined;
  files: BatchFileRow[];
  hasTemplate: boolean;
}

/** 束の確かめと承認。確かめるものが先、残りは一行。 */
export function BatchPage(props: BatchPageProps) {
  const { sentence, about, date, now, strip } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ {about}
          </>
        }
        title={sentence}
        date={date}
        now={now}
      />
      {strip !== undefined && props.state !== "sent" && <ClockPanel {...strip} />}
      <Notices {...props} />
      <div className="approve">
        <Left {...props} />
        <Right {...props} />
      </div>
      {props.may.return && <ReturnDialog {...props} />}
    </>
  );
}

/** 右: 選んだ通。印刷の後で選んでいなければ、印刷用のファイル。 */
function Right({ id, csrf, state, files, selected }: BatchPageProps) {
  const after = state === "printing" || state === "printed" || state === "sent";
  if (after && selected?.kind !== "shown") return <BatchFilePanel id={id} csrf={csrf} files={files} />;
  return selected === undefined ? null : <SelectedPanel {...selected} />;
}

function Notices({ returnedReason, state, printing, hasTemplate }: BatchPageProps) {
  const open = state !== "sent" && state !== "printed";
  return (
    <div className="pile tight notes">
      {returnedReason !== undefined && (
        <Note tone="due" title="差し戻された理由">
          {returnedReason}
        </Note>
      )}
      {printing !== undefined && (
        <Note
          tone={printing.failed ? "late" : "info"}
          title={printing.failed ? "印刷できませんでした" : "印刷の準備"}
        >
          {printing.text}
        </Note>
      )}
      {open && !hasTemplate && (
        <Note tone="due" title="受講通知書の様式が登録されていません">
          委託者から受け取った Word のファイルを<a href="/notices/template">登録</a>すると、印刷できます。
        </Note>
      )}
    </div>
  );
}

function Left(props: BatchPageProps) {
  const { id, rows, clean, tally, selected, state } = props;
  const open = state === "draft" || state === "returned" || state === "submitted" || state === "approved";
  const current = selected?.kind === "shown" ? selected.noticeId : undefined;
  return (
    <Section
      id="n1"
      title={open ? "確かめるもの" : "この束"}
      sub={open ? `${rows.length}通` : undefined}
      end={
        open && rows.length > 0 ? <span className="sub">氏名は選ぶと表示（記録されます）</span> : undefined
      }
    >
      {open ? (
        <ExceptionPanel id={id} rows={rows} current={current} />
      ) : (
        <BatchCountPanel tally={tally} state={state} />
      )}
      <div className="row between mt1">
        <Done tally={tally} clean={clean} open={open} sent={state === "sent"} />
        <a className="sub" href={`/notices/${id}/list`}>
          一覧で見る
        </a>
      </div>
      <Acts {...props} />
    </Section>
  );
}

function Done(props: { tally: BatchTally; clean: number; open: boolean; sent: boolean }) {
  const { tally, clean, open, sent } = props;
  if (!open) return <Status look="done">{`${sent ? "発送した" : "投函する"} ${tally.toSend}通`}</Status>;
  if (tally.approved > 0)
    return (
      <Status look="done">
        承認済み {tally.approved}通{clean > 0 && `・問題なし ${clean}通`}
      </Status>
    );
  return <Status look={clean > 0 ? "done" : "none"}>問題なし {clean}通</Status>;
}

/** いまできる主な行いを一つと、その結果。 */
function Acts(props: BatchPageProps) {
  const { id, may, tally, clean, me, rows, state } = props;
  const left = tally.waiting;
  if (may.submit)
    return (
      <Act {...props} to="submit" label={`${left}通を承認に回す`}>
        {rows.length > 0
          ? "確かめるものを残したまま回すと、SV が一通ずつ見ます。"
          : "SV の承認待ちになります。"}
      </Act>
    );
  if (may.approve && clean > 0)
    return (
      <Act
        {...props}
        to="approve"
        label={`${clean}通を承認して印刷へ`}
        disabled={may.whyNotApprove !== undefined}
      >
        {may.whyNotApprove ??
          `${me}の承認として記録${props.samePerson ? "（作った人と同じ人であることも記録）" : ""}。印刷を始めるまで取り消せます。`}
      </Act>
    );
  if (may.print && tally.approved > 0)
    return (
      <Act
        {...props}
        to="print"
        label={state === "printing" ? "もう一度印刷する" : `${tally.approved}通を印刷する`}
      >
        {left > 0
          ? `確かめていない${left}通は、この束から外れて次の束に入ります。`
          : "印刷を始めると、承認は取り消せません。"}
      </Act>
    );
  return (
    <>
      <div className="row mt1">
        {may.dispatch && (
          <LinkButton href={`/notices/${id}/dispatch`} look="main" size="tall" width="grow">
            発送を記録する
          </LinkButton>
        )}
        {(state === "printed" || state === "sent") && (
          <LinkButton href={`/notices/${id}/sheet`} size="tall">
            発送簿
          </LinkButton>
        )}
        <Second {...props} />
      </div>
      <p className="sub mt1">{waitingWords(props)}</p>
    </>
  );
}

function waitingWords({ state, rows, approvedBy, tally }: BatchPageProps): string {
  if (state === "submitted")
    return rows.length > 0
      ? "確かめるものを一通ずつ承認するか、外してください（SV）。"
      : "SV の承認を待っています。";
  if (state === "approved") return `${approvedBy ?? "SV"}が${tally.approved}通を承認しました。`;
  if (state === "printing") return "印刷用のファイルができると、この画面から取り出せます。";
  if (state === "printed") return "はがきを刷って投函したら、日付と通数を記録してください（OP）。";
  if (state === "sent") return `${approvedBy ?? "SV"}が承認しました。`;
  return "OP が作っています。";
}

function Act(props: BatchPageProps & { to: string; label: string; disabled?: boolean; children: ReactNode }) {
  const { id, csrf, to, label, disabled, children } = props;
  return (
    <>
      <div className="row wrap mt1">
        <form method="post" action={`/notices/${id}/${to}`} className="grow">
          <Csrf token={csrf} />
          <Submit width="wide" size="tall" disabled={disabled}>
            {label}
          </Submit>
        </form>
        <Second {...props} />
      </div>
      <p className="sub mt1">{children}</p>
    </>
  );
}

/** 主でない行い: 承認の取消、差戻し。 */
function Second({ id, csrf, may }: BatchPageProps) {
  return (
    <>
      {may.undo && (
        <form method="post" action={`/notices/${id}/undo`}>
          <Csrf token={csrf} />
          <Submit look="normal" size="tall" icon="undo">
            承認を取り消す
          </Submit>
        </form>
      )}
      {may.return && (
        <LinkButton href={`/notices/${id}/return`} size="tall" data-dialog="return-batch">
          差し戻す
        </LinkButton>
      )}
    </>
  );
}

function ReturnDialog({ id, csrf }: BatchPageProps) {
  return <ConfirmDialog id="return-batch" {...returnConfirmation(id, csrf)} />;
}

/** 差戻しの確認（窓と、JavaScript のない画面とで同じもの）。 */
export function returnConfirmation(id: string, csrf: string) {
  return {
    title: "この束を差し戻しますか",
    consequence: "承認した分も承認前に戻り、OP が直して出し直します。理由は OP の画面に出ます。",
    action: `/notices/${id}/return`,
    csrf,
    confirm: "差し戻す",
    fields: <TextAreaField id="return-reason" name="reason" label="差し戻す理由" required maxLength={400} />,
  };
}
