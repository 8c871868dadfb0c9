import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { contrastOf, type Design, type DesignRequest, lookOfDesign } from "./design.ts";
import { DesignForm } from "./design-form-panel.tsx";
import { DesignPreview } from "./design-preview-panel.tsx";
import { DesignRequests } from "./design-request-panel.tsx";
import { PaletteStrip } from "./palette-panel.tsx";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface DesignPageProps {
  csrf: string;
  plan: string;
  title: string;
  designs: readonly Design[];
  requests: readonly DesignRequest[];
  /** 原稿の画像と、その権利に足りないもの。 */
  images: readonly { name: string; lacks: readonly string[] }[];
  /** アイコンを付けられる章と施策。 */
  places: readonly { id: string; label: string }[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { write: boolean; comment: boolean; client: boolean };
}

/** デザインの案、委託者の選定、都度の要望。 */
export function DesignPage(props: DesignPageProps) {
  const { plan, designs, requests, may } = props;
  const chosen = designs.find((one) => one.chosen !== null);
  const open = requests.filter(({ answers }) => answers.length === 0).length;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          designs.length === 0
            ? "デザインの案は、まだありません。"
            : !chosen
              ? `${designs.length}つの案から、委託者が選ぶところです。`
              : open > 0
                ? `${chosen.label}に決まっています。応えていない要望が${open}件あります。`
                : `${chosen.label}に決まり、要望には全て応えています。`
        }
      />
      <PlanTabs plan={plan} current="designs" />
      <div className="pile">
        {/* 案が並ぶと、直す欄は何枚も下になる。 */}
        {props.faults[0] !== undefined && (
          <Note tone="late" title={props.faults[0].message}>
            <a href={`#${props.faults[0].field ?? ""}`}>直す欄へ</a>
          </Note>
        )}
        {designs.length > 0 && (
          <Section id="h-designs" title="案" sub="選ぶと、全ての形と概要版が、その見た目になります">
            <ul className="designs">
              {designs.map((design) => (
                <DesignItem key={design.number} {...props} design={design} />
              ))}
            </ul>
          </Section>
        )}
        <DesignRequests {...props} />
        {may.write && <DesignForm {...props} />}
        {may.write && <Refigure {...props} />}
      </div>
    </>
  );
}

function DesignItem(props: DesignPageProps & { design: Design }) {
  const { csrf, plan, title, design, faults, may } = props;
  const { theme, advice, mended } = lookOfDesign(design.theme);
  const texts = contrastOf(theme).filter(({ want }) => want > 3);
  const field = `reason-${design.number}`;
  const file = `/plans/${plan}/designs/${design.number}/file`;
  return (
    <li id={`design-${design.number}`}>
      <h3>
        {design.label}　{design.title}
        {design.chosen && (
          <>
            {"　"}
            <Status look="done">選定</Status>
          </>
        )}
      </h3>
      <DesignPreview theme={theme} title={title} label={design.label} />
      <p>{design.aim}</p>
      <p className="sub">
        明るさの比（4.5以上）　
        {texts.map(({ name, ratio }) => `${name} ${ratio.toFixed(1)}`).join("、")}
      </p>
      <PaletteStrip palette={theme.palette} label={design.label} />
      {advice.length === 0 ? (
        <p className="sub">
          図の{theme.palette.length}
          色は、紙に刷っても（比は3以上）、白黒でも、色の見え方の違う人にも、隣と見分けられます。
        </p>
      ) : (
        <div className="note" role="note">
          <ul className="rows">
            {advice.map((line) => (
              <li key={line}>{line}</li>
            ))}
            {mended && (
              <li>
                <b className="code">{mended.join(" ")}</b> なら見分けられます。この並びで、案を出し直せます。
              </li>
            )}
          </ul>
        </div>
      )}
      <Icons {...props} icons={theme.icons ?? {}} />
      <p className="sub">
        {design.by}　{formatWareki(dayOf(design.at))}
      </p>
      <p className="acts">
        <LinkButton href={`${file}/html`}>HTMLで見る</LinkButton>
        <LinkButton href={`${file}/docx`}>Wordで見る</LinkButton>
        <LinkButton href={`${file}/pptx`}>PowerPointで見る</LinkButton>
      </p>
      {design.chosen ? (
        <p>
          {formatWareki(dayOf(design.chosen.at), { weekday: true })} {design.chosen.by}が選びました。
          {design.chosen.reason}
        </p>
      ) : (
        may.comment && (
          <form method="post" action={`/plans/${plan}/designs/${design.number}/choose`} className="pile">
            <Csrf token={csrf} />
            <TextField
              id={field}
              name="reason"
              label={may.client ? "選んだ理由（あれば）" : "いつ、どの協議で決まったか"}
              maxLength={1000}
              error={faults.find((one) => one.field === field)?.message}
            />
            <div className="acts">
              <Submit look="normal">{may.client ? "この案に決める" : "委託者の選定を記録する"}</Submit>
            </div>
          </form>
        )
      )}
    </li>
  );
}

/** 章と施策のアイコンの数と、権利の足りないもの。 */
function Icons({
  plan,
  images,
  places,
  icons,
}: DesignPageProps & { icons: Readonly<Record<string, string>> }) {
  const placed = places.filter(({ id }) => (icons[id] ?? "") !== "");
  if (placed.length === 0) return null;
  const names = new Set(placed.map(({ id }) => icons[id]));
  const lacking = images.filter(({ name, lacks }) => names.has(name) && lacks.length > 0);
  return (
    <details>
      <summary>
        アイコン{placed.length}か所
        {lacking.length > 0 && (
          <>
            {"　"}
            <Status look="late">権利の足りない絵{lacking.length}つ</Status>
          </>
        )}
      </summary>
      <ul className="sub">
        {placed.map(({ id, label }) => {
          const name = icons[id] ?? "";
          const lacks = lacking.find((one) => one.name === name)?.lacks ?? [];
          return (
            <li key={id}>
              {label}　{name.replace(/^images\//, "")}
              {lacks.length > 0 && (
                <>
                  {"　"}
                  <a href={`/plans/${plan}/rights?file=${encodeURIComponent(name)}#h-write`}>
                    {lacks.join("・")}を書く
                  </a>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** デザイナーの仕上げた Word の図の、数の入れ替え。 */
function Refigure({ csrf, plan, faults }: DesignPageProps) {
  return (
    <Section
      id="h-refigure"
      title="仕上げた Word の図を、いまの数に"
      sub="色・書体・置き場所は、そのままです"
    >
      <form
        method="post"
        action={`/plans/${plan}/refigure`}
        encType="multipart/form-data"
        className="pile upload"
      >
        <Csrf token={csrf} />
        <FileField
          id="restyled"
          name="file"
          label="デザインした Word（.docx）"
          accept=".docx"
          required
          error={faults.find(({ field }) => field === "restyled")?.message}
          help="新しい Word と、見分け直した図・写しの図・見つからない図の一覧を受け取ります。"
        />
        <div className="acts">
          <Submit look="normal">図の数を入れ替える</Submit>
        </div>
      </form>
    </Section>
  );
}
