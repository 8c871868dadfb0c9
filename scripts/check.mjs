import { ensureNode } from "./node.mjs";

await ensureNode();
const { endWith, ensureDependencies } = await import("./dependencies.mjs");

try {
  await ensureDependencies();
  const { runChecks } = await import("./checks.mjs");
  const { failed } = await runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  endWith(error);
}
