import { systemActor } from "../base/actor.ts";
import type { Command } from "../platform/command.ts";
import { type ListedTask, listTasks } from "./list-tasks.ts";
import type { TaskHand } from "./task-hand.ts";

/** tasks list: 残っている仕事を、期限の早い順に。 */
export function taskCommands(hand: TaskHand): Command[] {
  return [
    {
      name: "tasks list",
      usage: "",
      summary: "残っている仕事を、遅れ・本日・これからの順に並べる",
      options: [{ name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" }],
      async run(io) {
        const office = await io.office();
        const contract = await hand.contract(office, io.option("contract"));
        const terms = await hand.terms(office, contract);
        const tasks = await listTasks(office, systemActor(contract), terms);
        io.result({ tasks }, show(tasks));
      },
    },
  ];
}

function show(tasks: readonly ListedTask[]): string {
  if (tasks.length === 0) return "残っている仕事はありません。";
  const lines = tasks.map((task) =>
    [task.urgencyText, task.dueText, task.holderText, task.clause || "－", task.title].join("  "),
  );
  return [`残りは${tasks.length}件です。`, ...lines].join("\n");
}
