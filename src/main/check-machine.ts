import { readdir, readFile, stat, statfs } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { findProgram } from "../office/office-program.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { certificateFacts } from "../sealing/tls-certificate.ts";
import {
  certificateFinding,
  defaultRoutes,
  diskFinding,
  type Finding,
  routeFinding,
  walFinding,
} from "./health.ts";

/** 事務所を開かずに分かること: Node、フォルダー、空き、経路、証明書、道具。 */
export async function checkMachine(data: string, folder: OfficeFolder, nowMs: number): Promise<Finding[]> {
  return [
    nodeFinding(process.versions.node),
    await permissionFinding(data),
    diskFinding(await freeBytes(data)),
    walFinding(await sizeOf(join(data, "app.db-wal"))),
    routeFinding(await routesHere(), portsHere(), folder.mode),
    certificateFinding(await certificateEnd(data), nowMs),
    ...programFindings(),
  ];
}

/** 22.18 以上で動く。 */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const good = major > 22 || (major === 22 && minor >= 18);
  return good
    ? { id: "node", state: "good", text: `Node.js は ${version} です。` }
    : { id: "node", state: "bad", text: `Node.js ${version} は古いものです。22.18 以上を入れてください。` };
}

/** フォルダーは 0700、中のファイルは 0600 で、動かしている人だけが読める。証明書（.crt）は秘密ではない。 */
export async function permissionFinding(data: string): Promise<Finding> {
  const id = "permissions";
  if (process.platform === "win32")
    return { id, state: "unknown", text: "フォルダーの権限は、Windows では確かめられません。" };
  const inside = await readdir(data, { recursive: true, withFileTypes: true });
  const names = inside
    .filter((one) => !one.name.endsWith(".crt"))
    .map((one) => join(one.parentPath, one.name));
  const open: string[] = [];
  for (const name of [data, ...names]) {
    const info = await stat(name).catch(() => undefined);
    if (info && (info.mode & 0o077) !== 0) open.push(name === data ? "." : name.slice(data.length + 1));
  }
  if (open.length === 0)
    return { id, state: "good", text: "フォルダーとファイルは、動かしている人だけが読めます。" };
  return {
    id,
    state: "bad",
    text: `ほかの人も読めるものがあります: ${open.slice(0, 5).join("、")}${open.length > 5 ? ` ほか${open.length - 5}件` : ""}。フォルダーは 700、ファイルは 600 にしてください。`,
  };
}

async function freeBytes(data: string): Promise<number> {
  const { bavail, bsize } = await statfs(data);
  return bavail * bsize;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function portsHere(): string[] {
  return Object.entries(networkInterfaces())
    .filter(([, all]) => all?.some((one) => !one.internal))
    .map(([name]) => name);
}

async function routesHere(): Promise<string[] | undefined> {
  const v4 = await readFile("/proc/net/route", "utf8").catch(() => undefined);
  if (v4 === undefined) return undefined;
  return defaultRoutes(v4, await readFile("/proc/net/ipv6_route", "utf8").catch(() => ""));
}

async function certificateEnd(data: string): Promise<number | undefined> {
  const pem = await readFile(join(data, "tls", "server.crt"), "utf8").catch(() => undefined);
  return pem === undefined ? undefined : (await certificateFacts(pem)).expiresAtMs;
}

/** 外の道具。なくても動くが、できないことがある。 */
export function programFindings(path = process.env.PATH ?? ""): Finding[] {
  const off = process.env.MADOGUCHI_PDF === "off";
  const tools: [string, string[], string][] = [
    ["LibreOffice", ["soffice", "libreoffice"], "Word の様式から PDF を作れません"],
    ["poppler（pdftoppm）", ["pdftoppm"], "はがきの絵を出せません"],
    ["qpdf", ["qpdf", "pdfunite"], "大きな束の PDF を分けて作れません"],
  ];
  return tools.map(([name, programs, without]) => {
    const id = programs[0] ?? name;
    if (id === "soffice" && off)
      return { id, state: "care", text: "LibreOffice は使わない設定です（MADOGUCHI_PDF=off）。" };
    return findProgram(programs, path)
      ? { id, state: "good", text: `${name} があります。` }
      : { id, state: "care", text: `${name} がありません。${without}。` };
  });
}
