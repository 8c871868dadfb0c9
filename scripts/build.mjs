import { ensureNode } from "./node.mjs";

await ensureNode();
const { endWith, ensureDependencies } = await import("./dependencies.mjs");
const { ensureBuilt } = await import("./bundle.mjs");

try {
  await ensureDependencies();
  const built = await ensureBuilt();
  process.stderr.write(built ? "dist/ を作り直しました。\n" : "dist/ はソースのとおりです。\n");
} catch (error) {
  endWith(error);
}
