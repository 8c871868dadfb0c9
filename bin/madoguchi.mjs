#!/usr/bin/env node
import { ensureNode } from "../scripts/node.mjs";

await ensureNode();
const { endWith } = await import("../scripts/dependencies.mjs");
const { runProgram } = await import("../scripts/program.mjs");

try {
  await runProgram(process.argv.slice(2));
} catch (error) {
  endWith(error);
}
