import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { StaffMember } from "./list-staff.ts";
import {
  type Assignment,
  employmentNames,
  employments,
  memberLimits,
  staffRoleNames,
  staffRoles,
} from "./staff.ts";

export interface MemberPageProps {
  csrf: string;
  /** 登録済みの一人。加えるときは undefined。 */
  member: StaffMember | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  today: string;
  mayChange: boolean;
  once?: string | undefined;
}

/** 一人の登録と、役割の期間。 */
export function MemberPage(props: MemberPageProps) {
  const { member, mayChange } = props;
  return (
    <>
      <PageHead
        crumb={<a href="/team">業務の体制</a>}
        title={member === undefined ? "体制に人を加える" : `${member.number}番　${member.name}`}
      />
      {member === undefined ? (
        <div className="pile upload">
          <MemberForm {...props} />
        </div>
      ) : (
        <div className="cols main-side">
          <div className="pile">
            <Section id="h-roles" title="役割">
              <Roles {...props} assignments={member.assignments} />
            </Section>
            {mayChange && <Assign {...props} member={member} />}
            {mayChange && member.employment !== "direct" && <Exception {...props} member={member} />}
          </div>
          <Section id="h-member" title="登録">
            {mayChange ? <MemberForm {...props} /> : <p>直すのは、責任者・SV の役割です。</p>}
          </Section>
        </div>
      )}
    </>
  );
}

function Roles({ csrf, assignments, today, mayChange }: MemberPageProps & { assignments: Assignment[] }) {
  return (
    <Table
      caption="役割と期間"
      columns={[
        { key: "role", head: "役割", rowHead: true, cell: (one) => staffRoles[one.role].label },
        { key: "from", head: "就いた日", numeric: true, cell: (one) => formatWareki(one.from) },
        {
          key: "to",
          head: "最後の日",
          numeric: true,
          cell: (one) => (one.to === null ? "続いています" : formatWareki(one.to)),
        },
        {
          key: "act",
          head: "解く",
          cell: (one) =>
            one.to === null && mayChange ? (
              <form method="post" action={`/team/roles/${one.id}/end`} className="one-act">
                <Csrf token={csrf} />
                <TextField
                  id={`to-${one.id}`}
                  name="to"
                  label={`${staffRoles[one.role].label}の最後の日`}
                  hideLabel
                  type="date"
                  defaultValue={today}
                />
                <Submit look="normal">この日まで</Submit>
              </form>
            ) : (
              "－"
            ),
        },
      ]}
      rows={assignments}
      rowKey={(one) => one.id}
      empty="まだ役割がありません。下の欄で就けてください。"
    />
  );
}

function Assign({ csrf, member, faults, values, today }: MemberPageProps & { member: StaffMember }) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-assign" title="役割に就ける">
      <form method="post" action={`/team/${member.id}/roles`} className="pile">
        <Csrf token={csrf} />
        <div className="fields three">
          <SelectField
            id="role"
            label="役割"
            required
            choices={staffRoleNames.map((role) => ({ value: role, label: staffRoles[role].label }))}
            defaultValue={values.role ?? "operator"}
            error={fault("role")}
          />
          <TextField
            id="from"
            label="就く日"
            type="date"
            required
            defaultValue={values.from ?? today}
            error={fault("from")}
          />
          <TextField
            id="to"
            label="最後の日（決まっていれば）"
            type="date"
            defaultValue={values.to ?? ""}
            error={fault("to")}
          />
        </div>
        <div className="acts">
          <Submit look="second">役割に就ける</Submit>
        </div>
      </form>
    </Section>
  );
}

function Exception({ csrf, member }: MemberPageProps & { member: StaffMember }) {
  return (
    <Section id="h-exception" title="直接雇用の例外">
      {member.exceptionFiling === null ? (
        <>
          <Note tone="due" title="直接雇用でない方には、委託者への申請が要ります（仕様書８）。" />
          <form method="post" action={`/team/${member.id}/exception`} className="mt2">
            <Csrf token={csrf} />
            <Submit look="second" icon="doc">
              申請書の下書きを作る
            </Submit>
          </form>
        </>
      ) : (
        <p>
          <a href={`/filings/${member.exceptionFiling}`}>直接雇用によらない従事者の申請書</a>
          {`　${member.exceptionText || "見えません"}`}
        </p>
      )}
    </Section>
  );
}

function MemberForm({ csrf, member, values, faults, once }: MemberPageProps) {
  const given = (field: string) => ({
    defaultValue: values[field] ?? "",
    error: faults.find((one) => one.field === field)?.message,
  });
  return (
    <form method="post" action={member === undefined ? "/team" : `/team/${member.id}`} className="pile">
      <Csrf token={csrf} />
      {once !== undefined && <input type="hidden" name="once" value={once} />}
      {member !== undefined && <input type="hidden" name="edition" value={member.edition} />}
      <TextField id="name" label="氏名" required maxLength={memberLimits.name} {...given("name")} />
      <TextField id="post" label="所属・職名" required maxLength={memberLimits.post} {...given("post")} />
      <TextField
        id="account"
        label="従業者番号"
        inputMode="numeric"
        help="着席の番号。着席しない人は空のまま"
        {...given("account")}
      />
      <SelectField
        id="employment"
        label="雇用の形"
        choices={employmentNames.map((value) => ({ value, label: employments[value] }))}
        defaultValue={values.employment ?? "direct"}
        error={faults.find((one) => one.field === "employment")?.message}
      />
      <TextField
        id="employer"
        label="雇用主（直接雇用でないとき）"
        maxLength={memberLimits.employer}
        {...given("employer")}
      />
      <TextAreaField id="qualification" label="資格・研修・経験" rows={2} {...given("qualification")} />
      <div className="acts">
        <LinkButton href="/team" size="tall">
          やめる
        </LinkButton>
        <Submit>{member === undefined ? "名簿に加える" : "登録を直す"}</Submit>
      </div>
    </form>
  );
}
