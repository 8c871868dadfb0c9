import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./node.mjs";

/** PATH の上のプログラムの場所。なければ undefined。 */
export function programOnPath(...names) {
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const file = join(directory, name);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL の initdb と postgres があるフォルダー。Debian は PATH の外に版ごとに置く（新しい版を選ぶ）。 */
export function postgresDirectory() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(debian, version, "bin"))
    .find((bin) => isProgram(join(bin, "initdb")));
  if (found) return found;
  const onPath = programOnPath("initdb");
  return onPath && isProgram(join(onPath, "..", "postgres")) ? join(onPath, "..") : undefined;
}

/** 段階に要る道具と、それを含む Debian のパッケージ。 */
const tools = {
  chromium: {
    has: () => Boolean(programOnPath("chromium", "chromium-browser")),
    packages: ["chromium", "fonts-noto-cjk"],
  },
  postgres: { has: () => Boolean(postgresDirectory()), packages: ["postgresql"] },
  soffice: {
    has: () => Boolean(programOnPath("soffice")),
    packages: [
      "libreoffice-writer-nogui",
      "libreoffice-calc-nogui",
      "libreoffice-impress-nogui",
      "fonts-noto-cjk",
    ],
  },
  pythonDocx: {
    has: () => existsSync("/usr/lib/python3/dist-packages/docx/__init__.py"),
    packages: ["python3-docx"],
  },
  pdftoppm: { has: () => Boolean(programOnPath("pdftoppm")), packages: ["poppler-utils"] },
};

/** 挙げた道具のうち、この機械にないものを揃えるパッケージ。すべてあれば空。 */
export function missingPackages(names) {
  return [...new Set(names.filter((name) => !tools[name].has()).flatMap((name) => tools[name].packages))];
}

/**
 * root の Debian でだけ、足りないパッケージを入れる。入れられたか、もともと足りていれば true。
 * 一覧は .ci/packages（CI と同じもの）で、一度にまとめて入れる。
 */
export function installPackages() {
  if (process.getuid?.() !== 0 || !programOnPath("apt-get")) return false;
  const wanted = readFileSync(join(root, ".ci", "packages"), "utf8")
    .split("\n")
    .filter(Boolean);
  process.stderr.write(`Debian のパッケージを入れています: ${wanted.join(" ")} …\n`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-q"], options);
  return (
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...wanted], options).status === 0
  );
}
