import { useEffect, useMemo, useRef, useState } from "react";
import { FaqPanel } from "../answers/faq-panel.tsx";
import { buildFaqIndex, searchFaq } from "../answers/faq-search.ts";
import { Button } from "../ui/button.tsx";
import { callerGuides } from "./caller-guide.ts";
import { ComplaintSheet, QuestionSheet } from "./desk-answer-sheet-panel.tsx";
import type { DeskTally } from "./desk-api.ts";
import type { DeskClient, DeskFaq } from "./desk-client.ts";
import { isComposing } from "./desk-keys.ts";
import { type DeskStore, newId, wordOf } from "./desk-memory.ts";
import type { DeskWork } from "./desk-work.ts";

const SHOWN = 6;
const RENEW_MS = 30_000;

interface DeskAnswers {
  tally: readonly DeskTally[];
  faqs: readonly DeskFaq[];
  /** 一件数える。押し間違いは undo で戻せる。 */
  count: (code: string) => Promise<void>;
  undo: (() => Promise<void>) | undefined;
  used: (id: string) => Promise<boolean>;
  missed: (words: string) => Promise<void>;
}

/** 件数とＦＡＱ。右の列に出していなくても、Alt+数字で数えられる。 */
export function useAnswers(client: DeskClient, dispatch: DeskStore["dispatch"]): DeskAnswers {
  const [tally, setTally] = useState<readonly DeskTally[]>([]);
  const [faqs, setFaqs] = useState<readonly DeskFaq[]>([]);
  const [last, setLast] = useState<{ id: string; code: string }>();
  useEffect(() => {
    const read = () => {
      if (!document.hidden) client.tally().then(setTally, () => undefined);
    };
    read();
    client.faqs().then(setFaqs, () => undefined);
    const timer = window.setInterval(read, RENEW_MS);
    return () => clearInterval(timer);
  }, [client]);
  const bump = (code: string, by: number) =>
    setTally((keys) => keys.map((key) => (key.code === code ? { ...key, n: key.n + by } : key)));
  const say = (tone: "done" | "late", text: string) => dispatch({ type: "say", word: { tone, text } });
  const fail = (error: unknown) => dispatch({ type: "say", word: wordOf(error) });
  return {
    tally,
    faqs,
    async count(code) {
      try {
        const { id } = await client.count(code, newId());
        bump(code, 1);
        setLast({ id, code });
        say("done", `「${tally.find((key) => key.code === code)?.label ?? ""}」を一件数えました。`);
      } catch (error) {
        fail(error);
      }
    },
    undo:
      last &&
      (async () => {
        try {
          await client.uncount(last.id);
          bump(last.code, -1);
          setLast(undefined);
          say("done", "数えた一件を取り消しました。");
        } catch (error) {
          fail(error);
        }
      }),
    async used(id) {
      try {
        bump((await client.answered(id, newId())).item, 1);
        say("done", "質問に答えた一件として数えました。");
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    },
    async missed(words) {
      try {
        await client.missed(words);
        say("done", "この言葉を、ＦＡＱの候補に出しました。");
      } catch (error) {
        fail(error);
      }
    },
  };
}

/** Alt+1 から 9 で件数を数える。変換中と、押しっぱなしは数えない。 */
export function useTallyKeys(answers: DeskAnswers): void {
  const now = useRef(answers);
  now.current = answers;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (isComposing(event) || event.repeat || document.querySelector("dialog[open]") !== null) return;
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const key = digit === undefined ? undefined : now.current.tally[Number(digit) - 1];
      if (key === undefined) return;
      event.preventDefault();
      void now.current.count(key.code);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

interface Props {
  answers: DeskAnswers;
  work: DeskWork;
  client: DeskClient;
  dispatch: DeskStore["dispatch"];
}

/** 右の列を、質問・件数・苦情に替えたもの。 */
export function AnswerPanel({ answers, work, client, dispatch }: Props) {
  const [sheet, setSheet] = useState<"complaint" | "question">();
  const sent = (text: string) => {
    setSheet(undefined);
    dispatch({ type: "say", word: { tone: "done", text } });
  };
  const close = () => setSheet(undefined);
  const common = { client, draftId: work.callDraft, onDone: sent, onClose: close };
  return (
    <section className="help-col answers" aria-label="質問・件数・苦情">
      {sheet === "complaint" && <ComplaintSheet {...common} />}
      {sheet === "question" && <QuestionSheet {...common} items={answers.tally} />}
      {sheet === undefined && (
        <>
          <Faq answers={answers} />
          <Tally answers={answers} />
          <div className="acts two">
            <Button onClick={() => setSheet("complaint")}>苦情として記録</Button>
            <Button onClick={() => setSheet("question")}>委託者に確認</Button>
          </div>
          <Guides />
        </>
      )}
    </section>
  );
}

function Faq({ answers }: { answers: DeskAnswers }) {
  const { faqs, used, missed } = answers;
  const [query, setQuery] = useState("");
  const [selected, setSelected] = useState(0);
  const index = useMemo(() => buildFaqIndex(faqs), [faqs]);
  const byId = useMemo(() => new Map(faqs.map((one) => [one.id, one])), [faqs]);
  const hits = useMemo(
    () =>
      query.trim() === ""
        ? [...faqs].sort((a, b) => b.used - a.used || a.number - b.number).slice(0, SHOWN)
        : searchFaq(index, query, SHOWN).flatMap(({ id }) => byId.get(id) ?? []),
    [faqs, index, byId, query],
  );
  const type = (text: string) => {
    setQuery(text);
    setSelected(0);
  };
  const answer = async (id: string) => {
    if (await used(id)) type("");
  };
  function onKeyDown(event: React.KeyboardEvent) {
    if (!(event.target instanceof HTMLInputElement) || isComposing(event.nativeEvent)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const hit = hits[selected];
    if (step !== 0) setSelected(Math.max(0, Math.min(hits.length - 1, selected + step)));
    else if (event.key === "Enter" && event.ctrlKey && hit) void answer(hit.id);
    if (step !== 0 || event.key === "Enter") event.preventDefault();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: 中の検索の欄で打った矢印と Ctrl+Enter だけを見る
    <div onKeyDown={onKeyDown}>
      <FaqPanel
        index={index}
        hits={hits}
        query={query}
        total={faqs.length}
        selected={selected}
        csrf=""
        on={{ type, pick: setSelected, used: answer, missed: () => void missed(query) }}
      />
    </div>
  );
}

function Tally({ answers: { tally, count, undo } }: { answers: DeskAnswers }) {
  const total = tally.reduce((sum, key) => sum + key.n, 0);
  return (
    <>
      <div className="sec-h">
        <h2 id="desk-tally">件数だけの記録</h2>
        <span className="end sub">
          本日 {total}件
          {undo && (
            <Button look="plain" onClick={undo}>
              取り消す
            </Button>
          )}
        </span>
      </div>
      <div className="tally">
        {tally.map((key, at) => (
          <button key={key.code} type="button" data-tally={key.code} onClick={() => void count(key.code)}>
            <b>{key.n}</b>
            {at < 9 && <kbd>Alt+{at + 1}</kbd>}
            <span className="what">{key.label}</span>
          </button>
        ))}
      </div>
    </>
  );
}

/** いつもの聞き方で進まない電話の、言い方と次にすること。 */
function Guides() {
  return (
    <details className="more">
      <summary>聞こえ・ことば・大声の電話の受け方</summary>
      <div className="sheet one">
        {callerGuides.map((guide) => (
          <details key={guide.code}>
            <summary>{guide.title}</summary>
            <ul>
              {guide.say.map((line) => (
                <li key={line}>「{line}」</li>
              ))}
            </ul>
            <p className="sub">{guide.next}</p>
          </details>
        ))}
      </div>
    </details>
  );
}
