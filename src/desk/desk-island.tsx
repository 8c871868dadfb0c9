import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { AnswerPanel, useAnswers, useTallyKeys } from "./desk-answer-panel.tsx";
import type { DeskFields, Period } from "./desk-api.ts";
import { CallBar } from "./desk-callbar-panel.tsx";
import { CallerPanel } from "./desk-caller-panel.tsx";
import { type DeskClient, deskClient } from "./desk-client.ts";
import { HelpPanel } from "./desk-help-panel.tsx";
import { actFor, type DeskAct, type KeyPlace } from "./desk-keys.ts";
import { KeyBar, KeyWindow } from "./desk-keys-panel.tsx";
import { type DeskStore, deskStore, newId } from "./desk-memory.ts";
import { ringOf, useRings } from "./desk-ring-panel.tsx";
import { SeatsPanel } from "./desk-seats-panel.tsx";
import { emptyFields, inCall, openDesk } from "./desk-state.ts";
import { type DeskWork, deskWork } from "./desk-work.ts";
import { keepChecks, keepHold, keepSeats, offerDrafts } from "./keep-desk.ts";
import { keepDraft } from "./keep-draft.ts";
import type { SeatFilter } from "./seat-grid.ts";

interface DeskProps {
  store: DeskStore;
  work: DeskWork;
  client: DeskClient;
  deskLabel: string;
  demo: boolean;
}

function DeskApp({ store, work, client, deskLabel, demo }: DeskProps) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const keyWindow = useRef<HTMLDialogElement>(null);
  const { dispatch } = store;
  const [answering, setAnswering] = useState(false);
  const acts = useMemo(() => deskActs(store, work, keyWindow, setAnswering), [store, work]);
  const rings = useRings(client);
  const answers = useAnswers(client, dispatch);
  useTallyKeys(answers);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const act = actFor(event, placeOf(event.target));
      if (act === null) return;
      event.preventDefault();
      acts[act]();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [acts]);
  return (
    <div className="desk">
      <CallBar
        state={state}
        work={work}
        dispatch={dispatch}
        deskLabel={deskLabel}
        demo={demo}
        ring={ringOf(rings, inCall(state))}
      />
      <main id="main" className="desk-body">
        <CallerPanel state={state} work={work} dispatch={dispatch} onBook={acts.book} />
        <SeatsPanel state={state} work={work} dispatch={dispatch} />
        {answering ? (
          <AnswerPanel answers={answers} work={work} client={client} dispatch={dispatch} />
        ) : (
          <HelpPanel state={state} work={work} dispatch={dispatch} />
        )}
      </main>
      <KeyBar onAnswers={acts.answers} answering={answering} />
      <KeyWindow window={keyWindow} />
    </div>
  );
}

/** 鍵の行い。動く先は id と役で探す（列の中身は組み立てを知らない）。 */
function deskActs(
  store: DeskStore,
  work: DeskWork,
  keyWindow: { current: HTMLDialogElement | null },
  setAnswering: (change: boolean | ((now: boolean) => boolean)) => void,
): Record<DeskAct, () => void> {
  const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();
  return {
    seats: () => focus('.heat button[tabindex="0"]'),
    caller: () => focus("#f-name"),
    alternatives: () => {
      setAnswering(false);
      if (document.querySelector("[data-offer]") !== null) focus("[data-offer]");
      else requestAnimationFrame(() => focus("[data-offer]"));
    },
    answers: () => {
      setAnswering((now) => !now);
      requestAnimationFrame(() => focus("#faq-q"));
    },
    guide: () => focus("#desk-guide:not([hidden])"),
    readBack: () => {
      work.readBack();
      focus("#desk-readback");
    },
    async book() {
      const next = await work.book();
      if (next === "readBack") focus("#desk-readback");
      else if (next === "seats") focus('.heat button[tabindex="0"]');
      else if (next === "done") requestAnimationFrame(() => focus("#desk-receipts"));
      else if (next !== null) focus(`#f-${next}`);
    },
    startCall: () => {
      work.startCall();
      requestAnimationFrame(() => focus("#f-callerNumber"));
    },
    endCall: work.endCall,
    release: work.release,
    undo: () => store.dispatch({ type: "undo" }),
    allKeys: () => keyWindow.current?.showModal(),
  };
}

/** いま手がある所。 */
function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "page";
  if (document.querySelector("dialog[open]") !== null) return "window";
  if (target.closest('textarea, select, input:not([type="checkbox"], [type="radio"])') !== null)
    return "text";
  return target.closest('[role="grid"]') === null ? "page" : "seats";
}

const periods: readonly string[] = ["am", "pm", "all"] satisfies Period[];

/** 島が載る前に form へ打たれたものを読む。 */
function readPlain(root: HTMLElement): { fields: DeskFields; filter: SeatFilter } {
  const values = new Map<string, string>();
  for (const form of root.querySelectorAll("form")) {
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values.set(name, value);
  }
  const fields: DeskFields = { ...emptyFields };
  for (const name of Object.keys(emptyFields) as (keyof DeskFields)[]) {
    if (name !== "callerWithheld") fields[name] = values.get(name) ?? "";
  }
  const period = values.get("period") ?? "all";
  return {
    fields,
    filter: {
      course: values.get("course") ?? "",
      ward: values.get("ward") ?? "",
      period: (periods.includes(period) ? period : "all") as Period,
    },
  };
}

/** 素の form の上に受付デスクを載せる。 */
export function mountDesk(root: HTMLElement): void {
  const csrf =
    document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ??
    root.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ??
    "";
  const { deskLabel = "", account = "", demo } = root.dataset;
  const client = deskClient({ csrf, account });
  const store = deskStore(openDesk(newId(), readPlain(root)));
  const work = deskWork(store, client);
  const typing = document.activeElement?.id ?? "";
  const app = (
    <DeskApp store={store} work={work} client={client} deskLabel={deskLabel} demo={demo !== undefined} />
  );
  createRoot(root).render(app);
  keepSeats(store, client);
  keepDraft(store, client);
  keepHold(store, client);
  keepChecks(store, client);
  void offerDrafts(store, client, work.resume);
  if (typing.startsWith("f-")) requestAnimationFrame(() => document.getElementById(typing)?.focus());
}

const root = document.getElementById("desk-island");
if (root !== null) mountDesk(root);
