// 束ねた bench・torture の一つを動かし、名と結果を親へ送る（scripts/measure.mjs が起動する）。
import { pathToFileURL } from "node:url";

const { name, run } = await import(pathToFileURL(process.argv[2]).href);
const rows = await run();
process.send({ name, rows }, () => process.disconnect());
