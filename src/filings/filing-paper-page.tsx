import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import { dueLabels, dueOf, kindInfo, stateText } from "./filing.ts";
import { channels } from "./filing-answer.ts";
import { findForm, showFields } from "./filing-form.ts";
import type { Parties } from "./filing-hand.ts";
import { type OpenFiling, readFields } from "./list-filings.ts";

/** 一枚に収まらないとみなす字数。 */
const LONG = 900;

export interface FilingPaperProps {
  open: OpenFiling;
  parties: Parties;
  now: Instant;
  demo: boolean;
}

/** 委託者に出す（受けた）紙面。答えがあれば、下に添える。 */
export function FilingPaper({ open, parties, now, demo }: FilingPaperProps) {
  const { filing, head } = open;
  const info = kindInfo(filing.kind);
  const client = [parties.client, `${parties.clientUnit}　御中`];
  const own = [`受託者　${parties.contractor}`];
  const fromClient = info.from === "client";
  const facts = [
    { name: "業務名", value: parties.title },
    { name: "件名", value: filing.title },
    ...(fromClient && filing.channel !== null && filing.channel !== "site"
      ? [{ name: "受けた方法", value: `${channels[filing.channel]}　${filing.heard_from ?? ""}` }]
      : []),
    ...(filing.due === null || dueOf(filing.kind) === "submit"
      ? []
      : [{ name: dueLabels.answer, value: writeMoment(filing.due) }]),
  ];
  return (
    <PaperScreen
      title={`${info.paper}　第${filing.number}号`}
      about="A4・この紙面を開いたことは記録に残りました"
      backHref={`/filings/${filing.id}`}
    >
      <Paper
        to={fromClient ? [`${parties.contractor}　様`] : client}
        from={fromClient ? [parties.client, parties.clientUnit] : own}
        date={formatWareki(dayOf(filing.submitted_at ?? now))}
        number={numberText(open)}
        title={head.form === null ? info.paper : head.formTitle}
        {...(filing.clause === "" ? {} : { clause: `業務仕様書 ${filing.clause}` })}
        facts={facts}
        demo={demo}
        long={filing.body.length + (filing.answer?.length ?? 0) > LONG}
        foot={{ note: `${head.stateText}　${formatWareki(dayOf(now))} 現在` }}
      >
        <Content open={open} />
        {filing.decided_at !== null && filing.state !== "withdrawn" && <AnswerTable open={open} />}
      </Paper>
    </PaperScreen>
  );
}

/** 様式の欄は「記」の表に、なければ本文のまま。 */
function Content({ open: { filing } }: { open: OpenFiling }) {
  const form = findForm(filing.form);
  if (!form || filing.fields === null)
    return (
      <>
        <h2>内容</h2>
        <p className="pre">{filing.body}</p>
      </>
    );
  return (
    <>
      <h2>記</h2>
      <table className="grid heads">
        <tbody>
          {showFields(form, readFields(filing)).map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="pre">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** 文書番号と版（「令和7年度 日報 第3号（第2版）」）。提出の前は、下書きの号。 */
export function numberText({ filing }: Pick<OpenFiling, "filing">): string {
  const version = filing.version > 1 ? `（第${filing.version}版）` : "";
  const number = filing.document ?? `第${filing.number}号`;
  return filing.submitted_at === null ? `第${filing.number}号（下書き）` : `${number}${version}`;
}

function writeMoment(at: Instant): string {
  return `${formatWareki(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

function AnswerTable({ open }: { open: OpenFiling }) {
  const { filing, names } = open;
  const heard = kindInfo(filing.kind).from === "contractor" && filing.channel !== "site";
  const at = (heard ? filing.heard_at : null) ?? filing.decided_at;
  const how = heard && filing.channel !== null ? channels[filing.channel] : channels.site;
  const who = heard ? (filing.heard_from ?? "") : (names.get(filing.decided_by ?? "")?.name ?? "異動した人");
  return (
    <>
      <h2>{stateText(filing.kind, filing.state)}</h2>
      <table className="grid heads">
        <tbody>
          <tr>
            <th scope="row">日時</th>
            <td>{at === null ? "" : writeMoment(at)}</td>
          </tr>
          <tr>
            <th scope="row">方法・答えた人</th>
            <td>
              {how}　{who}
            </td>
          </tr>
          {filing.answer !== null && (
            <tr>
              <th scope="row">内容</th>
              <td className="pre">{filing.answer}</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  );
}
