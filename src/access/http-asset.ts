import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";

const media: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".json": "application/json",
};

/** 中身の印（esbuild の 8 字）が名に入っているもの。名が変われば中身も変わるので、いつまでも覚えてよい。 */
const hashed = /-[A-Z0-9]{8}\.[a-z0-9]+$/;

export interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  media: string;
  immutable: boolean;
}

/** /assets/ の下の名からファイルを読む。フォルダーの外、隠しファイル、知らない種類、つなぎ（symlink）の先は undefined。 */
export function readAsset(assetsDir: string, name: string): Asset | undefined {
  const type = media[extname(name)];
  if (type === undefined || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name) || name.includes(".."))
    return undefined;
  try {
    const base = realpathSync(assetsDir);
    const path = realpathSync(join(base, name));
    if (!path.startsWith(base + sep) || !statSync(path).isFile()) return undefined;
    return { bytes: new Uint8Array(readFileSync(path)), media: type, immutable: hashed.test(name) };
  } catch {
    return undefined;
  }
}
