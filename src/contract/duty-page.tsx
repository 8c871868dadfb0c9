import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { BlockWord } from "../terms/obligation.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { DutyActs } from "./duty-act-panel.tsx";
import { DutyStatus } from "./duty-status-panel.tsx";
import { titleOf } from "./duty-title.ts";
import { isAsked } from "./occasion.ts";
import type { OwedLine } from "./owed-line.ts";
import type { DutyDetail, DutyHistory } from "./read-duty.ts";

export interface DutyPageProps {
  csrf: string;
  detail: DutyDetail;
  /** できること（役割による）。 */
  may: { raise: boolean; evidence: boolean; attest: boolean; waive: boolean; file: boolean };
  /** 印から、画面での名と場所。 */
  resolve(ref: string): { label: string; href: string } | undefined;
}

export const blockLabels: Readonly<Record<BlockWord, string>> = {
  "desk-open": "コールセンターの開設",
  "personal-data": "個人情報の取扱い",
  dispatch: "受講通知書の発送",
  delivery: "成果品の納品",
  completion: "業務の完了",
  subcontract: "再委託",
  "remote-access": "外のネットワークへの接続",
  takeout: "持ち出し",
  "format-change": "様式の変更",
  publication: "公表",
  "survey-send": "調査票の発送",
  "contract-start": "業務の開始",
};

const natureLabels = {
  act: "行う義務",
  standing: "続く義務",
  prohibition: "してはならないこと",
  client: "委託者の義務",
} as const;

/** 義務を一つ: 文書の一文、期限の決まり方、証跡、妨げているもの、行い。 */
export function DutyPage(props: DutyPageProps) {
  const { detail, csrf } = props;
  const { obligation, clause, duty, line, lines } = detail;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/contract">条項と義務</a> ／ {clause?.number} {clause?.title}
          </>
        }
        title={titleOf(obligation, duty?.label)}
      />
      <div className="cols main-side">
        <div className="pile">
          <blockquote className="duty-quote" cite={`#${obligation.clause}`}>
            {obligation.quote}
          </blockquote>
          <Section id="h-how" title="期限の決まり方" sub={obligation.due.text}>
            <How detail={detail} />
          </Section>
          <Section id="h-proof" title="証跡">
            <Proofs {...props} />
          </Section>
          <Section id="h-history" title="これまで">
            <History csrf={csrf} detail={detail} resolve={props.resolve} mayRetract={props.may.evidence} />
          </Section>
          {lines.length > 1 && (
            <Section id="h-lines" title="同じ義務の回" sub={`${lines.length}回`}>
              <Lines lines={lines} current={duty?.key} />
            </Section>
          )}
        </div>
        <div className="pile">
          <Section id="h-what" title="この義務">
            <Pairs
              items={[
                {
                  name: "状態",
                  value:
                    line === undefined ? (
                      "まだ生じていません"
                    ) : (
                      <DutyStatus state={line.state} text={line.stateText} />
                    ),
                },
                { name: "期限", value: line?.dueText ?? (obligation.due.text || "起きたとき") },
                {
                  name: "担当",
                  value: `${obligation.actor}${line === undefined ? "" : `（${line.holder}）`}`,
                },
                { name: "相手", value: obligation.to ?? "－" },
                { name: "種類", value: natureLabels[obligation.nature] },
                { name: "形式", value: obligation.format ?? "－" },
                { name: "妨げること", value: <Blocks detail={detail} /> },
              ]}
            />
          </Section>
          <DutyActs {...props} />
        </div>
      </div>
    </>
  );
}

function Blocks({ detail: { obligation, duty } }: { detail: DutyDetail }) {
  if (obligation.blocks.length === 0) return <>なし</>;
  const words = obligation.blocks.map((one) => blockLabels[one]).join("、");
  return duty?.state === "late" ? <b className="late">{words}を止めています</b> : <>{words}（遅れると）</>;
}

function How({ detail: { duty, obligation } }: { detail: DutyDetail }) {
  if (duty === undefined)
    return (
      <p className="sub">
        まだ生じていません。
        {isAsked(obligation)
          ? "起きたときに記録すると、期限を数えます。"
          : "きっかけの記録が加わると、期限を数えます。"}
      </p>
    );
  return (
    <ol className="duty-how">
      {duty.how.map((said) => (
        <li key={said}>{said}</li>
      ))}
      {duty.due !== null && (
        <li>
          <b>
            期限 {formatWareki(dayOf(duty.due), { weekday: true })}
            {minuteOf(duty.due).replace(/^0/, "")}
          </b>
        </li>
      )}
    </ol>
  );
}

