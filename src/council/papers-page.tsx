import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { agendaText } from "../meetings/agenda.ts";
import { type AgendaItem, type Meeting, type Paper, sendHows } from "../meetings/meeting.ts";
import { paperForms } from "../meetings/paper-document.ts";
import { copiesFor, type PrintList } from "../meetings/print-list.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { MeetingHead } from "./meeting-tabs-panel.tsx";
import { activeMembers, type Council } from "./read-council.ts";

export interface PapersPageProps {
  csrf: string;
  council: Council;
  meeting: Meeting;
  list: PrintList;
  /** 資料を送る期限。 */
  deadline: string | undefined;
  /** 次第の案（案を作ったとき）。 */
  proposal: readonly AgendaItem[] | undefined;
  editing: Paper | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

/** 次第と資料: 次第、資料と版、印刷の一覧、送付。 */
export function PapersPage(props: PapersPageProps) {
  const { council, meeting, mayWrite } = props;
  const base = `/council/meetings/${meeting.id}/paper`;
  return (
    <>
      <MeetingHead
        {...{ council: council.council, meeting, tab: "/papers", title: sentence(props) }}
        actions={Object.entries(paperForms).map(([form, label]) => (
          <LinkButton key={form} href={`${base}/${form}`} icon="save">
            {label}
          </LinkButton>
        ))}
      />
      <div className={mayWrite ? "cols main-side" : "pile"}>
        <div className="pile fit">
          <Agenda {...props} />
          <Papers {...props} />
          <Sendings {...props} />
        </div>
        {mayWrite && (
          <div className="pile fit">
            <PaperForm {...props} />
            <SendForm {...props} />
          </div>
        )}
      </div>
    </>
  );
}

function sentence({ meeting, deadline, council }: PapersPageProps): string {
  if (meeting.state === "held") return `資料は${meeting.papers.length}点でした。`;
  if (meeting.agenda.length === 0) return "次第は、まだありません。";
  if (deadline === undefined) return `資料は${meeting.papers.length}点。日が決まると、送る期限が決まります。`;
  if (meeting.sendings.length > 0) return `資料${meeting.papers.length}点を送りました。`;
  const days = Math.round((Date.parse(deadline) - Date.parse(council.today)) / 86_400_000);
  const left = days < 0 ? `${-days}日過ぎました` : days === 0 ? "本日です" : `あと${days}日です`;
  return `資料を送る期限（${formatWareki(deadline, { weekday: true })}）まで、${left}。`
    .replace("まで、本日", "は本日")
    .replace(/まで、(\d+日過ぎ)/, "を$1");
}

function Agenda({ csrf, meeting, proposal, values, faults, mayWrite }: PapersPageProps) {
  const fault = faults.find(({ field }) => field === "agenda")?.message;
  const total = meeting.agenda.reduce((sum, { minutes }) => sum + minutes, 0);
  const text = values.agenda ?? agendaText(proposal ?? meeting.agenda);
  const path = `/council/meetings/${meeting.id}/papers`;
  return (
    <Section
      id="h-agenda"
      title="次第"
      sub={total === 0 ? "" : `合わせて${total}分`}
      end={mayWrite ? <a href={`${path}?propose=1#h-agenda`}>案を作る（指摘・論点・義務から）</a> : undefined}
    >
      <Table
        caption="次第の議事"
        columns={[
          { key: "n", head: "順", numeric: true, width: 2, cell: (one) => meeting.agenda.indexOf(one) + 1 },
          { key: "title", head: "議事", rowHead: true, wrap: true, cell: (one) => one.title },
          { key: "paper", head: "資料", width: 6, cell: (one) => one.paper || "－" },
          { key: "minutes", head: "分", numeric: true, width: 3, cell: (one) => one.minutes || "" },
          { key: "source", head: "もと", width: 7, cell: (one) => sourceText(one.source) },
        ]}
        rows={meeting.agenda}
        rowKey={(one) => `${meeting.agenda.indexOf(one)}`}
        empty="答えていない指摘、論点、期限の来る義務から、案を作れます。"
      />
      {mayWrite && (proposal !== undefined || fault !== undefined || meeting.agenda.length === 0) && (
        <form method="post" action={`${path}/agenda`} className="pile mt2">
          <Csrf token={csrf} />
          <TextAreaField
            id="agenda"
            label={proposal === undefined ? "次第を書く" : "次第の案（まだ残していません）"}
            help="一行に一つ、「題｜分｜資料」。並べ替え・書き足し・削りができます。"
            rows={Math.min(14, Math.max(5, text.split("\n").length + 1))}
            defaultValue={text}
            error={fault}
          />
          <div className="acts">
            <Submit>この次第で残す</Submit>
          </div>
        </form>
      )}
      {mayWrite && proposal === undefined && fault === undefined && meeting.agenda.length > 0 && (
        <details className="mt2">
          <summary>次第を直す</summary>
          <form method="post" action={`${path}/agenda`} className="pile">
            <Csrf token={csrf} />
            <TextAreaField id="agenda" label="一行に一つ、「題｜分｜資料」" rows={10} defaultValue={text} />
            <div className="acts">
              <Submit look="second">この次第で残す</Submit>
            </div>
          </form>
        </details>
      )}
    </Section>
  );
}

function sourceText(source: string): string {
  if (source.startsWith("action/")) return `指摘${source.slice(7)}`;
  if (source.startsWith("duty/")) return "義務";
  if (source.startsWith("plan/")) return "計画の版";
  return source === "topic" ? "論点" : "－";
}

function Papers({ csrf, meeting, list, mayWrite }: PapersPageProps) {
  const path = `/council/meetings/${meeting.id}`;
  return (
    <Section
      id="h-papers"
      title="資料と印刷の一覧"
      sub={`紙${list.sheets.toLocaleString("ja-JP")}枚、カラー${list.colour}面`}
      end={<a href={`${path}/paper/print`}>印刷の一覧（Excel）</a>}
    >
      <Table
        caption="資料ごとの枚数"
        columns={[
          {
            ...{ key: "n", head: "番号", width: 5 },
            cell: ({ paper }) =>
              mayWrite ? (
                <a href={`${path}/papers?paper=${encodeURIComponent(paper.number)}#h-paper`}>
                  {paper.number}
                </a>
              ) : (
                paper.number
              ),
          },
          { key: "title", head: "資料", rowHead: true, wrap: true, cell: ({ paper }) => paper.title },
          {
            ...{ key: "v", head: "版", width: 4 },
            cell: ({ paper }) => {
              const file = paper.files.at(-1);
              const text = `第${paper.version}版`;
              return file === undefined ? text : <a href={`${path}/files/${file.id}`}>{text}</a>;
            },
          },
          { key: "pages", head: "ページ", numeric: true, width: 4, cell: ({ paper }) => paper.pages },
          { key: "colour", head: "カラー", numeric: true, width: 4, cell: ({ paper }) => paper.colour },
          { key: "copies", head: "部数", numeric: true, width: 3, cell: ({ paper }) => paper.copies },
          { key: "sides", head: "面", width: 3, cell: ({ paper }) => (paper.duplex ? "両面" : "片面") },
          {
            key: "all",
            head: "枚数",
            numeric: true,
            width: 4,
            cell: ({ all }) => all.toLocaleString("ja-JP"),
          },
        ]}
        rows={list.lines}
        rowKey={({ paper }) => paper.number}
        empty="資料を加えると、枚数を数えます。"
      />
      {list.lines.length > 0 && (
        <div className="mt2">
          <Pairs
            items={[
              { name: "両面で減る紙", value: `${list.duplexSaved.toLocaleString("ja-JP")}枚` },
              {
                name: "電子データで渡して刷らない紙",
                value: `${list.dataSaved.toLocaleString("ja-JP")}枚（ウェブ参加の委員の分）`,
              },
              {
                name: "環境の数",
                value:
                  meeting.printed === null ? (
                    "刷ったら記録します（使った紙と、うち両面）"
                  ) : (
                    <Status look="done">{`記録済み（紙${meeting.printed.sheets}枚、節約${meeting.printed.saved}枚）`}</Status>
                  ),
              },
            ]}
          />
          {mayWrite && meeting.printed === null && (
            <form method="post" action={`${path}/print`} className="one-act">
              <Csrf token={csrf} />
              <CheckField id="recycled" label="再生紙に刷った" />
              <Submit look="normal">刷ったことを記録する</Submit>
            </form>
          )}
        </div>
      )}
    </Section>
  );
}

function Sendings({ meeting, deadline }: PapersPageProps) {
  return (
    <Section
      id="h-sent"
      title="送付"
      sub={
        deadline === undefined
          ? ""
          : `期限 ${formatWareki(deadline, { weekday: true })}（「あらかじめ」の営業日）`
      }
    >
      <Table
        caption="資料の送付"
        columns={[
          { key: "at", head: "日", width: 6, cell: (one) => one.at.slice(5, 10).replace("-", "/") },
          { key: "how", head: "方法", width: 6, cell: (one) => sendHows[one.how] },
          { key: "papers", head: "資料", rowHead: true, wrap: true, cell: (one) => one.papers },
          { key: "people", head: "人数", numeric: true, width: 3, cell: (one) => one.people },
          {
            ...{ key: "received", head: "受取り", numeric: true, width: 4 },
            cell: (one) => `${one.received}/${one.people}`,
          },
          {
            ...{ key: "proof", head: "控え", width: 4 },
            cell: (one) =>
              one.proof === null ? (
                "－"
              ) : (
                <a href={`/council/meetings/${meeting.id}/files/${one.proof}`}>開く</a>
              ),
          },
        ]}
        rows={meeting.sendings}
        rowKey={(one) => one.at}
        empty="まだ送っていません。"
      />
    </Section>
  );
}

function PaperForm({ csrf, council, meeting, editing, values, faults }: PapersPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (field: "number" | "title" | "pages" | "colour" | "copies", usual = "") =>
    values[field] ?? (editing === undefined ? usual : String(editing[field]));
  const copies = copiesFor(activeMembers(council), 6);
  const path = `/council/meetings/${meeting.id}/papers`;
  return (
    <Section
      id="h-paper"
      title={editing === undefined ? "資料を加える" : `${editing.number}を直す`}
      {...(editing === undefined ? {} : { end: <a href={path}>新しい資料を加える</a> })}
    >
      <form method="post" action={path} encType="multipart/form-data" className="pile">
        <Csrf token={csrf} />
        <div className="fields two tight">
          <TextField
            id="number"
            label="資料番号"
            required
            defaultValue={value("number", `資料${meeting.papers.length + 1}`)}
            error={fault("number")}
          />
          <TextField
            id="copies"
            label="部数"
            unit="部"
            inputMode="numeric"
            defaultValue={value("copies", String(copies))}
            error={fault("copies")}
          />
          <TextField
            id="title"
            label="資料の名"
            required
            span
            defaultValue={value("title")}
            error={fault("title")}
          />
          <TextField
            id="pages"
            label="ページ"
            inputMode="numeric"
            defaultValue={value("pages")}
            error={fault("pages")}
          />
          <TextField
            id="colour"
            label="うちカラー"
            inputMode="numeric"
            defaultValue={value("colour")}
            error={fault("colour")}
          />
        </div>
        <CheckField id="duplex" label="両面に刷る" defaultChecked={editing?.duplex ?? true} />
        <FileField id="paper-file" name="file" label="ファイル（付けると版が進みます）" />
        <div className="acts">
          <Submit look="second">{editing === undefined ? "加える" : "直す"}</Submit>
          {editing !== undefined && (
            <Submit look="plain" formAction={`${path}/drop`} formNoValidate>
              この資料を外す
            </Submit>
          )}
        </div>
      </form>
    </Section>
  );
}

function SendForm({ csrf, council, meeting, values, faults }: PapersPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-send" title="送ったことを残す">
      <form
        method="post"
        action={`/council/meetings/${meeting.id}/send`}
        encType="multipart/form-data"
        className="pile"
      >
        <Csrf token={csrf} />
        <SegmentedField
          id="how"
          legend="方法"
          defaultValue={values.how ?? "mail"}
          choices={Object.entries(sendHows).map(([key, label]) => ({ value: key, label }))}
        />
        <TextField
          id="papers"
          label="送った資料の番号"
          defaultValue={values.papers ?? meeting.papers.map(({ number }) => number).join("、")}
          error={fault("papers")}
        />
        <div className="fields two tight">
          <TextField
            id="people"
            label="送った人数"
            unit="人"
            inputMode="numeric"
            defaultValue={values.people ?? String(activeMembers(council).length)}
            error={fault("people")}
          />
          <TextField
            id="received"
            label="受取りを確かめた人数"
            unit="人"
            inputMode="numeric"
            defaultValue={values.received ?? "0"}
            error={fault("received")}
          />
        </div>
        <FileField id="proof" name="file" label="送った証し（送信控え、送り状など）" />
        <div className="acts">
          <Submit look="second">残す</Submit>
        </div>
      </form>
    </Section>
  );
}
