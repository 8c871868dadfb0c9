import type { Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { ShownBlock } from "./block-panel.tsx";
import type { InlineBook } from "./inline.ts";
import { InlineText } from "./inline-panel.tsx";
import type { PlanChangeLine } from "./list-plan-changes.ts";
import type { BlockContent, ChangeAct } from "./plan-block.ts";
import type { RaisedOnBlock, TracedLink } from "./plan-hand.ts";
import { kindLabels } from "./plan-kind.ts";
import type { ListedBlock } from "./read-plan.ts";
import { TracedFrom, TracedTo } from "./trace-panel.tsx";

export interface BlockPageProps {
  csrf: string;
  plan: string;
  block: ListedBlock;
  book: InlineBook;
  content: BlockContent;
  /** compared は新旧対照表のその行、traced は届いた意見と公表する資料の所。 */
  changes: readonly (PlanChangeLine & {
    name: string;
    href: string;
    compared: string;
    traced: TracedLink | undefined;
  })[];
  comments: readonly { id: string; text: string; open: boolean; name: string; when: string }[];
  raised: readonly RaisedOnBlock[];
  tracked: boolean;
  may: { write: boolean; comment: boolean };
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  /** 重なったときの、いまの文。 */
  current: string | undefined;
}

const acts: Readonly<Record<ChangeAct, string>> = {
  insert: "足した",
  change: "直した",
  move: "動かした",
  remove: "消した",
  restore: "戻した",
};

/** 一つの部分: 文、書き込み、経過。 */
export function BlockPage(props: BlockPageProps) {
  const { plan, block, may, csrf } = props;
  const own = `/plans/${plan}/blocks/${encodeURIComponent(block.id)}`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／{" "}
            <a href={`/plans/${plan}/edit?block=${encodeURIComponent(block.id)}`}>原稿</a> ／ {block.heading}
          </>
        }
        title={`${block.number || kindLabels[block.kind]}（第${block.version}版）`}
        actions={
          <LinkButton
            href={`/plans/${plan}/edit?block=${encodeURIComponent(block.id)}#b-${encodeURIComponent(block.id)}`}
          >
            原稿の中で見る
          </LinkButton>
        }
      />
      <div className="pile">
        {(hasLook(block.kind) || !may.write) && (
          <div className="doc one">
            <ShownBlock id={block.id} content={props.content} number={block.number} book={props.book} />
          </div>
        )}
        {may.write && <TextForm {...props} own={own} />}
        {may.write && (
          <form method="post" action={`${own}/arrange`} className="acts">
            <Csrf token={csrf} />
            {props.tracked && (
              <>
                <Submit look="second" name="act" value="settle">
                  記録した変更を反映
                </Submit>
                <Submit look="normal" name="act" value="unrecord">
                  記録した変更を元に戻す
                </Submit>
              </>
            )}
            <SelectField
              id="review"
              label="状態"
              hideLabel
              defaultValue={block.review}
              choices={[
                { value: "draft", label: "作成中" },
                { value: "checking", label: "確認中" },
                { value: "agreed", label: "確認済み" },
              ]}
            />
            <Submit look="normal" name="act" value="review">
              状態を書く
            </Submit>
            <Submit look="normal" danger name="act" value="remove">
              この部分を消す
            </Submit>
          </form>
        )}
        <Origins {...props} />
        {props.raised.length > 0 && <Raised raised={props.raised} />}
        <Comments {...props} own={own} />
        <History {...props} />
      </div>
    </>
  );
}

/** 書き方の印だけでは形の分からない部分（図・写真・表）か。 */
function hasLook(kind: BlockContent["kind"]): boolean {
  return kind === "figure" || kind === "photo" || kind === "table" || kind === "kpi";
}

