import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import type { ListedRight } from "./list-rights.ts";
import { type RightKind, rightKinds, rightLimits } from "./right.ts";

export interface RightPageProps {
  csrf: string;
  rights: readonly ListedRight[];
  /** 成果品で絞っていれば、その id。 */
  deliverable: string;
  deliverables: readonly { id: string; code: string; title: string; handed: boolean }[];
  maySign: boolean;
  mayAdd: boolean;
  today: Day;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
}

/** 権利の台帳（仕様書10）。 */
export function RightPage(props: RightPageProps) {
  const { rights, deliverable, deliverables, maySign, mayAdd } = props;
  const open = rights.filter((right) => right.state === "open");
  return (
    <>
      <PageHead
        crumb={<a href="/deliverables">成果品</a>}
        title={
          open.length === 0 ? (
            "すべての権利の確認が済んでいます。"
          ) : (
            <>
              <span className="due">{open.length}件</span>の権利の確認が済んでいません。
            </>
          )
        }
        actions={
          <LinkButton href="/rights/document" icon="save">
            権利一覧（Word）
          </LinkButton>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          <List
            action="/rights"
            filters={[
              {
                name: "deliverable",
                label: "成果品",
                value: deliverable,
                choices: [
                  { value: "", label: "すべて" },
                  ...deliverables.map((one) => ({ value: one.id, label: `${one.code} ${one.title}` })),
                ],
              },
            ]}
            count={`${rights.length}件。成果品の順です。`}
            clearHref={deliverable === "" ? undefined : "/rights"}
            table={{
              caption: "権利の台帳",
              columns,
              rows: rights,
              rowKey: (right) => right.id,
              empty: "権利の載った成果品がありません。成果品を登録すると、ここに並びます。",
            }}
          />
        </div>
        <div className="pile noprint">
          {maySign && open.length > 0 && <SignPart {...props} open={open} />}
          {mayAdd && <AddPart {...props} />}
        </div>
      </div>
    </>
  );
}

const columns: Column<ListedRight>[] = [
  {
    key: "code",
    head: "成果品",
    width: 5,
    cell: (right) => <a href={`/deliverables/${right.deliverable}`}>{right.code}</a>,
  },
  {
    key: "kind",
    head: "権利",
    rowHead: true,
    wrap: true,
    cell: (right) => (
      <>
        {right.kindLabel}
        <br />
        <span className="sub">{right.subject}</span>
      </>
    ),
  },
  { key: "holder", head: "権利者・創作者", wrap: true, cell: (right) => right.holder },
  {
    key: "state",
    head: "確認の日と証跡",
    wrap: true,
    cell: (right) =>
      right.state === "signed" ? (
        <>
          <Status look="done">{right.signedOn === null ? "済み" : formatWareki(right.signedOn)}</Status>
          <br />
          <span className="sub">{right.evidence}</span>
        </>
      ) : (
        <Status look="warn">未確認</Status>
      ),
  },
];

function SignPart({ csrf, open, today, values, faults }: RightPageProps & { open: readonly ListedRight[] }) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-sign" title="確認を記録する">
      <form method="post" action="/rights/sign" className="pile mt1">
        <Csrf token={csrf} />
        <SelectField
          id="right"
          label="権利"
          required
          choices={open.map((right) => ({
            value: right.id,
            label: `${right.code} ${right.kindLabel}（${right.holder}）`,
          }))}
          defaultValue={values.right}
          error={fault("right")}
        />
        <TextField
          id="signedOn"
          label="書面の日付"
          type="date"
          required
          defaultValue={values.signedOn ?? today}
          error={fault("signedOn")}
        />
        <TextField
          id="evidence"
          label="証跡"
          required
          maxLength={rightLimits.evidence}
          defaultValue={values.evidence}
          placeholder="例: 権利確認書 第3号（キャビネット2）"
          error={fault("evidence")}
        />
        <div>
          <Submit>確認を残す</Submit>
        </div>
        <p className="help">署名された書面を見てから記録してください。取り消せません。</p>
      </form>
    </Section>
  );
}

function AddPart({ csrf, deliverables, deliverable, values, faults }: RightPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const choices = deliverables.filter((one) => !one.handed);
  if (choices.length === 0) return null;
  return (
    <Section id="h-add" title="権利を加える">
      <form method="post" action="/rights" className="pile mt1">
        <Csrf token={csrf} />
        <SelectField
          id="of"
          label="成果品"
          choices={choices.map((one) => ({ value: one.id, label: `${one.code} ${one.title}` }))}
          defaultValue={values.of ?? deliverable}
        />
        <SelectField
          id="kind"
          label="種類"
          choices={(Object.keys(rightKinds) as RightKind[]).map((value) => ({
            value,
            label: rightKinds[value].label,
          }))}
          defaultValue={values.kind ?? "moral"}
          error={fault("kind")}
        />
        <TextField
          id="holder"
          label="だれの（創作者、権利者）"
          required
          maxLength={rightLimits.holder}
          defaultValue={values.holder}
          error={fault("holder")}
        />
        <TextField
          id="subject"
          label="何の（書体、図、写真など）"
          maxLength={rightLimits.subject}
          defaultValue={values.subject}
          placeholder="成果品の全体"
          error={fault("subject")}
        />
        <TextAreaField
          id="terms"
          label="内容"
          rows={2}
          maxLength={rightLimits.terms}
          defaultValue={values.terms}
          placeholder="省くと、種類ごとの標準の文になります"
          error={fault("terms")}
        />
        <div>
          <Submit look="second">加える</Submit>
        </div>
      </form>
    </Section>
  );
}
