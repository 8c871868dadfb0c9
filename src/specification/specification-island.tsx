import { postJson } from "../ui/post-json.ts";

// 確かめる画面の自動保存と鍵。なくても、ボタンとリンクで同じことができる。

const SAVE_MS = 800;
const POLL_MS = 700;

/** 欄を直すと、少し待って残す。ボタンを押したときは、その form が残す。 */
function enableSaving(form: HTMLFormElement, frame: HTMLElement): void {
  const said = document.querySelector<HTMLElement>("#saved");
  const edition = form.querySelector<HTMLInputElement>("input[name=edition]");
  let timer: number | undefined;
  let busy = false;
  let again = false;

  async function save(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const duties = new Map<string, Record<string, string>>();
    for (const [name, value] of new FormData(form)) {
      const found = /^d\.(.+)\.([a-zA-Z]+)$/.exec(name);
      const [, id, field] = found ?? [];
      if (id === undefined || field === undefined || typeof value !== "string") continue;
      duties.set(id, { ...(duties.get(id) ?? { id }), [field]: value });
    }
    const body = {
      edition: Number(edition?.value),
      changes: [{ act: "save", duties: [...duties.values()] }],
    };
    const path = `/api/specifications/${frame.dataset.specification}/changes`;
    const response = await postJson(path, frame.dataset.csrf ?? "", body).catch(() => undefined);
    if (response?.ok) {
      const after = (await response.json()) as { edition: number };
      if (edition) edition.value = String(after.edition);
      say("残しました");
    } else
      say(response?.status === 409 ? "ほかの画面で直されました。開き直してください" : "残せませんでした");
    busy = false;
    if (again) {
      again = false;
      await save();
    }
  }

  function say(text: string): void {
    if (said) said.textContent = text;
  }

  form.addEventListener("input", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !target.getAttribute("name")?.startsWith("d.")) return;
    say("…");
    window.clearTimeout(timer);
    timer = window.setTimeout(save, SAVE_MS);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

/** J と K で次・前の条項、Enter で条項をみな入れる（欄の中では働かない）。 */
function enableKeys(form: HTMLFormElement | null): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (target?.matches("input, textarea, select, button, a, summary")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") document.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
    if (event.key === "Enter") form?.querySelector<HTMLElement>('button[value^="confirm:"]')?.click();
  });
}

/** 読んでいる間は、進み具合を見て、終われば開き直す。 */
function watchReading(place: HTMLElement): void {
  const bar = place.querySelector("progress");
  const words = place.querySelector('[role="status"] > span');
  window.setInterval(async () => {
    const response = await fetch(`/api/specifications/${place.dataset.reading}`).catch(() => undefined);
    if (!response?.ok) return;
    const now = (await response.json()) as {
      state: string;
      progress: { state: string; done: number; message: string };
    };
    if (now.state !== "reading" || now.progress.state === "failed") window.location.reload();
    if (bar) bar.value = now.progress.done;
    if (words) words.textContent = now.progress.message;
  }, POLL_MS);
}

const frame = document.querySelector<HTMLElement>("[data-specification]");
const form = document.querySelector<HTMLFormElement>("#duties");
if (frame && form) {
  enableSaving(form, frame);
  enableKeys(form);
  const list = document.querySelector<HTMLElement>(".specclauses");
  const now = list?.querySelector<HTMLElement>('[aria-current="true"]');
  // 画面でなく、条項の一覧だけを動かす。
  if (list && now) list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 2;
}
const reading = document.querySelector<HTMLElement>("[data-reading]");
if (reading) watchReading(reading);
