import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";

const rows = [
  "受けた日時",
  "受けた人",
  "紙の理由",
  "希望の講座",
  "会場と日時",
  "フリガナ",
  "氏名",
  "郵便・住所",
  "電話番号",
  "配慮事項",
  "伝えたこと",
  "入力した人",
  "紙の始末",
];

/** 紙の受付票。資格が足りない人も、電話を切らずに受けられる。 */
export function SlipPage({ day, demo }: { day: string; demo: boolean }) {
  return (
    <PaperScreen title="紙の受付票" about="A4・通話を止めないための用紙" backHref="/privacy/gate">
      <Paper
        date={formatWareki(day)}
        number="番号　　　　　　"
        title="紙の受付票"
        clause="特記 第10条(2)"
        facts={rows.map((name) => ({ name, value: <span className="slip-blank" /> }))}
        demo={demo}
      >
        <p>
          書き終えたら、施錠できる所に入れ、資格のある人がその日のうちに入力します。入れたあとは「紙の受付票からの後入力」に書き、読めなくして捨てます。
        </p>
      </Paper>
    </PaperScreen>
  );
}
