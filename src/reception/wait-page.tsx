import { formatPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Person } from "../platform/person-store.ts";
import { dayOf, minuteOf } from "../platform/time.ts";
import { tryResults } from "../tasks/task.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { readProxy } from "./caller.ts";
import type { OfferLine, WaitDetail } from "./list-waits.ts";
import { revealReasons } from "./open-booking.ts";
import type { StoredWait } from "./wait-store.ts";
import { waitStates } from "./waiting.ts";

export interface WaitPageProps {
  csrf: string;
  detail: WaitDetail;
  revealed?: { person: Person; wait: StoredWait } | undefined;
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
            <Pairs items={personItems({ csrf, detail, revealed })} />
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

function personItems({ detail: { line }, revealed }: WaitPageProps) {
  const items = [
    { name: "状態", value: waitStates[line.state] },
    { name: "待っている回", value: line.wish },
    { name: "連絡の取り方", value: `${line.contact}　${line.reach}` },
  ];
  if (!revealed)
    return [...items, { name: "氏名", value: line.maskedName }, { name: "電話", value: line.maskedPhone }];
  const { person, wait } = revealed;
  const proxy = readProxy(wait.proxy);
  return [
    ...items,
    { name: "氏名", value: `${person.name}（${person.kana}）` },
    { name: "電話", value: person.phone },
    ...(proxy
      ? [{ name: "代わりの申込者", value: `${proxy.name}（${proxy.relation}）　${proxy.phone}` }]
      : []),
    {
      name: "住所",
      value: [person.postal && formatPostalCode(person.postal), person.address, person.building]
        .filter((part) => part !== "")
        .join("　"),
    },
    {
      name: "配慮事項",
      value: [wait.large_print === 1 ? "拡大文字" : "", wait.needs].filter(Boolean).join("、") || "なし",
    },
    { name: "付き添い", value: wait.companions > 0 ? `${wait.companions}人` : "なし" },
    { name: "メモ", value: wait.memo || "なし" },
  ];
}

function Answer({ csrf, id, offer }: { csrf: string; id: string; offer: OfferLine }) {
  return (
    <Section id="h-answer" title="返事を入れる" sub={`${offer.text}　${offer.due}`}>
      <div className="pile mt1">
        {offer.byPhone && (
          <Note tone="due" title="受講通知書は間に合いません。">
            日時・会場・持ち物を、この電話で案内してください。予約に「通知書は電話で案内」と残ります。
          </Note>
        )}
        <div className="acts start">
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="accepted" size="tall" icon="check">
              受ける（予約にする）
            </Submit>
          </form>
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="stays" look="normal" size="tall">
              この回は断る（待ち続ける）
            </Submit>
          </form>
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="declined" look="normal" danger size="tall">
              待つのをやめる
            </Submit>
          </form>
        </div>
        <form method="post" action={`/waits/${id}/answer`} className="row">
          <Csrf token={csrf} />
          <input type="hidden" name="offer" value={offer.id} />
          <input type="hidden" name="answer" value="tried" />
          <SelectField
            id="result"
            label="話せなかったとき"
            choices={Object.entries(tryResults).map(([value, label]) => ({ value, label }))}
          />
          <Submit look="normal" size="tall">
            試みを記録する
          </Submit>
        </form>
      </div>
    </Section>
  );
}

function Candidates({ csrf, detail: { line } }: { csrf: string; detail: WaitDetail }) {
  return (
    <Section id="h-open" title="いま案内できる席">
      {line.open.length === 0 ? (
        <div className="empty">
          <p>希望に合う空席はまだありません。取消があると、順に席が押さえられます。</p>
        </div>
      ) : (
        <form method="post" action={`/waits/${line.id}/offer`} className="pile mt1">
          <Csrf token={csrf} />
          <SelectField
            id="classId"
            label="案内する回"
            required
            choices={line.open.map((seat) => ({
              value: seat.classId,
              label: `${seat.text}　残り${seat.free}${seat.inTime ? "" : "　通知書は間に合いません"}`,
            }))}
          />
          {line.open.some((seat) => !seat.inTime) && (
            <CheckField
              id="byPhone"
              label="通知書が間に合わない回でも、日時を電話で案内する"
              help="予約に「通知書は電話で案内」と残ります。"
            />
          )}
          <div className="acts start">
            <Submit size="tall">席を押さえて電話する</Submit>
          </div>
        </form>
      )}
    </Section>
  );
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
