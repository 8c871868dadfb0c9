import { useCallback, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { type CrossAsk, writeAsk } from "../tabulation/cross-ask.ts";
import { type ExploreAct, ExplorePanel } from "./explore-panel.tsx";
import type { ExploreState } from "./explore-state.ts";

// クロス集計の島。条件を変えるたびに集計を頼み、同じ部品で描き直す。なくても、form とリンクで同じことができる。

async function load(survey: string, query: string, signal: AbortSignal): Promise<ExploreState | undefined> {
  const response = await fetch(`/api/surveys/${survey}/cross?${query}`, { signal });
  return response.ok ? ((await response.json()) as ExploreState) : undefined;
}

function Explore({ first, csrf }: { first: ExploreState; csrf: string }) {
  const [state, setState] = useState(first);
  const [failed, setFailed] = useState(false);
  const [pending, setPending] = useState<string | undefined>();
  const running = useRef<AbortController | undefined>(undefined);
  const wanted = useRef<CrossAsk>(first.ask);

  const show = useCallback(
    async (query: string) => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      try {
        const next = await load(first.survey.id, query, control.signal);
        setFailed(next === undefined);
        if (next) {
          wanted.current = next.ask;
          setState(next);
        }
      } catch {
        if (!control.signal.aborted) setFailed(true);
      }
    },
    [first],
  );
  const change = useCallback(
    (part: Partial<CrossAsk>) => {
      const ask = { ...wanted.current, ...part };
      wanted.current = ask;
      // 待つ間も、選んだものはすぐに見せる。
      setState((now) => ({ ...now, ask }));
      const query = writeAsk(ask);
      window.history.replaceState(null, "", `?${query}`);
      void show(query);
    },
    [show],
  );
  useEffect(() => {
    const back = () => void show(window.location.search.slice(1));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [show]);
  const act: ExploreAct = { live: true, change, pending, setPending };
  return (
    <>
      {failed && (
        <p className="err" role="alert">
          <b>集計を受け取れませんでした。</b>つながりを確かめて、条件をもう一度選んでください。
        </p>
      )}
      <ExplorePanel state={state} csrf={csrf} act={act} />
    </>
  );
}

async function mount(place: HTMLElement): Promise<void> {
  const { survey = "", query = "", csrf = "" } = place.dataset;
  const first = await load(survey, query, new AbortController().signal).catch(() => undefined);
  if (!first) return;
  createRoot(place).render(<Explore first={first} csrf={csrf} />);
  place.dataset.live = "1";
}

const place = document.getElementById("explore");
if (place) void mount(place);
