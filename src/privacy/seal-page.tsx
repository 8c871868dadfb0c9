import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";

/** 封をして金庫に入れる、緊急の閲覧の符号の紙。この画面を閉じると、もう見られない。 */
export function SealPage(props: { day: string; number: number; code: string; demo: boolean }) {
  const { day, number, code, demo } = props;
  return (
    <PaperScreen
      title="緊急の閲覧の符号"
      about="A4・刷って封筒に入れ、封印して金庫へ。この画面を閉じると、もう見られません"
      backHref="/privacy/gate"
    >
      <Paper
        date={formatWareki(day)}
        number={`第${number}号`}
        title="緊急の閲覧の符号"
        clause="特記 第10条(5)・第14条"
        facts={[
          { name: "符号", value: <b className="code">{code}</b> },
          { name: "しまう所", value: <span className="slip-blank" /> },
          { name: "封をした人", value: <span className="slip-blank" /> },
          { name: "封を切った人", value: <span className="slip-blank" /> },
          { name: "封を切った日時", value: <span className="slip-blank" /> },
        ]}
        demo={demo}
      >
        <p>
          {[
            `この紙を封筒に入れて封印し、封筒には「緊急の閲覧の符号　第${number}号」とだけ書いて、施錠できる金庫に入れます。`,
            "資格のそろった人がだれも着席できないときに、この符号を作った人とは別の責任者か保護管理者が封を切り、「扱う資格」の画面で符号を入れて許します。",
            "一度使うと効かなくなるので、新しい符号を作って封をし直します。",
          ].join("")}
        </p>
      </Paper>
    </PaperScreen>
  );
}
