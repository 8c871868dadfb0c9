import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { bundleBlueprint } from "../terms/blueprint.ts";
import { replaceBlueprint } from "../terms/replace-blueprint.ts";
import { rebuildOwed } from "./catch-up-owed.ts";
import { compareOwed, type OwedDifference } from "./compare-owed.ts";
import { openStates } from "./contract-ask.ts";
import type { ContractHand } from "./contract-hand.ts";
import type { Coverage } from "./coverage.ts";
import { dutyStateLabels, dutyStates } from "./duty.ts";
import { readCoverage } from "./read-coverage.ts";
import { type OwedBoard, readOwed } from "./read-owed.ts";
import { REMIND_DAYS, remindOwed } from "./remind-owed.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

/** owed list・coverage・rebuild・remind・change。 */
export function contractCommands(hand: ContractHand): Command[] {
  const open = async (io: CommandIo): Promise<{ office: Office; contract: string }> => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [
    {
      name: "owed list",
      usage: "",
      summary: "いま求められていることを、遅れ・いま・答え待ちの順に並べる",
      options: [contractOption, { name: "all", help: "済んだものと、これからのものも" }],
      async run(io) {
        const { office, contract } = await open(io);
        const board = await readOwed(office, contract, io.flag("all") ? {} : { states: openStates });
        io.result({ now: board.now, tally: board.tally, owed: board.lines }, showBoard(board));
      },
    },
    {
      name: "owed coverage",
      usage: "",
      summary: "仕様書の条項ごとの証跡を数える",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await open(io);
        const coverage = await readCoverage(office, contract);
        io.result(coverage, showCoverage(coverage));
      },
    },
    {
      name: "owed rebuild",
      usage: "",
      summary: "義務の写しを捨て、記録から作り直す",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await open(io);
        const built = await rebuildOwed(office, contract);
        io.result(built, `${built.facts}件の記録から、義務${built.items}回分を作り直しました。`);
      },
    },
    {
      name: "owed remind",
      usage: "",
      summary: "期限の近い義務を、仕事に加える（何度呼んでも同じ）",
      options: [contractOption, { name: "days", value: "N", help: `何営業日前から（既定 ${REMIND_DAYS}）` }],
      async run(io) {
        const { office, contract } = await open(io);
        const days = Number(io.option("days") ?? REMIND_DAYS);
        if (!Number.isInteger(days) || days < 0 || days > 60)
          throw new AppError("BAD_INPUT", "--days は、0から60までの整数です。");
        const done = await remindOwed(office, contract, days);
        io.result(done, `仕事を${done.opened}件加え、果たした${done.closed}件を閉じました。`);
      },
    },
    {
      name: "owed change",
      usage: "FILE",
      summary: "変更した設計図との差を見る。--confirm を付けると、契約を変更する",
      options: [
        contractOption,
        { name: "confirm", help: "差を見たうえで、替える" },
        { name: "reason", value: "文", help: "変更の根拠（--confirm のとき）" },
        { name: "document", value: "FILE", many: true, help: "準用する文書（YAML。くり返す）" },
      ],
      run: async (io) => runChange(io, await open(io)),
    },
  ];
}

async function runChange(
  io: CommandIo,
  { office, contract }: { office: Office; contract: string },
): Promise<void> {
  const [path] = io.args;
  if (path === undefined) throw new AppError("BAD_INPUT", "変更した設計図のファイルを指定してください。");
  const read = async (file: string) => new TextDecoder().decode(await io.readFile(file));
  const documents = await Promise.all(io.options("document").map(read));
  const yaml = await bundleBlueprint(await read(path), async (name) =>
    documents.find((text) =>
      new RegExp(`^ *(document: *\\{ *)?name: *["']?${name}["']?[ ,}]*`, "m").test(text),
    ),
  );
  const difference = await compareOwed(office, contract, yaml);
  const { before } = difference;
  if (io.flag("confirm"))
    await replaceBlueprint(office, systemActor(contract), {
      yaml,
      before,
      reason: io.option("reason") ?? "",
    });
  io.result({ ...difference, changed: io.flag("confirm") }, showDifference(difference, io.flag("confirm")));
}

function showBoard({ lines, tally }: OwedBoard): string {
  const head = dutyStates.map((state) => `${dutyStateLabels[state]}${tally[state]}`).join("・");
  return [
    head,
    ...lines.map((line) =>
      [line.stateText, line.dueText, line.holder, line.clause || "－", line.title].join("  "),
    ),
  ].join("\n");
}

function showCoverage({ groups, tally, clauses, obligations, missing }: Coverage): string {
  const head = `義務のある${clauses}条項、義務${obligations}件: ${dutyStates.map((state) => `${dutyStateLabels[state]}${tally[state]}`).join("・")}`;
  const lines = groups.map((group) => {
    const own = group.clauses.filter((clause) => clause.obligations.length > 0);
    return `${group.label}  ${own.map((clause) => `${clause.number}:${dutyStateLabels[clause.state]}`).join(" ")}`;
  });
  const lost = missing.length === 0 ? [] : [`準用する文書がありません: ${missing.join("、")}`];
  return [head, ...lines, ...lost].join("\n");
}

function showDifference({ changes, settings, obligations }: OwedDifference, changed: boolean): string {
  return [
    `義務 ${obligations.before}件 → ${obligations.after}件、変わる回 ${changes.length}件${settings.length > 0 ? `、ほかに ${settings.join("・")}` : ""}`,
    ...changes.map((one) =>
      [one.change, one.clause, one.title, one.before ?? "－", "→", one.after ?? "－"].join("  "),
    ),
    changed ? "契約を変更しました。" : "まだ替えていません。--confirm --reason を付けると替えます。",
  ].join("\n");
}
