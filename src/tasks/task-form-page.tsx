import { roleLabels } from "../access/role.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import { dueChoices, taskKinds, taskLimits, taskRoles } from "./task.ts";
import { choicesOf } from "./task-detail-page.tsx";

export interface TaskFormPageProps {
  csrf: string;
  values: {
    kind: string;
    title: string;
    clause: string;
    role: string;
    due: string;
    day: string;
    time: string;
  };
  /** 何についてか。 */
  about: { text: string; label: string; href: string } | undefined;
  faults: readonly { field?: string; message: string }[];
}

/** 仕事を手で加える。 */
export function TaskFormPage({ csrf, values, about, faults }: TaskFormPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/tasks">仕事</a>} title="仕事を加える" />
      <form method="post" action="/tasks" className="pile upload">
        <Csrf token={csrf} />
        {about !== undefined && (
          <p>
            <input type="hidden" name="about" value={about.text} />
            何について: <a href={about.href}>{about.label}</a>
          </p>
        )}
        <TextField
          id="title"
          label="すること"
          required
          maxLength={taskLimits.title}
          defaultValue={values.title}
          error={fault("title")}
          help="氏名・電話番号・住所は書かず、だれのことかは予約などからのつながりで示します。"
        />
        <div className="fields two">
          <SelectField
            id="kind"
            label="種類"
            choices={choicesOf(taskKinds)}
            defaultValue={values.kind}
            error={fault("kind")}
          />
          <TextField
            id="clause"
            label="根拠の条項"
            maxLength={taskLimits.clause}
            defaultValue={values.clause}
            placeholder="6(7)"
            error={fault("clause")}
          />
          <SelectField
            id="role"
            label="だれの仕事か"
            choices={taskRoles.map((role) => ({ value: role, label: roleLabels[role] }))}
            defaultValue={values.role}
            error={fault("role")}
          />
          <SelectField
            id="due"
            label="期限"
            choices={choicesOf(dueChoices)}
            defaultValue={values.due}
            error={fault("due")}
            help="営業日と、開設時間の終わりで数えます。"
          />
          <TextField
            id="day"
            label="期限の日（日時を決めるとき）"
            type="date"
            defaultValue={values.day}
            error={fault("day")}
          />
          <TextField id="time" label="時刻" type="time" defaultValue={values.time} error={fault("time")} />
        </div>
        <div className="acts">
          <LinkButton href="/tasks" size="tall">
            やめる
          </LinkButton>
          <Submit>加える</Submit>
        </div>
      </form>
    </>
  );
}
