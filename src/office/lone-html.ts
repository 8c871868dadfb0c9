import { createHash } from "node:crypto";

/** 一つの HTML の頁。body の中の文は、呼ぶ側が escapeHtml を通しておく。 */
export interface LoneHtml {
  title: string;
  style: string;
  script: string;
  /** <body> の中身（script の前まで）。 */
  body: string;
  /** data: の画像を載せる。 */
  images?: boolean;
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML の文と属性の値に書ける形。 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (found) => escapes[found] ?? found);
}

const sourceHash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * メールに添えて渡す、一つの HTML の頁。外のものを一つも読まず、file:// で開ける。
 * 中のスクリプトと様式はハッシュで名指し、ほかのスクリプトも通信も CSP が止める。
 */
export function loneHtml({ title, style, script, body, images = false }: LoneHtml): Uint8Array {
  const policy = [
    ...["default-src 'none'", `script-src ${sourceHash(script)}`, `style-src ${sourceHash(style)}`],
    ...(images ? ["img-src data:"] : []),
    ...["base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"],
  ].join("; ");
  return new TextEncoder().encode(`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`);
}
