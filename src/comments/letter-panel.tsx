import { letterPieces, markName, restLength } from "../opinions/split-letter.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Status } from "../ui/status.tsx";
import { DeskForm, type DeskView, type TextCursor } from "./desk-form-panel.tsx";
import type { DeskOpinion, OpinionDesk } from "./read-desk.ts";

/** 原文と、分けた範囲。どの意見でもない所は灰色で残る。 */
export function LetterPanel({ view, selected }: { view: DeskView; selected: DeskOpinion | undefined }) {
  const { desk, cursor } = view;
  const { letter, opinions } = desk;
  return (
    <section aria-labelledby="o1">
      <div className="sec-h">
        <h2 id="o1">第{letter.name}号</h2>
        <span className="sub nb">{letter.where}</span>
        {desk.may.open && (
          <form className="end" method="post" action={`/comments/letters/${letter.id}/original`}>
            <Csrf token={view.csrf} />
            <Submit look="link">{letter.attachments > 0 ? "原本と添付を見る" : "原本を見る"}</Submit>
          </form>
        )}
      </div>
      <div className="letter" id="letter" {...letterRegion}>
        {letter.text === "" ? (
          <p className="sub">（白紙です。文字がありません）</p>
        ) : (
          <Pieces desk={desk} mark={selected?.mark} cursor={cursor} />
        )}
      </div>
      <p className="sub letter-keys" id="letter-keys">
        <kbd>Enter</kbd>分ける <kbd>M</kbd>つなげる <kbd>Del</kbd>外す <kbd>Ctrl+Z</kbd>戻す
      </p>
      <LetterFoot view={view} selected={selected} />
      <LetterNotes desk={desk} />
      {opinions.length === 0 && desk.may.work && letter.text !== "" && <PasteForm view={view} />}
    </section>
  );
}

/** 文を鍵で選ぶ所なので、キーで入れる。 */
const letterRegion = {
  ...{ tabIndex: 0, role: "group", "aria-label": "意見書の文", "aria-describedby": "letter-keys" },
};

function Pieces({
  desk,
  mark,
  cursor,
}: {
  desk: OpinionDesk;
  mark: string | undefined;
  cursor: TextCursor | undefined;
}) {
  const { letter, opinions } = desk;
  return (
    <p>
      {letterPieces(letter.text, opinions).map(({ start, end, mark: at, first }) => {
        const words = <Words text={letter.text} start={start} end={end} cursor={cursor} />;
        if (at === undefined)
          return (
            <span key={start} className="rest">
              {words}
            </span>
          );
        const name = markName(at);
        return (
          <a
            key={start}
            href={`/comments/letters/${letter.id}?o=${name}`}
            className={name === mark ? "op on" : "op"}
            data-mark={name}
            draggable={false}
            aria-current={name === mark ? "true" : undefined}
          >
            {first && <span className="tag">{name}</span>}
            {words}
          </a>
        );
      })}
    </p>
  );
}

/** data-start は、もとの文の位置（なぞった範囲を数えるため）。鍵で選んだ所は三つに切る。 */
function Words(props: { text: string; start: number; end: number; cursor: TextCursor | undefined }) {
  const { text, start, end, cursor } = props;
  const cuts = [
    start,
    ...(cursor ? [cursor.start, cursor.end] : []).filter((at) => at > start && at < end),
    end,
  ];
  return cuts.slice(0, -1).map((from, at) => {
    const to = cuts[at + 1] ?? end;
    const chosen = cursor !== undefined && from >= cursor.start && to <= cursor.end;
    return (
      <span key={from} data-start={from} className={chosen ? "cur" : undefined}>
        {text.slice(from, to)}
      </span>
    );
  });
}

