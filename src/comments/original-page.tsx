import type { Fault } from "../base/error.ts";
import { type MaskRange, maskKinds, tidyMasks } from "../opinions/mask-text.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { PersonPanel } from "./person-panel.tsx";
import type { Letter } from "./read-book.ts";
import { type OpenedOriginal, type OriginalReason, originalReasons, standingLabels } from "./sort-letter.ts";

export interface OriginalPageProps {
  csrf: string;
  letter: Letter;
  original: OpenedOriginal;
  /** 選んだ理由。添付も同じ理由で取り出す。 */
  reason: OriginalReason;
  may: { work: boolean; decide: boolean };
  faults?: readonly Fault[] | undefined;
  /** 同じ人の、ほかの通。 */
  same: readonly { id: string; name: string }[];
}

/** 原本を見る前に、なぜ見るかを選んでもらう。選ぶまで、氏名も住所も文も出さない。 */
export function OriginalAskPage(props: { csrf: string; letter: Letter; fault: string | undefined }) {
  const { csrf, letter, fault } = props;
  return (
    <>
      <PageHead
        crumb={<a href={`/comments/letters/${letter.id}`}>意見の整理 第{letter.name}号</a>}
        title="原本を見る理由を選んでください。"
        actions={<LinkButton href={`/comments/letters/${letter.id}`}>整理に戻る</LinkButton>}
      />
      <form method="post" action={`/comments/letters/${letter.id}/original`} className="pile upload">
        <Csrf token={csrf} />
        <SelectField
          id="reason"
          label="見る理由"
          required
          blank="選んでください"
          choices={Object.entries(originalReasons).map(([value, label]) => ({ value, label }))}
          error={fault}
          help="だれが・いつ・なぜ第何号を見たかが、記録に残ります。"
        />
        <p className="acts">
          <Submit>{letter.attachments.length > 0 ? "原本と添付を見る" : "原本を見る"}</Submit>
        </p>
      </form>
    </>
  );
}

/** 原本: 届いたままの文、差出人、添付、伏せる所、数え方。開いたことは記録される。 */
export function OriginalPage(props: OriginalPageProps) {
  const { letter, original, may } = props;
  return (
    <>
      <PageHead
        crumb={<a href={`/comments/letters/${letter.id}`}>意見の整理 第{letter.name}号</a>}
        title={`第${letter.name}号の原本です。`}
        actions={<LinkButton href={`/comments/letters/${letter.id}`}>整理に戻る</LinkButton>}
      />
      <div className="pile">
        <Note tone="info" title={`原本を開いたことを記録しました（${originalReasons[props.reason]}）。`}>
          氏名や住所は、ここでだけ見えます。整理・公表に使う文では、下の黄色の所を伏せます。
        </Note>
        <div className="cols main-side">
          <Section id="h-text" title="届いたままの文">
            <div className="letter original">
              <Marked text={original.text} masks={original.masks} />
            </div>
            {original.header !== null && (
              <details>
                <summary>メールの件名と差出人</summary>
                <pre className="wrap">{original.header}</pre>
              </details>
            )}
          </Section>
          <div className="pile">
            <Senders original={original} />
            {may.work && (
              <PersonPanel
                {...{
                  csrf: props.csrf,
                  letter: letter.id,
                  original,
                  same: props.same,
                  faults: props.faults ?? [],
                }}
              />
            )}
            <Attachments {...props} />
            {may.work && original.text.trim() === "" && <TypeForm {...props} />}
            {may.decide && <StandForm {...props} />}
          </div>
        </div>
        {may.work && <MaskForm {...props} />}
      </div>
    </>
  );
}

