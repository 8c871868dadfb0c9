import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { OwedChange, OwedDifference } from "./compare-owed.ts";
import { dutyStateLabels } from "./duty.ts";

/** 契約の変更と終わり: 新しい設計図を選ぶところ。 */
export function ChangePage({
  csrf,
  today,
  faults,
}: {
  csrf: string;
  today: string;
  faults: readonly { field?: string; message: string }[];
}) {
  const errorOf = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/contract">条項と義務</a>} title="契約を変更する" />
      <div className="cols">
        <Section id="h-change" title="変更契約">
          <form method="post" action="/contract/change" encType="multipart/form-data" className="pile mt1">
            <Csrf token={csrf} />
            <p>
              変更した設計図（YAML）を選ぶと、義務と期限がどう変わるかを、替える前に見られます。これまでの証跡は残ります。
            </p>
            {faults.length > 0 && (
              <Note tone="late" title="設計図に直すところがあります。">
                <ul>
                  {faults.map((one) => (
                    <li key={`${one.field} ${one.message}`}>
                      {one.field === undefined ? "" : `${one.field}: `}
                      {one.message}
                    </li>
                  ))}
                </ul>
              </Note>
            )}
            <FileField id="file" label="設計図（YAML）" required accept=".yaml,.yml" />
            <div>
              <Submit>差を見る</Submit>
            </div>
          </form>
        </Section>
        <Section id="h-end" title="契約の終わり・解除">
          <form method="post" action="/contract/end" className="pile mt1">
            <Csrf token={csrf} />
            <TextField
              id="on"
              type="date"
              label="終わった日"
              required
              defaultValue={today}
              error={errorOf("on")}
            />
            <CheckField id="early" label="解除（期間の途中の終わり）" value="yes" />
            <p className="help">
              解除を記録すると、返還・消去・引継ぎの義務が直ちに生じ、これから来るはずだった回は消えます。秘密の保持など、契約より長く続く義務は残ります。
            </p>
            <div>
              <Submit look="second">終わりを記録する</Submit>
            </div>
          </form>
        </Section>
      </div>
    </>
  );
}

const changeLabels: Readonly<Record<OwedChange["change"], string>> = {
  added: "加わる",
  removed: "なくなる",
  moved: "変わる",
  reworded: "文が変わる",
};

export interface DifferencePageProps {
  csrf: string;
  difference: OwedDifference;
  /** 確かめたときに送る、設計図の中身（base64）。 */
  yaml: string;
  error?: string | undefined;
}

/** 変更契約の差: 義務と期限がどう変わるかを見て、確かめる。 */
export function ChangeDifferencePage({ csrf, difference, yaml, error }: DifferencePageProps) {
  const { changes, settings, obligations } = difference;
  const count = (change: OwedChange["change"]) => changes.filter((one) => one.change === change).length;
  return (
    <>
      <PageHead
        crumb={<a href="/contract/change">契約を変更する</a>}
        title={
          changes.length === 0
            ? "義務と期限は変わりません。"
            : `${count("added")}件が加わり、${count("removed")}件がなくなり、${count("moved")}件の期限が変わります。`
        }
      />
      <div className="pile">
        <p>
          義務 {obligations.before}件 → {obligations.after}件。
          {settings.length > 0 && `ほかに変わる項目: ${settings.join("、")}。`}
        </p>
        <form method="post" action="/contract/change/confirm" className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="yaml" value={yaml} />
          <input type="hidden" name="before" value={difference.before} />
          <TextField
            id="reason"
            label="変更の根拠"
            required
            help="変更契約の番号と日付など。個人の氏名は書かないでください。"
            error={error}
          />
          <div className="acts">
            <Submit>この設計図に替える</Submit>
            <a href="/contract">やめる</a>
          </div>
        </form>
        <Section id="h-diff" title="変わる義務" sub={`${changes.length}件`}>
          <Table
            caption="変わる義務"
            columns={[
              {
                key: "change",
                head: "変わり方",
                width: 7,
                cell: (one: OwedChange) => changeLabels[one.change],
              },
              { key: "title", head: "義務", rowHead: true, wrap: true, cell: (one) => one.title },
              {
                key: "clause",
                head: "条項",
                width: 8,
                cell: (one) => <span className="clause">{one.clause}</span>,
              },
              {
                key: "before",
                head: "いままで",
                numeric: true,
                width: 12,
                cell: (one) => dueOf(one.before, one.stateBefore),
              },
              {
                key: "after",
                head: "これから",
                numeric: true,
                width: 12,
                cell: (one) => dueOf(one.after, one.stateAfter),
              },
            ]}
            rows={changes.slice(0, 300)}
            rowKey={(one) => one.key}
            empty="義務と期限は、いまと同じです。"
          />
        </Section>
      </div>
    </>
  );
}

function dueOf(due: string | null, state: OwedChange["stateBefore"]): string {
  if (state === undefined) return "－";
  const day = due === null ? "期限なし" : formatMonthDay(dayOf(due), { weekday: true });
  return `${day} ${dutyStateLabels[state]}`;
}
