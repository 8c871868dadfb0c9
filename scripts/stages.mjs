import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { walk } from "./bundle.mjs";
import { root } from "./node.mjs";

/**
 * npm test の段階。上から順に動かし、時間（分）を超えた段階は失敗にする。合わせて 55 分以内。
 * tools は scripts/system.mjs の名前。ない機械では、その段階だけを省く（CI では失敗）。
 */
export const stages = [
  { name: "check", title: "型・書き方・壁・使われないコード", minutes: 4, tools: [] },
  { name: "rules", title: "規則と部屋（SQLite）", minutes: 14, tools: [] },
  { name: "postgres", title: "保管と競争（PostgreSQL）", minutes: 14, tools: ["postgres"] },
  { name: "browser", title: "ブラウザーの旅", minutes: 16, tools: ["chromium", "soffice", "pdftoppm"] },
  {
    name: "documents",
    title: "書類（LibreOffice で開く）",
    minutes: 7,
    tools: ["soffice", "pdftoppm", "pythonDocx"],
  },
];

const usesOffice = /\bopenDesk\(|\bMADOGUCHI_TEST_(?:ENGINE|POSTGRES)\b|@engine both/;
const usesLibreOffice = /\bsoffice\b|\bpdftoppm\b|@stage documents/;

/** 段階に入る試験のファイル（根からの道）。中身で決めるので、一覧の書き忘れがない。 */
export function stageFiles(name) {
  if (name === "browser") return testFiles("e2e", /\.e2e\.tsx?$/).map((file) => file.path);
  const tests = [...testFiles("src", /\.test\.tsx?$/), ...testFiles("samples", /\.test\.tsx?$/)];
  const ofScripts = name === "rules" ? testFiles("scripts", /\.test\.mjs$/) : [];
  return [...tests.filter((file) => belongs(name, file.text)), ...ofScripts].map((file) => file.path);
}

/** 試験の中身から、その段階で動かすかどうか。LibreOffice を使う試験は documents だけで動かす。 */
export function belongs(stage, text) {
  if (stage === "documents") return usesLibreOffice.test(text);
  if (usesLibreOffice.test(text)) return false;
  return stage === "rules" || (stage === "postgres" && usesOffice.test(text));
}

function testFiles(folder, pattern) {
  return walk(join(root, folder))
    .filter((file) => pattern.test(file))
    .map((file) => ({ path: relative(root, file).split(sep).join("/"), text: readFileSync(file, "utf8") }));
}
