import { Paper, PaperScreen } from "../ui/paper.tsx";

export interface DispatchSheetProps {
  id: string;
  number: number;
  title: string;
  client: readonly string[];
  from: readonly string[];
  date: string;
  /** 受講日と会場ごとの数。 */
  lines: { day: string; venue: string; course: string; count: number }[];
  totals: { name: string; value: string }[];
  /** 作成・承認・発送の人。 */
  people: { role: string; name: string }[];
  facts: { name: string; value: string }[];
  demo: boolean;
}

/** 発送簿: 一つの束を、いつ、何通、だれが作り、承認し、発送したか。個人情報を含まない。 */
export function DispatchSheetPage(props: DispatchSheetProps) {
  const { id, number, title, lines, totals, people, facts, client, from, date, demo } = props;
  const sum = lines.reduce((total, line) => total + line.count, 0);
  return (
    <PaperScreen title={`発送簿 第${number}号`} about="A4・個人情報は含みません" backHref={`/notices/${id}`}>
      <Paper
        to={client}
        from={from}
        date={date}
        number={`発送 第${number}号`}
        title={title}
        clause="業務仕様書 6(2)オ、6(5)ア 表１"
        seals={people}
        facts={facts}
        demo={demo}
        long={lines.length > 18}
        foot={{ note: "この紙は氏名・住所・電話番号を含みません。" }}
      >
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">受講日</th>
              <th scope="col">会場</th>
              <th scope="col">講座</th>
              <th scope="col" className="num">
                発送（通）
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.day}${line.venue}${line.course}`}>
                <td>{line.day}</td>
                <td>{line.venue}</td>
                <td>{line.course}</td>
                <td className="num">{line.count}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                計
              </th>
              <td className="num">{sum}</td>
            </tr>
          </tfoot>
        </table>
        <table className="grid">
          <thead>
            <tr>
              {totals.map((one) => (
                <th key={one.name} scope="col" className="num">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {totals.map((one) => (
                <td key={one.name} className="num">
                  {one.value}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Paper>
    </PaperScreen>
  );
}
