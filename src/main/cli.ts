import { AppError, errorCodes } from "../base/error.ts";
import { commands } from "./commands.ts";
import { runCommand } from "./run-command.ts";

const USAGE_EXIT = errorCodes.BAD_INPUT.exit;
const BUG_EXIT = 70;

/** 終了コード: 0 済んだ、1 規則により断った、2 入力が使えない、3 権限がないか封印中、70 不具合。 */
async function main(): Promise<number> {
  try {
    await runCommand(commands, process.argv.slice(2));
    return 0;
  } catch (cause) {
    if (cause instanceof AppError) {
      process.stderr.write(`${cause.message}\n`);
      for (const fault of cause.faults)
        process.stderr.write(
          `  ${[fault.cell ?? fault.field, fault.row && `${fault.row}行目`].filter(Boolean).join(" ")} ${fault.message}\n`,
        );
      return cause.code === "BAD_INPUT" ? USAGE_EXIT : errorCodes[cause.code].exit;
    }
    // 不具合の詳しい中身には入力が混じりうるので、出すのは場所だけにする。
    const where =
      cause instanceof Error
        ? (cause.stack ?? "")
            .split("\n")
            .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
            .slice(0, 5)
            .join("\n")
        : "";
    process.stderr.write(
      `まどぐちの不具合です。この表示を添えて、管理者に知らせてください。\n${cause instanceof Error ? cause.name : ""}\n${where}\n`,
    );
    return BUG_EXIT;
  }
}

// 事務所のフォルダーに作るもの（データベース、その WAL）は、動かしている人だけが読める。
process.umask(0o077);
// 「| head」のように、読む側が先に閉じたときは、静かに終わる。
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  throw cause;
});
process.exitCode = await main();
