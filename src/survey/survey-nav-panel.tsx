import type { ReactNode } from "react";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { PageHead } from "../ui/section.tsx";
import type { SurveyHead } from "./open-survey.ts";

export type SurveyPlace =
  | "overview"
  | "returns"
  | "entry"
  | "imports"
  | "codebook"
  | "check"
  | "weights"
  | "codes"
  | "explore";

const places: readonly (readonly [SurveyPlace, string, string])[] = [
  ["overview", "概要", ""],
  ["returns", "回収", "/returns"],
  ["entry", "打ち込み", "/entry"],
  ["imports", "回答", "/imports"],
  ["codebook", "コードブック", "/codebook"],
  ["check", "確かめ", "/check"],
  ["weights", "ウエイト", "/weights"],
  ["codes", "自由記述", "/codes"],
  ["explore", "集計", "/explore"],
];

/** 調査の中の画面の頭: 調査の名、一文、調査の中の行き来。 */
export function SurveyTop(props: {
  survey: Pick<SurveyHead, "id" | "title">;
  here: SurveyPlace;
  title: ReactNode;
  actions?: ReactNode;
  /** 回答を開けない役割には、概要だけを出す。 */
  mayLook: boolean;
}) {
  const { survey, here, title, actions, mayLook } = props;
  const at = `/surveys/${survey.id}`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a>
            {" ／ "}
            {here === "overview" ? survey.title : <a href={at}>{survey.title}</a>}
          </>
        }
        title={title}
        actions={actions}
      />
      {mayLook && (
        <div className="survey-nav noprint">
          <SegmentedLinks
            label="この調査の画面"
            links={places.map(([key, label, path]) => ({
              href: `${at}${path}`,
              label,
              current: key === here,
            }))}
          />
        </div>
      )}
    </>
  );
}
