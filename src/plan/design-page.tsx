import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { contrastOf, type Design, type DesignRequest, designBases, lookOfDesign } from "./design.ts";
import { DesignPreview } from "./design-preview-panel.tsx";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface DesignPageProps {
  csrf: string;
  plan: string;
  title: string;
  designs: readonly Design[];
  requests: readonly DesignRequest[];
  images: readonly string[];
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
        {may.write && <ProposeForm {...props} />}
      </div>
    </>
  );
}

function DesignItem({ csrf, plan, title, design, faults, may }: DesignPageProps & { design: Design }) {
  const { theme } = lookOfDesign(design.theme);
  const lines = contrastOf(theme);
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
        明るさの比　
        {lines.map(({ name, ratio, want }) => `${name} ${ratio.toFixed(1)}（${want}以上）`).join("、")}
      </p>
      <p className="sub">
        {design.by}　{formatWareki(dayOf(design.at))}
      </p>
      <p className="acts">
        <LinkButton href={`${file}/html`}>HTMLで見る</LinkButton>
        <LinkButton href={`${file}/docx`}>Wordで見る</LinkButton>
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

function Requests({ csrf, plan, requests, designs, values, faults, may }: DesignPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-requests" title="要望と応え" sub={`${requests.length}件`}>
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
              <span className="sub">
                {"　"}
                {request.by} {formatWareki(dayOf(request.at))}
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
          <div className="acts">
            <Submit look="normal">要望を残す</Submit>
          </div>
        </form>
      )}
    </Section>
  );
}

function ProposeForm({ csrf, plan, images, values, faults }: DesignPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const colour = (id: string, label: string) => (
    <TextField
      {...{ id, label }}
      code
      maxLength={7}
      placeholder="17508C"
      defaultValue={values[id] ?? ""}
      error={fault(id)}
      help="空なら、もとの色"
    />
  );
  return (
    <Section id="h-propose" title="案を出す">
      <form method="post" action={`/plans/${plan}/designs`} className="pile upload">
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField
            id="title"
            label="案の名"
            required
            maxLength={60}
            defaultValue={values.title ?? ""}
            error={fault("title")}
          />
          <SelectField
            id="base"
            label="もとにする見た目"
            choices={designBases}
            defaultValue={values.base ?? "office"}
            error={fault("base")}
          />
        </div>
        <TextAreaField
          id="aim"
          label="ねらい"
          rows={2}
          maxLength={1000}
          defaultValue={values.aim ?? ""}
          error={fault("aim")}
        />
        <div className="fields three">
          {colour("accent", "見出しの色")}
          {colour("second", "囲みの色")}
          {colour("ink", "本文の色")}
        </div>
        <div className="fields three">
          <SelectField
            id="opener"
            label="章の始まり"
            blank="もとのまま"
            choices={[
              { value: "band", label: "色の帯" },
              { value: "line", label: "細い線" },
            ]}
            defaultValue={values.opener ?? ""}
          />
          <SelectField
            id="headFont"
            label="見出しの書体"
            blank="もとのまま"
            choices={["BIZ UDPゴシック", "BIZ UDP明朝", "游ゴシック", "メイリオ"].map((value) => ({
              value,
              label: value,
            }))}
            defaultValue={values.headFont ?? ""}
          />
          <SelectField
            id="cover"
            label="表紙の絵"
            blank="なし"
            choices={images.map((value) => ({ value, label: value }))}
            defaultValue={values.cover ?? ""}
            error={fault("cover")}
          />
        </div>
        <div className="acts">
          <Submit>案を出す</Submit>
        </div>
      </form>
    </Section>
  );
}
