import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import {
  contrastOf,
  type Design,
  type DesignRequest,
  designOrigins,
  lookOfDesign,
  originLabels,
} from "./design.ts";
import { DesignForm } from "./design-form-panel.tsx";
import { DesignPreview } from "./design-preview-panel.tsx";
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
        {designs.length > 0 && (
          <Section id="h-designs" title="案" sub="選ぶと、全ての形と概要版が、その見た目になります">
            <ul className="designs">
              {designs.map((design) => (
                <DesignItem key={design.number} {...props} design={design} />
              ))}
            </ul>
          </Section>
        )}
        <Requests {...props} />
        {may.write && <DesignForm {...props} />}
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
          {advice.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {mended && (
            <p>
              <span className="code">{mended.join(" ")}</span>{" "}
              なら見分けられます。この並びで、案を出し直せます。
            </p>
          )}
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

function Requests({ csrf, plan, requests, designs, values, faults, may }: DesignPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section
      id="h-requests"
      title="要望と応え"
      sub={`${requests.length}件`}
      end={<a href={`/plans/${plan}/file/designs`}>デザインの記録（Excel）</a>}
    >
      {requests.length === 0 && <p className="sub">案を選んだあとの要望を、一件ずつ残します。</p>}
      <ol className="history">
        {requests.map((request) => (
          <li key={request.number} id={`request-${request.number}`}>
            <p>
              {request.answers.length === 0 ? (
                <Status look="due">応えるところ</Status>
              ) : (
                <Status look="done">応えた</Status>
              )}
              {"　"}
              {request.text}
              <br />
              <span className="sub">
                {originLabels[request.origin]}（{formatWareki(request.day)}）　記録 {request.by}{" "}
                {formatWareki(dayOf(request.at))}
              </span>
            </p>
            {request.answers.map((answer) => (
              <p key={answer.at}>
                応え　{answer.text}
                {answer.design !== null && (
                  <>
                    {"　"}
                    <a href={`#design-${answer.design}`}>
                      {designs.find(({ number }) => number === answer.design)?.label}
                    </a>
                  </>
                )}
                {answer.changed.length > 0 && <span className="sub">（{answer.changed.join("、")}）</span>}
                <span className="sub">
                  {"　"}
                  {answer.by} {formatWareki(dayOf(answer.at))}
                </span>
              </p>
            ))}
            {may.write && request.answers.length === 0 && (
              <form
                method="post"
                action={`/plans/${plan}/requests/${request.number}/answer`}
                className="fields two"
              >
                <Csrf token={csrf} />
                <TextField
                  id={`answer-${request.number}`}
                  name="text"
                  label="応え"
                  maxLength={1000}
                  error={fault(`answer-${request.number}`)}
                />
                <SelectField
                  id={`design-of-${request.number}`}
                  name="design"
                  label="応えて出した案"
                  blank="なし"
                  choices={designs.map(({ number, label, title }) => ({
                    value: String(number),
                    label: `${label}　${title}`,
                  }))}
                />
                <div className="acts">
                  <Submit look="normal">応える</Submit>
                </div>
              </form>
            )}
          </li>
        ))}
      </ol>
      {may.comment && (
        <form method="post" action={`/plans/${plan}/requests`} className="pile upload">
          <Csrf token={csrf} />
          <TextAreaField
            id="request"
            name="text"
            label="新しい要望"
            rows={2}
            maxLength={1000}
            defaultValue={values.request ?? ""}
            error={fault("request")}
          />
          <div className="fields two">
            <SelectField
              id="origin"
              label="出どころ"
              choices={designOrigins.map((value) => ({ value, label: originLabels[value] }))}
              defaultValue={values.origin ?? "client"}
            />
            <TextField
              id="request-day"
              name="day"
              label="出た日"
              type="date"
              defaultValue={values.day ?? ""}
              error={fault("request-day")}
              help="空なら、きょう"
            />
          </div>
          <div className="acts">
            <Submit look="normal">要望を残す</Submit>
          </div>
        </form>
      )}
    </Section>
  );
}
