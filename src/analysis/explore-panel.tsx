import { addFilter, type CrossAsk, findOptions, writeFilters } from "../tabulation/cross-ask.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { BandPatterns } from "./band-panel.tsx";
import { CrossPanel, TestPanel } from "./cross-panel.tsx";
import type { ExploreQuestion, ExploreState } from "./explore-state.ts";
import { FindingText } from "./finding-panel.tsx";
import { QuestionList } from "./question-list-panel.tsx";
import { RankPanel } from "./rank-panel.tsx";

/** 島がする行い。サーバーの画面では何もしない（form が代わりをする）。 */
export interface ExploreAct {
  live: boolean;
  change(ask: Partial<CrossAsk>): void;
  /** 絞り込みに落とされ、値を待っている設問。 */
  pending: string | undefined;
  setPending(question: string | undefined): void;
}

export const idle: ExploreAct = { live: false, change: () => {}, pending: undefined, setPending: () => {} };

/** クロス集計の画面の中身。条件は左、結果は右。島があれば、変えるとすぐに集計し直す。 */
export function ExplorePanel({
  state,
  csrf,
  act = idle,
}: {
  state: ExploreState;
  csrf: string;
  act?: ExploreAct;
}) {
  const { survey, view, query } = state;
  const root = `/surveys/${survey.id}`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a> ／ <a href={root}>{survey.title}</a> ／ クロス集計
          </>
        }
        title={view.title}
        actions={
          <>
            <LinkButton size="tall" href={`${root}/explore/file/xlsx?${query}`}>
              Excel
            </LinkButton>
            <LinkButton size="tall" href={`${root}/explore/file/pptx?${query}`}>
              PowerPoint
            </LinkButton>
            <Submit form="keep-figure" size="tall">
              報告書に入れる
            </Submit>
          </>
        }
      />
      <div className="xt">
        <Conditions state={state} act={act} />
        <section aria-labelledby="x-result">
          <h2 className="vh" id="x-result">
            集計の結果
          </h2>
          <div aria-live="polite" aria-atomic="true" className="vh">
            {act.live ? `${view.title}。${state.baseText}` : ""}
          </div>
          <BandPatterns />
          <CrossPanel state={state} />
          {view.ranks && <RankPanel ranks={view.ranks} hidden={view.total.hidden} />}
          <div className="sec-h">
            <h3 className="x-h">検定</h3>
          </div>
          <TestPanel view={view} />
          <div className="sec-h">
            <h3 className="x-h">読み取れること</h3>
            <span className="end sub">表から作った案です。数は、表のますに結ばれています。</span>
          </div>
          <p className="finding">
            <FindingText finding={state.finding} />
          </p>
          <form id="keep-figure" method="post" action={`${root}/figures`} key={query}>
            <Csrf token={csrf} />
            <input type="hidden" name="ask" value={query} />
            <details>
              <summary>書き直す</summary>
              <label htmlFor="finding">報告書に入れる文</label>
              <textarea
                id="finding"
                name="finding"
                rows={4}
                maxLength={1000}
                defaultValue={state.finding.text}
              />
              <p className="help">直した文の数も表に結び直し、回答が変わって合わなくなれば知らせます。</p>
            </details>
          </form>
        </section>
      </div>
    </>
  );
}

