/*
 * どの答えにも付ける、ブラウザーへの約束（別紙1 5(1)(3)）。外とつながらず、ほかの画面に埋め込まれず、何も残さない。
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const FEATURES = [
  "accelerometer",
  "autoplay",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

/** 答えに約束を付ける。assets（名に中身の印が入るもの）だけは覚えてよい。 */
export function secureHeaders(headers: Headers, given: { secure: boolean; immutable: boolean }): void {
  headers.set("Content-Security-Policy", policyFor(headers.get("Content-Type") ?? ""));
  headers.set("X-Content-Type-Options", "nosniff");
  // 画面の meta（same-origin）が、画面の中の投稿にだけ Origin を付けさせる。外へは何も渡らない。
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Permissions-Policy", FEATURES.map((name) => `${name}=()`).join(", "));
  headers.set("X-Robots-Tag", "noindex, nofollow");
  headers.set("Cache-Control", given.immutable ? "public, max-age=31536000, immutable" : "no-store");
  if (given.secure) headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/** 絵（SVG）をそのまま開いても、中の仕掛けが動かないようにする。 */
function policyFor(media: string): string {
  return media.startsWith("image/svg+xml") ? `${POLICY}; sandbox` : POLICY;
}

/** RFC 6266 のファイル名。古い読み手のための名（ASCII）と、本当の名（UTF-8）を並べる。 */
export function contentDisposition(kind: "attachment" | "inline", fileName: string): string {
  const name = fileName
    .normalize("NFC")
    .replace(/[\u0000-\u001f\u007f/\\]/g, "_")
    .slice(0, 200);
  const plain = name.replace(/[^\x20-\x7e]/g, "_").replace(/["%;]/g, "_");
  const full = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${full}`;
}

export interface CookieNames {
  session: string;
  visit: string;
}

/** TLS なら __Host- を付け、ほかの名の機械からは書けないようにする。 */
export function cookieNames(secure: boolean): CookieNames {
  const prefix = secure ? "__Host-" : "";
  return { session: `${prefix}madoguchi`, visit: `${prefix}madoguchi-visit` };
}

/** Set-Cookie の一行。value が undefined なら消す。 */
export function setCookie(name: string, value: string | undefined, secure: boolean): string {
  const age = value === undefined ? "; Max-Age=0" : "";
  return `${name}=${value ?? ""}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}${age}`;
}

/** Cookie の欄から一つ読む。 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}
