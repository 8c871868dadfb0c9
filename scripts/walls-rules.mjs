// 家の壁（docs/architecture.md）。ここにあるのは純粋な規則だけで、ファイルは渡されたものを見る。
import { posix } from "node:path";
import { sizeFaults, styleFaults, wordFaults } from "./walls-text.mjs";

/** 部屋の階。下の階だけを使い、同じ階の部屋は互いを知らない。 */
export const floors = {
  main: 12,
  home: 11,
  desk: 10,
  entrance: 10,
  comments: 10,
  council: 10,
  figures: 10,
  watch: 10,
  notices: 9,
  calls: 9,
  plan: 9,
  delivery: 9,
  workplan: 9,
  contract: 8,
  specification: 8,
  registers: 8,
  answers: 8,
  reception: 8,
  staffing: 8,
  analysis: 8,
  research: 8,
  privacy: 8,
  erasure: 8,
  reading: 7,
  survey: 7,
  waves: 7,
  manuscript: 7,
  opinions: 7,
  minutes: 7,
  meetings: 7,
  roster: 7,
  telephony: 7,
  schedule: 6,
  tabulation: 6,
  packages: 6,
  terms: 5,
  tasks: 5,
  filings: 5,
  word: 5,
  sheet: 5,
  office: 4,
  ui: 4,
  japan: 4,
  access: 3,
  backup: 3,
  platform: 2,
  sealing: 1,
  base: 0,
};

/** 地階の部屋。家ぜんたいの土台で、保管（*-store）も上の部屋のためにある。 */
const groundRooms = ["base", "sealing", "platform", "access"];

/** データベースを知らない部屋。 */
const pureRooms = [
  "reading",
  "manuscript",
  "opinions",
  "minutes",
  "meetings",
  "tabulation",
  "waves",
  "schedule",
  "roster",
  "telephony",
  "word",
  "sheet",
  "office",
  "ui",
  "japan",
  "sealing",
  "base",
];

/** 名前の末尾が決める役割と、許される拡張子。これ以外の末尾は <noun>.ts か <verb>-<noun>.ts。 */
const roles = {
  store: ["ts"],
  file: ["ts"],
  page: ["tsx"],
  panel: ["tsx"],
  island: ["tsx"],
  routes: ["ts", "tsx"],
  command: ["ts"],
  job: ["ts"],
  worker: ["ts"],
  reader: ["ts"],
  document: ["ts"],
  client: ["ts"],
};

const closedRoles = ["store", "page", "routes", "island"];
const fileOnlyRoles = ["file", "reader", "document"];
const screenRoles = ["page", "panel", "island"];

/** 外のパッケージを使ってよい場所。 */
const packageHomes = [
  {
    package: /^kysely(\/|$)/,
    where: (file) => file.role === "store" || isGround(file),
    say: "*-store.ts と地階と migrations/",
  },
  { package: /^(pg|better-sqlite3-multiple-ciphers)(\/|$)/, where: isGround, say: "地階" },
  { package: /^(react-aria|@react-aria|react-stately)/, where: (file) => file.room === "ui", say: "ui/" },
  { package: /^(vitest|fast-check|playwright-core|axe-core)(\/|$)/, where: isForTests, say: "試験" },
];

/** 道（"src/reception/booking-store.ts"）から、壁が見るものを読む。 */
export function describeFile(path, text) {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  const stem = name.replace(/\.(test|e2e|bench|torture|d)?\.?[^.]+$/, "");
  const isTest = /\.test\.tsx?$/.test(name);
  const words = stem.split("-");
  const ending = words.at(-1) ?? "";
  // keep-file.ts は動詞と名詞。役割の -file は <verb>-<noun>-file の三語から。
  const isRole = words.length > (ending === "file" ? 2 : 1) && !isTest && Object.hasOwn(roles, ending);
  return {
    path,
    text,
    name,
    stem,
    isTest,
    top: parts[0],
    room: parts[0] === "src" ? parts[1] : undefined,
    role: isRole ? ending : undefined,
    extension: name.split(".").at(-1) ?? "",
    imports: importsOf(text),
  };
}

function isGround(file) {
  return groundRooms.includes(file.room) || file.top === "migrations" || isForTests(file);
}

function isForTests(file) {
  return file.isTest || file.room === "testing" || ["e2e", "bench", "torture", "scripts"].includes(file.top);
}

const importPatterns = [
  /^(?:import|export)\s+(?:type\s+)?[\w*{][^;"'`()]*?\sfrom\s+"([^"]+)"/gm,
  /^import\s+"([^"]+)"/gm,
  /\bimport\(\s*"([^"]+)"\s*\)/g,
];

/** ファイルが読み込むもの（型だけの読み込みも数える）。 */
export function importsOf(text) {
  return importPatterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      from: match[1],
      line: text.slice(0, match.index).split("\n").length,
    })),
  );
}

/** src/ の中の名前と置き場所。 */
export function nameFaults(file, all) {
  const faults = [];
  const say = (message) => faults.push({ path: file.path, message });
  const place = file.path.split("/");
  if (file.room !== "testing" && !Object.hasOwn(floors, file.room ?? "")) say("家にない部屋です。");
  const isAsset = file.room === "ui" && place[2] === "assets";
  if (place.length !== 3 && !isAsset) say("部屋は平らです。下のフォルダーを作らないでください。");
  if (isAsset) return faults;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(file.stem)) say("ファイル名は小文字とハイフン（kebab-case）です。");
  if (/(^|-)(utils?|helpers?|misc|shared)$|^(common|services?|index|lib)$/.test(file.stem))
    say("何でも入る引き出し（index、utils、helpers、common、services）は作りません。");
  if (!isAllowedExtension(file)) say(`この名前と拡張子の組は語彙にありません（${vocabulary(file)}）。`);
  if (file.isTest && !hasSubject(file, all))
    say("試験は、名指すファイルの隣に置きます。その名のファイルがありません。");
  return faults;
}