function TextForm({ csrf, block, values, faults, current, own, book }: BlockPageProps & { own: string }) {
  const text = values.text ?? block.text;
  return (
    <Section id="h-text" title="文" sub={block.kind === "paragraph" ? undefined : "書き方の印のまま直します"}>
      <form method="post" action={own} className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="expectedVersion" value={block.version} />
        <TextAreaField
          id="text"
          label="文"
          rows={Math.min(16, Math.max(4, Math.ceil(text.length / 60)))}
          defaultValue={text}
          error={faults.find(({ field }) => field === "text")?.message}
        />
        {current !== undefined && (
          <p>
            <b>いまの文　</b>
            <InlineText text={current} before={text} book={book} />
          </p>
        )}
        <TextField
          id="reason"
          label="理由"
          maxLength={500}
          defaultValue={values.reason ?? ""}
          help="新旧対照表の理由に出ます。"
        />
        <CheckField id="tracked" label="変更を記録する" defaultChecked />
        <p className="acts">
          <Submit>直す</Submit>
        </p>
      </form>
    </Section>
  );
}

/** この部分を変えたもと: 意見、答え、新旧対照表の行、公表する資料の所。 */
function Origins({ changes }: BlockPageProps) {
  const linked = changes.filter(({ link }) => link !== null);
  if (linked.length === 0) return null;
  return (
    <Section id="h-origin" title="変えたもと" sub="意見から、公表する資料まで">
      <ul className="rows">
        {linked.map(({ id, link, href, reason, compared, traced }) => (
          <li key={id} className="row-line">
            <span>
              {href === "" ? link?.label : <a href={href}>{link?.label}</a>}
              {traced && <TracedFrom traced={traced} />}
              {"　"}
              {reason || traced?.summary}
              {compared !== "" && (
                <>
                  {"　"}
                  <a href={compared}>新旧対照表</a>
                </>
              )}
              {traced && <TracedTo traced={traced} />}
              {traced && traced.answer !== "" && <span className="sub">　市の考え方: {traced.answer}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** 有識者会議の指摘など、この部分に結ばれたもの。 */
function Raised({ raised }: Pick<BlockPageProps, "raised">) {
  const left = raised.filter(({ open }) => open).length;
  return (
    <Section id="h-raised" title="この部分への指摘" sub={left > 0 ? `答えていないもの ${left}` : undefined}>
      <ul className="rows">
        {raised.map(({ label, text, href, open, answer }) => (
          <li key={href} className="row-line">
            <Status look={open ? "soon" : "done"}>{open ? "まだ" : "答えた"}</Status>　
            <a href={href}>{label}</a>　{text}
            {answer !== "" && <span className="sub">　答え: {answer}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Comments({ csrf, comments, may, own, faults, plan }: BlockPageProps & { own: string }) {
  return (
    <Section id="h-comments" title="書き込み" sub="成果品には出ません">
      {comments.length === 0 && <p className="sub">書き込みはありません。</p>}
      <ul className="rows">
        {comments.map(({ id, text, open, name, when }) => (
          <li key={id} className="row-line">
            <span>
              {text}
              <span className="sub">
                {"　"}
                {name}・{when}
                {open ? "" : "・済み"}
              </span>
            </span>
            {open && may.write && (
              <form method="post" action={`/plans/${plan}/comments/${id}/close`}>
                <Csrf token={csrf} />
                <Submit look="plain">済みにする</Submit>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may.comment && (
        <form method="post" action={`${own}/comments`} className="pile upload">
          <Csrf token={csrf} />
          <TextAreaField
            id="comment"
            label="書き込む"
            rows={2}
            maxLength={1000}
            error={faults.find(({ field }) => field === "comment")?.message}
          />
          <p className="acts">
            <Submit look="normal">書き込む</Submit>
          </p>
        </form>
      )}
    </Section>
  );
}

function History({ changes, book }: BlockPageProps) {
  return (
    <Section id="h-history" title="経過" sub={`${changes.length}回`}>
      <ol className="history">
        {changes.toReversed().map((one) => (
          <li key={one.id}>
            <p className="sub">
              第{one.version}版　{formatWareki(dayOf(one.at))} {minuteOf(one.at)}　{one.name}　{acts[one.act]}
              {one.merged ? "（ほかの人の直しと合わせた）" : ""}
              {one.reason === "" ? "" : `　${one.reason}`}
              {one.compared !== "" && (
                <>
                  {"　"}
                  <a href={one.compared}>新旧対照表</a>
                </>
              )}
              {one.link && "　"}
              {one.link && (one.href === "" ? one.link.label : <a href={one.href}>{one.link.label}</a>)}
            </p>
            {one.act !== "move" && one.before !== one.after && (
              <p>
                <InlineText text={one.after} before={one.before} book={book} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
