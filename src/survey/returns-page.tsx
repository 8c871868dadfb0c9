import type { Fault } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { SurveyHead } from "./open-survey.ts";
import { type ReturnCount, type ReturnRecord, returnKinds } from "./record-returns.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

const percent = (count: number, base: number) =>
  base === 0 ? "－" : (Math.floor((2000 * count + base) / (2 * base)) / 10).toFixed(1);
const count = (value: number) => value.toLocaleString("ja-JP");

/** 紙の調査票の配布・回収・有効: 配布区分ごとの数と率、書く欄、受渡票の番号。 */
export function ReturnsPage(props: {
  csrf: string;
  survey: SurveyHead;
  areas: readonly ReturnCount[];
  total: ReturnCount;
  rows: readonly ReturnRecord[];
  /** 取り込んだ回答の数（外したものを除く）。開けない役割には出さない。 */
  answers: number | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { look: boolean; key: boolean };
}) {
  const { csrf, survey, areas, total, rows, answers, values, faults, may } = props;
  const at = `/surveys/${survey.id}/returns`;
  const given = (field: string) => ({
    defaultValue: values[field] ?? "",
    error: faults.find((one) => one.field === field)?.message,
  });
  return (
    <>
      <SurveyTop
        survey={survey}
        here="returns"
        mayLook={may.look}
        title={
          total.sent === 0
            ? "配布と回収は、まだ書かれていません。"
            : `${count(total.sent)}通を配布し、${count(total.valid)}通が有効です（有効回収率 ${percent(total.valid, total.sent)}％）。`
        }
      />
      <div className="pile">
        {answers !== undefined && total.returned > 0 && answers !== total.valid && (
          <Note tone="due" title={`有効は${count(total.valid)}通、取り込んだ回答は${count(answers)}件です。`}>
            届いた後に外したものか、まだ打ち込んでいないものがあるか、ご確認ください。
          </Note>
        )}
        <Section
          id="h-areas"
          title="配布区分ごと"
          sub="回収率は 回収 ÷ 配布、有効回収率は 有効 ÷ 配布。有効は、回収から無効を除いた数です。"
        >
          <Table
            caption="配布区分ごとの配布と回収"
            columns={[
              { key: "area", head: "配布区分", rowHead: true, cell: ({ area }) => area },
              { key: "sent", head: "配布", numeric: true, width: 6, cell: ({ sent }) => count(sent) },
              {
                key: "undelivered",
                head: "不達",
                numeric: true,
                width: 5,
                cell: (one) => count(one.undelivered),
              },
              {
                key: "returned",
                head: "回収",
                numeric: true,
                width: 6,
                cell: ({ returned }) => count(returned),
              },
              {
                key: "rate",
                head: "回収率（％）",
                numeric: true,
                width: 7,
                cell: (one) => percent(one.returned, one.sent),
              },
              {
                key: "invalid",
                head: "無効",
                numeric: true,
                width: 5,
                cell: ({ invalid }) => count(invalid),
              },
              { key: "valid", head: "有効", numeric: true, width: 6, cell: ({ valid }) => count(valid) },
              {
                ...{ key: "validRate", head: "有効回収率（％）", numeric: true, width: 8 },
                cell: (one) => percent(one.valid, one.sent),
              },
            ]}
            rows={areas.length > 1 ? [...areas, total] : areas}
            rowKey={({ area }) => area}
            empty="配布した数を、まず書いてください。"
          />
        </Section>
        {may.key && (
          <Section id="h-write" title="書く">
            <form method="post" action={at} className="survey-returns">
              <Csrf token={csrf} />
              <TextField id="day" label="日" type="date" required {...given("day")} />
              <SelectField
                id="kind"
                label="何の数か"
                choices={Object.entries(returnKinds).map(([value, label]) => ({ value, label }))}
                {...given("kind")}
              />
              <TextField id="area" label="配布区分" placeholder="区など" {...given("area")} />
              <TextField id="channel" label="方法" placeholder="郵送・Web" {...given("channel")} />
              <TextField id="count" label="数" unit="通" inputMode="numeric" required {...given("count")} />
              <TextField id="slip" label="受渡票の番号" {...given("slip")} />
              <Submit look="second">書く</Submit>
            </form>
            <p className="help">
              紙の束を受け取ったとき・返したときは、個人情報の帳簿の受渡票に書き、その番号をここに添えます。
              <a href="/privacy">個人情報の帳簿</a>
            </p>
          </Section>
        )}
        <Section id="h-rows" title="書いたもの">
          <Table
            caption="書いた数"
            columns={[
              { key: "day", head: "日", width: 6, cell: ({ day }) => formatMonthDay(day) },
              { key: "kind", head: "数", width: 5, rowHead: true, cell: ({ kind }) => returnKinds[kind] },
              { key: "area", head: "配布区分", cell: ({ area }) => area },
              { key: "channel", head: "方法", width: 8, cell: ({ channel }) => channel || "－" },
              { key: "count", head: "通", numeric: true, width: 6, cell: (one) => count(one.count) },
              { key: "slip", head: "受渡票", width: 8, cell: ({ slip }) => slip || "－" },
              {
                ...{ key: "undo", head: "取り消し", width: 8 },
                cell: (one) =>
                  one.undone_at !== null ? (
                    <span className="sub">取り消しました</span>
                  ) : may.key ? (
                    <form method="post" action={`${at}/${one.id}/undo`}>
                      <Csrf token={csrf} />
                      <Submit
                        look="link"
                        aria-label={`${formatMonthDay(one.day)}の${returnKinds[one.kind]}を取り消す`}
                      >
                        取り消す
                      </Submit>
                    </form>
                  ) : null,
              },
            ]}
            rows={rows}
            rowKey={({ id }) => id}
            empty="まだありません。"
          />
        </Section>
      </div>
    </>
  );
}
