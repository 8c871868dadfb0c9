import type { ReactNode } from "react";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Icon } from "../ui/icon.tsx";
import { List, type ListFilter } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import type { ListedTask, TaskFilter } from "./list-tasks.ts";
import { taskKinds, taskStateLabels } from "./task.ts";

export interface TaskListPageProps {
  csrf: string;
  tasks: readonly ListedTask[];
  filter: TaskFilter;
  /** 残っている仕事の全部での数。 */
  tally: { late: number; today: number; open: number };
  /** 仕事になっていない、遅れている義務。 */
  duties: { count: number; href: string };
  /** いま済みにした仕事（元に戻せる）。 */
  closed: ListedTask | undefined;
  mayChange: boolean;
}

/** 仕事の一覧。遅れ → 本日 → これから → 期限なし。 */
export function TaskListPage(props: TaskListPageProps) {
  const { csrf, tasks, filter, tally, duties, closed, mayChange } = props;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHead
        crumb="仕事"
        title={<TaskSentence {...tally} />}
        actions={
          mayChange ? (
            <LinkButton href="/tasks/new" look="main" icon="plus">
              仕事を加える
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        {duties.count > 0 && (
          <p>
            ほかに、条項の義務が<span className="late">{duties.count}件</span>
            遅れています。業務ホームは、仕事と義務を合わせて数えます。
            <a href={duties.href}>期限の盤</a>
          </p>
        )}
        {closed !== undefined && closed.state !== "open" && <Undo task={closed} csrf={csrf} />}
        <List
          action="/tasks"
          filters={filtersOf(filter)}
          count={`${tasks.length}件${filter.state === undefined || filter.state === "open" ? "。期限の早い順です。" : ""}`}
          clearHref={filtered ? "/tasks" : undefined}
          table={{
            caption: "仕事",
            columns: columnsFor(csrf, mayChange),
            rows: tasks,
            rowKey: (task) => task.id,
            empty: <Empty filtered={filtered} mayChange={mayChange} />,
          }}
        />
      </div>
    </>
  );
}

export function TaskSentence({ late, today, open }: TaskListPageProps["tally"]) {
  if (open === 0) return <>残っている仕事はありません。</>;
  return (
    <>
      残りは{open}件です。
      {late > 0 && <span className="late">{late}件遅れています。</span>}
      {today > 0 && (
        <>
          本日の期限は<span className="due">{today}件</span>です。
        </>
      )}
    </>
  );
}

function Empty({ filtered, mayChange }: { filtered: boolean; mayChange: boolean }) {
  if (filtered)
    return <p>この条件に合う仕事はありません。条件をゆるめるか、「すべて見る」を選んでください。</p>;
  return (
    <p>
      <b>残っている仕事はありません。</b>
      {mayChange
        ? "折り返しや委託者への確認が生じると、ここに並びます。手で加えることもできます。"
        : "折り返しや委託者への確認が生じると、ここに並びます。"}
    </p>
  );
}

function Undo({ task, csrf }: { task: ListedTask; csrf: string }) {
  return (
    <div className="note done" role="status">
      <Icon name="done" />
      <form method="post" action={`/tasks/${task.id}/reopen`} className="grow row">
        <Csrf token={csrf} />
        <b>
          「{task.title}」を{taskStateLabels[task.state]}にしました。
        </b>
        <Submit look="link">元に戻す</Submit>
      </form>
    </div>
  );
}

function filtersOf({ when, kind, holder, state }: TaskFilter): ListFilter[] {
  const all = { value: "", label: "すべて" };
  return [
    {
      name: "when",
      label: "期限",
      value: when ?? "",
      choices: [
        all,
        { value: "late", label: "遅れ" },
        { value: "due", label: "本日" },
        { value: "soon", label: "これから" },
        { value: "none", label: "期限なし" },
      ],
    },
    {
      name: "kind",
      label: "種類",
      value: kind ?? "",
      choices: [all, ...Object.entries(taskKinds).map(([value, label]) => ({ value, label }))],
    },
    {
      name: "holder",
      label: "担当",
      value: holder ?? "",
      choices: [all, { value: "me", label: "自分" }, { value: "free", label: "まだいない" }],
    },
    {
      name: "state",
      label: "残り・済み",
      value: state ?? "open",
      choices: Object.entries(taskStateLabels).map(([value, label]) => ({ value, label })),
    },
  ];
}

export function TaskStatus({ task }: { task: ListedTask }): ReactNode {
  if (task.state === "done") return <Status look="done">済み</Status>;
  if (task.state === "dropped") return <Status look="none">取りやめ</Status>;
  return <Status look={task.urgency ?? "none"}>{task.urgencyText}</Status>;
}

function columnsFor(csrf: string, mayChange: boolean): Column<ListedTask>[] {
  const columns: Column<ListedTask>[] = [
    { key: "state", head: "状態", width: 7, cell: (task) => <TaskStatus task={task} /> },
    {
      key: "title",
      head: "内容",
      rowHead: true,
      wrap: true,
      cell: (task) => <a href={`/tasks/${task.id}`}>{task.title}</a>,
    },
    { key: "kind", head: "種類", width: 8, cell: (task) => task.kindLabel },
    { key: "clause", head: "条項", width: 5, cell: (task) => <span className="clause">{task.clause}</span> },
    { key: "holder", head: "担当", width: 5, cell: (task) => task.holderText },
    { key: "attempts", head: "試み（回）", numeric: true, width: 5, cell: (task) => task.attempts },
    { key: "due", head: "期限", numeric: true, width: 10, cell: (task) => task.dueText },
  ];
  if (!mayChange) return columns;
  return [
    ...columns,
    { key: "done", head: "行い", width: 6, cell: (task) => <DoneButton task={task} csrf={csrf} /> },
  ];
}

/** 一押しで済みにする。押したあとで元に戻せる。 */
function DoneButton({ task, csrf }: { task: ListedTask; csrf: string }) {
  if (task.state !== "open") return null;
  return (
    <form method="post" action={`/tasks/${task.id}/done`} className="quick noprint">
      <Csrf token={csrf} />
      <Submit look="normal" icon="check" aria-label={`済みにする: ${task.title}`}>
        済み
      </Submit>
    </form>
  );
}
