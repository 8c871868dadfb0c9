import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { escapeHtml as esc, loneHtml } from "../office/lone-html.ts";
import type { Slot } from "./meeting.ts";
import { slotLine } from "./poll-reader.ts";

export interface PollSheet {
  /** 「第3回有識者会議」。 */
  name: string;
  /** 事務局の名。 */
  from: string;
  slots: readonly Slot[];
  /** 回答をいただきたい日。決めなければ空。 */
  by: string;
  demo: boolean;
}

const guide =
  "各候補の行の終わりに、○（出席できる）・△（調整すれば出席できる）・×（出席できない）を書いてください。";

/** 日程をうかがうメールの文面。返信に書き込めば、そのまま読み取れる。 */
export function pollText({ name, from, slots, by }: PollSheet): string {
  return [
    `${name}の日程について（お伺い）`,
    "",
    `${name}の日程を調整しております。ご都合をお知らせください。`,
    ...(by === "" ? [] : [`ご回答は、${formatWareki(by, { weekday: true })}までにお願いいたします。`]),
    guide,
    "",
    "お名前：",
    ...slots.map((slot) => `${slotLine(slot)}：`),
    "備考：",
    "",
    from,
  ].join("\n");
}

const style = `:root{--ink:#1a1a1a;--sub:#4d4d4d;--line:#ccc;--main:#0017c1}
*{box-sizing:border-box}
body{margin:0 auto;max-width:720px;padding:24px;color:var(--ink);font:16px/1.75 "BIZ UDPGothic","Yu Gothic UI","Hiragino Sans","Noto Sans JP",Meiryo,sans-serif}
h1{font-size:24px;line-height:1.4;margin:0 0 8px}
.sub{color:var(--sub);font-size:14px}
.sample{display:inline-block;border:2px solid #ce0000;color:#ce0000;padding:0 10px;font-weight:700}
fieldset{border:0;border-top:1px solid var(--line);margin:0;padding:10px 0;display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
legend{float:left;width:18em;font-weight:700;padding:0}
.choices label{display:inline-block;border:1px solid #666;border-radius:6px;padding:8px 16px;min-height:44px;cursor:pointer}
.choices label:has(input:checked){border-color:var(--main);background:#e8f1fe;font-weight:700}
.line{display:block;font-weight:700;margin:16px 0 4px}
input[type=text],textarea{width:100%;border:1px solid #666;border-radius:4px;padding:10px 12px;font:inherit}
button{font:inherit;font-weight:700;min-height:44px;padding:8px 22px;border-radius:8px;border:1px solid var(--main);background:var(--main);color:#fff;cursor:pointer;margin-top:16px}
input:focus-visible,textarea:focus-visible,button:focus-visible{outline:3px solid #000;outline-offset:2px}`;

const script = String.raw`"use strict";
document.getElementById("make").addEventListener("click", function () {
  var lines = ["お名前：" + document.getElementById("who").value], left = 0;
  document.querySelectorAll("fieldset").forEach(function (box) {
    var chosen = box.querySelector("input:checked");
    if (chosen === null) left += 1;
    lines.push(box.dataset.line + "：" + (chosen === null ? "" : chosen.value));
  });
  lines.push("備考：" + document.getElementById("note").value.replace(/\s*\n\s*/g, " "));
  var text = lines.join("\r\n") + "\r\n";
  document.getElementById("text").value = text;
  document.getElementById("done").hidden = false;
  document.getElementById("left").textContent = left === 0 ? "" : "まだ選んでいない候補が" + left + "あります。このままでも送れます。";
  var link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/plain" }));
  link.download = "日程の回答.txt";
  link.click();
});`;

/**
 * 委員に送る回答用紙（一つの HTML）。外のものを読まず、file:// で開け、回答をテキストのファイルにする。
 * できたファイルか文面をメールで返してもらい、読み取る。委員の名も宛先も入れない。
 */
export function pollPage({ name, from, slots, by, demo }: PollSheet): Uint8Array {
  const choices = [
    ["○", "○ 出席できる"],
    ["△", "△ 調整すれば"],
    ["×", "× 出席できない"],
  ];
  const rows = slots.map(
    (
      slot,
    ) => `<fieldset data-line="${esc(slotLine(slot))}"><legend>候補${slot.id}　${esc(formatMonthDay(slot.day, { weekday: true }))} ${slot.start}–${slot.end}</legend>
<div class="choices">${choices.map(([value, label]) => `<label><input type="radio" name="s${slot.id}" value="${value}"> ${label}</label>`).join(" ")}</div></fieldset>`,
  );
  const body = `<main>
${demo ? '<p class="sample">デモ（架空の内容です）</p>' : ""}
<p class="sub">${esc(from)}</p>
<h1>${esc(name)}　日程の回答用紙</h1>
<p>ご都合を選び、「回答のファイルを作る」を押してください。できたファイルをメールに添えるか、文面をメールに貼って、お返しください。${by === "" ? "" : `ご回答は、${esc(formatWareki(by, { weekday: true }))}までにお願いいたします。`}</p>
<label class="line" for="who">お名前</label>
<input type="text" id="who" autocomplete="name">
${rows.join("\n")}
<label class="line" for="note">備考（資料の送り先、ウェブ会議での参加など）</label>
<textarea id="note" rows="3"></textarea>
<button type="button" id="make">回答のファイルを作る</button>
<div id="done" role="status" hidden>
<p>回答のファイルを作りました。<span id="left"></span></p>
<label class="line" for="text">回答の文面</label>
<textarea id="text" rows="${slots.length + 3}" readonly></textarea>
</div>
</main>`;
  return loneHtml({ title: `${name}　日程の回答用紙`, style, script, body });
}
