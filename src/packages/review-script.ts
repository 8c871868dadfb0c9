/**
 * 確認用の一式の中で動く、ただ一つのスクリプト（素の JavaScript）。外とは話さない。
 * 鍵: Ed25519。秘密鍵は、合言葉から PBKDF2-SHA256（60万回）で作る AES-256-GCM の鍵で封じて、
 * このブラウザーの保存場所と、鍵のファイルに置く。封じていない秘密鍵は、署名の間だけ記憶にある。
 * 署名するのは「madoguchi-review-answer/1\n」と statement（JSON の文字）をつないだもの。
 */
export const reviewScript = String.raw`
"use strict";
(function () {
  var FORMAT = "madoguchi-review-answer/1", KEY = "madoguchi-officer-key/1", ROUNDS = 600000;
  var text = document.getElementById("manifest").textContent, manifest = JSON.parse(text);
  var utf8 = new TextEncoder(), record = null, hash = "";
  function by(id) { return document.getElementById(id); }
  function show(id, words, tone) {
    var box = by(id);
    box.textContent = words;
    box.className = "say" + (tone ? " " + tone : "");
    box.hidden = words === "";
  }
  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }
  function base64(buffer) {
    return btoa(Array.from(new Uint8Array(buffer), function (b) { return String.fromCharCode(b); }).join(""));
  }
  function bytes(text64) {
    return Uint8Array.from(atob(text64), function (c) { return c.charCodeAt(0); });
  }
  function spoken(full) { return full.slice(0, 32).match(/.{4}/g).join(" "); }
  async function sha256(data) { return hex(await crypto.subtle.digest("SHA-256", data)); }
  function save(name, words) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "application/json" }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }
  async function sealing(phrase, salt) {
    var base = await crypto.subtle.importKey("raw", utf8.encode(phrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: salt, iterations: ROUNDS },
      base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }
  async function makeKey(phrase, officer) {
    var pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
    var open = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
    var salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
    var sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: iv }, await sealing(phrase, salt), open);
    new Uint8Array(open).fill(0);
    return {
      format: KEY, officer: officer,
      key: base64(await crypto.subtle.exportKey("raw", pair.publicKey)),
      salt: base64(salt), iv: base64(iv), sealed: base64(sealed)
    };
  }
  async function openKey(phrase) {
    var opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes(record.iv) }, await sealing(phrase, bytes(record.salt)), bytes(record.sealed));
    var key = await crypto.subtle.importKey("pkcs8", opened, { name: "Ed25519" }, false, ["sign"]);
    new Uint8Array(opened).fill(0);
    return key;
  }
  function remember() {
    try { localStorage.setItem(KEY, JSON.stringify(record)); return true; } catch (_) { return false; }
  }
  function recall() {
    try { return readRecord(localStorage.getItem(KEY) || ""); } catch (_) { return null; }
  }
  function readRecord(words) {
    var found = JSON.parse(words);
    if (found.format !== KEY || bytes(found.key).length !== 32) throw new Error("key");
    return found;
  }
  async function showKey() {
    by("new-key").hidden = record !== null;
    by("own-key").hidden = record === null;
    by("answer").disabled = record === null;
    if (record === null) return;
    by("print").textContent = spoken(await sha256(bytes(record.key)));
    by("key-officer").textContent = record.officer;
    if (by("officer").value === "") by("officer").value = record.officer;
  }
  async function onMake() {
    var phrase = by("phrase").value, again = by("again").value, officer = by("maker").value.trim();
    if (officer === "") return show("key-say", "部署と職名を書いてください。", "late");
    if (phrase.length < 12) return show("key-say", "合言葉は12字以上にしてください。ほかで使っているものは避けてください。", "late");
    if (phrase !== again) return show("key-say", "合言葉が二つとも同じではありません。打ち直してください。", "late");
    by("make").disabled = true;
    try {
      record = await makeKey(phrase, officer);
    } catch (_) {
      by("make").disabled = false;
      return show("key-say", "このブラウザーでは署名の鍵（Ed25519）を作れません。新しい Edge か Chrome で開くか、Excel・Word の回答様式をお使いください。", "late");
    }
    by("phrase").value = by("again").value = "";
    var kept = remember();
    save("回答の鍵.json", JSON.stringify(record));
    show("key-say", (kept ? "鍵を作り、このブラウザーに残しました。" : "鍵を作りました。このブラウザーには残せません。") + "控えのファイル「回答の鍵.json」も、ほかの人の手に渡らない所に残してください。", "done");
    await showKey();
  }
  async function onKeyFile() {
    var file = by("key-file").files[0];
    if (!file) return;
    try {
      if (file.size > 10000) throw new Error("size");
      record = readRecord(await file.text());
    } catch (_) { return show("key-say", "鍵のファイルではありません。「回答の鍵.json」を選んでください。", "late"); }
    remember();
    show("key-say", "鍵のファイルを読みました。", "done");
    await showKey();
  }
  function onDrop() {
    if (!confirm("このブラウザーから鍵を消します。控えのファイルがなければ、同じ鍵は使えなくなります。")) return;
    try { localStorage.removeItem(KEY); } catch (_) { /* 残っていない */ }
    record = null;
    show("key-say", "この画面とブラウザーから鍵を消しました。", "");
    showKey();
  }
  async function onAnswer(event) {
    event.preventDefault();
    var picked = document.querySelector("input[name=outcome]:checked");
    var words = by("words").value.trim(), officer = by("officer").value.trim();
    if (!picked) return show("say", "答えを一つ選んでください。", "late");
    var offered = manifest.outcomes.find(function (one) { return one.value === picked.value; });
    if (offered.words && words === "") return show("say", "「" + offered.label + "」には、内容か理由を書いてください。", "late");
    if (officer === "") return show("say", "回答する方の部署と職名を書いてください。", "late");
    if (by("open").value === "") return show("say", "鍵の合言葉を入れてください。", "late");
    by("answer").disabled = true;
    var key;
    try { key = await openKey(by("open").value); } catch (_) {
      by("answer").disabled = false;
      return show("say", "合言葉が違います。打ち直してください。", "late");
    }
    by("open").value = "";
    var statement = JSON.stringify({
      format: FORMAT, "package": hash, document: manifest.document, outcome: picked.value,
      words: words, officer: officer, at: new Date().toISOString()
    });
    var signature = await crypto.subtle.sign({ name: "Ed25519" }, key, utf8.encode(FORMAT + "\n" + statement));
    save("回答_" + hash.slice(0, 8) + ".json", JSON.stringify({
      format: FORMAT, statement: statement, key: record.key, signature: base64(signature)
    }));
    by("answer").disabled = false;
    show("say", "「" + offered.label + "」の回答ファイルを保存しました。この一つのファイルを、受託者へ送ってください。同じ文書への答えは、先に届いたものだけが効きます。", "done");
  }
  async function start() {
    if (!window.crypto || !crypto.subtle) {
      return show("top-say", "このブラウザーでは署名ができません。新しい Edge か Chrome で開くか、Excel・Word の回答様式をお使いください。", "late");
    }
    hash = await sha256(utf8.encode(text));
    by("hash").textContent = hash;
    by("short-hash").textContent = spoken(hash);
    for (var link of document.querySelectorAll("a[data-sha256]")) {
      var data = bytes(link.href.slice(link.href.indexOf(",") + 1));
      var same = (await sha256(data)) === link.dataset.sha256;
      link.nextElementSibling.textContent = same ? "照合できました" : "中身が変わっています";
      if (!same) return show("top-say", "添えたファイルの中身が、一式と合いません。受託者に送り直しを求めてください。", "late");
    }
    by("signing").hidden = false;
    record = recall();
    by("make").addEventListener("click", onMake);
    by("key-file").addEventListener("change", onKeyFile);
    by("copy-key").addEventListener("click", function () { save("回答の鍵.json", JSON.stringify(record)); });
    by("drop-key").addEventListener("click", onDrop);
    by("form").addEventListener("submit", onAnswer);
    await showKey();
    show("top-say", "", "");
  }
  start();
})();
`;
