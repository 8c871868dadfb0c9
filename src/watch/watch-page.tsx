import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { VIEW_LIMIT, VIEW_MINUTES } from "../tasks/view.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { alertAnswers, answerLabels } from "./alert-answer.ts";
import type { Alert, Watch } from "./list-alerts.ts";

/** 閲覧の見張り: 大量の閲覧の知らせと、日ごとの数。 */
export function WatchPage(props: {
  watch: Watch;
  csrf: string;
  me: string;
  may: boolean;
  said: string | undefined;
}) {
  const { watch, said } = props;
  const open = watch.alerts.filter((one) => one.answer === undefined).length;
  return (
    <>
      <PageHead
        crumb="閲覧の見張り"
        title={
          open > 0
            ? `答えていない大量の閲覧の知らせが${open}件あります。`
            : `この${watch.days}日に、答えていない知らせはありません。`
        }
      />
      <div className="pile">
        {said !== undefined && <Note tone="late" title={said} />}
        <Table
          caption={`大量の閲覧（${VIEW_MINUTES}分に${VIEW_LIMIT}人を超える表示）`}
          rows={watch.alerts}
          rowKey={(one) => one.id}
          empty={<p>大量の閲覧はありません。</p>}
          columns={[
            { key: "from", head: "始まり", rowHead: true, width: 16, cell: (one) => writeAt(one.from) },
            { key: "to", head: "終わり", width: 5, cell: (one) => minuteOf(one.to) },
            { key: "who", head: "従業者番号", width: 8, cell: (one) => one.who },
            { key: "people", head: "方", numeric: true, width: 5, cell: (one) => `${one.people}人` },
            { key: "answer", head: "答え", wrap: true, cell: (one) => <Answer {...props} alert={one} /> },
          ]}
        />
        <Table
          caption="日ごと・従業者ごとの表示"
          rows={watch.perDay}
          rowKey={(one) => `${one.day} ${one.actor}`}
          empty={<p>この{watch.days}日に、個人情報を表示した記録はありません。</p>}
          columns={[
            { key: "day", head: "日", rowHead: true, cell: (one) => formatWareki(one.day) },
            { key: "who", head: "従業者番号", width: 8, cell: (one) => one.who },
            { key: "people", head: "方", numeric: true, width: 6, cell: (one) => `${one.people}人` },
            { key: "views", head: "表示", numeric: true, width: 6, cell: (one) => `${one.views}回` },
          ]}
        />
        <p className="sub">
          氏名などを表示した記録から数えます。通話を止めないため、表示そのものは止めません。目安を超えたときに、保護管理者の仕事に加わります。
        </p>
      </div>
    </>
  );
}

function Answer({ alert, csrf, me, may }: { alert: Alert; csrf: string; me: string; may: boolean }) {
  if (alert.answer)
    return (
      <>
        <Status look="done">{alert.answer.text}</Status>{" "}
        <span className="sub">
          {alert.answer.by}　{writeAt(alert.answer.at)}
        </span>
      </>
    );
  if (!may || alert.actor === me) return <Status look="due">保護管理者の答え待ち</Status>;
  return (
    <form method="post" action={`/watch/${alert.id}/answer`} className="filters">
      <Csrf token={csrf} />
      <SelectField
        id={`answer-${alert.id}`}
        name="answer"
        label="わけ"
        hideLabel
        required
        choices={alertAnswers.map((value) => ({ value, label: answerLabels[value] }))}
      />
      <Submit look="normal">答える</Submit>
    </form>
  );
}

const writeAt = (at: string) => `${formatWareki(dayOf(at))} ${minuteOf(at)}`;
