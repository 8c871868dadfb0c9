import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { checklist, MIN_DAYS, periodDays } from "../opinions/period-rule.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { ModelPanel } from "./model-panel.tsx";
import type { Period } from "./read-period.ts";
import { StatusPanel } from "./status-panel.tsx";

export interface PeriodPageProps {
  csrf: string;
  period: Period | undefined;
  values?: Readonly<Record<string, string>> | undefined;
  faults?: readonly Fault[] | undefined;
  message?: string | undefined;
  may: boolean;
  /** 計画から章と施策を取り込める。 */
  canTakePlan: boolean;
}

/** 期間と公表物: そろえて、始めて、締め切る。 */
export function PeriodPage(props: PeriodPageProps) {
  const { period, faults = [], message, may } = props;
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={sentence(period)}
        actions={period && <LinkButton href="/comments/paper">意見用紙を見る</LinkButton>}
      />
      <div className="pile">
        {message !== undefined && (
          <Note tone="late" title={message}>
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.field}${fault.message}`}>{fault.message}</li>
              ))}
            </ul>
          </Note>
        )}
        {may && <Acts {...props} />}
        {period === undefined || period.state === "draft" ? (
          may ? (
            <Prepare {...props} />
          ) : null
        ) : (
          <Published period={period} />
        )}
        <Frame {...props} />
        {period !== undefined && (
          <StatusPanel csrf={props.csrf} statuses={period.statuses} may={may} faults={faults} />
        )}
        {period !== undefined && may && (
          <ModelPanel csrf={props.csrf} model={period.model} values={props.values ?? {}} faults={faults} />
        )}
        {period !== undefined && may && <FormDoor {...props} period={period} />}
      </div>
    </>
  );
}

function sentence(period: Period | undefined): string {
  if (period === undefined) return "公表するものをそろえて、意見公募を始めます。";
  const { state, from, to } = period;
  const days =
    from && to ? `${formatWareki(from)}から${formatWareki(to)}までの${periodDays(from, to)}日間` : "";
  if (state === "draft") return "公表するものをそろえて、意見公募を始めます。";
  if (state === "open") return `意見を受け付けています（${days}）。`;
  return `意見の受付を締め切りました（${days}）。`;
}

function Acts({ csrf, period }: PeriodPageProps) {
  if (period === undefined) return null;
  return (
    <div className="acts noprint">
      {period.state === "draft" && (
        <form method="post" action="/comments/period/open">
          <Csrf token={csrf} />
          <Submit>意見公募を始める</Submit>
        </form>
      )}
      {period.state === "open" && (
        <form method="post" action="/comments/period/close">
          <Csrf token={csrf} />
          <Submit>受付を締め切る</Submit>
        </form>
      )}
    </div>
  );
}

function Prepare({ csrf, period, values = {}, faults = [] }: PeriodPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const given = (field: string, known: string | null | undefined) => values[field] ?? known ?? "";
  return (
    <Section id="h-list" title="公表するもの" sub="欠けているものがあれば、始められません">
      <form method="post" action="/comments/period" className="pile upload" noValidate>
        <Csrf token={csrf} />
        {period && <input type="hidden" name="edition" value={period.edition} />}
        <div className="fields two">
          <TextField
            id="title"
            label="案件の名"
            required
            span
            maxLength={120}
            defaultValue={given("title", period?.title)}
            error={fault("title")}
          />
          <TextField
            id="from"
            label="始まりの日"
            type="date"
            required
            defaultValue={given("from", period?.from)}
            error={fault("from")}
          />
          <TextField
            id="to"
            label="終わりの日"
            type="date"
            required
            defaultValue={given("to", period?.to)}
            error={fault("to")}
            help={`両端を数えて、原則${MIN_DAYS}日以上です。`}
          />
          {checklist.map(({ name, label, help }) => (
            <TextAreaField
              key={name}
              id={name}
              label={label}
              required
              rows={3}
              help={help}
              defaultValue={given(name, period?.checklist[name])}
              error={fault(name)}
            />
          ))}
          <TextField
            id="shortReason"
            label={`${MIN_DAYS}日より短くする理由`}
            span
            maxLength={500}
            defaultValue={given("shortReason", period?.shortReason)}
            help="短くするときだけ"
          />
        </div>
        <p className="acts">
          <Submit look="second">書き残す</Submit>
        </p>
      </form>
    </Section>
  );
}

function Published({ period }: { period: Period }) {
  return (
    <Section id="h-list" title="公表したもの">
      <Pairs
        items={checklist.map(({ name, label }) => ({
          name: label,
          value: <span className="lines">{period.checklist[name]}</span>,
        }))}
      />
    </Section>
  );
}

function Frame({ csrf, period, may, canTakePlan, faults = [] }: PeriodPageProps) {
  if (period === undefined) return null;
  return (
    <Section id="h-frame" title="分類（計画の章と施策）" sub={`${period.frame.length}件`}>
      <Table
        caption="分類"
        columns={[
          { key: "code", head: "符号", rowHead: true, width: 5, cell: (one) => one.code },
          { key: "title", head: "名", wrap: true, cell: (one) => one.title },
          { key: "chapter", head: "章（結果で数える）", wrap: true, cell: (one) => one.chapter || "－" },
          { key: "page", head: "頁", numeric: true, width: 4, cell: (one) => one.page || "－" },
        ]}
        rows={period.frame}
        rowKey={(one) => one.code}
        empty="分類はまだありません。計画の章と施策の一覧（Excel、CSV）を取り込んでください。"
      />
      {may && (
        <form
          method="post"
          action="/comments/period/frame"
          encType="multipart/form-data"
          className="pile upload mt1"
        >
          <Csrf token={csrf} />
          <FileField
            id="frame"
            label="章と施策の一覧（1列目が符号、2列目が名、3列目が説明、4列目が章、5列目が頁）"
            accept=".csv,.xlsx"
            error={faults.find(({ field }) => field === "frame")?.message}
          />
          <p className="acts">
            <Submit look="normal">一覧を取り込む</Submit>
            {canTakePlan && (
              <button className="btn" type="submit" formAction="/comments/period/plan">
                計画書の見出しから作る
              </button>
            )}
          </p>
        </form>
      )}
    </Section>
  );
}

function FormDoor({ csrf, period, faults = [] }: PeriodPageProps & { period: Period }) {
  const open = period.permission !== null;
  return (
    <Section id="h-form" title="意見のフォーム" sub="ふだんは閉じています">
      <p>
        {open ? <Status look="done">公開しています</Status> : <Status look="none">公開していません</Status>}{" "}
        {period.permission?.words}
      </p>
      <form method="post" action="/comments/period/form" className="pile upload">
        <Csrf token={csrf} />
        {open ? (
          <input type="hidden" name="act" value="shut" />
        ) : (
          <TextField
            id="permission"
            label="市の許し（いつ・どの書面で・だれから）"
            required
            maxLength={500}
            error={faults.find(({ field }) => field === "permission")?.message}
            help="この事務所のフォームを市民に見せるのは、市が認めたときだけです。開くと /comment-form に出ます。"
          />
        )}
        <p className="acts">
          <Submit look="normal">{open ? "公開をやめる" : "公開する"}</Submit>
        </p>
      </form>
    </Section>
  );
}