function isAllowedExtension(file) {
  if (file.room === "ui" && ["css", "svg", "tsx"].includes(file.extension)) return true;
  if (file.name.endsWith(".d.ts")) return file.room === "platform";
  if (file.isTest || file.room === "testing") return ["ts", "tsx"].includes(file.extension);
  return (file.role ? roles[file.role] : ["ts"]).includes(file.extension);
}

function vocabulary(file) {
  return file.role
    ? `-${file.role} は ${roles[file.role].join(" か ")}`
    : ".tsx は -page、-panel、-island、-routes だけ";
}

function hasSubject(file, all) {
  const folder = posix.dirname(file.path);
  return ["ts", "tsx"].some((extension) => all.has(`${folder}/${file.stem}.${extension}`));
}

/** 読み込みの向き。 */
export function importFaults(file, all) {
  return file.imports.flatMap(({ from, line }) => {
    const messages = from.startsWith(".") ? relativeFaults(file, from, all) : packageFaults(file, from);
    return messages.map((message) => ({ path: file.path, line, message: `${from}: ${message}` }));
  });
}

function packageFaults(file, from) {
  const home = packageHomes.find((one) => one.package.test(from));
  if (home && !home.where(file)) return [`使えるのは ${home.say} だけです。`];
  if (screenRoles.includes(file.role) && from.startsWith("node:")) return ["画面と島は Node を知りません。"];
  return [];
}

function relativeFaults(file, from, all) {
  const path = posix.normalize(posix.join(posix.dirname(file.path), from));
  if (path.startsWith("..")) return ["リポジトリの外は読めません。"];
  if (!/\.(tsx?|mjs|css|json)$/.test(path)) return ["相対の読み込みには拡張子（.ts、.tsx）を付けます。"];
  if (all.size > 0 && path.startsWith("src/") && !all.has(path)) return ["そのファイルがありません。"];
  const target = describeFile(path, "");
  return [...directionFaults(file, target), ...roleFaults(file, target)];
}

function directionFaults(file, target) {
  if (target.room === "testing") return isForTests(file) ? [] : ["testing/ を使えるのは試験だけです。"];
  if (file.room === "testing" || ["e2e", "bench", "torture"].includes(file.top)) return [];
  if (file.top === "migrations")
    return target.top === "migrations" || groundRooms.includes(target.room)
      ? []
      : ["移行は地階だけを使います。"];
  if (file.top !== "src") return [];
  if (target.top === "migrations" || target.top === "samples")
    return file.room === "main" || file.isTest ? [] : [`${target.top}/ を使えるのは main/ だけです。`];
  if (target.top !== "src" || target.room === file.room) return [];
  const own = floors[file.room];
  const other = floors[target.room];
  if (own === undefined || other === undefined || other < own) return [];
  return [other === own ? `${target.room}/ は同じ階の部屋です。` : `${target.room}/ は上の階の部屋です。`];
}

function roleFaults(file, target) {
  const faults = [];
  // 地階の保管は家ぜんたいの土台で、ui/ の画面は部品。どちらも上の部屋のためにある。
  const isOpen = [...groundRooms, "ui", "testing"].includes(target.room);
  const abroad = target.top === "src" && target.room !== file.room && !isOpen;
  // 見本は、種から決まる id を持つために、講習会と会場を保管へ直に置く。
  const isSeed = file.top === "samples" && target.role === "store";
  const isCollector = (file.room === "main" && target.role === "routes") || isSeed;
  if (abroad && closedRoles.includes(target.role) && !isForTests(file) && !isCollector)
    faults.push(`ほかの部屋の *-${target.role} は閉じています。動詞のファイルを使ってください。`);
  if (target.role === "store" && (screenRoles.includes(file.role) || fileOnlyRoles.includes(file.role)))
    faults.push(`*-${file.role} は保管（*-store）を知りません。`);
  if (file.role === "store" && !isForTests(file) && target.top === "src" && !isBelowStore(file, target))
    faults.push("*-store は、自分の部屋と地階・japan/・terms/ だけを使います。");
  return faults;
}

function isBelowStore(file, target) {
  return target.room === file.room || [...groundRooms, "japan", "terms"].includes(target.room);
}

/** データベースを知らない部屋に、保管のファイルを置かない。 */
export function pureRoomFaults(file) {
  if (!pureRooms.includes(file.room) || file.isTest) return [];
  const usesDatabase = file.imports.some(({ from }) =>
    /(^|\/)(database|sqlite-database|postgres-database|open-office)\.ts$/.test(from),
  );
  if (file.role !== "store" && !usesDatabase) return [];
  return [{ path: file.path, message: `${file.room}/ はデータベースを知らない部屋です。` }];
}

/** src/ の一つのファイルに関わる規則のすべて。 */
export function fileFaults(file, all) {
  return [
    ...nameFaults(file, all),
    ...importFaults(file, all),
    ...sizeFaults(file),
    ...wordFaults(file),
    ...styleFaults(file),
    ...pureRoomFaults(file),
  ];
}
