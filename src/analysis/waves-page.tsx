import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import type { WaveComparison } from "../waves/compare-waves.ts";
import { matchQuestions } from "../waves/match-wave.ts";
import { waveFinding, waveNote, waveRules } from "../waves/wave-words.ts";
import type { WaveBoard } from "./keep-wave.ts";
import type { KeptWave } from "./report-body.ts";
import { waveTitle } from "./wave-document.ts";
import { WaveTable } from "./wave-panel.tsx";

export interface WavesPageProps {
  survey: { id: string; title: string };
  board: WaveBoard;
  /** 比べられる、事務所の中のほかの調査。 */
  others: readonly { id: string; title: string }[];
  csrf: string;
  faults: readonly Fault[];
  message?: string | undefined;
  values?: Readonly<Record<string, string>>;
}

/** 前の回との比べ: 足す、対応を決める、表と差。 */
export function WavesPage(props: WavesPageProps) {
  const { survey, board, csrf, message } = props;
  const root = `/surveys/${survey.id}`;
  const { waves, comparisons, now } = board;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a> ／ <a href={root}>{survey.title}</a> ／{" "}
            <a href={`${root}/report`}>報告書</a> ／ 経年比較
          </>
        }
        title={
          waves.length === 0
            ? "前の回は、まだ入っていません。"
            : `${now.questions.length}問のうち${comparisons.length}問を、前の回と比べています。`
        }
      />
      <div className="pile report">
        {message !== undefined && (
          <Note tone="late" title="入りませんでした。">
            {message}
          </Note>
        )}
        {comparisons.length > 0 && (
          <Section id="w-list" title="前の回との比べ" sub="報告書の「前回調査との比較」の章になります。">
            <ul className="r-notes">
              {waveRules.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            {comparisons.map((one) => (
              <OneComparison key={one.id} one={one} />
            ))}
          </Section>
        )}
        {waves.map((wave, at) => (
          <Mapping key={wave.id} {...{ wave, root, csrf, now, last: at === waves.length - 1 }} />
        ))}
        <AddWave {...props} />
      </div>
    </>
  );
}

function OneComparison({ one }: { one: WaveComparison }) {
  const note = waveNote(one);
  return (
    <div className="r-section">
      <h3 className="x-h">{waveTitle(one)}</h3>
      <p className="r-words">{waveFinding(one)}</p>
      <div className="scroll-x">
        <WaveTable one={one} />
      </div>
      {note !== "" && <p className="help">{note}</p>}
    </div>
  );
}

function Mapping(props: {
  wave: KeptWave;
  root: string;
  csrf: string;
  now: WaveBoard["now"];
  last: boolean;
}) {
  const { wave, root, csrf, now, last } = props;
  const matched = matchQuestions(now.questions, wave.questions, wave.map);
  const choices = wave.questions.map(({ id, text }) => ({ value: id, label: `${id}　${text}`.slice(0, 40) }));
  return (
    <Section
      id={`w-${wave.id}`}
      title={wave.label}
      sub={`${wave.source}、${wave.questions.length}問${last ? "。差は、この回と比べます。" : ""}`}
    >
      <details>
        <summary>設問の対応を決める（{matched.size}問が対応）</summary>
        <form method="post" action={`${root}/waves/${wave.id}`} className="pile">
          <Csrf token={csrf} />
          <div className="wave-map">
            {now.questions.map(({ id, text }) => (
              <SelectField
                key={id}
                id={`map.${id}`}
                label={`${id}　${text}`.slice(0, 40)}
                blank="対応しない"
                choices={choices}
                defaultValue={matched.get(id)?.id ?? ""}
              />
            ))}
          </div>
          <p className="acts">
            <Submit look="second">対応を決める</Submit>
          </p>
        </form>
      </details>
      <form method="post" action={`${root}/waves/${wave.id}`}>
        <Csrf token={csrf} />
        <input type="hidden" name="act" value="drop" />
        <p className="acts">
          <Submit look="plain">「{wave.label}」を外す</Submit>
        </p>
      </form>
    </Section>
  );
}

function AddWave({ survey, others, csrf, faults, values = {} }: WavesPageProps) {
  const error = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="w-add" title="前の回を足す" sub="古い回から順に足します。">
      <form
        method="post"
        action={`/surveys/${survey.id}/waves`}
        encType="multipart/form-data"
        className="pile survey-question"
      >
        <Csrf token={csrf} />
        <TextField
          id="label"
          label="回の名"
          required
          help="表の頭に刷ります（例: 令和元年度）。"
          defaultValue={values.label ?? ""}
          error={error("label")}
        />
        <FileField
          id="file"
          label="前回の集計表（.xlsx .csv .json）"
          help="設問・選択肢・人数・％（分母は n か 回答者数）の表か、このプログラムが書いた集計表・tables.json。"
          error={error("file")}
        />
        {others.length > 0 && (
          <SelectField
            id="survey"
            label="または、事務所の中の前の調査"
            blank="選ばない"
            choices={others.map(({ id, title }) => ({ value: id, label: title }))}
            defaultValue={values.survey ?? ""}
            error={error("survey")}
          />
        )}
        <p className="acts">
          <Submit>足す</Submit>
        </p>
      </form>
    </Section>
  );
}
