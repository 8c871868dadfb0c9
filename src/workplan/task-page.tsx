import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import type { PlannedTask } from "./compute-plan.ts";
import { linkLabels, writeLinks } from "./plan-task.ts";
import { TaskStatus } from "./workplan-page.tsx";

export interface TaskPageProps {
  csrf: string;
  planned: PlannedTask;
  baseline: { start: Day; end: Day } | undefined;
  edition: number;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  today: Day;
  may: boolean;
  /** 除けないわけ。除けるなら undefined。 */
  kept: string | undefined;
}

/** 一つの作業: これからの見込み、実績、先行。 */
export function TaskPage(props: TaskPageProps) {
  const { planned, baseline, may } = props;
  const { task, start, end, float, room, latestEnd, critical } = planned;
  const days = (from: Day, to: Day) =>
    from === to ? formatWareki(to) : `${formatWareki(from)}から${formatWareki(to)}まで`;
  return (
    <>
      <PageHead
        crumb={<a href="/workplan">工程表</a>}
        title={`${task.code} ${task.name}`}
        actions={<TaskStatus one={planned} />}
      />
      <div className="pile">
        <Pairs
          items={[
            { name: "見込み", value: days(start, end) },
            { name: "定めた日", value: baseline ? days(baseline.start, baseline.end) : "－" },
            {
              name: "余裕",
              value: critical
                ? "◎ 全体の終わりを決める作業です"
                : `${float}営業日（${formatWareki(latestEnd)}まで）`,
            },
            {
              name: "後ろの期限まで",
              value: room === null ? "－" : room < 0 ? `${-room}営業日 足りません` : `${room}営業日`,
            },
            { name: "根拠", value: task.clause || "－" },
            {
              name: "もとの義務",
              value: task.duty ? (
                <a href={`/contract/duties/${encodeURIComponent(task.duty)}`}>義務を開く</a>
              ) : (
                "－"
              ),
            },
          ]}
        />
        {may && <Form {...props} />}
        {may && <Remove {...props} />}
      </div>
    </>
  );
}

function Remove({ csrf, planned: { task }, edition, kept }: TaskPageProps) {
  return (
    <Section id="h-remove" title="工程表から除く">
      {kept === undefined ? (
        <form
          method="post"
          action={`/workplan/tasks/${encodeURIComponent(task.code)}/remove`}
          className="pile"
        >
          <Csrf token={csrf} />
          <input type="hidden" name="edition" value={edition} />
          <p>
            この作業を待っていた作業は、{task.links.length > 0 ? writeLinks(task.links) : "何も"}
            {task.links.length > 0 ? "を待つようになります。" : "待たなくなります。"}
            {task.duty !== null && "もとの義務は、なくなりません。"}
          </p>
          <p className="acts">
            <Submit look="normal" danger>
              {task.code} を除く
            </Submit>
          </p>
        </form>
      ) : (
        <p>{kept}</p>
      )}
    </Section>
  );
}

function Form({ csrf, planned: { task }, values, faults, edition, today }: TaskPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (name: string, now: string | number | null) => values[name] ?? String(now ?? "");
  const date = (id: "started" | "finished" | "from" | "by", label: string, help?: string) => (
    <TextField
      {...{ id, label, help }}
      type="date"
      max={id === "started" || id === "finished" ? today : undefined}
      defaultValue={value(id, task[id])}
      error={fault(id)}
    />
  );
  return (
    <Section id="h-edit" title="実績と形を直す">
      <form method="post" action={`/workplan/tasks/${encodeURIComponent(task.code)}`} className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="edition" value={edition} />
        <div className="fields two">
          {date("started", "始めた日")}
          {date("finished", "終わった日")}
          <TextField
            id="progress"
            label="進み"
            unit="%"
            inputMode="numeric"
            defaultValue={value("progress", task.progress)}
            error={fault("progress")}
          />
          <TextField
            id="owner"
            label="担当"
            maxLength={60}
            defaultValue={value("owner", task.owner)}
            help="役割か部署の名で書きます。"
          />
          <TextField
            id="days"
            label={task.calendar ? "長さ（暦の日）" : "長さ（営業日）"}
            inputMode="numeric"
            defaultValue={value("days", task.days)}
            error={fault("days")}
          />
          <TextField
            id="links"
            label="先行"
            code
            maxLength={300}
            defaultValue={value("links", writeLinks(task.links))}
            error={fault("links")}
            help={`T03、T03SS+2 のように。FS=${linkLabels.FS}（省いたとき）、SS=${linkLabels.SS}、FF=${linkLabels.FF}。`}
          />
          {date("from", "この日より前に始めない")}
          {date("by", "期限", task.firm ? "契約に書かれた、動かない期限です。" : undefined)}
        </div>
        <p className="acts">
          <Submit>直す</Submit>
          <LinkButton href="/workplan">やめる</LinkButton>
        </p>
      </form>
    </Section>
  );
}
