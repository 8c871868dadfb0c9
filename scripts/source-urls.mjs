import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { root } from "./node.mjs";

const besideSource = /new URL\(\s*(["'`])(\.{1,2}\/[^"'`]*)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * 束ねると import.meta.url はソースの隣を指さなくなる。`new URL("../x", import.meta.url)` を、
 * 束の置き場所から同じものを指すように書き換える。`…-worker.ts` は dist/workers/ の束を指す。
 */
export function rewriteUrls(source, file, target) {
  return source.replaceAll(besideSource, (_whole, _quote, path) => {
    const aim = resolve(dirname(file), path);
    const worker = /([^/\\]+-worker)\.ts$/.exec(aim);
    const to = relative(target, worker ? join(root, "dist", "workers", `${worker[1]}.mjs`) : aim);
    const relativePath = `./${to.split(sep).join("/")}${path.endsWith("/") ? "/" : ""}`;
    return `new URL(${JSON.stringify(relativePath)}, import.meta.url)`;
  });
}

/** esbuild の部品。target は、束が最後に置かれるフォルダー。 */
export function urlsBesideSource(target) {
  return {
    name: "urls-beside-source",
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        if (!source.includes("import.meta.")) return undefined;
        const contents = rewriteUrls(source, path, target);
        const loader = path.endsWith("x") ? "tsx" : "ts";
        return { contents, loader, errors: strayPlaces(contents, path) };
      });
    },
  };
}

// ほかの書き方は束の中で黙って別の場所を指すので、組み立てを止める。
function strayPlaces(contents, path) {
  const rest = contents.replaceAll(
    /new URL\("[^"]*", import\.meta\.url\)|createRequire\(import\.meta\.url\)/g,
    "",
  );
  if (!/\bimport\.meta\.(url|dirname|filename)\b/.test(rest)) return [];
  const text =
    'import.meta は new URL("./…", import.meta.url) の形で使ってください。束ねると場所が変わります。';
  return [{ text, location: { file: relative(root, path) } }];
}
