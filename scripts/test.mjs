// npm test。段階を順に動かし、最後の行に「N passed, N failed」を一行で書く。
//   npm test -- --stage rules        一つの段階だけ（コンマでいくつでも）
//   npm test -- src/reception        名指しの試験だけ（check は省く）
import { ensureNode } from "./node.mjs";

await ensureNode();
const { endWith, ensureDependencies } = await import("./dependencies.mjs");

try {
  await ensureDependencies();
  const { runStages } = await import("./run-stages.mjs");
  process.exitCode = await runStages(process.argv.slice(2));
} catch (error) {
  endWith(error);
}
