// npm start。引数がなければ、見本の事務所を開く（本物の事務所があれば、そちらを開く）。
import { ensureNode } from "./node.mjs";

await ensureNode();
const { endWith } = await import("./dependencies.mjs");
const { runProgram, startArguments } = await import("./program.mjs");

try {
  await runProgram(startArguments(process.argv.slice(2)));
} catch (error) {
  endWith(error);
}
