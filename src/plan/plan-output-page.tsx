import type { PlanFormat } from "../manuscript/build-plan-file.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import type { PlanOutput } from "./plan-output-job.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export const formatLabels: Readonly<Record<PlanFormat, string>> = {
  docx: "Word",
  pptx: "PowerPoint",
  html: "HTML",
  pdf: "PDF",
};

export interface PlanOutputProps {
  csrf: string;
  plan: string;
  /** 何を書き出すか（いまの原稿、第2稿 素案）。 */
  name: string;
  output: PlanOutput;
}

/** 書き出しの進み具合と、できたもの。 */
export function PlanOutputPage({ csrf, plan, name, output }: PlanOutputProps) {
  const { job, state, done, total, message, made } = output;
  const format = formatLabels[output.format];
  const own = `/plans/${plan}/outputs/${job}`;
  const busy = state === "waiting" || state === "running";
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}/versions`}>版と新旧対照</a> ／ {name}
          </>
        }
        title={
          busy
            ? `${format} を作っています。`
            : made
              ? `${format} ができました。`
              : state === "stopped"
                ? `${format} を作るのを止めました。`
                : `${format} を作れませんでした。`
        }
        actions={
          made ? (
            <LinkButton look="main" href={`${own}/file`}>
              {format} を受け取る（{sizeText(made.size)}）
            </LinkButton>
          ) : undefined
        }
      />
      <PlanTabs plan={plan} current="versions" />
      <div className="pile">
        {busy && (
          <p className="outbar">
            <progress max={total} value={done} aria-label={`${format} の進み具合`} />
            <span>
              {message}（{total}のうち{done}）
            </span>
          </p>
        )}
        {state === "failed" && <Note tone="late" title={message} />}
        {made && made.warnings > 0 && (
          <Note tone="due" title={`原稿に、直すところが${made.warnings}件あります。`}>
            書き出しは止めていません。<a href={`/plans/${plan}/check`}>整合と点検</a>
            で、ところとわけが見られます。
          </Note>
        )}
        <p className="sub">
          {busy
            ? "画面を離れてもかまいません。あとで同じ形を選ぶと、できたものがすぐに渡されます。"
            : made
              ? "原稿とデザインが変わらないうちは、同じ形を選ぶと、このファイルがすぐに渡されます。"
              : "原稿は、そのままです。"}
        </p>
        <form method="post" action={own} className="acts">
          <Csrf token={csrf} />
          <input type="hidden" name="act" value={busy ? "stop" : "again"} />
          {busy && (
            <LinkButton size="tall" href={own}>
              進み具合を見直す
            </LinkButton>
          )}
          <Submit look={busy || made ? "second" : "main"} size="tall">
            {busy ? "止める" : made ? "作り直す" : "もう一度作る"}
          </Submit>
        </form>
      </div>
    </>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
