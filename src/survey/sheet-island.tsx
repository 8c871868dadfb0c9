// 調査票の打ち込みの画面を、手を離さずに使えるようにする。なくても、欄に書いて送れる。

/** 選んだ選択肢に印を付ける。 */
function showChosen(box: Element): void {
  const field = box.querySelector<HTMLInputElement>("input");
  if (!field) return;
  const chosen = new Set(field.value.normalize("NFKC").split(/[\s,、;]+/));
  for (const item of box.querySelectorAll<HTMLElement>("li[data-code]"))
    item.classList.toggle("on", chosen.has(item.dataset.code ?? ""));
}

function move(form: HTMLFormElement, from: Element, by: 1 | -1): void {
  const fields = [...form.querySelectorAll<HTMLInputElement>(".q input, .q textarea")];
  const next = fields[fields.indexOf(from as HTMLInputElement) + by];
  if (next) {
    next.focus();
    next.select();
  } else if (by === 1) form.querySelector<HTMLButtonElement>("button[type=submit]")?.focus();
}

function onKey(form: HTMLFormElement, event: KeyboardEvent): void {
  const field = event.target;
  if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  // 文の欄の Enter は改行のまま。Tab か Shift+Enter で動く。
  if (field instanceof HTMLTextAreaElement && !event.shiftKey) return;
  event.preventDefault();
  move(form, field, event.shiftKey ? -1 : 1);
}

/** 一つだけ選ぶ設問では、もう続きのない数字を打ったら、次の欄へ進む。 */
function onInput(form: HTMLFormElement, event: Event): void {
  const field = event.target;
  const box = field instanceof Element ? field.closest<HTMLElement>(".q") : null;
  if (!box || !(field instanceof HTMLInputElement)) return;
  showChosen(box);
  if (box.dataset.type !== "sa" || (event instanceof InputEvent && event.isComposing)) return;
  const value = field.value.normalize("NFKC").trim();
  const codes = [...box.querySelectorAll<HTMLElement>("li[data-code]")].map(
    (item) => item.dataset.code ?? "",
  );
  if (codes.includes(value) && !codes.some((code) => code !== value && code.startsWith(value)))
    move(form, field, 1);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-entry]")) {
  form.addEventListener("keydown", (event) => onKey(form, event));
  form.addEventListener("input", (event) => onInput(form, event));
  for (const box of form.querySelectorAll(".q")) showChosen(box);
  const first = form.querySelector<HTMLElement>(".q [aria-invalid], .q input");
  first?.focus();
}
