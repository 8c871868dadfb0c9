/**
 * 記録と消去の証明書を確かめる画面の中で動く、ただ一つのスクリプト（素の JavaScript）。外とは話さない。
 * 木は RFC 6962（葉 0x00、節 0x01、SHA-256）、署名は Ed25519（WebCrypto）、文は正規の JSON（RFC 8785）。
 */
export const verifierScript = String.raw`
"use strict";
(function () {
  var utf8 = new TextEncoder();
  function by(id) { return document.getElementById(id); }
  function bytes(text64) {
    return Uint8Array.from(atob(text64), function (c) { return c.charCodeAt(0); });
  }
  function base64(data) {
    var out = "";
    data.forEach(function (b) { out += String.fromCharCode(b); });
    return btoa(out);
  }
  async function sha256(data) { return new Uint8Array(await crypto.subtle.digest("SHA-256", data)); }
  function joined(first, parts) {
    var size = 1;
    parts.forEach(function (part) { size += part.length; });
    var out = new Uint8Array(size), at = 1;
    out[0] = first;
    parts.forEach(function (part) { out.set(part, at); at += part.length; });
    return out;
  }
  function canonical(value) {
    if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") {
      if (!isFinite(value)) throw new Error("number");
      return JSON.stringify(value);
    }
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    return "{" + Object.keys(value).sort().map(function (key) {
      return JSON.stringify(key) + ":" + canonical(value[key]);
    }).join(",") + "}";
  }
  async function keyOf(text) {
    return crypto.subtle.importKey("spki", bytes(text), { name: "Ed25519" }, false, ["verify"]);
  }
  async function signed(key, text, signature) {
    try { return await crypto.subtle.verify({ name: "Ed25519" }, key, bytes(signature), utf8.encode(text)); }
    catch (e) { return false; }
  }
  var CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  function groups(hash) {
    var bits = 0n, out = "";
    for (var i = 0; i < 10; i++) bits = (bits << 8n) | BigInt(hash[i]);
    for (var j = 15; j >= 0; j--) out += CROCKFORD[Number((bits >> BigInt(j * 5)) & 31n)];
    return out.match(/.{4}/g).join("-");
  }
  function plain(text) {
    return text.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  }
  function without(value, names) {
    var out = {};
    Object.keys(value).forEach(function (key) { if (names.indexOf(key) < 0) out[key] = value[key]; });
    return out;
  }
  function pointText(office, point) {
    return "madoguchi-log/1 " + office + "\n" + point.size + "\n" + point.root + "\ntime " + point.at + "\n";
  }
  async function rootOf(nodes) {
    if (nodes.length === 0) return sha256(new Uint8Array(0));
    var node = nodes[nodes.length - 1];
    for (var i = nodes.length - 2; i >= 0; i--) node = await sha256(joined(1, [nodes[i], node]));
    return node;
  }
  async function checkLog(text, progress) {
    var lines = text.split("\n").map(function (line) { return line.replace(/\r$/, ""); });
    if (lines[lines.length - 1] === "") lines.pop();
    function bad(line, why) { return { ok: false, line: line, why: why }; }
    var header;
    try { header = JSON.parse(lines[0]); } catch (e) { return bad(1, "1行目が記録の見出しではありません。"); }
    if (!header || header.format !== "madoguchi-log/1") return bad(1, "1行目が記録の見出しではありません。");
    var key;
    try { key = await keyOf(header.publicKey); } catch (e) { return bad(1, "公開鍵が読めません。"); }
    if (!(await signed(key, canonical(without(header, ["signature"])), header.signature)))
      return bad(1, "見出しの署名が合いません。");
    var nodes = [], size = 0, last = null;
    for (var n = 1; n < lines.length; n++) {
      var value;
      try { value = JSON.parse(lines[n]); } catch (e) { return bad(n + 1, "読めない行です。"); }
      if (value && typeof value === "object" && "leaf" in value) {
        if (value.seq !== size) return bad(n + 1, "番号 " + size + " の記録があるはずの所に、番号 " + value.seq + " の記録があります（抜け、差し込み、並べ替え）。");
        var leaf = await sha256(joined(0, [utf8.encode(canonical(without(value, ["leaf", "seq"])))]));
        if (base64(leaf) !== value.leaf) return bad(n + 1, "記録の中身が変えられています。");
        if (canonical(value) !== lines[n]) return bad(n + 1, "行の書き方が正規の形と違います。");
        var node = leaf;
        for (var rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = await sha256(joined(1, [nodes.pop(), node]));
        nodes.push(node);
        size += 1;
        if (size % 2000 === 0) await progress(size);
      } else if (value && typeof value === "object" && "root" in value && "size" in value) {
        if (!(await signed(key, pointText(header.office, value), value.signature))) return bad(n + 1, "検査点の署名が合いません。");
        if (value.size !== size) return bad(n + 1, "検査点は " + value.size + " 件と言っていますが、ここまでに " + size + " 件あります。");
        if (value.root !== base64(await rootOf(nodes))) return bad(n + 1, "検査点の根と、記録から作った根が合いません。");
        last = value;
      } else return bad(n + 1, "記録でも検査点でもない行です。");
    }
    if (!last || last.size !== size || header.size !== size) return bad(lines.length, "記録の終わりが切られています（見出しは " + header.size + " 件、ここまでに " + size + " 件）。");
    return {
      ok: true, entries: size, root: last.root, at: last.at,
      fingerprint: groups(await sha256(bytes(header.publicKey))),
      collation: groups(await sha256(utf8.encode(pointText(header.office, last))))
    };
  }
  async function checkCertificate(text) {
    var value;
    if (text.trim() === "") return { ok: false, why: "空のファイルです。受け取ったファイルを、もう一度選んでください。" };
    var other = "記録（.jsonl）でも消去の証明書（.json）でもないファイルか、途中で切れたファイルです。受け取ったファイルを、そのまま選んでください。";
    try { value = JSON.parse(text); } catch (e) { return { ok: false, why: other }; }
    if (!value || value.format !== "madoguchi-erasure/1") return { ok: false, why: other };
    var key;
    try { key = await keyOf(value.publicKey); } catch (e) { return { ok: false, why: "公開鍵が読めません。" }; }
    if (!(await signed(key, canonical(without(value, ["signature"])), value.signature)))
      return { ok: false, why: "署名が合いません。証明書が変えられたか、鍵が違います。" };
    var open = value.copies.filter(function (one) { return one.done === null; });
    var loud = (value.recordings || []).filter(function (one) { return one.erasedOn === null; });
    if (value.complete !== (open.length + loud.length === 0)) return { ok: false, why: "完了の印と、控えや録音の始末が食い違っています。" };
    return { ok: true, value: value, open: open, loud: loud, fingerprint: groups(await sha256(bytes(value.publicKey))) };
  }
  /** 日本の時で読めるように。読めなければ、そのまま。 */
  function when(at) {
    var ms = Date.parse(at);
    if (isNaN(ms)) return at === "" ? "－" : String(at);
    var d = new Date(ms + 9 * 3600000);
    function two(n) { return (n < 10 ? "0" : "") + n; }
    return d.getUTCFullYear() + "年" + (d.getUTCMonth() + 1) + "月" + d.getUTCDate() + "日 " + d.getUTCHours() + ":" + two(d.getUTCMinutes()) + "（日本時間）";
  }
  function row(table, name, words) {
    var tr = document.createElement("tr"), th = document.createElement("th"), td = document.createElement("td");
    th.textContent = name;
    th.scope = "row";
    td.textContent = words;
    tr.appendChild(th);
    tr.appendChild(td);
    table.appendChild(tr);
  }
  function say(ok, words, rows) {
    var box = by("result"), head = document.createElement("p"), table = document.createElement("table");
    box.textContent = "";
    head.className = ok ? "ok" : "bad";
    head.textContent = words;
    box.appendChild(head);
    rows.forEach(function (one) { row(table, one[0], one[1]); });
    if (rows.length > 0) box.appendChild(table);
    box.dataset.ok = ok ? "1" : "0";
    box.hidden = false;
  }
  async function verify(text) {
    var wanted = by("number").value.trim(), first = text.slice(0, 4000);
    var isLog = first.split("\n")[0].indexOf("madoguchi-log/1") >= 0;
    if (isLog) {
      var log = await checkLog(text, async function (size) {
        by("progress").textContent = size.toLocaleString("ja-JP") + " 件まで確かめました…";
        await new Promise(function (next) { setTimeout(next, 0); });
      });
      by("progress").textContent = "";
      if (!log.ok) return say(false, "記録は変えられています。" + log.line + "行目: " + log.why, []);
      if (wanted !== "" && plain(wanted) !== plain(log.collation) && plain(wanted) !== plain(log.fingerprint))
        return say(false, "記録は形のとおりですが、入力した番号（照合番号・指紋）と合いません。別の鍵で作り直された疑いがあります。", [["照合番号", log.collation], ["公開鍵の指紋", log.fingerprint]]);
      return say(true, log.entries.toLocaleString("ja-JP") + " 件の記録に、変えられたところはありません。" + (wanted === "" ? "（紙の照合番号とも比べてください）" : "番号も合いました。"),
        [["件数", String(log.entries)], ["木の根", log.root], ["検査点の時", when(log.at)], ["照合番号", log.collation], ["公開鍵の指紋", log.fingerprint]]);
    }
    var one = await checkCertificate(text);
    by("progress").textContent = "";
    if (!one.ok) return say(false, one.why, []);
    if (wanted !== "" && plain(wanted) !== plain(one.fingerprint))
      return say(false, "署名は合いますが、入力した公開鍵の指紋と違います。", [["公開鍵の指紋", one.fingerprint]]);
    var v = one.value;
    var rows = [["番号", v.number], ["業務", v.work], ["委託者の承諾", v.consent.document + "　" + when(v.consent.at)], ["範囲", v.scope],
      ["鍵を壊した時", when(v.destroyedAt)], ["壊した鍵", v.keys.length + "件"], ["担当（従業者番号）", v.handler], ["立会い", v.witness || "なし"],
      ["公開鍵の指紋", one.fingerprint]];
    v.copies.forEach(function (copy) {
      rows.push(["控え " + copy.set, copy.done === null ? "始末が残っています" : copy.done.how + "（" + copy.done.day + "、" + copy.done.place + "）"]);
    });
    (v.recordings || []).forEach(function (sound) {
      rows.push([sound.label, sound.erasedOn === null ? "まだ消されていません" : sound.erasedOn + " に消しました"]);
    });
    (v.parts || []).forEach(function (part) { rows.push(["申出のあった方の文書", part]); });
    var left = (one.open.length > 0 ? "控え " + one.open.length + " 組の始末が残っています。" : "") +
      (one.loud.length > 0 ? "会議の録音 " + one.loud.length + " 回分が残っています。" : "");
    say(true, "署名は正しく、証明書は変えられていません。" + (v.complete ? "消去は完了しています。" : "消去は未完です: " + left), rows);
  }
  by("file").addEventListener("change", function () {
    var file = by("file").files[0];
    if (!file) return;
    by("progress").textContent = "確かめています…";
    by("result").hidden = true;
    file.text().then(verify).catch(function () {
      by("progress").textContent = "";
      say(false, "このファイルは確かめられません。記録（.jsonl）か消去の証明書（.json）を選んでください。", []);
    });
  });
  if (!window.crypto || !crypto.subtle) say(false, "このブラウザーでは確かめられません。新しい Edge・Chrome・Firefox で開いてください。", []);
})();
`;
