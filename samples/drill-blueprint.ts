import { readFile } from "node:fs/promises";
import { bundleBlueprint } from "../src/terms/blueprint.ts";

const blueprintFile = new URL("../blueprints/sapporo-class-booking.yaml", import.meta.url);

/** 事務所を開かずに訓練するときの、添えてある設計図。 */
export async function readDrillBlueprint(): Promise<string> {
  return bundleBlueprint(await readFile(blueprintFile, "utf8"), (name) =>
    readFile(new URL(`${name}.yaml`, blueprintFile), "utf8"),
  );
}
