/** 転送のための書き方を、バイト列に戻す。知らない書き方はそのまま。 */
export function readTransfer(body: Uint8Array, encoding: string): Uint8Array {
  const name = encoding.trim().toLowerCase();
  const text = () => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  if (name === "base64") return fromBase64(text());
  if (name === "quoted-printable")
    return quoted(
      text()
        .replace(/[ \t]+(?=\r?\n)/g, "")
        .replace(/=\r?\n/g, ""),
    );
  return body;
}

/** base64 の行だけを読む（そのあとに、同報の仕組みが足した生の文が続くことがある）。 */
function fromBase64(text: string): Uint8Array {
  const lines = text.split(/\r\n?|\n/);
  const end = lines.findIndex((line) => /[^A-Za-z0-9+/=\s]/.test(line));
  const coded = (end <= 0 ? lines : lines.slice(0, end)).join("");
  return new Uint8Array(Buffer.from(coded.replace(/[^A-Za-z0-9+/=]/g, ""), "base64"));
}

function quoted(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === "=" ? text.slice(at + 1, at + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      out[length] = Number.parseInt(hex, 16);
      at += 2;
    } else out[length] = text.charCodeAt(at) & 0xff;
    length += 1;
  }
  return out.slice(0, length);
}

/**
 * RFC 2047 の「=?ISO-2022-JP?B?…?=」を読む。続いた語の間の空白は除く。一つの字が二つの語に分かれて入っていることがあるので、
 * 同じ文字コードの続きは、つないでから読む。生の字（頭に直に書かれた Shift_JIS など）も見分ける。
 */
export function decodeWords(text: string): string {
  const joined = text.replace(/(\?=)\s+(?==\?)/g, "$1");
  const words = /(?:=\?[^?\s]+\?[bq]\?[^?]*\?=)+/gi;
  const read = joined.replace(words, (run) => {
    const pieces = [...run.matchAll(/=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi)];
    let out = "";
    for (let at = 0; at < pieces.length; ) {
      const charset = (pieces[at]?.[1] ?? "").toLowerCase();
      const bytes: Uint8Array[] = [];
      while (at < pieces.length && (pieces[at]?.[1] ?? "").toLowerCase() === charset) {
        const [, , kind = "", body = ""] = pieces[at] ?? [];
        bytes.push(
          kind.toLowerCase() === "b"
            ? new Uint8Array(Buffer.from(body, "base64"))
            : quoted(body.replaceAll("_", " ")),
        );
        at += 1;
      }
      out += decodeBytes(Buffer.concat(bytes), charset);
    }
    return out;
  });
  return read === joined && /[\u0080-\u00ff]/.test(joined)
    ? decodeBytes(Buffer.from(joined, "latin1"), "")
    : read;
}

/** 文字の入っていない切替え（ESC ( B ESC $ B）は、正しい JIS でも読み手が誤りとみなすので、続きの切替えだけにする。 */
export function mendJis(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (!text.includes("\u001b")) return bytes;
  return Buffer.from(text.replace(/(?:\u001b(?:\([BJI]|\$[@B]))+(?=\u001b[($])/g, ""), "latin1");
}

function decodeBytes(bytes: Uint8Array, charset: string): string {
  for (const label of [charset, "utf-8", "shift_jis", "euc-jp"])
    if (label !== "")
      try {
        const mended = label.startsWith("iso-2022") ? mendJis(bytes) : bytes;
        return new TextDecoder(label, { fatal: true }).decode(mended);
      } catch {
        // 次の文字コードで読む。
      }
  return new TextDecoder("utf-8").decode(bytes);
}

/** 「text/plain; charset="iso-2022-jp"; name*0*=…」。RFC 2231 の分かれた名もつなぐ。 */
export function readParameters(header: string): { value: string; parameters: Map<string, string> } {
  const [value = ""] = header.split(";");
  const parameters = new Map<string, string>();
  const parts = new Map<string, { order: number; text: string; coded: boolean }[]>();
  for (const [, name = "", order, star, quotedText, bare] of header.matchAll(
    /;\s*([a-z0-9-]+)(?:\*(\d+))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/gi,
  )) {
    const text = quotedText === undefined ? (bare ?? "") : quotedText.replace(/\\(.)/g, "$1");
    const key = name.toLowerCase();
    parts.set(key, [...(parts.get(key) ?? []), { order: Number(order ?? 0), text, coded: star === "*" }]);
  }
  for (const [name, found] of parts) parameters.set(name, joinParts(found));
  return { value: value.trim(), parameters };
}

function joinParts(parts: readonly { order: number; text: string; coded: boolean }[]): string {
  const ordered = [...parts].sort((a, b) => a.order - b.order);
  const charset = ordered[0]?.coded ? (/^([^']*)'[^']*'/.exec(ordered[0].text)?.[1] ?? "") : "";
  if (!ordered.some(({ coded }) => coded)) return decodeWords(ordered.map(({ text }) => text).join(""));
  const bytes = ordered.map(({ text, coded }, at) => {
    const own = coded && at === 0 ? text.replace(/^[^']*'[^']*'/, "") : text;
    return coded ? quoted(own.replaceAll("=", "=3D").replaceAll("%", "=")) : Buffer.from(own, "latin1");
  });
  return decodeBytes(Buffer.concat(bytes), charset.toLowerCase());
}
