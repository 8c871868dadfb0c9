import type { ReactNode } from "react";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { dueLabels, dueOf, kindInfo, stateText } from "./filing.ts";
import { FilingActs, type FilingActsProps } from "./filing-act-panel.tsx";
import { channels } from "./filing-answer.ts";
import { findForm, showFields } from "./filing-form.ts";
import { FilingStatus } from "./filing-page.tsx";
import { type FilingHistory, type OpenFiling, readFields } from "./list-filings.ts";

export interface FilingPageProps extends Omit<FilingActsProps, "filing" | "head"> {
  open: OpenFiling;
  /** 何についてか。名と場所が分からなければ undefined。 */
  about: { label: string; href: string } | undefined;
  /** どの義務のものか。 */
  duty: { label: string; href: string } | undefined;
}

/** 一つの協議・届出。左に内容とこれまで、右に、いまできること。 */
export function FilingPage({ open, about, duty, ...acts }: FilingPageProps) {
  const { filing, head, versions, history } = open;
  return (
    <>
      <PageHead
        crumb={<a href="/filings">協議・届出</a>}
        title={`第${filing.number}号　${filing.title}`}
        actions={
          <>
            <LinkButton href={`/filings/${filing.id}/word`}>Word</LinkButton>
            <LinkButton href={`/filings/${filing.id}/print`} icon="print">
              紙面
            </LinkButton>
          </>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-body" title={head.formTitle} sub={versionText(filing.version)}>
            <Facts open={open} about={about} duty={duty} />
            <Content filing={filing} />
          </Section>
          {filing.decided_at !== null && filing.state !== "withdrawn" && <Answer open={open} />}
          {versions.length > 0 && (
            <Section id="h-versions" title="前の版">
              {versions.map((version) => (
                <Version key={version.version} version={version} open={open} />
              ))}
            </Section>
          )}
          <Section id="h-history" title="これまで">
            <History lines={history} />
          </Section>
        </div>
        <FilingActs {...acts} filing={filing} head={head} />
      </div>
    </>
  );
}

/** 様式の欄があれば見出しと値、なければ本文。 */
function Content({ filing }: Pick<OpenFiling, "filing">) {
  const form = findForm(filing.form);
  if (!form || filing.fields === null) return <p className="pre mt2">{filing.body}</p>;
  return (
    <div className="mt2">
      <Pairs
        items={showFields(form, readFields(filing)).map(({ label, value }) => ({
          name: label,
          value: <span className="pre">{value}</span>,
        }))}
      />
    </div>
  );
}

function versionText(version: number): string | undefined {
  return version > 1 ? `第${version}版` : undefined;
}

/** 「9月17日（水）13:40」。なければ「－」。 */
export function writeAt(at: Instant | null): string {
  if (at === null) return "－";
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

function Facts({ open, about, duty }: Pick<FilingPageProps, "open" | "about" | "duty">) {
  const { filing, head, names } = open;
  const name = (id: string | null) => (id === null ? "－" : (names.get(id)?.name ?? "異動した人"));
  const rows: { name: string; value: ReactNode }[] = [
    { name: "状態", value: <FilingStatus filing={head} /> },
    { name: "根拠の条項", value: filing.clause === "" ? "－" : filing.clause },
    ...(filing.document === null ? [] : [{ name: "文書番号", value: filing.document }]),
    ...(filing.copies > 1 ? [{ name: "部数", value: `${filing.copies}部` }] : []),
    { name: "作った人", value: name(filing.made_by) },
    {
      name: "提出",
      value:
        filing.submitted_at === null
          ? "まだ"
          : `${writeAt(filing.submitted_at)}　${name(filing.submitted_by)}`,
    },
  ];
  if (filing.due !== null) rows.push({ name: dueLabels[dueOf(filing.kind)], value: head.dueText });
  if (kindInfo(filing.kind).from === "client" && filing.channel !== null && filing.channel !== "site")
    rows.push({
      name: "受けた方法",
      value: `${channels[filing.channel]}　${writeAt(filing.heard_at)}　${filing.heard_from ?? ""}`,
    });
  if (duty !== undefined) rows.push({ name: "果たす義務", value: <a href={duty.href}>{duty.label}</a> });
  if (about !== undefined) rows.push({ name: "何について", value: <a href={about.href}>{about.label}</a> });
  return <Pairs items={rows} />;
}

function Answer({ open }: { open: OpenFiling }) {
  const { filing, names } = open;
  const who = filing.decided_by === null ? "" : (names.get(filing.decided_by)?.name ?? "異動した人");
  const heard = kindInfo(filing.kind).from === "contractor" && filing.channel !== "site";
  const rows: { name: string; value: ReactNode }[] = [
    { name: "結果", value: stateText(filing.kind, filing.state) },
    ...(heard && filing.channel !== null
      ? [
          { name: "届いた方法", value: channels[filing.channel] },
          { name: "委託者の", value: filing.heard_from ?? "－" },
          { name: "受けた日時", value: writeAt(filing.heard_at) },
        ]
      : []),
    {
      name: heard ? "記録した人" : "答えた人",
      value: `${who}　${writeAt(filing.decided_at)}`,
    },
  ];
  return (
    <Section id="h-answer" title={stateText(filing.kind, filing.state)}>
      <Pairs items={rows} />
      {filing.answer !== null && <p className="pre mt2">{filing.answer}</p>}
    </Section>
  );
}

function Version({ version, open }: { version: OpenFiling["versions"][number]; open: OpenFiling }) {
  return (
    <details>
      <summary>
        第{version.version}版　{stateText(open.filing.kind, version.state)}　{writeAt(version.decided_at)}
      </summary>
      <p className="pre">
        <b>{version.title}</b>
        {"\n"}
        {version.body}
      </p>
      {version.answer !== null && (
        <p className="pre">
          <b>委託者の言葉</b>
          {"\n"}
          {version.answer}
        </p>
      )}
    </details>
  );
}

function History({ lines }: { lines: readonly FilingHistory[] }) {
  return (
    <Table
      caption="これまでの記録"
      columns={[
        { key: "at", head: "日時", width: 10, cell: (line: FilingHistory) => writeAt(line.at) },
        { key: "what", head: "したこと", rowHead: true, cell: (line) => line.what },
        { key: "who", head: "だれが", width: 6, cell: (line) => line.who },
        { key: "more", head: "詳しく", wrap: true, cell: (line) => line.more },
      ]}
      rows={lines}
      rowKey={(line) => `${line.at} ${line.what} ${line.more}`}
      empty="まだ何も記録されていません。"
    />
  );
}
