import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { mayImport } from "./line-table.ts";
import type { Line } from "./list-lines.ts";
import { type Register, type Standing, standingLabels } from "./register-field.ts";

export interface RegisterPageProps {
  register: Register;
  lines: readonly Line[];
  total: number;
  group: string;
  readers: ReadonlyMap<string, number>;
  staff: number;
  mayWrite: boolean;
}

const looks: Record<Standing, StatusLook> = {
  waiting: "wait",
  unmet: "warn",
  active: "done",
  refused: "late",
  closed: "none",
};

/** 一件の、いまの状態。遅れと注意が先。 */
export function LineStatus({ line, register }: { line: Line; register: Register }) {
  if (line.late) return <Status look="late">期限切れ</Status>;
  if (line.warning !== null) return <Status look="warn">注意</Status>;
  if (line.standing === "active" && register.open !== undefined)
    return <Status look="soon">{register.open}</Status>;
  return <Status look={looks[line.standing]}>{standingLabels[line.standing]}</Status>;
}

/** 値を一覧の言葉に。日は「9月17日（水）」。 */
function cellOf(register: Register, line: Line, name: string): string {
  const field = register.fields.find((one) => one.name === name);
  const text = line.shown[name] ?? "";
  if (text === "") return "－";
  return field?.type === "day" ? `${text.slice(0, 4)}年${formatMonthDay(text)}` : text;
}

/** 一つの帳簿。 */
export function RegisterPage(props: RegisterPageProps) {
  const { register, lines, total, group, mayWrite } = props;
  const late = lines.filter((one) => one.late).length;
  return (
    <>
      <PageHead
        crumb={<a href="/privacy">個人情報</a>}
        title={
          <>
            {register.title}
            {late > 0 && <span className="late">　{late}件が期限を過ぎています。</span>}
          </>
        }
        actions={
          <>
            {register.code === "course" && <LinkButton href="/privacy/quiz">確認テストを受ける</LinkButton>}
            {mayWrite && mayImport(register) && (
              <LinkButton href={`/privacy/registers/${register.code}/import`}>表からまとめて書く</LinkButton>
            )}
            {mayWrite && (
              <LinkButton href={`/privacy/registers/${register.code}/new`} look="main" icon="plus">
                書く
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        <Note title={register.purpose}>{register.clause}</Note>
        <List
          action={`/privacy/registers/${register.code}`}
          filters={[
            {
              ...{ name: "group", label: "状態", value: group },
              choices: [
                { value: "", label: "すべて" },
                { value: "open", label: "開いているもの" },
                { value: "late", label: "期限を過ぎたもの" },
                { value: "waiting", label: "承認待ち" },
                { value: "closed", label: "済んだもの" },
              ],
            },
          ]}
          count={`${total}件のうち${lines.length}件。新しい番号からです。`}
          clearHref={group === "" ? undefined : `/privacy/registers/${register.code}`}
          table={{
            ...{ caption: register.title, rows: lines, rowKey: (line: Line) => line.id },
            columns: columnsOf(props),
            empty: (
              <p>
                {group === ""
                  ? "まだ一件もありません。「書く」から始めてください。"
                  : "この条件に合うものはありません。"}
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

function columnsOf({ register, readers, staff }: RegisterPageProps): Column<Line>[] {
  const [first = "", ...rest] = register.shown;
  const labels = new Map(register.fields.map((field) => [field.name, field]));
  return [
    { key: "number", head: "番号", numeric: true, width: 4, cell: (line) => line.number },
    {
      ...{ key: first, head: labels.get(first)?.label ?? "", rowHead: true, wrap: true },
      cell: (line) => <a href={`/privacy/lines/${line.id}`}>{cellOf(register, line, first)}</a>,
    },
    ...rest.map(
      (name): Column<Line> => ({
        ...{ key: name, head: labels.get(name)?.label ?? "" },
        wrap: labels.get(name)?.type !== "day",
        cell: (line) => cellOf(register, line, name),
      }),
    ),
    ...(register.read
      ? [
          {
            key: "read",
            head: "読了（人）",
            numeric: true,
            width: 6,
            cell: (line) => `${readers.get(line.id) ?? 0}／${staff}`,
          } as Column<Line>,
        ]
      : []),
    { key: "state", head: "いま", width: 8, cell: (line) => <LineStatus line={line} register={register} /> },
  ];
}
