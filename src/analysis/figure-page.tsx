import { writeAsk } from "../tabulation/cross-ask.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs } from "../ui/table.tsx";
import { BandPatterns } from "./band-panel.tsx";
import { CrossPanel } from "./cross-panel.tsx";
import { checkFinding } from "./finding.ts";
import { FindingText } from "./finding-panel.tsx";
import type { KeptFigure } from "./list-survey-figures.ts";

export interface FigurePageProps {
  survey: { id: string; title: string };
  figures: readonly KeptFigure[];
  may: boolean;
  csrf: string;
}

/** 報告書に入れた図の一覧。古い図は先に言う。 */
export function FigurePage({ survey, figures, may, csrf }: FigurePageProps) {
  const root = `/surveys/${survey.id}`;
  const stale = figures.filter(({ figure }) => figure.stale).length;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a> ／ <a href={root}>{survey.title}</a> ／ 図
          </>
        }
        title={
          figures.length === 0
            ? "報告書に入れた図は、まだありません。"
            : `${figures.length}枚の図があります。${stale > 0 ? `${stale}枚は、回答が変わる前の集計です。` : ""}`
        }
        actions={
          <>
            {may && <LinkButton href={`${root}/report`}>報告書</LinkButton>}
            {may && (
              <LinkButton look="main" href={`${root}/explore`}>
                クロス集計
              </LinkButton>
            )}
          </>
        }
      />
      <BandPatterns />
      <div className="pile report">
        {figures.length === 0 && (
          <p>クロス集計の画面で「報告書に入れる」を押すと、ここに、出どころといっしょに並びます。</p>
        )}
        {figures.map((one) => (
          <OneFigure key={one.figure.id} one={one} root={root} may={may} csrf={csrf} />
        ))}
      </div>
    </>
  );
}

function OneFigure({ one, root, may, csrf }: { one: KeptFigure; root: string; may: boolean; csrf: string }) {
  const { figure, body, number } = one;
  const { view } = body;
  const query = writeAsk(body.ask);
  const check = checkFinding(body.finding, view);
  const id = `figure-${number}`;
  return (
    <Section
      id={id}
      title={`図${number}　${figure.title}`}
      end={may && <a href={`${root}/explore?${query}`}>集計の画面で見る</a>}
    >
      {figure.stale && (
        <Note tone="due" title="この図の後に、回答かコードブックが変わりました。">
          数は、入れたときのままです。集計し直すと、いまの回答の数になります。
        </Note>
      )}
      <CrossPanel
        state={{ survey: { id: one.surveyId, title: body.lineage.survey }, query, view }}
        open={may && !figure.stale}
        label={`図${number}の集計表`}
      />
      <p className="finding">
        <FindingText finding={body.finding} check={check} />
      </p>
      <p className="sub">
        {body.edited ? "人が直した文です。" : "表から作った文です。"}
        {check.holds ? "" : "合わなくなった数があります。"}
        {check.loose.length > 0 && `表にない数: ${check.loose.join("、")}`}
      </p>
      <details>
        <summary>出どころ</summary>
        <Pairs
          items={[
            { name: "絞り込み", value: body.lineage.filter },
            { name: "ウエイト", value: body.lineage.weights },
            { name: "設問", value: body.lineage.questions.join("、") },
            { name: "調査の版", value: `第${body.lineage.version}版` },
            { name: "回答の指紋", value: <code>{body.lineage.dataHash.slice(0, 16)}</code> },
            { name: "集計した時", value: body.lineage.madeAt.replace("T", " ").slice(0, 16) },
            {
              name: "状態",
              value: figure.stale ? (
                <Status look="due">古い</Status>
              ) : (
                <Status look="done">いまの回答</Status>
              ),
            },
          ]}
        />
      </details>
      {may && (
        <form method="post" action={`${root}/figures/${figure.id}`} className="figure-acts">
          <Csrf token={csrf} />
          <details>
            <summary>文を直す</summary>
            <label htmlFor={`${id}-title`}>題</label>
            <input id={`${id}-title`} name="title" defaultValue={figure.title} maxLength={200} />
            <label htmlFor={`${id}-finding`}>文</label>
            <textarea
              id={`${id}-finding`}
              name="finding"
              rows={4}
              maxLength={1000}
              defaultValue={body.finding.text}
            />
            <div className="acts">
              <Submit look="second" name="act" value="word">
                文を残す
              </Submit>
            </div>
          </details>
          <div className="acts">
            {figure.stale && (
              <Submit name="act" value="renew" look="second">
                集計し直す
              </Submit>
            )}
            <Submit name="act" value="drop" look="plain">
              図を外す
            </Submit>
          </div>
        </form>
      )}
    </Section>
  );
}
