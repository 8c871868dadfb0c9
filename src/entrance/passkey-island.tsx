// セキュリティキーの島。form[data-passkey] は確かめる、form[data-passkey-new] は登録する。
// なければ form はそのまま投稿され、使えないことをサーバーが言う。

/** ブラウザーの答えを見えない欄に入れて、form を出す。 */
function sendWith(form: HTMLFormElement, credential: unknown): void {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "credential";
  field.value = JSON.stringify(credential);
  form.append(field);
  form.submit();
}

async function requestOptions(form: HTMLFormElement): Promise<PublicKeyCredentialRequestOptions> {
  const csrf = new FormData(form).get("csrf");
  const answer = await fetch(`${new URL(form.action).pathname}/options`, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRF-Token": typeof csrf === "string" ? csrf : "" },
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error("the office gave no question");
  return PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json());
}

async function askKey(form: HTMLFormElement): Promise<Credential | null> {
  const made = form.dataset.passkeyNew;
  if (made === undefined) return navigator.credentials.get({ publicKey: await requestOptions(form) });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(made));
  return navigator.credentials.create({ publicKey });
}

/** 確かめられなかったときは、答えなしで出し、サーバーの文を見せる。 */
async function answerWithKey(form: HTMLFormElement): Promise<void> {
  const credential = await askKey(form).catch(() => null);
  sendWith(form, credential instanceof PublicKeyCredential ? credential.toJSON() : null);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey], form[data-passkey-new]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.dataset.asking !== undefined) return;
    form.dataset.asking = "";
    void answerWithKey(form);
  });
}
