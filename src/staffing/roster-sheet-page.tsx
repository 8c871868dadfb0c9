import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import type { RosterView } from "./read-roster.ts";
import { duties, isPresent } from "./roster.ts";

/** 勤務表の紙（A4）。人 × 半時間。 */
export function RosterSheetPage(props: { view: RosterView; title: string; today: string; demo: boolean }) {
  const { view, title, today, demo } = props;
  const nameOf = new Map(view.handlers.map(({ id, number, name }) => [id, `${number} ${name}`]));
  return (
    <PaperScreen
      title="勤務表"
      about="A4・従業者の氏名を含みます"
      backHref={`/staffing/roster?day=${view.day}`}
      downloads={[{ label: "Excel", href: `/staffing/roster/workbook?day=${view.day}` }]}
    >
      <Paper
        date={formatWareki(today)}
        title="勤務表"
        clause="業務仕様書 6(5)"
        facts={[
          { name: "業務名", value: title },
          { name: "開設日", value: `${formatWareki(view.day)}（${view.term.label} 開設${view.nth}日目）` },
          { name: "SV の OP 兼務", value: view.bothAllowed ? "協議の回答あり" : "なし" },
        ]}
        demo={demo}
      >
        <table className="grid rostergrid">
          <thead>
            <tr>
              <th scope="col">従業者</th>
              <th scope="col">役</th>
              {view.slots.map(({ start }) => (
                <th key={start} scope="col">
                  {start.endsWith("00") ? Number(start.slice(0, 2)) : "半"}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.shifts.map((shift) => (
              <tr key={shift.id}>
                <th scope="row">{nameOf.get(shift.handlerId) ?? "（退職）"}</th>
                <td>{duties[shift.duty]}</td>
                {view.slots.map(({ start }) => (
                  <td key={start}>{isPresent(shift, start) ? "●" : ""}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">席に着く人</th>
              <td />
              {view.slots.map(({ start, seats }) => (
                <td key={start}>{seats}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">要る席</th>
              <td />
              {view.slots.map(({ start, need }) => (
                <td key={start}>{need}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </Paper>
    </PaperScreen>
  );
}
