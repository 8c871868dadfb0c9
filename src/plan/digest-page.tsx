import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Button, LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import {
  type DigestPart,
  digestKindLabels,
  digestPaperLabels,
  type PlanDigest,
  releaseFaults,
} from "./plan-digest.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface DigestPageProps {
  csrf: string;
  plan: string;
  view: PlanDigest;
  /** 足せる部分（図・表・本文）。 */
  choices: readonly { value: string; label: string; group: string }[];
  /** 直している部分と、打った文（誤りのあと）。 */
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { write: boolean; comment: boolean; sign: boolean };
}

const states: Readonly<
  Record<DigestPart["state"], { look: "late" | "warn" | "none" | "done"; word: string }>
> = {
  stale: { look: "late", word: "元が変わりました" },
  missing: { look: "late", word: "元が消えました" },
  unstamped: { look: "warn", word: "元を確かめるところ" },
  same: { look: "done", word: "元と合っています" },
  free: { look: "none", word: "元のない文" },
};

/** 一つの見え方: 公開してよいか、部分ごとの言い換えと元の文。 */
export function DigestPage(props: DigestPageProps) {
  const { plan, view } = props;
  const own = `/plans/${plan}/digests/${view.name}`;
  const faults = releaseFaults(view);
  const title = view.released
    ? "公開してよいとされています。"
    : faults.length > 0
      ? faults[0]
      : "直すところはありません。公開してよいとできます。";
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}/digests`}>概要版</a>
          </>
        }
        title={title}
        actions={
          <>
            <LinkButton href={`${own}/file/html`}>HTML</LinkButton>
            <LinkButton href={`${own}/file/docx`}>Word</LinkButton>
            <LinkButton href={`${own}/file/pdf`}>PDF</LinkButton>
          </>
        }
      />
      <PlanTabs plan={plan} current="digests" />
      <div className="pile">
        <p>
          {view.digest.title}
          <span className="sub">
            {"　"}
            {digestKindLabels[view.digest.kind]}、{digestPaperLabels[view.digest.format]}、
            {view.size.characters}字、図
            {view.size.figures}、読みやすさ {view.size.score?.toFixed(1) ?? "－"}
          </span>
        </p>
        <Release {...props} />
        <Section id="h-parts" title="部分" sub={`${view.parts.length}。左が見え方、右が元の原稿のいまの文`}>
          <ol className="digest">
            {view.parts.map((part) => (
              <Part key={part.at} {...props} part={part} />
            ))}
          </ol>
        </Section>
        {props.may.write && <AddForm {...props} />}
        {view.report.plain.remarks.length > 0 && (
          <Section id="h-plain" title="言い換えの目安" sub={`${view.report.plain.remarks.length}件`}>
            <ul className="rows">
              {view.report.plain.remarks.map((remark, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: 同じ語が二度出る
                <li key={at}>
                  「{remark.quote}」{remark.why}
                  <span className="sub">　→ {remark.instead}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

/** 公開してよいか。元と合わないものは直すだけ、読みやすさは認めることもできる。 */
function Release({ csrf, plan, view, faults, values, may }: DigestPageProps) {
  const own = `/plans/${plan}/digests/${view.name}`;
  const stops = releaseFaults(view);
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const { plain } = view.report;
  return (
    <Section id="h-release" title="公開">
      {view.outdated && (
        <Note
          tone="late"
          title="前に公開してよいとした中身から変わりました。確かめて、もう一度公開してよいとしてください。"
        />
      )}
      {view.released ? (
        <p>
          <Status look="done">公開してよい</Status>
          {"　"}
          {formatWareki(dayOf(view.released.at), { weekday: true })} {view.released.by}
        </p>
      ) : (
        <ul className="rows">
          {stops.map((text) => (
            <li key={text}>
              <Status look="late">できない</Status>　{text}
            </li>
          ))}
          {stops.length === 0 && (
            <li>
              <Status look="done">揃いました</Status>　元と合い、読みやすさの目標に
              {plain.met ? "届いています" : "届かないことが認められています"}。
            </li>
          )}
        </ul>
      )}
      {view.signed && (
        <p className="sub">
          {formatWareki(dayOf(view.signed.at))} {view.signed.by}が認めました。{view.signed.reason}
        </p>
      )}
      {!view.released && (
        <p className="sub">公開してよいとするまで、書き出したものの題に【確認用】が付きます。</p>
      )}
      {!view.released && stops.length === 0 && may.comment && (
        <form method="post" action={`${own}/release`} className="acts">
          <Csrf token={csrf} />
          <input type="hidden" name="hash" value={view.hash} />
          <Submit>公開してよいとする</Submit>
        </form>
      )}
      {!plain.met && !view.signed && may.sign && (
        <form method="post" action={`${own}/sign`} className="pile upload">
          <Csrf token={csrf} />
          <input type="hidden" name="hash" value={view.hash} />
          <TextField
            id="reason"
            label="読みやすさの目標に届かないままでよいわけ"
            maxLength={500}
            defaultValue={values.reason ?? ""}
            error={fault("reason")}
          />
          <div className="acts">
            <Submit look="normal">わけを書いて認める</Submit>
          </div>
        </form>
      )}
    </Section>
  );
}

function Part({ csrf, plan, view, part, values, faults, may }: DigestPageProps & { part: DigestPart }) {
  const own = `/plans/${plan}/digests/${view.name}/parts/${part.at}`;
  const again = values.at === String(part.at);
  const picture = part.text === "" && part.block !== "";
  const look = states[part.state];
  return (
    <li id={`part-${part.at}`}>
      <form method="post" action={own} className="mine">
        <Csrf token={csrf} />
        <input type="hidden" name="hash" value={view.hash} />
        <TextField
          id={`heading-${part.at}`}
          name="heading"
          label="見出し"
          maxLength={100}
          readOnly={!may.write}
          defaultValue={again ? (values.heading ?? "") : part.heading}
        />
        <TextAreaField
          id={`text-${part.at}`}
          name="text"
          label={picture ? "言い換えた文（空なら、元の図・表のまま）" : "言い換えた文"}
          {...(picture ? {} : { help: "ふりがなは「{漢字|かんじ}」と書きます。" })}
          rows={picture ? 1 : Math.max(2, part.text.split("\n").length + 1)}
          maxLength={4000}
          readOnly={!may.write}
          defaultValue={again ? (values.text ?? "") : part.text}
          error={again ? faults[0]?.message : undefined}
        />
        {again && part.text !== (values.text ?? "") && (
          <div className="now">
            <p className="sub">いま残っている文（上の欄は、あなたが打った文です）</p>
            <p className="quote">{part.text || "（文はありません。元の図・表のまま）"}</p>
          </div>
        )}
        {may.write && (
          <div className="acts">
            <Submit look="normal">直す</Submit>
            {(part.state === "stale" || part.state === "unstamped") && (
              <Button type="submit" look="plain" name="act" value="checked">
                元を読み、このままにする
              </Button>
            )}
            {part.at > 0 && (
              <Button type="submit" look="plain" name="act" value="up">
                上へ
              </Button>
            )}
            <Button type="submit" look="plain" name="act" value="remove">
              除く
            </Button>
          </div>
        )}
      </form>
      <div className="source">
        <p>
          <Status look={look.look}>{look.word}</Status>
          {part.block !== "" && part.state !== "missing" && (
            <>
              {"　"}
              <a href={`/plans/${plan}/blocks/${encodeURIComponent(part.block)}`}>{part.place}</a>
            </>
          )}
        </p>
        <p className="quote">{part.parent}</p>
      </div>
    </li>
  );
}

function AddForm({ csrf, plan, view, choices }: DigestPageProps) {
  return (
    <Section id="h-add" title="部分を足す">
      <form method="post" action={`/plans/${plan}/digests/${view.name}/parts`} className="fields two">
        <Csrf token={csrf} />
        <SelectField id="block" label="元の部分" choices={choices} />
        <SelectField
          id="after"
          label="どこの後に"
          defaultValue={String(view.parts.length - 1)}
          choices={view.parts.map((part) => ({
            value: String(part.at),
            label: `${part.at + 1}　${(part.heading || part.text || part.place).slice(0, 24)}`,
          }))}
        />
        <div className="acts">
          <Submit look="normal">足す</Submit>
        </div>
      </form>
    </Section>
  );
}
