import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Design, type DesignRequest, designOrigins, originLabels } from "./design.ts";

export interface DesignRequestsProps {
  csrf: string;
  plan: string;
  designs: readonly Design[];
  requests: readonly DesignRequest[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { write: boolean; comment: boolean };
}

/** 都度の要望と応え。 */
export function DesignRequests({ csrf, plan, requests, designs, values, faults, may }: DesignRequestsProps) {
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
