import type { Fault } from "../base/error.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { Plan } from "./compute-plan.ts";
import type { PlanSheet } from "./plan-sheet.ts";
import { type PlanTask, writeLinks } from "./plan-task.ts";

export interface ImportPageProps {
  csrf: string;
  /** もう工程表がある（新しい版になる）。 */
  known: boolean;
  sheet?: PlanSheet | undefined;
  proposal?: { tasks: PlanTask[]; misses: Plan["misses"] } | undefined;
  faults?: readonly Fault[] | undefined;
  reason?: string | undefined;
}

/** 取り込んだ表、または期限から作った案を、定める前に見る。 */
export function ImportPage({ csrf, known, sheet, proposal, faults = [], reason }: ImportPageProps) {
  const tasks = sheet?.tasks ?? proposal?.tasks ?? [];
  return (
    <>
      <PageHead crumb={<a href="/workplan">工程表</a>} title={titleOf(sheet, proposal)} />
      <div className="pile">
        {sheet === undefined && proposal === undefined && <Upload csrf={csrf} faults={faults} />}
        {faults.length > 0 && proposal !== undefined && (
          <Note tone="late" title="直すところがあります。">
            <ul>
              {faults.slice(0, 50).map((fault) => (
                <li key={`${fault.field}${fault.message}`}>
                  {fault.field} {fault.message}
                </li>
              ))}
            </ul>
          </Note>
        )}
        {sheet !== undefined && sheet.faults.length > 0 && (
          <Note
            tone="late"
            title={`読めないます目が${sheet.faults.length}つあります。直すか、除いて定めます。`}
          >
            <ul>
              {sheet.faults.slice(0, 50).map((fault) => (
                <li key={fault.ref}>
                  「{fault.sheet}」の{fault.ref}　{fault.message}
                </li>
              ))}
            </ul>
          </Note>
        )}
        {(sheet?.notes ?? []).map((note) => (
          <Note key={note} tone="info" title={note} />
        ))}
        {(proposal?.misses ?? []).length > 0 && (
          <Note tone="due" title={`${proposal?.misses.length}件は、はじめから期限に間に合いません。`}>
            長さ（10営業日）を短くするか、期限を委託者と協議してください。
          </Note>
        )}
        {tasks.length > 0 && <Adopt csrf={csrf} tasks={tasks} known={known} reason={reason ?? ""} />}
      </div>
    </>
  );
}

function titleOf(sheet: PlanSheet | undefined, proposal: ImportPageProps["proposal"]): string {
  if (sheet !== undefined)
    return `「${sheet.sheet}」から${sheet.tasks.length}の作業を読みました。まだ定めていません。`;
  if (proposal === undefined) return "別紙の工程表を取り込みます。";
  return proposal.tasks.length === 0
    ? "期限のある義務は、もう残っていません。"
    : `期限から、${proposal.tasks.length}の作業と節目を逆に引きました。まだ定めていません。`;
}

function Upload({ csrf, faults }: { csrf: string; faults: readonly Fault[] }) {
  return (
    <form method="post" action="/workplan/import" encType="multipart/form-data" className="pile upload">
      <Csrf token={csrf} />
      <FileField
        id="file"
        label="工程表のファイル（.xlsx .csv）"
        required
        error={faults.find(({ field }) => field === "file")?.message}
        help="一行に始まりと終わりの日を書いた表も、月・旬・週の列に■や色や矢印で線を引いた表も読めます。"
      />
      <p className="acts">
        <Submit>読む</Submit>
        <LinkButton href="/workplan/propose">義務の期限から作る</LinkButton>
      </p>
    </form>
  );
}

function Adopt(props: { csrf: string; tasks: readonly PlanTask[]; known: boolean; reason: string }) {
  const { csrf, tasks, known, reason } = props;
  return (
    <>
      <Section id="h-read" title="読んだ作業" sub="定めたあとで、先行・長さ・期限を直せます。">
        <Table
          caption="読んだ作業の一覧"
          columns={[
            { key: "code", head: "記号", width: 4, cell: (one) => one.code },
            { key: "group", head: "まとまり", width: 9, wrap: true, cell: (one) => one.group || "－" },
            { key: "name", head: "作業", rowHead: true, wrap: true, cell: (one) => one.name },
            {
              key: "from",
              head: "始まり",
              width: 9,
              cell: (one) => (one.from ? formatWareki(one.from) : "－"),
            },
            { key: "days", head: "長さ", width: 6, cell: lengthText },
            { key: "by", head: "期限", width: 5, cell: (one) => (one.by ? formatMonthDay(one.by) : "－") },
            { key: "links", head: "先行", width: 6, cell: (one) => writeLinks(one.links) || "－" },
          ]}
          rows={tasks}
          rowKey={(one) => one.code}
          empty="作業がありません。"
        />
      </Section>
      <form method="post" action="/workplan" className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="tasks" value={JSON.stringify(tasks)} />
        <TextField
          id="reason"
          label="理由"
          required
          maxLength={500}
          defaultValue={reason || (known ? "" : "はじめの工程表")}
        />
        <p className="acts">
          <Submit>{known ? "新しい版として定める" : "工程表を定める"}</Submit>
          <LinkButton href="/workplan">やめる</LinkButton>
        </p>
      </form>
    </>
  );
}

function lengthText({ milestone, calendar, days }: PlanTask): string {
  if (milestone) return "節目";
  return calendar ? `${days}日間` : `${days}営業日`;
}
