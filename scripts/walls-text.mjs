// 家の壁のうち、ファイルの文面を見るもの。
import { posix } from "node:path";

const warnAt = 250;
const sourceEnd = 400;
/** 試験は、様式や日程の例を並べた表なので、長くてよい（ADR 0021）。 */
const testEnd = 1000;

/** 大きさ。250 行で理由を問い、400 行（試験は 1000 行）で止める。 */
export function sizeFaults(file) {
  const lines = file.text.split("\n").length - 1;
  if (!["ts", "tsx", "mjs"].includes(file.extension)) return [];
  const failAt = file.isTest ? testEnd : sourceEnd;
  if (lines > failAt)
    return [{ path: file.path, message: `${lines} 行あります。${failAt} 行が限りです。分けてください。` }];
  if (lines > warnAt)
    return [{ path: file.path, message: `${lines} 行あります。分けられませんか。`, warning: true }];
  return [];
}

const words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"];
const hosts = [
  ["npmjs", "org"],
  ["npmjs", "com"],
  ["yarnpkg", "com"],
  ["debian", "org"],
  ["pypi", "org"],
].map((parts) => parts.join("."));

/** どのファイルにも書かない言葉と、登録所の場所。 */
export function wordFaults(file) {
  const banned = [
    ...words.map((word) => ({
      pattern: new RegExp(`\\b${word}`),
      message: `「${word}」は残しません。いま直すか、課題に書きます。`,
    })),
    ...hosts.map((host) => ({
      pattern: new RegExp(host.replace(".", "\\.")),
      message: "パッケージの登録所の名は書きません。",
    })),
  ];
  return file.text
    .split("\n")
    .flatMap((text, index) =>
      banned
        .filter(({ pattern }) => pattern.test(text))
        .map(({ message }) => ({ path: file.path, line: index + 1, message })),
    );
}

/** 書き方：既定の公開と、公開する矢印関数を使わない。作業場所の外のファイルを読まない。 */
export function styleFaults(file) {
  const rules = [
    { pattern: /^export default\b/, message: "名前のある公開だけを使います。" },
    { pattern: /^export \* from\b/, message: "まとめ直し（barrel）は作りません。" },
    {
      pattern: /^export const \w+ = (async )?(\([^)]*\)|\w+) =>/,
      message: "公開する関数は function で書きます。",
    },
  ];
  const lines = file.text.split("\n");
  const found = lines.flatMap((text, index) =>
    rules
      .filter(({ pattern }) => pattern.test(text))
      .map(({ message }) => ({ path: file.path, line: index + 1, message })),
  );
  const outside = [...file.text.matchAll(/new URL\(\s*"(\.\.?\/[^"]*)"/g)]
    .filter((match) => posix.normalize(posix.join(posix.dirname(file.path), match[1])).startsWith(".."))
    .map((match) => ({
      path: file.path,
      message: `${match[1]} はリポジトリの外です。clone した人は持っていません。`,
    }));
  return [...found, ...outside];
}
