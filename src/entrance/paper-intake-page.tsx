import { Paper, PaperScreen } from "../ui/paper.tsx";

const lines: readonly (readonly [string, string])[] = [
  ["受けた時刻・席", "　　月　　日　　時　　分　　　席"],
  ["希望の講座・会場・日時", ""],
  ["第二希望", ""],
  ["氏名", ""],
  ["フリガナ", ""],
  ["郵便番号・住所", "〒　　　－　　　　"],
  ["番地・建物・部屋", ""],
  ["電話", "　　　　　－　　　　　－"],
  ["配慮事項（大きな字・聞こえ・車いす）", ""],
  ["復唱した（印）・入力した（印・受付番号）", "□ 復唱　　□ 入力　　受付番号"],
];

/** 事務所が開かないときの、紙の受付票。二人分で A4 一枚。後から受付デスクで入力する（仕様書６(2)ア）。 */
export function PaperIntake({ backHref }: { backHref: string }) {
  return (
    <PaperScreen
      title="紙の受付票"
      about="事務所が開くまでの受付に使います。席の残りは確かめられないので、「お席を確かめて折り返します」とお伝えください。"
      backHref={backHref}
    >
      <Paper
        date="令和　　年　　月　　日"
        title="講習会 受付票"
        clause="業務仕様書 6(2)ア"
        foot={{
          note: "個人情報を記入した紙です。鍵のかかる所に保管し、入力したあと、責任者へ渡してください。",
        }}
      >
        {[1, 2].map((n) => (
          <section key={n}>
            <h2>{n}人目</h2>
            <table className="grid heads tall">
              <tbody>
                {lines.map(([name, blank]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{blank}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </Paper>
    </PaperScreen>
  );
}
