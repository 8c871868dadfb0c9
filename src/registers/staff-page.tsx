import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { StaffForm } from "./file-staff.ts";
import type { Staff, StaffMember } from "./list-staff.ts";
import { employments, staffRoles } from "./staff.ts";
import type { StaffChart } from "./staff-chart.ts";
import { StaffChartPanel } from "./staff-chart-panel.tsx";

export interface StaffPageProps {
  csrf: string;
  staff: Staff;
  chart: StaffChart;
  today: string;
  /** 例外を届け出ていない、直接雇用でない人の数。 */
  unexcused: number;
  /** 最後に体制を確かめた日。 */
  confirmedOn: string | undefined;
  mayChange: boolean;
  mayConfirm: boolean;
}

/** 体制: 体制図、名簿、届出。 */
export function StaffPage(props: StaffPageProps) {
  const { staff, chart, today, unexcused } = props;
  const query = `?day=${staff.day}`;
  return (
    <>
      <PageHead
        crumb="業務の体制"
        title={
          <>
            {staff.day === today ? "いまの体制は" : `${formatWareki(staff.day)}の体制は`}
            {staff.members.length}人です。
            {unexcused > 0 && <span className="late">{unexcused}人は、直接雇用の例外が未提出です。</span>}
          </>
        }
        actions={
          props.mayChange ? (
            <LinkButton href="/team/new" look="main" icon="plus">
              人を加える
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        <DayChoice staff={staff} today={today} />
        <div className="cols main-side">
          <Section
            id="h-chart"
            title="体制図"
            end={
              <span className="links">
                <a href={`/team/chart/png${query}`}>PNG</a>
                <a href={`/team/chart/pdf${query}`}>PDF</a>
                <a href={`/team/chart/docx${query}`}>Word（名簿つき）</a>
              </span>
            }
          >
            <StaffChartPanel chart={chart} day={formatWareki(staff.day)} />
          </Section>
          <Acts {...props} />
        </div>
        <Section id="h-people" title="名簿" sub={`${staff.members.length}人`}>
          <Table
            caption="体制の名簿"
            columns={columns}
            rows={staff.members}
            rowKey={(one) => one.id}
            empty="この日に役割のある人はいません。"
          />
        </Section>
        {staff.others.length > 0 && (
          <Section id="h-others" title="この日に役割のない人" sub={`${staff.others.length}人`}>
            <Table
              caption="役割のない人の名簿"
              columns={columns}
              rows={staff.others}
              rowKey={(one) => one.id}
              empty="いません。"
            />
          </Section>
        )}
      </div>
    </>
  );
}

function DayChoice({ staff, today }: Pick<StaffPageProps, "staff" | "today">) {
  return (
    <form method="get" action="/team" className="filters noprint">
      <TextField id="day" label="見る日" type="date" defaultValue={staff.day} />
      <Submit look="normal">この日の体制を見る</Submit>
      <p className="sub days">
        変わった日:{" "}
        {staff.days.slice(0, 5).map((day) => (
          <a key={day} href={`/team?day=${day}`} aria-current={day === staff.day ? "true" : undefined}>
            {formatMonthDay(day)}
          </a>
        ))}
        {staff.day !== today && <a href="/team">今日</a>}
      </p>
    </form>
  );
}

const forms: { form: StaffForm; label: string; clause: string }[] = [
  { form: "manager-notice", label: "業務責任者報告書", clause: "6(5)イ" },
  { form: "handler-list", label: "保護管理者及び従業者の報告書", clause: "特記3(1)(4)" },
  { form: "privacy-manager-change", label: "保護管理者の変更の申請書", clause: "特記3(3)" },
];

function Acts({ csrf, mayChange, mayConfirm, unexcused, confirmedOn }: StaffPageProps) {
  return (
    <div className="pile">
      <Section id="h-confirm" title="体制の確認">
        <p>
          {confirmedOn === undefined
            ? "まだ確かめていません。"
            : `${formatWareki(confirmedOn)}に、責任者が体制と直接雇用を確かめました。`}
        </p>
        {unexcused > 0 && (
          <Note tone="due" title="直接雇用でない方の、例外の届出が出ていません。">
            名簿の方を開き、申請書を作って提出してください。
          </Note>
        )}
        {mayConfirm && (
          <form method="post" action="/team/confirm">
            <Csrf token={csrf} />
            <Submit look="second" icon="check">
              今日の体制を確かめた
            </Submit>
          </form>
        )}
      </Section>
      {mayChange && (
        <Section id="h-forms" title="変更の届出を作る">
          <p className="help">今日の体制を写した下書きができます。</p>
          {forms.map(({ form, label, clause }) => (
            <form key={form} method="post" action="/team/file" className="one-act">
              <Csrf token={csrf} />
              <input type="hidden" name="form" value={form} />
              <Submit look="normal" icon="doc">
                {label}
              </Submit>
              <span className="clause">{clause}</span>
            </form>
          ))}
        </Section>
      )}
    </div>
  );
}

const columns: Column<StaffMember>[] = [
  { key: "number", head: "番号", numeric: true, width: 3, cell: (one) => one.number },
  {
    key: "name",
    head: "氏名",
    rowHead: true,
    width: 9,
    cell: (one) => <a href={`/team/${one.id}`}>{one.name}</a>,
  },
  {
    key: "roles",
    head: "役割",
    width: 8,
    wrap: true,
    cell: (one) => one.today.map(({ role }) => staffRoles[role].label).join("、") || "－",
  },
  { key: "post", head: "所属・職名", wrap: true, cell: (one) => one.post },
  {
    key: "employment",
    head: "雇用",
    width: 10,
    cell: (one) =>
      one.employment === "direct" ? (
        employments.direct
      ) : (
        <Status look={one.excused ? "done" : "warn"}>
          {employments[one.employment]}（例外 {one.exceptionText || "未作成"}）
        </Status>
      ),
  },
  { key: "skill", head: "資格・研修", wrap: true, cell: (one) => one.qualification || "－" },
  {
    key: "account",
    head: "アカウント",
    width: 8,
    wrap: true,
    cell: (one) =>
      one.mismatch === "" ? (one.account ?? "なし") : <Status look="warn">{one.mismatch}</Status>,
  },
];
