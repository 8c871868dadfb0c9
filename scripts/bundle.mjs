import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, extname, join, relative, sep } from "node:path";
import { Plain, withLock } from "./dependencies.mjs";
import { root } from "./node.mjs";
import { urlsBesideSource } from "./source-urls.mjs";

const dist = join(root, "dist");
const shared = {
  bundle: true,
  absWorkingDir: root,
  logLevel: "warning",
  logOverride: { "ignored-bare-import": "silent" },
};

/** ソースが変わっていれば dist/ を作り直す。作り直したら true。 */
export async function ensureBuilt() {
  if (isCurrent()) return false;
  return withLock("build", async () => {
    if (isCurrent()) return false;
    process.stderr.write("組み立てています（dist/）…\n");
    await buildInto(dist, sourceDigest());
    return true;
  });
}

function isCurrent() {
  const stamp = join(dist, "stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceDigest();
}

/** dist/ に入るものすべての指紋。試験は入らないので、試験を直しても組み立て直さない。 */
export function sourceDigest() {
  const hash = createHash("sha1");
  const files = [
    ...walk(join(root, "src")),
    ...walk(join(root, "migrations")),
    ...walk(join(root, "samples")),
    ...["package-lock.json", "tsconfig.json", "scripts/bundle.mjs", "scripts/source-urls.mjs"].map((file) =>
      join(root, file),
    ),
  ];
  for (const file of files) {
    if (isTest(file) || !existsSync(file)) continue;
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function isTest(file) {
  return /\.test\.tsx?$/.test(file) || file.includes(`${sep}src${sep}testing${sep}`);
}

/** フォルダーの中のファイルを、名前の順に、深くまで。なければ空。 */
export function walk(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

// 途中で止まっても半端な dist/ を残さないよう、隣で作ってから入れ替える。
async function buildInto(target, digest) {
  const staging = `${target}.staging`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(join(staging, "assets"), { recursive: true });
  const esbuild = await import("esbuild");
  try {
    const sources = walk(join(root, "src")).filter((file) => !isTest(file));
    await buildPrograms(esbuild, staging, target, sources);
    const manifest = {
      ...(await buildIslands(esbuild, staging, sources)),
      ...(await buildStyles(esbuild, staging)),
    };
    const statics = join(root, "src", "ui", "assets");
    if (existsSync(statics)) cpSync(statics, join(staging, "assets"), { recursive: true });
    writeFileSync(join(staging, "assets", "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(join(staging, "stamp"), digest);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // esbuild は場所つきの知らせをもう書いている。
    throw error.errors ? new Plain(`組み立てられませんでした（${error.errors.length} 件）。`) : error;
  } finally {
    await esbuild.stop(); // このプロセスは、このあと事務所として長く動くことがある
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
}

async function buildPrograms(esbuild, staging, target, sources) {
  const entry = join(root, "src", "main", "cli.ts");
  if (!existsSync(entry)) throw new Plain("src/main/cli.ts がないので、組み立てられません。");
  await esbuild.build(programOptions({ madoguchi: entry }, staging, target));
  const workers = byName(sources.filter((file) => file.endsWith("-worker.ts")));
  if (Object.keys(workers).length === 0) return;
  await esbuild.build(programOptions(workers, join(staging, "workers"), join(target, "workers")));
}

/** Node で動かす束の作り方。target は、できあがりが最後に置かれる場所。 */
function programOptions(entryPoints, outdir, target) {
  return {
    ...shared,
    entryPoints,
    outdir,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: "node22.18",
    packages: "external",
    jsx: "automatic",
    sourcemap: true,
    plugins: [urlsBesideSource(target)],
  };
}

async function buildIslands(esbuild, staging, sources) {
  const islands = byName(sources.filter((file) => file.endsWith("-island.tsx")));
  if (Object.keys(islands).length === 0) return {};
  const result = await esbuild.build({
    ...shared,
    entryPoints: islands,
    outdir: join(staging, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    platform: "browser",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    splitting: true,
    metafile: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return addresses(result.metafile, ".js");
}

async function buildStyles(esbuild, staging) {
  const ui = join(root, "src", "ui");
  const source = await styleSource(esbuild, ui);
  if (source === "") return {};
  const result = await esbuild.build({
    ...shared,
    entryPoints: { madoguchi: "madoguchi.css" },
    outdir: join(staging, "assets"),
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".woff": "file", ".svg": "file", ".png": "file" },
    minify: true,
    metafile: true,
    plugins: [inMemory("madoguchi.css", { contents: source, loader: "css", resolveDir: ui })],
  });
  return addresses(result.metafile, ".css");
}

// 様式の並びは src/ui/stylesheet.ts が決める。なければ名前の順。
async function styleSource(esbuild, ui) {
  const list = join(ui, "stylesheet.ts");
  if (existsSync(list)) {
    const built = await esbuild.build({ ...shared, entryPoints: [list], format: "esm", write: false });
    const code = Buffer.from(built.outputFiles[0].contents).toString("base64");
    return (await import(`data:text/javascript;base64,${code}`)).stylesheetSource();
  }
  const files = walk(ui).filter((file) => file.endsWith(".css"));
  return files.map((file) => `@import "./${relative(ui, file)}";`).join("\n");
}

/** 束の中での名前（`desk-island.js`、`madoguchi.css`）→ 配る場所（`/assets/desk-island-XXXX.js`）。 */
function addresses(metafile, extension) {
  const found = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (!output.entryPoint || extname(path) !== extension) continue;
    const name = basename(path).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "");
    found[name] = `/assets/${basename(path)}`;
  }
  return found;
}

function byName(files) {
  const named = {};
  for (const file of files) {
    const name = basename(file, extname(file));
    if (named[name])
      throw new Plain(`${relative(root, file)} と ${relative(root, named[name])} は同じ名前です。`);
    named[name] = file;
  }
  return named;
}

function inMemory(name, file) {
  return {
    name: "in-memory",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name.replace(".", "\\.")}$`) }, () => ({
        path: name,
        namespace: "in-memory",
      }));
      build.onLoad({ filter: /.*/, namespace: "in-memory" }, () => file);
    },
  };
}

/** TypeScript のファイルを一つ、依存を外に残して束ね、その場所を返す（bench と torture のため）。 */
export async function bundleScript(file) {
  const esbuild = await import("esbuild");
  const outdir = join(root, "dist", "scripts");
  const name = basename(file, ".ts");
  await esbuild.build(programOptions({ [name]: file }, outdir, outdir));
  return join(outdir, `${name}.mjs`);
}
