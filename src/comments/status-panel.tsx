import type { Fault } from "../base/error.ts";
import type { AnswerStatus } from "../opinions/period-rule.ts";
import { Csrf } from "../ui/csrf.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";

/** 足せる区分の行。 */
const SPARE = 2;

/** 反映の区分（A 案を修正するもの、など）。市の決まりに合わせて書き直す。 */
export function StatusPanel(props: {
  csrf: string;
  statuses: readonly AnswerStatus[];
  may: boolean;
  faults: readonly Fault[];
}) {
  const { csrf, statuses, may, faults } = props;
  const fault = faults.find(({ field }) => field === "statuses")?.message;
  if (!may)
    return (
      <Section id="h-statuses" title="反映の区分" sub={`${statuses.length}つ`}>
        <p>{statuses.map(({ code, label }) => `${code} ${label}`).join("、")}</p>
      </Section>
    );
  const blank: AnswerStatus = { code: "", label: "", short: "", needsChange: false };
  const rows = [...statuses, ...Array.from({ length: SPARE }, () => blank)].map((one, at) => ({
    ...one,
    at,
  }));
  return (
    <Section id="h-statuses" title="反映の区分" sub="答えに使った区分は、なくせません">
      <form method="post" action="/comments/period/statuses">
        <Csrf token={csrf} />
        {fault !== undefined && <p className="err">{fault}</p>}
        <Table
          caption="区分の表"
          columns={[
            {
              ...{ key: "code", head: "記号", rowHead: true, width: 5 },
              cell: (one) => <Cell name="code" at={one.at} label="記号" value={one.code} most={4} />,
            },
            {
              ...{ key: "label", head: "名（公表する）", wrap: true },
              cell: (one) => <Cell name="label" at={one.at} label="名" value={one.label} most={60} />,
            },
            {
              ...{ key: "short", head: "短い名（机の釦）", width: 10 },
              cell: (one) => <Cell name="short" at={one.at} label="短い名" value={one.short} most={8} />,
            },
            {
              ...{ key: "needs", head: "案の変更が要る", width: 9 },
              cell: (one) => (
                <input
                  type="checkbox"
                  name="needs"
                  value={String(one.at)}
                  defaultChecked={one.needsChange}
                  aria-label={`${one.code || `${one.at + 1}行め`} 案の変更が要る`}
                />
              ),
            },
          ]}
          rows={rows}
          rowKey={(one) => String(one.at)}
          empty=""
        />
        <p className="acts mt1">
          <button className="btn" type="submit">
            区分を書き残す
          </button>
        </p>
      </form>
    </Section>
  );
}

function Cell(props: { name: string; at: number; label: string; value: string; most: number }) {
  const { name, at, label, value, most } = props;
  return (
    <input
      className="cell"
      name={name}
      defaultValue={value}
      maxLength={most}
      aria-label={`${at + 1}行めの${label}`}
      autoComplete="off"
    />
  );
}
