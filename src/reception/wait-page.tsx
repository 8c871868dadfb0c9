import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import type { OfferLine, RevealedWait, WaitDetail } from "./list-waits.ts";
import { revealReasons } from "./open-booking.ts";
import { Answer, Candidates } from "./wait-answer-panel.tsx";
import { waitStates } from "./waiting.ts";

export interface WaitPageProps {
  csrf: string;
  detail: WaitDetail;
  revealed?: RevealedWait | undefined;
  fault?: string | undefined;
}

/** 待機一件: 電話を掛け、返事を入れる。 */
export function WaitPage({ csrf, detail, revealed, fault }: WaitPageProps) {
  const { line, history, offers } = detail;
  const past = offers.filter((offer) => offer.id !== line.offer?.id);
  return (
    <>
      <PageHead
        crumb={<a href="/waits">待機</a>}
        title={
          line.offer ? (
            <>
              {line.offer.text}の席を押さえています。
              <span className="due">{line.offer.due}に返事を聞きます。</span>
            </>
          ) : (
            <>
              {line.wish}を待つ方です。
              {line.state !== "waiting" && `${waitStates[line.state]}。`}
            </>
          )
        }
      />
      <div className="cols main-side">
        <div className="pile wide">
          {fault !== undefined && (
            <Note tone="late" title="まだ何も変わっていません。">
              {fault}
            </Note>
          )}
          <Section id="h-person" title="待っている方">
            <Pairs items={personItems(detail, revealed)} />
          </Section>
          {line.offer && <Answer csrf={csrf} id={line.id} offer={line.offer} />}
          {line.state === "waiting" && <Candidates csrf={csrf} detail={detail} />}
          <Section id="h-offers" title="これまでの案内">
            <Table
              caption="これまでの案内"
              columns={offerColumns}
              rows={past}
              rowKey={(offer) => offer.id}
              empty={<p>ほかに案内した回はありません。</p>}
            />
          </Section>
          <Section id="h-history" title="これまで" sub="行為の記録から">
            <Table
              caption="この待機のこれまで"
              columns={historyColumns}
              rows={history.map((one, at) => ({ ...one, key: String(at) }))}
              rowKey={(one) => one.key}
              empty={<p>記録はありません。</p>}
            />
          </Section>
        </div>
        <div className="pile">
          <Section id="h-reveal" title={revealed ? "見えています" : "電話番号を見る"}>
            {revealed ? (
              <div className="pile mt1">
                <Note tone="plain">見たことと理由が記録に残りました。用が済んだら閉じてください。</Note>
                <LinkButton href={`/waits/${line.id}`} size="tall">
                  伏せる
                </LinkButton>
              </div>
            ) : (
              <RevealForm csrf={csrf} id={line.id} />
            )}
          </Section>
          {line.state === "waiting" && (
            <Section id="h-withdraw" title="待つのをやめる">
              <form method="post" action={`/waits/${line.id}/withdraw`} className="pile mt1">
                <Csrf token={csrf} />
                <p className="sub">本人から申し出があったときに押します。一覧から外れ、記録は残ります。</p>
                <Submit look="normal" danger size="tall">
                  待機をやめる
                </Submit>
              </form>
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

function personItems({ line }: WaitDetail, revealed: RevealedWait | undefined) {
  const items = [
    { name: "状態", value: waitStates[line.state] },
    { name: "待っている回", value: line.wish },
    { name: "連絡の取り方", value: `${line.contact}　${line.reach}` },
  ];
  if (!revealed)
    return [...items, { name: "氏名", value: line.maskedName }, { name: "電話", value: line.maskedPhone }];
  const { name, kana, phone, proxy, address, needs, companions, memo } = revealed;
  const asked = proxy ? `${proxy.name}（${proxy.relation}）　${proxy.phone}` : "なし";
  return [
    ...items,
    { name: "氏名", value: `${name}（${kana}）` },
    { name: "電話", value: phone },
    { name: "代わりの申込者", value: asked },
    { name: "住所", value: address },
    { name: "配慮事項", value: needs || "なし" },
    { name: "付き添い", value: companions > 0 ? `${companions}人` : "なし" },
    { name: "メモ", value: memo || "なし" },
  ];
}

function RevealForm({ csrf, id }: { csrf: string; id: string }) {
  return (
    <form method="post" action={`/waits/${id}`} className="pile mt1">
      <Csrf token={csrf} />
      <SelectField
        id="reason"
        label="見る理由"
        required
        defaultValue="callback"
        choices={Object.entries(revealReasons).map(([value, label]) => ({ value, label }))}
        help="見た人、時刻、理由が記録に残ります。"
      />
      <Submit icon="eye" size="tall" look="second">
        見る
      </Submit>
    </form>
  );
}

const offerColumns: Column<OfferLine>[] = [
  { key: "class", head: "案内した回", rowHead: true, wrap: true, cell: ({ text }) => text },
  { key: "state", head: "結果", cell: ({ state }) => <Status look="none">{state}</Status> },
];
const historyColumns: Column<{ at: string; what: string; key: string }>[] = [
  {
    key: "at",
    head: "いつ",
    rowHead: true,
    cell: ({ at }) => `${formatMonthDay(dayOf(at), { weekday: true })} ${minuteOf(at).replace(/^0/, "")}`,
  },
  { key: "what", head: "何を", wrap: true, cell: ({ what }) => what },
];
