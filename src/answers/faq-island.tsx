import { useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { postJson } from "../ui/post-json.ts";
import { type FaqCard, FaqPanel } from "./faq-panel.tsx";
import { buildFaqIndex, type FaqDocument, searchFaq } from "./faq-search.ts";

// ＦＡＱを話しながら引く欄と、件数の一押し。なくても、素の form で同じことができる。

type Loaded = FaqDocument & FaqCard & { used: number };

const SHOWN = 8;

function FaqApp({ faqs, csrf, first }: { faqs: readonly Loaded[]; csrf: string; first: string }) {
  const index = useMemo(() => buildFaqIndex(faqs), [faqs]);
  const [query, setQuery] = useState(first);
  const [selected, setSelected] = useState(0);
  const [said, setSaid] = useState<string>();
  const byId = useMemo(() => new Map(faqs.map((one) => [one.id, one])), [faqs]);
  const hits = useMemo(
    () =>
      query.trim() === ""
        ? [...faqs].sort((a, b) => b.used - a.used || a.number - b.number).slice(0, SHOWN)
        : searchFaq(index, query, SHOWN).flatMap(({ id }) => byId.get(id) ?? []),
    [faqs, index, byId, query],
  );
  async function used(id: string) {
    const response = await postJson(`/api/faq/${id}/used`, csrf, {}).catch(() => undefined);
    setSaid(response?.ok ? "一件数えました。" : "数えられませんでした。もう一度押してください。");
    if (response?.ok) {
      const { item } = (await response.json()) as { item: string };
      document.dispatchEvent(new CustomEvent("tallied", { detail: item }));
      setQuery("");
      setSelected(0);
    }
  }
  async function missed() {
    const response = await postJson("/api/faq/missed", csrf, { words: query }).catch(() => undefined);
    setSaid(response?.ok ? "候補に出しました。" : "個人情報を除いた短い言葉で、もう一度お試しください。");
  }
  const now = useRef({ hits, selected, used });
  now.current = { hits, selected, used };
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing || event.keyCode === 229) return;
      const box = document.querySelector<HTMLInputElement>("#faq-q");
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.matches("input, textarea, select, [contenteditable]") ?? false;
      if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        box?.focus();
        box?.select();
        return;
      }
      if (target !== box) return;
      const { hits, selected, used } = now.current;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        setSelected(Math.max(0, Math.min(hits.length - 1, selected + step)));
      } else if (event.key === "Enter") {
        event.preventDefault();
        const hit = hits[selected];
        if (event.ctrlKey && hit) used(hit.id);
      }
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <FaqPanel
      index={index}
      hits={hits}
      query={query}
      total={faqs.length}
      selected={selected}
      said={said}
      csrf={csrf}
      on={{
        type: (text) => {
          setQuery(text);
          setSelected(0);
          setSaid(undefined);
        },
        pick: setSelected,
        used,
        missed,
      }}
    />
  );
}

async function startFaq(root: HTMLElement): Promise<void> {
  const csrf = root.dataset.csrf ?? "";
  const response = await fetch("/api/faq").catch(() => undefined);
  if (!response?.ok) return;
  const { faqs } = (await response.json()) as { faqs: Loaded[] };
  const first = root.querySelector<HTMLInputElement>("#faq-q")?.value ?? "";
  root.dataset.ready = "1";
  createRoot(root).render(<FaqApp faqs={faqs} csrf={csrf} first={first} />);
}

/** 件数の一押し。画面を替えずに数え、押し間違いはその場で取り消せる。 */
function startTally(root: HTMLElement): void {
  const csrf = root.dataset.csrf ?? "";
  const total = document.getElementById("tally-total");
  const said = document.getElementById("tally-said");
  const buttons = [...root.querySelectorAll<HTMLButtonElement>("button[data-tally]")];
  function bump(button: HTMLButtonElement, by: number) {
    const count = button.querySelector("b");
    if (count) count.textContent = String(Number(count.textContent) + by);
    if (total) total.textContent = `本日 ${Number(/\d+/.exec(total.textContent ?? "")?.[0] ?? 0) + by}件`;
  }
  function say(text: string, id?: string, button?: HTMLButtonElement) {
    if (!said) return;
    said.textContent = text;
    if (id === undefined || button === undefined) return;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn link";
    undo.textContent = "取り消す";
    undo.addEventListener("click", async () => {
      const response = await postJson(`/api/inquiries/${id}/undo`, csrf, {}).catch(() => undefined);
      if (response?.ok) bump(button, -1);
      say(response?.ok ? "取り消しました。" : "取り消せませんでした。画面を開き直してください。");
    });
    said.append(undo);
  }
  async function count(button: HTMLButtonElement) {
    const response = await postJson("/api/inquiries/tally", csrf, { item: button.dataset.tally }).catch(
      () => undefined,
    );
    if (!response?.ok) return say("数えられませんでした。もう一度押してください。");
    const { id } = (await response.json()) as { id: string };
    bump(button, 1);
    say(`「${button.querySelector(".what")?.textContent ?? ""}」を一件数えました。`, id, button);
  }
  for (const button of buttons)
    button.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      void count(button);
    });
  document.addEventListener("tallied", (event) => {
    const item = (event as CustomEvent<string>).detail;
    const button = buttons.find((one) => one.dataset.tally === item);
    if (button) bump(button, 1);
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat) return;
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const button = buttons.find((one) => one.dataset.key === digit);
    if (digit === undefined || button === undefined) return;
    event.preventDefault();
    void count(button);
  });
}

const faqRoot = document.getElementById("faq-panel");
if (faqRoot) void startFaq(faqRoot);
const tallyRoot = document.getElementById("tally");
if (tallyRoot) startTally(tallyRoot);
