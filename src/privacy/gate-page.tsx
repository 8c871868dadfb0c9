import { factLabels, neededFacts } from "../access/handler-fact.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { ListedGlass } from "./break-glass.ts";
import type { HandlerGate } from "./list-gates.ts";
import type { GlassSeal } from "./seal-glass.ts";

export interface GatePageProps {
  csrf: string;
  gates: readonly HandlerGate[];
  glasses: readonly ListedGlass[];
  me: string;
  mayAllow: boolean;
  reason: string;
  /** いま封筒に入っている符号。 */
  seal: GlassSeal | undefined;
  /** どの欄でもない断り。 */
  said?: string | undefined;
  faults: readonly { field?: string; message: string }[];
}

const places = { listed: "handler", pledged: "pledge", trained: "attendance" } as const;
const heads = { listed: "名簿と報告", pledged: "誓約書", trained: "研修" } as const;

/** 個人情報を扱う資格。足りない人から並ぶ。 */
export function GatePage(props: GatePageProps) {
  const { gates, glasses, me } = props;
  const blocked = gates.filter((one) => one.missing.length > 0);
  const mine = gates.find((one) => one.id === me);
  return (
    <>
      <PageHead
        crumb={<a href="/privacy">個人情報</a>}
        title={
          blocked.length === 0 ? (
            `${gates.length}人とも、個人情報を扱えます。`
          ) : (
            <>
              {gates.length}人のうち、<span className="late">{blocked.length}人はまだ扱えません。</span>
            </>
          )
        }
        actions={
          <LinkButton href="/privacy/slip" icon="print">
            紙の受付票
          </LinkButton>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          {mine !== undefined && mine.missing.length > 0 && (
            <Note tone="due" title="あなたの資格がそろっていません。">
              足りないもの: {mine.missing.map((fact) => factLabels[fact]).join("、")}
              。通話中のときは切らずに、紙の受付票で受けてください。
            </Note>
          )}
          <Section
            id="h-gates"
            title="従業者ごとの資格"
            sub="名簿・誓約書・研修がそろうまで、個人情報の画面は開きません"
          >
            <Table
              caption="資格の一覧"
              columns={gateColumns}
              rows={gates}
              rowKey={(one) => one.id}
              empty={<p>従業者がいません。</p>}
            />
          </Section>
          {props.said !== undefined && props.faults.length === 0 && <Note tone="late" title={props.said} />}
          <Section id="h-glass" title="緊急の閲覧">
            <Table
              caption="緊急の閲覧の一覧"
              columns={glassColumns()}
              rows={glasses}
              rowKey={(one) => one.id}
              empty={<p>緊急の閲覧は、一度もありません。</p>}
            />
            <AllowForms {...props} />
          </Section>
        </div>
        <div className="pile noprint">
          <Section id="h-ask" title="緊急の閲覧を頼む">
            <form method="post" action="/privacy/glass" className="pile mt1">
              <Csrf token={props.csrf} />
              <TextAreaField
                id="reason"
                label="なぜ、いま見る必要があるか"
                required
                rows={4}
                maxLength={500}
                defaultValue={props.reason}
                error={props.faults.find((one) => one.field === "reason")?.message}
                help="別の権限のある人が、金庫の封筒の符号を入れて許すと、60分だけ、見ることだけができます。書き込みと書き出しはできません。"
              />
              <Submit look="second">頼む</Submit>
            </form>
          </Section>
          <SealState {...props} />
          <Note title="許すと、すぐに報告が出ます。">
            保護管理者に確認の仕事が立ち、委託者に報告が出ます（特記 第14条）。
          </Note>
          <Section id="h-paper" title="電話は止めません">
            <ol className="plain-steps">
              <li>紙の受付票で受けます。</li>
              <li>資格のある人が、あとから入れます。</li>
              <li>
                <a href="/privacy/registers/late-entry">後入力の帳簿</a>に理由を書き、紙を始末します。
              </li>
            </ol>
          </Section>
        </div>
      </div>
    </>
  );
}

/** ほかの人の願いを、封を切った符号で許す。 */
function AllowForms({ csrf, glasses, me, mayAllow, faults }: GatePageProps) {
  const asked = glasses.filter((one) => one.state === "asked" && one.askedById !== me);
  if (!mayAllow || asked.length === 0) return null;
  return (
    <div className="pile mt2">
      {asked.map((one) => (
        <form key={one.id} method="post" action={`/privacy/glass/${one.id}/allow`} className="fields two">
          <Csrf token={csrf} />
          <TextField
            id={`code-${one.id}`}
            name="code"
            label={`${one.askedBy}の願い（${minuteOf(one.askedAt)}）を許す: 封を切った符号`}
            required
            autoComplete="off"
            error={faults.find(({ field }) => field === "code")?.message}
          />
          <p className="acts">
            <Submit look="second">60分許す</Submit>
          </p>
        </form>
      ))}
    </div>
  );
}

/** 封筒の符号: いまの号と、作り直し。 */
function SealState({ csrf, seal, mayAllow }: GatePageProps) {
  const gone = seal === undefined || seal.spent;
  return (
    <Section id="h-seal" title="封をした符号" sub="金庫の封筒">
      <div className="pile mt1">
        {gone ? (
          <Note tone="due" title="封をした符号がありません。">
            いざというときに許せません。作って刷り、封筒に入れて金庫にしまってください。
          </Note>
        ) : (
          <p>
            第{seal.number}号（{formatMonthDay(dayOf(seal.madeAt))}　{seal.madeBy}
            ）。作った方とは別の、責任者か保護管理者が使えます。
          </p>
        )}
        {mayAllow && (
          <form method="post" action="/privacy/glass/seal">
            <Csrf token={csrf} />
            <Submit look={gone ? "second" : "plain"}>新しい符号を作って刷る</Submit>
          </form>
        )}
      </div>
    </Section>
  );
}

const gateColumns: Column<HandlerGate>[] = [
  { key: "number", head: "番号", width: 5, cell: (one) => <span className="code">{one.number}</span> },
  { key: "name", head: "氏名", rowHead: true, cell: (one) => one.name },
  { key: "role", head: "役割", cell: (one) => one.role },
  ...neededFacts.map(
    (fact): Column<HandlerGate> => ({
      ...{ key: fact, head: heads[fact], width: 8 },
      cell: (one) =>
        one.missing.includes(fact) ? (
          <a href={`/privacy/registers/${places[fact]}/new?handler=${one.id}`}>
            <Status look="late">まだ</Status>
          </a>
        ) : (
          <Status look="done">
            {fact === "trained" && one.trainedUntil !== null
              ? `${formatMonthDay(one.trainedUntil)}まで`
              : "済み"}
          </Status>
        ),
    }),
  ),
];

const glassLooks = {
  asked: ["wait", "願い"],
  open: ["due", "開いている"],
  over: ["none", "終わった"],
} as const;

function glassColumns(): Column<ListedGlass>[] {
  return [
    {
      key: "at",
      head: "頼んだ時",
      cell: (one) => `${formatMonthDay(dayOf(one.askedAt))}　${minuteOf(one.askedAt)}`,
    },
    { key: "who", head: "頼んだ人", rowHead: true, cell: (one) => one.askedBy },
    { key: "reason", head: "理由", wrap: true, cell: (one) => one.reason },
    { key: "by", head: "許した人", cell: (one) => one.allowedBy ?? "－" },
    {
      ...{ key: "state", head: "いま", width: 10 },
      cell: (one) => (
        <Status look={glassLooks[one.state][0]}>
          {one.until === null ? glassLooks[one.state][1] : `${minuteOf(one.until)}まで`}
        </Status>
      ),
    },
  ];
}
