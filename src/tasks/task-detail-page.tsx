import type { HandlerName } from "../access/name-handlers.ts";
import type { AboutPlace } from "../base/about.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import type { ListedTask, TaskHistory } from "./list-tasks.ts";
import { dueChoices, tryResults } from "./task.ts";
import { TaskStatus } from "./task-page.tsx";

export interface TaskPageProps {
  csrf: string;
  task: ListedTask;
  history: readonly TaskHistory[];
  handlers: readonly HandlerName[];
  me: string;
  /** 何についてか。名と場所が分からなければ undefined。 */
  about: AboutPlace | undefined;
  mayChange: boolean;
}

/** 仕事を一つ。 */
export function TaskPage(props: TaskPageProps) {
  const { task, history, mayChange } = props;
  return (
    <>
      <PageHead crumb={<a href="/tasks">仕事</a>} title={task.title} />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-what" title="この仕事">
            <Facts {...props} />
            {task.state === "open" && <AboutAct {...props} />}
          </Section>
          <Section id="h-history" title="これまで">
            <Table
              caption="これまでの記録"
              columns={[
                { key: "at", head: "日時", width: 10, cell: (line: TaskHistory) => writeAt(line.at) },
                { key: "what", head: "したこと", rowHead: true, cell: (line) => line.what },
                { key: "who", head: "だれが", width: 6, cell: (line) => line.who },
                { key: "more", head: "詳しく", wrap: true, cell: (line) => line.more },
              ]}
              rows={history}
              rowKey={(line) => `${line.at} ${line.what} ${line.more}`}
              empty="まだ何も記録されていません。"
            />
          </Section>
        </div>
        {mayChange && <Acts {...props} />}
      </div>
    </>
  );
}

/** 「9月17日（水）13:40」。 */
export function writeAt(at: string): string {
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

function Facts({ task, about }: TaskPageProps) {
  const rows = [
    { name: "状態", value: <TaskStatus task={task} /> },
    { name: "期限", value: task.dueText },
    { name: "担当", value: task.holderText },
    { name: "種類", value: task.kindLabel },
    { name: "根拠の条項", value: task.clause === "" ? "－" : task.clause },
    { name: "試み", value: `${task.attempts}回` },
  ];
  if (about !== undefined) rows.push({ name: "何について", value: <a href={about.href}>{about.label}</a> });
  return <Pairs items={rows} />;
}

/** 何についてか、の室が渡した行い（折り返しの電話をかけるなど）。 */
function AboutAct({ about, csrf }: TaskPageProps) {
  if (about?.act === undefined) return null;
  return (
    <form method="post" action={about.act.path} className="row mt1">
      <Csrf token={csrf} />
      <Submit look="second">{about.act.label}</Submit>
    </form>
  );
}

function Acts(props: TaskPageProps) {
  const { task, csrf } = props;
  const act = (verb: string) => `/tasks/${task.id}/${verb}`;
  if (task.state !== "open")
    return (
      <Section id="h-acts" title="元に戻す">
        <form method="post" action={act("reopen")} className="pile mt1">
          <Csrf token={csrf} />
          <p>残っている仕事に戻します。これまでの記録は消えません。</p>
          <div>
            <Submit look="second">元に戻す</Submit>
          </div>
        </form>
      </Section>
    );
  return (
    <div className="pile noprint">
      <Section id="h-acts" title="終える">
        <div className="acts mt1">
          <form method="post" action={act("done")}>
            <Csrf token={csrf} />
            <Submit icon="check">済みにする</Submit>
          </form>
          <form method="post" action={act("drop")}>
            <Csrf token={csrf} />
            <Submit look="normal">取りやめる</Submit>
          </form>
        </div>
        <p className="help">済みにしても取りやめても、あとから元に戻せます。</p>
      </Section>
      <Section id="h-take" title="担当">
        <TakeForm {...props} />
      </Section>
      <Section id="h-try" title="試みを記録する">
        <form method="post" action={act("tries")} className="pile mt1">
          <Csrf token={csrf} />
          <SelectField id="result" label="結果" required choices={choicesOf(tryResults)} />
          <SelectField
            id="next"
            label="次の期限"
            choices={choicesOf(dueChoices).filter(({ value }) => value !== "at" && value !== "none")}
            blank="変えない"
          />
          <div>
            <Submit look="second">記録する</Submit>
          </div>
        </form>
      </Section>
    </div>
  );
}

function TakeForm({ task, csrf, handlers, me }: TaskPageProps) {
  const others = handlers.filter((one) => one.id !== me);
  return (
    <div className="pile mt1">
      {task.holder !== me && (
        <form method="post" action={`/tasks/${task.id}/take`}>
          <Csrf token={csrf} />
          <Submit look="second">引き受ける</Submit>
        </form>
      )}
      {others.length > 0 && (
        <form method="post" action={`/tasks/${task.id}/take`} className="pile mt1">
          <Csrf token={csrf} />
          <SelectField
            id="to"
            label="ほかの人に渡す"
            choices={others.map((one) => ({ value: one.id, label: one.name }))}
          />
          <div>
            <Submit look="normal">渡す</Submit>
          </div>
        </form>
      )}
    </div>
  );
}

export function choicesOf(record: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(record).map(([value, label]) => ({ value, label }));
}
