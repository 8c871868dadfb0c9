import { escapeHtml as esc, loneHtml } from "../office/lone-html.ts";
import {
  type OfferedOutcome,
  type PackageAttachment,
  type ReviewManifest,
  writtenMoment,
} from "./review-package.ts";
import { reviewScript } from "./review-script.ts";
import { reviewStyle } from "./review-style.ts";

/**
 * 確認用の一式（一つの HTML）。外のものを一つも読まず、file:// で開ける。
 * 中のスクリプトと様式はハッシュで名指し、ほかのスクリプトも通信も CSP が止める。
 */
export function writePackageHtml(given: {
  manifest: ReviewManifest;
  text: string;
  files: readonly Uint8Array[];
}): Uint8Array {
  const { manifest, text, files } = given;
  const title = `${manifest.formTitle}　${manifest.document}`;
  const body = `<header>
${manifest.demo ? '<p class="sample">デモ（架空の内容です）</p>' : ""}
<p class="sub">確認用の一式　${esc(manifest.client)} ${esc(manifest.clientUnit)} 御中　／　受託者 ${esc(manifest.contractor)}</p>
<h1>${esc(title)}${manifest.version > 1 ? `（第${manifest.version}版）` : ""}</h1>
<p>${esc(manifest.title)}</p>
<p id="top-say" class="say" role="status">確かめています。この表示が消えないときは、スクリプトが止められています（無害化など）。その場合は、Excel か Word、または紙の回答様式でお答えください。</p>
</header>
<main>
${documentHtml(manifest)}
${attachmentsHtml(manifest.attachments, files)}
<div id="signing" hidden>
${keyHtml}
${answerHtml(manifest.outcomes)}
</div>
</main>
<script type="application/json" id="manifest">${text}</script>`;
  return loneHtml({ title, style: reviewStyle, script: reviewScript, body, images: true });
}

function documentHtml(manifest: ReviewManifest): string {
  const facts: [string, string][] = [
    ["業務名", manifest.work],
    ["文書番号", `${manifest.document}${manifest.version > 1 ? `（第${manifest.version}版）` : ""}`],
    ["提出", writtenMoment(manifest.submittedAt)],
    ...(manifest.clause === "" ? [] : [["根拠", `業務仕様書 ${manifest.clause}`] as [string, string]]),
    ...(manifest.due === null ? [] : [["回答を望む期限", writtenMoment(manifest.due)] as [string, string]]),
  ];
  const rows = [...facts, ...manifest.items.map(({ label, value }): [string, string] => [label, value])];
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${esc(name)}</th><td class="pre">${esc(value)}</td></tr>`,
  );
  return `<section aria-labelledby="h-doc"><h2 id="h-doc">文書</h2><table><tbody>${lines.join("")}</tbody></table></section>`;
}

function attachmentsHtml(attachments: readonly PackageAttachment[], files: readonly Uint8Array[]): string {
  const lines = attachments.map(({ name, media, size, sha256 }, at) => {
    const data = Buffer.from(files[at] ?? []).toString("base64");
    return `<tr><th scope="row"><a download="${esc(name)}" href="data:${esc(media)};base64,${data}" data-sha256="${esc(sha256)}">${esc(name)}</a><span class="ok"></span></th><td>${Math.ceil(size / 1024)} KB　<code>${esc(sha256)}</code></td></tr>`;
  });
  return `<section aria-labelledby="h-files"><h2 id="h-files">添えたファイル</h2><table><tbody>${lines.join("")}</tbody></table>
<p class="sub">一式の照合値（SHA-256）　<code id="hash"></code><br>電話で読み合わせるとき　<code id="short-hash"></code></p></section>`;
}

const keyHtml = `<section aria-labelledby="h-key"><h2 id="h-key">1　あなたの鍵</h2>
<div id="new-key">
<p>回答に署名する鍵を、このブラウザーの中で作ります。次からの回答にも同じ鍵を使います。秘密の部分は、合言葉で封じて、あなたのもとにだけ残ります。</p>
<label for="maker">部署と職名</label><input type="text" id="maker" maxlength="80" autocomplete="off" placeholder="デジタル企画課 係長">
<label for="phrase">合言葉（12字以上）</label><input type="password" id="phrase" maxlength="200" autocomplete="new-password">
<label for="again">合言葉をもう一度</label><input type="password" id="again" maxlength="200" autocomplete="new-password">
<button type="button" id="make" class="main">鍵を作る</button>
<label for="key-file">前に作った鍵があれば、そのファイル（回答の鍵.json）</label><input type="file" id="key-file" accept=".json,application/json">
</div>
<div id="own-key" hidden>
<p>鍵の指紋　<code id="print" class="print"></code></p>
<p class="sub"><span id="key-officer"></span>　はじめて使うときだけ、受託者の責任者から電話があります。この指紋を読み上げてください。</p>
<button type="button" id="copy-key">鍵の控えを保存する</button><button type="button" id="drop-key">このブラウザーから消す</button>
</div>
<p id="key-say" class="say" role="status" hidden></p>
</section>`;

function answerHtml(outcomes: readonly OfferedOutcome[]): string {
  const choices = outcomes.map(
    ({ value, label }) =>
      `<label><input type="radio" name="outcome" value="${esc(value)}"> ${esc(label)}</label>`,
  );
  return `<section aria-labelledby="h-answer"><h2 id="h-answer">2　回答</h2>
<form id="form" novalidate>
<fieldset><legend>答え</legend><div class="choices">${choices.join("")}</div></fieldset>
<label for="words">回答の内容・理由</label><textarea id="words" maxlength="4000"></textarea>
<label for="officer">回答する方（部署と職名）</label><input type="text" id="officer" maxlength="80" autocomplete="off">
<label for="open">鍵の合言葉</label><input type="password" id="open" maxlength="200" autocomplete="current-password">
<button type="submit" id="answer" class="main" disabled>署名して、回答ファイルを保存する</button>
</form>
<p id="say" class="say" role="status" hidden></p>
</section>`;
}
