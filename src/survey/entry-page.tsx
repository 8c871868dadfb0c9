import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { SheetStanding, SheetState } from "./key-sheet.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

const states: Readonly<Record<SheetState, readonly [StatusLook, string]>> = {
  first: ["wait", "二人目を待つ"],
  differs: ["warn", "違いを決める"],
  same: ["done", "同じ"],
  settled: ["done", "決まった"],
  taken: ["done", "回答に加えた"],
};

/** 調査票の打ち込みの一覧。 */
export function EntryPage(props: {
  csrf: string;
  survey: { id: string; title: string };
  sheets: readonly SheetStanding[];
  /** 自分（二度目は別の人が打つので、自分のものは打てない）。 */
  me: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { look: boolean; work: boolean };
}) {
  const { csrf, survey, sheets, me, values, faults, may } = props;
  const at = `/surveys/${survey.id}/entry`;
  const of = (state: SheetState) => sheets.filter((one) => one.state === state).length;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="entry"
        mayLook={may.look}
        title={
          sheets.length === 0
            ? "調査票を、二人が別々に打ち込みます。"
            : `${sheets.length}枚のうち、二人目を待つもの${of("first")}枚、違いを決めるもの${of("differs")}枚です。`
        }
      />
      <div className="pile">
        <form method="get" action={`${at}/sheet`} className="survey-file">
          <TextField
            id="sheet"
            label="調査票の番号"
            required
            maxLength={20}
            defaultValue={values.sheet ?? ""}
            error={faults[0]?.message}
            help="まだの番号なら一度目、ほかの人が打った番号なら二度目になります。"
          />
          <Submit>打ち込む</Submit>
        </form>
        {may.work && of("settled") > 0 && (
          <form method="post" action={`${at}/take`} className="survey-act">
            <Csrf token={csrf} />
            <Submit look="second">決まった{of("settled")}枚を回答に加える</Submit>
            <span className="sub">いまの回答の後ろに加わります。</span>
          </form>
        )}
        <Section id="h-sheets" title="打ち込んだ調査票">
          <Table
            caption="打ち込みの一覧"
            columns={[
              { key: "sheet", head: "番号", width: 8, rowHead: true, cell: ({ sheet }) => sheet },
              {
                ...{ key: "state", head: "いま", width: 10 },
                cell: ({ state }) => <Status look={states[state][0]}>{states[state][1]}</Status>,
              },
              {
                ...{ key: "differences", head: "違い", wrap: true },
                cell: ({ differences }) => differences.map(({ column }) => column).join("、") || "－",
              },
              {
                ...{ key: "act", head: "すること", width: 12 },
                cell: ({ sheet, state, by }) =>
                  state === "differs" ? (
                    <a href={`${at}/sheet?sheet=${encodeURIComponent(sheet)}`}>違いを決める</a>
                  ) : state === "first" && by[0] !== me ? (
                    <a href={`${at}/sheet?sheet=${encodeURIComponent(sheet)}`}>二度目を打つ</a>
                  ) : state === "first" ? (
                    <a href={`${at}/sheet?sheet=${encodeURIComponent(sheet)}`}>打ち直す</a>
                  ) : (
                    ""
                  ),
              },
            ]}
            rows={sheets}
            rowKey={({ sheet }) => sheet}
            empty="まだ打ち込んでいません。上の欄に番号を入れて始めます。"
          />
        </Section>
      </div>
    </>
  );
}
