import { randomBytes } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo, CommandOption } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { dataFolder, openFolder } from "./open-folder.ts";
import { SecretInput } from "./secret-input.ts";

/** 一つのファイルとして読む上限。これより大きいものは、開く前に断る。 */
const FILE_LIMIT = 256 * 1024 * 1024;

const common: CommandOption[] = [
  { name: "data", value: "DIR", help: "事務所のデータのフォルダー" },
  { name: "json", help: "結果を一つの JSON で標準出力に出す" },
  { name: "out", value: "PATH", help: "書き出し先" },
  { name: "help", help: "使い方" },
];

/** 引数からコマンドを選んで行う。二語の名（classes read）を先に探す。 */
export async function runCommand(commands: readonly Command[], argv: readonly string[]): Promise<void> {
  const command =
    commands.find((c) => c.name === argv.slice(0, 2).join(" ")) ?? commands.find((c) => c.name === argv[0]);
  const group = commands.filter((c) => c.name.startsWith(`${argv[0]} `));
  // 「owed --help」のように、組の名だけを言われたら、その組のコマンドを並べる。
  if (group.length > 0 && (argv[1] === "--help" || argv[1] === "help") && command?.name !== `${argv[0]} help`)
    return void process.stdout.write(
      `${command === undefined ? "" : `${usageOf(command)}\n`}${groupOf(argv[0] ?? "", group)}`,
    );
  if (!command) {
    const asked = argv[0] === undefined || argv[0] === "help" || argv[0] === "--help";
    if (asked) return void process.stdout.write(overview(commands));
    throw new AppError(
      "BAD_INPUT",
      `「${argv.slice(0, 2).join(" ")}」というコマンドはありません。madoguchi ${group.length > 0 ? `${argv[0]} --help` : "help"} で一覧を確かめてください。`,
    );
  }
  const { values, positionals } = parse(command, argv.slice(command.name.split(" ").length));
  if (values.help) return void process.stdout.write(usageOf(command));
  const missing = command.options.find((o) => o.required && values[o.name] === undefined);
  if (missing)
    throw new AppError(
      "BAD_INPUT",
      `--${missing.name} ${missing.value ?? ""} が要ります（${missing.help}）。`,
    );
  const needed = command.usage.split(" ").filter((word) => /^[A-Z]+$/.test(word)).length;
  if (positionals.length < needed)
    throw new AppError("BAD_INPUT", `使い方: madoguchi ${command.name} ${command.usage}`);
  await withIo(values, positionals, (io) => command.run(io));
}

type Values = Record<string, string | boolean | string[] | undefined>;

function parse(command: Command, argv: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    [...command.options, ...common].map((o) => [
      o.name,
      o.value ? { type: "string" as const, multiple: o.many ?? false } : { type: "boolean" as const },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Values, positionals };
  } catch {
    throw new AppError("BAD_INPUT", `選択肢の書き方が違います。使い方:\n${usageOf(command)}`);
  }
}

async function withIo(
  values: Values,
  positionals: string[],
  run: (io: CommandIo) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // npm は Ctrl+C を二度伝えることがあるので、一度で止まり、二度目は聞き流す。
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  const secrets = new SecretInput();
  let office: Promise<Office> | undefined;
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : undefined);
  const io: CommandIo = {
    args: positionals,
    option: text,
    options: (name) =>
      Array.isArray(values[name]) ? (values[name] as string[]) : [text(name) ?? ""].filter(Boolean),
    flag: (name) => values[name] === true,
    result: (value, plain) =>
      void process.stdout.write(values.json ? `${JSON.stringify(value)}\n` : `${plain}\n`),
    progress: (line) => void process.stderr.write(`${line}\n`),
    secret: (question) => secrets.ask(question),
    readFile: readInput,
    writeFile: writeOutput,
    office: () => {
      const opening = office ?? openFolder(dataFolder(text("data")));
      office = opening;
      return opening;
    },
    signal: stop.signal,
  };
  try {
    await run(io);
  } finally {
    secrets.close();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeListener(signal, interrupt);
    await (await office?.catch(() => undefined))?.close();
  }
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (info.isDirectory())
      throw new AppError("BAD_INPUT", "フォルダーではなく、ファイルを指定してください。");
    if (info.size > FILE_LIMIT)
      throw new AppError("TOO_LARGE", "ファイルが大きすぎます（256 MB まで）。分けてお試しください。");
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("BAD_INPUT", "ファイルを開けません。名前と場所、読む権限を確かめてください。");
  }
}

async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o600 });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    const full =
      cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
    throw full
      ? new AppError(
          "UNAVAILABLE",
          "ディスクの空きが足りず、書き出せませんでした。空きを作ってから、もう一度お試しください。",
        )
      : new AppError(
          "BAD_INPUT",
          "書き出し先に書き込めません。フォルダーがあるか、書き込みが許されているかを確かめてください。",
        );
  }
}

function overview(commands: readonly Command[]): string {
  return `まどぐち（窓口）: 自治体の受託業務の事務所\n\n使い方: madoguchi コマンド [選択肢]\n\n${listOf(commands)}\n\nそれぞれの使い方: madoguchi コマンド --help\n`;
}

function groupOf(name: string, commands: readonly Command[]): string {
  return `「madoguchi ${name}」のコマンド\n\n${listOf(commands)}\n\nそれぞれの使い方: madoguchi ${name} コマンド --help\n`;
}

function listOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((c) => c.name.length));
  return commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`).join("\n");
}

function usageOf(command: Command): string {
  const lines = [...command.options, ...common].map(
    (o) =>
      `  --${[o.name, o.value].filter(Boolean).join(" ").padEnd(22)} ${o.help}${o.required ? "（必須）" : ""}`,
  );
  return `madoguchi ${command.name} ${command.usage}\n${command.summary}\n\n${lines.join("\n")}\n`;
}
