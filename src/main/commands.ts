import type { Command } from "../platform/command.ts";
import { logCommands } from "./log-command.ts";
import { sealCommands } from "./seal-command.ts";

/** コマンドの全部。各室の一覧を集める。 */
export const commands: Command[] = [...sealCommands, ...logCommands];
