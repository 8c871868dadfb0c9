import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { readSpecFile } from "../reading/read-spec-file.ts";
import { type Blueprint, readBlueprint } from "../terms/blueprint.ts";
import type { KnownDuty } from "./carry-over.ts";
import {
  clauseChangeLabels,
  compareSpecifications,
  dutyChangeLabels,
  type SpecificationComparison,
} from "./compare-specifications.ts";
import { tallyDuties } from "./draft-duty.ts";
import { draftSpecification } from "./draft-specification.ts";
import { checkEndpoint } from "./model-endpoint.ts";
import { withProposals } from "./propose-duties.ts";
import { headOf, type ReadHead } from "./read-head.ts";
import { writeBlueprint } from "./write-blueprint.ts";

/** 仕様書から設計図へ。どれも事務所を開かない。 */
export const specificationCommands: Command[] = [
  {
    name: "spec blueprint",
    usage: "FILE --out F.yaml",
    summary: "業務仕様書を読み、条項と義務の設計図（YAML）を書く。決められないことは「決めていない」と書く",
    options: [
      { name: "out", value: "F.yaml", required: true, help: "書き出すファイル" },
      { name: "model-url", value: "URL", help: "提案を訊く手元のモデル（この機械の OpenAI 互換の口だけ）" },
      { name: "model", value: "NAME", help: "手元のモデルの名（省けば local）" },
      { name: "known", value: "B.yaml", many: true, help: "決まりを引き継ぐ、前の設計図" },
      { name: "title", value: "件名", help: "件名（省けば仕様書から）" },
      { name: "client", value: "委託者", help: "委託者（省けば仕様書から）" },
      { name: "unit", value: "担当課", help: "委託者の担当課（省けば仕様書から）" },
      { name: "from", value: "YYYY-MM-DD", help: "契約締結日" },
      { name: "to", value: "YYYY-MM-DD", help: "履行期間の終わり（省けば仕様書から）" },
    ],
    run: writeCommand,
  },
  {
    name: "spec compare",
    usage: "OLD NEW",
    summary: "二つの業務仕様書を比べ、条項・義務・期限の違いを並べる",
    options: [],
    async run(io) {
      const [before, after] = io.args;
      if (before === undefined || after === undefined)
        throw new AppError("BAD_INPUT", "前の仕様書と新しい仕様書のファイルを、この順でご指定ください。");
      const [old, now] = await Promise.all(
        [before, after].map(async (path) => readSpecFile(await io.readFile(path))),
      );
      if (!old || !now) return;
      const comparison = compareSpecifications(old, now);
      io.result(comparison, showComparison(comparison));
    },
  },
  {
    name: "spec check",
    usage: "BLUEPRINT.yaml",
    summary: "設計図（YAML）の書き方を確かめ、条項・義務の数と、決めていないことを並べる",
    options: [],
    async run(io) {
      const { blueprint, hash } = await blueprintIn(io, io.args[0]);
      const undecided = blueprint.obligations
        .filter((one) => one.note?.includes("決めていない"))
        .map((one) => ({ id: one.id, clause: one.clause, note: one.note ?? "" }));
      const count = {
        clauses: blueprint.clauses.length,
        obligations: blueprint.obligations.length,
        applied: blueprint.applied.map((one) => one.title),
        missing: blueprint.missing,
      };
      io.result(
        { hash, ...count, undecided },
        [
          `条項 ${count.clauses}　義務 ${count.obligations}`,
          ...count.missing.map((name) => `準用する文書 ${name} が、添えられていません。`),
          `決めていないことのある義務 ${undecided.length}`,
          ...undecided.map((one) => `  ${one.id}（${one.clause}）: ${one.note}`),
        ].join("\n"),
      );
    },
  },
];

async function writeCommand(io: CommandIo): Promise<void> {
  const [path] = io.args;
  const out = io.option("out");
  if (path === undefined || out === undefined)
    throw new AppError("BAD_INPUT", "仕様書のファイルと、書き出すファイル（--out）をご指定ください。");
  const known: KnownDuty[] = [];
  for (const one of io.options("known")) {
    const { blueprint } = await blueprintIn(io, one);
    known.push(...blueprint.obligations.map((duty) => ({ source: blueprint.shortTitle, duty })));
  }
  const modelUrl = io.option("model-url");
  const endpoint =
    modelUrl === undefined ? undefined : checkEndpoint(modelUrl, io.option("model") ?? "local");
  const read = draftSpecification(await readSpecFile(await io.readFile(path)), known);
  const draft = endpoint ? await withProposals(read, endpoint) : read;
  const given: Partial<ReadHead> = {};
  for (const [option, name] of [
    ["title", "title"],
    ["client", "client"],
    ["unit", "clientUnit"],
    ["from", "from"],
    ["to", "to"],
  ] as const) {
    const value = io.option(option);
    if (value !== undefined) given[name] = value;
  }
  const { head, undecided } = headOf(draft, given);
  const notes = undecided.map((name) => `# 決めていない: ${name}（仮の値。契約を始める前に直す）\n`).join("");
  const yaml = `# yaml-language-server: $schema=blueprint.schema.json\n${notes}${writeBlueprint(draft, head)}`;
  readBlueprint(yaml);
  await io.writeFile(out, new TextEncoder().encode(yaml));
  const tally = tallyDuties(draft.duties);
  const carried = draft.duties.filter((one) => one.origin === "carried").length;
  const proposed = draft.duties.filter((one) => one.origin === "proposed").length;
  io.result(
    {
      clauses: draft.clauses.length,
      obligations: tally.all,
      carried,
      proposed,
      warnings: draft.warnings,
      undecided: tally.undecided,
      head: undecided,
    },
    `設計図を書きました。条項 ${draft.clauses.length}　義務 ${tally.all}　引き継ぎ ${carried}　決めていないことのある義務 ${tally.undecided}${endpoint ? `　提案 ${proposed}` : ""}${draft.warnings.map((one) => `\n${one}`).join("")}`,
  );
}

async function blueprintIn(
  io: CommandIo,
  path: string | undefined,
): Promise<{ blueprint: Blueprint; hash: string }> {
  if (path === undefined) throw new AppError("BAD_INPUT", "設計図（YAML）のファイルをご指定ください。");
  const bytes = await io.readFile(path);
  if (bytes.length > 8 * 1024 * 1024) throw new AppError("TOO_LARGE", "設計図が 8 MB を超えています。");
  return readBlueprint(new TextDecoder().decode(bytes));
}

function showComparison({ clauses, duties }: SpecificationComparison): string {
  if (clauses.length + duties.length === 0) return "違いはありません。";
  const lines = [`条項の違い ${clauses.length}　義務の違い ${duties.length}`];
  for (const { kind, before, after } of clauses) {
    const number =
      before && after && before.number !== after.number
        ? `${before.number} → ${after.number}`
        : (after ?? before)?.number;
    lines.push(`  ${clauseChangeLabels[kind]}　${number}　${(after ?? before)?.title ?? ""}`.trimEnd());
  }
  for (const { kind, before, after } of duties) {
    const one = after ?? before;
    const due = kind === "due" ? `　${before?.due || "期限なし"} → ${after?.due || "期限なし"}` : "";
    lines.push(
      `  ${dutyChangeLabels[kind]}　${one?.clause}　${one?.actor}: ${one?.object}／${one?.verb}${due}`,
    );
  }
  return lines.join("\n");
}
