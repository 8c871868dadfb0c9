import { describePersonal, findPersonal } from "../japan/personal-flag.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import type { OpenComplaint } from "./list-complaints.ts";
import type { PreparedReport } from "./report-complaint.ts";

export interface ComplaintReportPageProps {
  csrf: string;
  open: OpenComplaint;
  report: PreparedReport;
  /** 責任者か（そうでなければ見るだけ）。 */
  maySubmit: boolean;
  faults: readonly { field?: string; message: string }[];
}

/** 日次報告の案を読み、直して、提出する。 */
export function ComplaintReportPage({ csrf, open, report, maySubmit, faults }: ComplaintReportPageProps) {
  const { complaint, head } = open;
  const found = findPersonal(report.body);
  const back = `/complaints/${complaint.id}`;
  return (
    <>
      <PageHead
        crumb={<a href={back}>クレーム第{complaint.number}号</a>}
        title={report.title}
        actions={
          <LinkButton href={back} size="tall">
            戻る
          </LinkButton>
        }
      />
      <div className="cols main-side">
        <form method="post" action={`${back}/report`} className="pile">
          <Csrf token={csrf} />
          <TextAreaField
            id="body"
            label="報告の本文"
            required
            rows={16}
            defaultValue={report.body}
            readOnly={!maySubmit}
            error={faults.find((one) => one.field === "body")?.message}
          />
          {maySubmit && (
            <div className="acts">
              <Submit>責任者の名で委託者に提出する</Submit>
            </div>
          )}
        </form>
        <div className="pile">
          <Note
            tone={head.urgency === "late" ? "late" : head.urgency === "due" ? "due" : "info"}
            title={`提出の期限は ${head.dueText} です。`}
          >
            受けた日の翌営業日中（仕様書6(9)）。土日・祝日・年末年始は数えません。
          </Note>
          {report.returned !== null && (
            <Note tone="due" title="委託者から差し戻されました。">
              <span className="pre">{report.returned}</span>
            </Note>
          )}
          {found.length > 0 && (
            <Note tone="due" title="個人情報らしいものがあります。">
              {describePersonal(report.body, found)}。報告に要らなければ消してください。
            </Note>
          )}
          <Note title="提出すると、協議・届出の番号がつき、委託者に見えます。">
            紙面（日次報告書）は、提出したあとに協議・届出の画面から刷れます。
          </Note>
        </div>
      </div>
    </>
  );
}
