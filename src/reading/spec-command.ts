import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Due } from "./due.ts";
import { readSpecFile } from "./read-spec-file.ts";
import type { Specification } from "./read-specification.ts";

/** spec read: 仕様書を読む。事務所を開かない。 */
const readCommand: Command = {
  name: "spec read",
  usage: "FILE",
  summary: "業務仕様書（.txt、.docx、.pdf）を読み、条項の木と義務（主体・行い・期限・元の文）にします。",
  options: [],
  async run(io: CommandIo): Promise<void> {
    const [path] = io.args;
    if (path === undefined) throw new AppError("BAD_INPUT", "読み込む仕様書のファイルをご指定ください。");
    const specification = await readSpecFile(await io.readFile(path));
    io.result(specification, show(specification));
  },
};

export const specCommands: Command[] = [readCommand];

const KINDS: Record<Due["kind"], string> = {
  absolute: "期日",
  relative: "起算",
  recurring: "定期",
  immediate: "直ちに",
  before: "事前",
  retain: "保管",
  none: "",
};

function show({ clauses, obligations, dropped, warnings }: Specification): string {
  const lines: string[] = [`条項 ${clauses.length}　義務 ${obligations.length}`, ...warnings];
  if (dropped.length > 0) lines.push(`柱とページ番号 ${dropped.length} 行は、条項に入れていません。`);
  for (const clause of clauses) {
    lines.push("", `${clause.number === "" ? "（前書き）" : clause.number}　${clause.title}`.trimEnd());
    for (const one of obligations) {
      if (one.clause !== clause.id) continue;
      const due =
        one.due.text === ""
          ? ""
          : `〔${[KINDS[one.due.kind], one.due.text, one.due.date].filter(Boolean).join(" ")}〕`;
      const not = one.prohibited ? "（禁止）" : "";
      lines.push(
        `  ${one.actor}: ${one.object}／${one.verb}${not}${one.format ? `（${one.format}）` : ""}${due}`,
      );
    }
  }
  return lines.join("\n");
}
