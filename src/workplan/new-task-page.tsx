import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import { linkLabels, type PlanTask, taskLimits } from "./plan-task.ts";

export interface NewTaskPageProps {
  csrf: string;
  edition: number;
  tasks: readonly PlanTask[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
}

/** 工程表に、一つの作業を足す。 */
export function NewTaskPage({ csrf, edition, tasks, values, faults }: NewTaskPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const field = (id: string, label: string) => ({
    ...{ id, label, defaultValue: values[id] ?? "", error: fault(id) },
  });
  return (
    <>
      <PageHead crumb={<a href="/workplan">工程表</a>} title="作業を足す" />
      <form method="post" action="/workplan/tasks" className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="edition" value={edition} />
        <div className="fields two">
          <TextField {...field("name", "作業の名")} required maxLength={taskLimits.name} />
          <TextField {...field("group", "まとまり")} maxLength={60} help="図で一つに囲む、大きな区分の名。" />
          <TextField {...field("owner", "担当")} maxLength={60} help="役割か部署の名で書きます。" />
          <TextField {...field("clause", "根拠の条項")} maxLength={60} help="6(2)① のように。" />
          <TextField
            {...field("days", "長さ（日）")}
            defaultValue={values.days ?? "1"}
            inputMode="numeric"
            help="営業日で数えます。節目なら 0。"
          />
          <TextField
            {...field("links", "先行")}
            code
            maxLength={300}
            help={`T03、T03SS+2 のように。FS=${linkLabels.FS}（省いたとき）、SS=${linkLabels.SS}、FF=${linkLabels.FF}。`}
          />
          <TextField {...field("from", "この日より前に始めない")} type="date" />
          <TextField {...field("by", "期限")} type="date" />
          <SelectField
            {...field("before", "置くところ")}
            choices={[
              { value: "", label: "終わりに" },
              ...tasks.map(({ code, name }) => ({ value: code, label: `${code} ${name} の前` })),
            ]}
          />
          <div className="pile">
            <CheckField
              id="milestone"
              label="節目（長さのない日）"
              defaultChecked={values.milestone === "1"}
            />
            <CheckField id="calendar" label="長さを暦の日で数える" defaultChecked={values.calendar === "1"} />
          </div>
        </div>
        <p className="acts">
          <Submit>足す</Submit>
          <LinkButton href="/workplan">やめる</LinkButton>
        </p>
      </form>
    </>
  );
}