function Proofs({ detail: { proofs, links, duty }, resolve }: DutyPageProps) {
  if (proofs.length === 0)
    return (
      <p className="sub">
        {duty?.state === "late"
          ? "証跡がありません。果たしたら、右から証跡を添えるか、届出を出してください。"
          : "まだありません。"}
      </p>
    );
  return (
    <ul className="duty-proofs">
      {proofs.map((proof) => (
        <li key={proof.event}>
          <DutyStatus state={duty?.outcome === "waiting" ? "waiting" : "done"} text="" />
          <span className="grow">
            {placeOf(proof) === undefined ? proof.label : <a href={placeOf(proof)}>{proof.label}</a>}
          </span>
          <span className="num">{momentOf(proof.at)}</span>
          <code className="sub" title={`記録 ${proof.event}`}>
            {proof.event.slice(0, 8)}
          </code>
        </li>
      ))}
      {links.map((ref) => (
        <li key={ref}>
          <a href={resolve(ref)?.href}>{resolve(ref)?.label ?? ref}</a>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ kind, about }: { kind: string; about: string | null }): string | undefined {
  return about !== null && kind.startsWith("filing.") ? `/filings/${encodeURIComponent(about)}` : undefined;
}

/** 「9月17日（水）13:40」。 */
export function momentOf(at: string): string {
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

function History(props: {
  csrf: string;
  detail: DutyDetail;
  resolve: DutyPageProps["resolve"];
  mayRetract: boolean;
}) {
  const { csrf, detail, resolve, mayRetract } = props;
  const key = detail.duty?.key ?? detail.obligation.id;
  return (
    <Table
      caption="これまでの記録"
      columns={[
        { key: "at", head: "日時", width: 10, cell: (one: DutyHistory) => momentOf(one.at) },
        { key: "what", head: "したこと", rowHead: true, wrap: true, cell: (one) => one.what },
        { key: "who", head: "だれが", width: 5, cell: (one) => one.who },
        {
          key: "note",
          head: "添えたもの",
          wrap: true,
          cell: (one) => <Attached line={one} resolve={resolve} />,
        },
        {
          key: "undo",
          head: "行い",
          width: 6,
          cell: (one) =>
            one.retractable && mayRetract ? (
              <form
                method="post"
                action={`/contract/duties/${encodeURIComponent(key)}/retract`}
                className="quick noprint"
              >
                <Csrf token={csrf} />
                <input type="hidden" name="entry" value={one.entry} />
                <Submit look="normal">取り消す</Submit>
              </form>
            ) : null,
        },
      ]}
      rows={detail.history}
      rowKey={(one) => one.entry}
      empty="手で書き足したことは、まだありません。"
    />
  );
}

function Attached({ line, resolve }: { line: DutyHistory; resolve: DutyPageProps["resolve"] }) {
  const place = line.ref === null ? undefined : resolve(line.ref);
  return (
    <>
      {line.note !== "" && <span className="block">{line.note}</span>}
      {place !== undefined && (
        <a className="block" href={place.href}>
          {place.label}
        </a>
      )}
      {line.file !== null && (
        <a className="block" href={`/contract/files/${line.file}`}>
          添えたファイル
        </a>
      )}
    </>
  );
}

/** 「8月分」「第二期」。 */
function roundOf({ title }: OwedLine): string {
  return /（([^（）]+)）$/.exec(title)?.[1] ?? title;
}

function Lines({ lines, current }: { lines: readonly OwedLine[]; current: string | undefined }) {
  return (
    <Table
      caption="同じ義務の回"
      columns={[
        {
          key: "state",
          head: "状態",
          width: 7,
          cell: (line: OwedLine) => <DutyStatus state={line.state} text={line.stateText} />,
        },
        {
          key: "title",
          head: "回",
          rowHead: true,
          wrap: true,
          cell: (line) =>
            line.key === current ? (
              <b>{line.title}</b>
            ) : (
              <a href={`/contract/duties/${encodeURIComponent(line.key)}`}>{roundOf(line)}</a>
            ),
        },
        { key: "due", head: "期限", numeric: true, width: 12, cell: (line) => line.dueText },
      ]}
      rows={lines.slice(0, 60)}
      rowKey={(line) => line.key}
      empty=""
    />
  );
}