function Marked({ text, masks }: { text: string; masks: readonly MaskRange[] }) {
  const parts = [];
  let at = 0;
  for (const { start, end, kind } of tidyMasks(masks)) {
    if (start > at) parts.push(<span key={at}>{text.slice(at, start)}</span>);
    parts.push(
      <mark key={`m${start}`} title={maskKinds[kind]}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  parts.push(<span key="rest">{text.slice(at)}</span>);
  return <p>{text === "" ? "（白紙）" : parts}</p>;
}

function Senders({ original }: { original: OpenedOriginal }) {
  return (
    <Section id="h-senders" title="差出人">
      <Table
        caption="差出人の氏名と住所"
        columns={[
          { key: "name", head: "氏名", rowHead: true, cell: (one) => one.name || "－" },
          {
            key: "address",
            head: "住所・連絡先",
            wrap: true,
            cell: (one) => [one.address, one.contact].filter(Boolean).join(" ") || "－",
          },
        ]}
        rows={original.senders}
        rowKey={(one) => one.person}
        empty="無記名です。"
      />
    </Section>
  );
}

function Attachments({ csrf, letter, reason }: OriginalPageProps) {
  if (letter.attachments.length === 0) return null;
  return (
    <Section id="h-files" title="スキャン・添付">
      <ul className="alike">
        {letter.attachments.map(({ id, media }, at) => (
          <li key={id}>
            <form method="post" action={`/comments/letters/${letter.id}/files/${at + 1}`}>
              <Csrf token={csrf} />
              <input type="hidden" name="reason" value={reason} />
              <Submit look="link">添付{at + 1}を取り出す</Submit> <span className="sub">{media}</span>
            </form>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** 文のないまま届いた通（スキャンだけ、添付だけ）: 人が見て打つ。 */
function TypeForm({ csrf, letter, faults = [] }: OriginalPageProps) {
  return (
    <Section id="h-type" title="文を打つ" sub="スキャンや添付に書かれたとおりに">
      <form method="post" action={`/comments/letters/${letter.id}/text`} className="pile upload">
        <Csrf token={csrf} />
        <TextAreaField
          id="text"
          label="意見書の文"
          required
          rows={8}
          error={faults.find(({ field }) => field === "text")?.message}
          help="打ったあとは変えられません。氏名や電話は、伏せる候補として示します。"
        />
        <p className="acts">
          <Submit look="normal">この文で整理する</Submit>
        </p>
      </form>
    </Section>
  );
}

function StandForm({ csrf, letter, faults = [] }: OriginalPageProps) {
  return (
    <Section id="h-stand" title="数え方">
      <form method="post" action={`/comments/letters/${letter.id}/stand`} className="pile upload">
        <Csrf token={csrf} />
        <SelectField
          id="standing"
          label="この通を"
          defaultValue={letter.standing}
          choices={Object.entries(standingLabels).map(([value, label]) => ({ value, label }))}
        />
        <TextAreaField
          id="reason"
          label="理由"
          required
          rows={2}
          maxLength={500}
          defaultValue={letter.note}
          error={faults.find(({ field }) => field === "reason")?.message}
        />
        <p className="acts">
          <Submit look="normal">決める</Submit>
        </p>
      </form>
    </Section>
  );
}

function MaskForm({ csrf, letter, original }: OriginalPageProps) {
  return (
    <Section id="h-mask" title="伏せる所" sub="チェックを外すと、公表する文にそのまま出ます">
      <form method="post" action={`/comments/letters/${letter.id}/mask`} className="pile upload">
        <Csrf token={csrf} />
        <div className="masks">
          {tidyMasks(original.masks).map(({ start, end, kind }) => (
            <label key={start} className="check" htmlFor={`mask-${start}`}>
              <input
                type="checkbox"
                id={`mask-${start}`}
                name="keep"
                value={`${start}-${end}-${kind}`}
                defaultChecked
              />
              <span>
                {original.text.slice(start, end)} <span className="sub">{maskKinds[kind]}</span>
              </span>
            </label>
          ))}
          {original.masks.length === 0 && <p className="sub">伏せる候補は見つかりませんでした。</p>}
        </div>
        <TextAreaField
          id="words"
          label="ほかに伏せる言葉（一行に一つ）"
          rows={2}
          maxLength={2000}
          help="文の中のその言葉を、みな伏せます。"
        />
        <p className="acts">
          <Submit>伏せる所を決める</Submit>
        </p>
      </form>
    </Section>
  );
}
