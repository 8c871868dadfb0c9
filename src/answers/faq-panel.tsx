import { Icon } from "../ui/icon.tsx";
import { type FaqIndex, markText } from "./faq-search.ts";

/** 引くための一つの問い。 */
export interface FaqCard {
  id: string;
  number: number;
  category: string;
  question: string;
  answer: string;
  stale: boolean;
}

export interface FaqPanelProps {
  index: FaqIndex;
  /** 探した結果（探す言葉がなければ、よく使うもの）。 */
  hits: readonly FaqCard[];
  query: string;
  total: number;
  /** 選んでいる行。島だけが持つ。 */
  selected?: number | undefined;
  /** 「これで答えた」を押した直後の言葉。 */
  said?: string | undefined;
  /** 島が渡す働き。なければ form として働く。 */
  on?:
    | {
        type: (query: string) => void;
        pick: (at: number) => void;
        used: (id: string) => void;
        missed: () => void;
      }
    | undefined;
  csrf: string;
}

/** よくある質問を、話しながら引く。受付デスクなど、ほかの画面にも置ける。 */
export function FaqPanel(props: FaqPanelProps) {
  const { index, hits, query, total, selected, said, on, csrf } = props;
  return (
    <section aria-labelledby="h-faq-find">
      <div className="sec-h">
        <h2 id="h-faq-find">よくある質問</h2>
        <span className="sub">{total}件から</span>
        <span className="end sub" role="status">
          {said ?? (query.trim() === "" ? "よく使うもの" : `${hits.length}件`)}
        </span>
      </div>
      <form method="get" action="/faq" className="mt1" role="search">
        <div className="faq-find">
          <label htmlFor="faq-q" className="vh">
            質問を探す
          </label>
          <input
            type="search"
            id="faq-q"
            name="q"
            placeholder="聞こえた言葉のまま（かなでも）　／ で移動"
            autoComplete="off"
            {...(on === undefined
              ? { defaultValue: query }
              : { value: query, onChange: (event) => on.type(event.currentTarget.value) })}
          />
          <Icon name="search" />
        </div>
      </form>
      {hits.length === 0 ? (
        <div className="empty">
          <p>
            <b>見つかりません。</b>言い換えて探すか、候補に出すか、委託者に確認してください。
          </p>
          <div className="acts">
            {on !== undefined && (
              <button type="button" className="btn" onClick={on.missed}>
                この言葉を候補に出す
              </button>
            )}
            <a className="btn" href="/questions/new">
              委託者に確認する
            </a>
          </div>
        </div>
      ) : (
        <ul className="faq-hits">
          {hits.map((hit, at) => (
            <li key={hit.id} aria-current={at === selected ? "true" : undefined}>
              <Hit
                hit={hit}
                at={at}
                index={index}
                query={query}
                on={on}
                csrf={csrf}
                picked={at === selected}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Hit(props: {
  hit: FaqCard;
  at: number;
  index: FaqIndex;
  query: string;
  on: FaqPanelProps["on"];
  csrf: string;
  picked: boolean;
}) {
  const { hit, at, index, query, on, csrf, picked } = props;
  return (
    <>
      <h3>
        <Marked index={index} text={hit.question} query={query} />
      </h3>
      <p className="pre">
        <Marked index={index} text={hit.answer} query={query} />
      </p>
      <div className="foot">
        {on === undefined ? (
          <form method="post" action={`/faq/entries/${hit.id}/used`}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="q" value={query} />
            <button type="submit" className="btn">
              これで答えた
            </button>
          </form>
        ) : (
          <button type="button" className="btn" onFocus={() => on.pick(at)} onClick={() => on.used(hit.id)}>
            これで答えた{picked && <kbd>Ctrl+Enter</kbd>}
          </button>
        )}
        <a className="sub" href={`/faq/entries/${hit.id}`}>
          第{hit.number}問　{hit.category}
        </a>
        {hit.stale && <span className="st due">見直し中</span>}
      </div>
    </>
  );
}

function Marked({ index, text, query }: { index: FaqIndex; text: string; query: string }) {
  if (query.trim() === "") return text;
  return markText(index, text, query).map((part, at) =>
    part.hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: 一つの文の中の切れ目は、並びが番号そのもの
      <mark key={at}>{part.text}</mark>
    ) : (
      part.text
    ),
  );
}