function LetterFoot({ view, selected }: { view: DeskView; selected: DeskOpinion | undefined }) {
  const { desk, csrf, said } = view;
  const { letter, opinions } = desk;
  const here = `/comments/letters/${letter.id}`;
  return (
    <div className="ops-foot">
      <span className="grow">
        <LetterState desk={desk} />
        <br />
        <span className="sub" role="status">
          {said ?? restText(desk)}
        </span>
      </span>
      {desk.may.work && (
        <span className="acts">
          {opinions.length === 0 && letter.text !== "" && !letter.sorted && (
            <DeskForm
              action={`${here}/split`}
              csrf={csrf}
              fields={{ act: "propose", edition: letter.edition }}
            >
              <button className="btn tall" type="submit" data-key="p">
                案のとおり分ける <kbd>P</kbd>
              </button>
            </DeskForm>
          )}
          {letter.canUndo && (
            <DeskForm
              action={`${here}/undo`}
              csrf={csrf}
              id="undo-form"
              fields={{ o: selected?.mark ?? "A" }}
            >
              <button className="btn tall" type="submit">
                戻す
              </button>
            </DeskForm>
          )}
          {letter.sorted ? (
            <DeskForm action={`${here}/reopen`} csrf={csrf}>
              <button className="btn tall" type="submit">
                整理をやり直す
              </button>
            </DeskForm>
          ) : (
            <DeskForm action={`${here}/sort`} csrf={csrf} id="sort-form">
              <button className="btn main tall" type="submit">
                整理済みにする
              </button>
            </DeskForm>
          )}
        </span>
      )}
    </div>
  );
}

/** どの意見でもない字の数。見落としに気づくため。 */
function restText({ letter, opinions }: OpinionDesk): string {
  if (opinions.length === 0) return "あいさつなどは数えません";
  const rest = restLength(letter.text, opinions);
  return rest === 0 ? "残りの文はありません" : `意見でない所 ${rest}字（灰色）は数えません`;
}

function LetterState({ desk }: { desk: OpinionDesk }) {
  const { letter, opinions } = desk;
  if (letter.sorted) return <Status look="done">整理済み（{opinions.length}件）</Status>;
  if (opinions.length === 0) return <Status look="none">まだ分けていません</Status>;
  const open = opinions.filter(({ code }) => code === "").length;
  if (open > 0) return <Status look="wait">{`${opinions.length}件に分けました。分類があと${open}件`}</Status>;
  return <Status look="done">{opinions.length}件に分けました</Status>;
}

function LetterNotes({ desk }: { desk: OpinionDesk }) {
  const { letter } = desk;
  const { facts, same, masks, counted, standing, note, steps } = letter;
  return (
    <div className="ops-notes sub">
      {!counted && (
        <p>
          <Status look="due">{standing}</Status>
          {note && `　${note}`}
        </p>
      )}
      <p>
        {[...facts, masks > 0 ? `個人情報らしい${masks}か所を伏せています` : "伏せた所はありません"].join(
          "・",
        )}
        {same.length > 0 && (
          <>
            ・同じ方の別の通{" "}
            {same.slice(0, 5).map(({ id, name }) => (
              <a key={id} href={`/comments/letters/${id}`}>
                第{name}号
              </a>
            ))}
          </>
        )}
      </p>
      {steps.length > 0 && (
        <details>
          <summary>分け方の経過（{steps.length}）</summary>
          <ol>
            {steps.map(({ number, label, at, undone }) => (
              <li key={number}>
                {at.slice(5, 16).replace("T", " ")} {label}
                {undone && "（戻した）"}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

/** 島がないときの分け方: 文を写して貼る。 */
function PasteForm({ view: { desk, csrf } }: { view: DeskView }) {
  return (
    <DeskForm
      action={`/comments/letters/${desk.letter.id}/split`}
      csrf={csrf}
      className="plain-only"
      fields={{ act: "find", edition: desk.letter.edition }}
    >
      <label htmlFor="find-words">一つの意見にする文（上の文から写す）</label>
      <textarea id="find-words" name="words" rows={2} />
      <button className="btn" type="submit">
        分ける
      </button>
    </DeskForm>
  );
}