function Conditions({ state, act }: { state: ExploreState; act: ExploreAct }) {
  const { ask, questions, survey } = state;
  const [first = "", second = ""] = ask.rows;
  const drop = (put: (id: string) => void) =>
    act.live
      ? {
          onDragOver: (event: React.DragEvent) => {
            event.preventDefault();
            event.currentTarget.classList.add("over");
          },
          onDragLeave: (event: React.DragEvent) => event.currentTarget.classList.remove("over"),
          onDrop: (event: React.DragEvent) => {
            event.preventDefault();
            event.currentTarget.classList.remove("over");
            put(event.dataTransfer.getData("text/plain"));
          },
        }
      : {};
  const axes = questions.filter(({ axis }) => axis);
  const rows = (one: string, two: string) => act.change({ rows: [one, two].filter((id) => id !== "") });
  return (
    <form className="ctl" method="get" action={`/surveys/${survey.id}/explore`} aria-labelledby="x-ctl">
      <div className="sec-h">
        <h2 id="x-ctl">集計の条件</h2>
      </div>
      <input type="hidden" name="set" value="1" />
      <input type="hidden" name="f" value={new URLSearchParams(state.query).get("f") ?? ""} />
      <div className="drop" {...drop((id) => rows(id, second === id ? "" : second))}>
        <label htmlFor="row">行（表側）</label>
        <Pick id="row" value={first} list={axes} onPick={(id) => rows(id, second === id ? "" : second)} />
      </div>
      <div className="swap">
        <button
          className="btn plain"
          type="submit"
          name="swap"
          value="1"
          onClick={
            act.live
              ? (event) => {
                  event.preventDefault();
                  act.change({
                    rows: [ask.column, second].filter((id) => id !== "" && id !== first),
                    column: first,
                  });
                }
              : undefined
          }
        >
          <Icon name="swap" />
          行と列を入れ替える
        </button>
      </div>
      <div
        className="drop"
        {...drop((id) => act.change({ column: id, rows: ask.rows.filter((one) => one !== id) }))}
      >
        <label htmlFor="column">列（表頭）</label>
        <Pick
          id="column"
          value={ask.column}
          list={questions}
          onPick={(id) => act.change({ column: id, rows: ask.rows.filter((one) => one !== id) })}
        />
      </div>
      <Filters state={state} act={act} drop={drop((id) => act.setPending(id))} />
      {act.live && <QuestionList state={state} act={act} />}
      <fieldset className="x-count">
        <legend className="label">数え方</legend>
        {state.hasWeight && (
          <Check
            name="w"
            label="ウエイトを使う"
            on={ask.weighted}
            onPick={(weighted) => act.change({ weighted })}
          />
        )}
        <Check
          name="na"
          label="無回答を含める"
          on={ask.withMissing}
          onPick={(withMissing) => act.change({ withMissing })}
        />
        <Check name="m" label="有意な差に印" on={ask.marks} onPick={(marks) => act.change({ marks })} />
        <Check
          name="l"
          label="区分どうしの差の文字"
          on={ask.letters}
          onPick={(letters) => act.change({ letters })}
        />
      </fieldset>
      <details open={second !== "" || undefined}>
        <summary>二つ目の軸</summary>
        <Pick
          id="row2"
          label="二つ目の軸"
          value={second}
          list={axes.filter(({ id }) => id !== first)}
          none="なし"
          onPick={(id) => rows(first, id)}
        />
        <Check
          name="nest"
          label="一つ目に重ねる"
          on={ask.nested}
          onPick={(nested) => act.change({ nested })}
        />
      </details>
      {!act.live && (
        <button className="btn second" type="submit">
          集計する
        </button>
      )}
      <Note tone="info">
        <span className="sub ink">{state.baseText}</span>
      </Note>
    </form>
  );
}

function Pick(props: {
  id: string;
  value: string;
  list: readonly ExploreQuestion[];
  label?: string;
  none?: string;
  onPick: (id: string) => void;
}) {
  const { id, value, list, label, none, onPick } = props;
  return (
    <select
      id={id}
      name={id}
      aria-label={label}
      value={value}
      onChange={(event) => onPick(event.target.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {list.map((one) => (
        <option key={one.id} value={one.id}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

function Check(props: { name: string; label: string; on: boolean; onPick: (on: boolean) => void }) {
  const { name, label, on, onPick } = props;
  return (
    <label className="check" htmlFor={`x-${name}`}>
      <input
        type="checkbox"
        id={`x-${name}`}
        name={name}
        value="1"
        checked={on}
        onChange={(event) => onPick(event.target.checked)}
      />
      {label}
    </label>
  );
}

type Drop = React.HTMLAttributes<HTMLDivElement>;

/** 絞り込み。札を外す、値を足す。 */
function Filters({ state, act, drop }: { state: ExploreState; act: ExploreAct; drop: Drop }) {
  const { ask, questions } = state;
  const without = (question: string) => ask.filters.filter((one) => one.question !== question);
  const axes = questions.filter(({ axis }) => axis);
  const shown = axes.filter(({ id }) => act.pending === undefined || id === act.pending);
  return (
    <div className="drop" {...drop}>
      <span className="label">絞り込み</span>
      <div className="chips">
        {ask.filters.length === 0 && <span className="sub">全員（条件なし）</span>}
        {ask.filters.map((filter) => {
          const name = questions.find(({ id }) => id === filter.question)?.label ?? filter.question;
          const values = findOptions({ questions }, filter).map(({ label }) => label);
          const href = `?${queryWithout(state.query, without(filter.question))}`;
          return (
            <a
              key={filter.question}
              className="chip"
              href={href}
              onClick={
                act.live
                  ? (event) => {
                      event.preventDefault();
                      act.change({ filters: without(filter.question) });
                    }
                  : undefined
              }
            >
              {name}：{values.join("・")}
              <Icon name="x" label="外す" />
            </a>
          );
        })}
      </div>
      <select
        id="add"
        name="add"
        aria-label="条件を足す"
        value=""
        onChange={(event) => {
          act.change({ filters: addFilter(ask.filters, event.target.value) });
          act.setPending(undefined);
        }}
      >
        <option value="">{act.pending === undefined ? "＋ 条件を足す" : `${act.pending} の値を選ぶ`}</option>
        {shown.map((one) => (
          <optgroup key={one.id} label={one.label}>
            {one.options.map(({ code, label }) => (
              <option key={code} value={`${encodeURIComponent(one.id)}:${encodeURIComponent(code)}`}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function queryWithout(query: string, filters: CrossAsk["filters"]): string {
  const made = new URLSearchParams(query);
  made.delete("f");
  if (filters.length > 0) made.set("f", writeFilters(filters));
  return made.toString();
}
