// どの画面にも入る小さな島。なくても全ての行いはできる（印刷は Ctrl+P、確認は画面で）。

const resendMs = 5000;

/** 隠しておいた印刷のボタンを見せ、押されたら印刷する。 */
function enablePrint(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** 確認の画面へのリンクを、同じ確認の窓に替える。 */
function enableDialogs(root: Document): void {
  root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>("[data-dialog]");
    const dialog = opener ? root.getElementById(opener.dataset.dialog ?? "") : null;
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    target?.closest("[data-close]")?.closest("dialog")?.close();
  });
}

/** 同じボタンの二度押しで二度投稿しない。戻ってきたらまた押せる。 */
function guardSubmits(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    // 一つの form に行き先が二つあれば（Word と PDF）、別の行き先はすぐに押せる。
    const to = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    if (form.dataset.sent === to) event.preventDefault();
    form.dataset.sent = to;
    // 投稿の答えがファイルのときは画面が替わらないので、少しあとにまた押せるようにする。
    window.setTimeout(() => delete form.dataset.sent, resendMs);
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
  });
}

/** ファイルの欄に日本語の顔をかぶせ、選んだ名を出す。押す・落とす・Tab は、もとの欄のまま。 */
function dressFiles(root: Document): void {
  for (const field of root.querySelectorAll<HTMLElement>(".file")) {
    const input = field.querySelector("input");
    const face = field.querySelector<HTMLElement>(".face");
    const chosen = field.querySelector(".chosen");
    if (!input || !face || !chosen) continue;
    const tell = () => {
      const names = [...(input.files ?? [])].map(({ name }) => name);
      chosen.textContent = names.length === 0 ? "選ばれていません" : names.join("、");
    };
    tell();
    input.addEventListener("change", tell);
    input.form?.addEventListener("reset", () => window.setTimeout(tell));
    window.addEventListener("pageshow", tell);
    field.classList.add("dressed");
    face.hidden = false;
  }
}

enablePrint(document);
dressFiles(document);
enableDialogs(document);
guardSubmits(document);
