import { readdir, readFile } from "node:fs/promises";
import { type Blueprint, bundleBlueprint, readBlueprint } from "./blueprint.ts";

const folder = new URL("../../blueprints/", import.meta.url);

let shipped: Promise<Blueprint[]> | undefined;

/**
 * 窓口に添えてある設計図（blueprints/*.yaml。準用する文書だけのものは除く）。一度だけ読む。
 * フォルダーのない置き方でも、読めない一枚があっても、残りで続ける。
 */
export function listShippedBlueprints(): Promise<Blueprint[]> {
  shipped ??= readShipped();
  return shipped;
}

async function readShipped(): Promise<Blueprint[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .filter((one) => one.endsWith(".yaml"))
      .sort()
      .map(readOne),
  );
  return found.filter((one) => one !== undefined);
}

async function readOne(name: string): Promise<Blueprint | undefined> {
  const load = (one: string) => readFile(new URL(one, folder), "utf8");
  try {
    const yaml = await load(name);
    if (!/^format:\s*madoguchi-blueprint\//m.test(yaml)) return undefined;
    const bundled = await bundleBlueprint(yaml, (document) =>
      load(`${document}.yaml`).catch(() => undefined),
    );
    return readBlueprint(bundled).blueprint;
  } catch {
    return undefined;
  }
}
