import { createHash, createHmac } from "node:crypto";
import { formatWareki } from "../japan/wareki.ts";
import { escapeHtml as esc, loneHtml } from "../office/lone-html.ts";
import { type MinutesRecord, type RecordSpeaker, speakerName, speakerOf } from "./minutes-record.ts";
import { clockText } from "./transcript.ts";

export const checkFormat = "madoguchi-minutes-check/1";

export interface CheckPage {
  /** 「第1回有識者会議　会議録」。 */
  title: string;
  /** 事務局の名。 */
  from: string;
  member: { id: string; name: string };
  record: MinutesRecord;
  speakers: ReadonlyMap<string, RecordSpeaker>;
  /** 返してほしい日。決めなければ空。 */
  by: string;
  demo: boolean;
  /** 契約の鍵（確認番号を作る）。 */
  lookupKey: Uint8Array;
  meeting: string;
}

interface Shown {
  id: number;
  at: string;
  who: string;
  text: string;
  own: boolean;
}

/** その委員に渡した、この中身の照合値（SHA-256）。 */
function checkHash(meeting: string, member: string, lines: readonly Pick<Shown, "id" | "text">[]): string {
  const plain = JSON.stringify([checkFormat, meeting, member, lines.map(({ id, text }) => [id, text])]);
  return createHash("sha256").update(plain).digest("hex");
}

/** 照合値と契約の鍵から決まる確認番号。会議か委員が違えば合わないので、ほかの人の回答や、作った回答は読まない。 */
export function checkSeal(lookupKey: Uint8Array, meeting: string, member: string, hash: string): string {
  return createHmac("sha256", lookupKey)
    .update(`minutes-check|${meeting}|${member}|${hash}`)
    .digest("hex")
    .slice(0, 32);
}

const style = `:root{--ink:#1a1a1a;--sub:#4d4d4d;--line:#ccc;--main:#0017c1}
*{box-sizing:border-box}
body{margin:0 auto;max-width:860px;padding:24px;color:var(--ink);font:16px/1.75 "BIZ UDPGothic","Yu Gothic UI","Hiragino Sans","Noto Sans JP",Meiryo,sans-serif}
h1{font-size:24px;line-height:1.4;margin:0 0 8px}
h2{font-size:18px;margin:24px 0 0;border-bottom:1px solid #333;padding-bottom:4px}
.sub{color:var(--sub);font-size:14px;margin:0}
.sample{display:inline-block;border:2px solid #ce0000;color:#ce0000;padding:0 10px;font-weight:700}
ol{list-style:none;margin:0;padding:0}
li{border-bottom:1px solid var(--line);padding:10px 0}
.who{margin:0;font-weight:700}
.at{color:var(--sub);font-weight:400;font-variant-numeric:tabular-nums;margin-right:12px}
.said{margin:0;white-space:pre-wrap}
textarea,input[type=text]{width:100%;border:1px solid #666;border-radius:4px;padding:10px 12px;font:inherit}
li.changed textarea{border:2px solid var(--main)}
.mark{color:var(--main);font-weight:700;margin-left:12px}
summary{cursor:pointer;color:var(--main);min-height:32px}
.line{display:block;font-weight:700;margin:16px 0 4px}
.acts{position:sticky;bottom:0;background:#fff;border-top:1px solid #333;padding:12px 0;display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
button{font:inherit;font-weight:700;min-height:44px;padding:8px 22px;border-radius:8px;border:1px solid var(--main);background:var(--main);color:#fff;cursor:pointer}
textarea:focus-visible,button:focus-visible,summary:focus-visible,input:focus-visible{outline:3px solid #000;outline-offset:2px}
@media print{.acts,summary{display:none}textarea{border:0;padding:0}}`;

const script = String.raw`"use strict";
(function () {
  var pack = JSON.parse(document.getElementById("pack").textContent);
  var boxes = Array.from(document.querySelectorAll("textarea[data-line]"));
  function edits() {
    return boxes.filter(function (box) { return box.value.trim() !== box.defaultValue.trim() && box.value.trim() !== ""; });
  }
  function show() {
    var all = edits();
    boxes.forEach(function (box) {
      var on = all.indexOf(box) >= 0, item = box.closest("li");
      item.className = on ? "changed" : "";
      item.querySelector(".mark").textContent = on ? "直しました" : "";
    });
    document.getElementById("count").textContent = all.length === 0 ? "直したところはありません。" : all.length + "か所を直しました。";
  }
  document.addEventListener("input", show);
  window.addEventListener("beforeunload", function (event) {
    if (edits().length > 0 && document.getElementById("done").hidden) event.preventDefault();
  });
  document.getElementById("make").addEventListener("click", function () {
    var answer = {
      format: pack.format, hash: pack.hash, seal: pack.seal,
      note: document.getElementById("note").value.trim(),
      corrections: edits().map(function (box) {
        return { line: Number(box.dataset.line), before: box.defaultValue, after: box.value.trim() };
      })
    };
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(answer, null, 1)], { type: "application/json" }));
    link.download = "会議録の確認の回答.json";
    document.body.appendChild(link);
    link.click();
    link.remove();
    document.getElementById("done").hidden = false;
  });
  show();
})();`;

/**
 * 委員に送る確認の頁（一つの HTML）。外のものを読まず、file:// で開ける。直すと、回答のファイル（.json）ができる。
 * ご自分の発言は直す欄を開いて、ほかの方の発言は読むだけで（気づいたところは直せる）並べる。録音の時刻を付ける。
 */
export function checkPage(given: CheckPage): Uint8Array {
  const { title, from, member, record, speakers, by, demo, lookupKey, meeting } = given;
  const lines = record.lines
    .filter(({ omitted }) => !omitted)
    .map(
      (line): Shown => ({
        ...{ id: line.id, text: line.text, who: speakerName(record, line, speakers) },
        at: line.from === undefined ? `発言${line.id}` : clockText(line.from),
        own: speakerOf(record, line, speakers)?.key === member.id,
      }),
    );
  const hash = checkHash(meeting, member.id, lines);
  const pack = { format: checkFormat, hash, seal: checkSeal(lookupKey, meeting, member.id, hash) };
  const own = lines.filter((line) => line.own).length;
  const body = `<main>
${demo ? '<p class="sample">デモ（架空の内容です）</p>' : ""}
<p class="sub">${esc(from)}</p>
<h1>${esc(title)}　ご確認のお願い</h1>
<p>${esc(member.name)} 様　ご自分の発言は${own}あります。直すところがあれば書き直し、「回答のファイルを作る」を押して、できたファイルをメールでお返しください。直すところがなくても、そのままお返しください。${by === "" ? "" : `${esc(formatWareki(by, { weekday: true }))}までにお願いいたします。`}</p>
<h2>発言</h2>
<ol>
${lines.map(lineHtml).join("\n")}
</ol>
<label class="line" for="note">そのほかのご連絡</label>
<textarea id="note" rows="2" maxlength="1000"></textarea>
<div class="acts"><button type="button" id="make">回答のファイルを作る</button><span id="count" role="status"></span></div>
<p id="done" role="status" hidden>回答のファイル（会議録の確認の回答.json）を作りました。メールに添えて、お返しください。</p>
<p class="sub">確認番号　${pack.seal.slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ")}</p>
</main>
<script type="application/json" id="pack">${JSON.stringify(pack)}</script>`;
  return loneHtml({ title: `${title}　ご確認のお願い`, style, script, body });
}

function lineHtml({ id, at, who, text, own }: Shown): string {
  const rows = Math.min(14, Math.max(2, Math.ceil(text.length / 46)));
  const box = `<textarea data-line="${id}" rows="${rows}" aria-label="${esc(`${at} ${who}の発言`)}">${esc(text)}</textarea>`;
  const body = own
    ? box
    : `<p class="said">${esc(text)}</p><details><summary>この発言の直しを書く</summary>${box}</details>`;
  return `<li><p class="who"><span class="at">${esc(at)}</span>${esc(who)}<span class="mark"></span></p>${body}</li>`;
}
