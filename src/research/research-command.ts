import { readFile } from "node:fs/promises";
import { parseInput } from "../access/zod-message.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command } from "../platform/command.ts";
import { listSources } from "./list-sources.ts";
import { recordSource } from "./record-source.ts";
import { reportResearch } from "./report-research.ts";
import { sourceBody, sourceInput } from "./research-ask.ts";
import type { ResearchHand } from "./research-hand.ts";
import { citationOf, isSourceKind, kindOf, sourceCode, sourceKinds } from "./source.ts";
import { readStatistics } from "./statistics-reader.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };
const kinds = sourceKinds.map(({ kind }) => kind).join("|");

/** 動向調査のコマンド。 */
export function researchCommands(hand: ResearchHand): Command[] {
  return [addCommand(hand), listCommand(hand), reportCommand(hand)];
}

function addCommand(hand: ResearchHand): Command {
  return {
    name: "research add",
    usage: "FILE.json",
    summary: "調べた資料を登録する（欄の名は JSON の道と同じ。一件か、その配列）",
    options: [
      contractOption,
      { name: "table", value: "FILE", help: "統計の表（CSV、Excel）。一件のときだけ" },
    ],
    async run(io) {
      const path = io.args[0];
      if (path === undefined)
        throw new AppError("BAD_INPUT", "資料を書いた JSON のファイルをご指定ください。");
      const text = await readFile(path, "utf8").catch(() => {
        throw new AppError("BAD_INPUT", "ファイルが開けません。場所をご確認ください。");
      });
      const given = readJson(text);
      const table = io.option("table");
      if (table !== undefined && given.length !== 1)
        throw new AppError("BAD_INPUT", "--table は、一件だけを登録するときに使えます。");
      const read =
        table === undefined ? undefined : readStatistics(new Uint8Array(await readFile(table)), table);
      const office = await io.office();
      const actor = {
        ...systemActor(await hand.contract(office, io.option("contract"))),
        roles: ["planner" as const],
      };
      const inputs = given.map((one) => sourceInput(parseInput(sourceBody, one), read));
      const made: { id: string; code: string }[] = [];
      for (const input of inputs) made.push(await recordSource(office, actor, input));
      io.result({ sources: made }, made.map(({ code }) => `${code} を登録しました。`).join("\n"));
    },
  };
}

function readJson(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    throw new AppError("BAD_INPUT", "JSON として読めません。かっことコンマをご確認ください。");
  }
}

function listCommand(hand: ResearchHand): Command {
  return {
    name: "research list",
    usage: "",
    summary: "調べた資料の一覧",
    options: [
      contractOption,
      { name: "kind", value: kinds, help: "一つの種類だけ" },
      { name: "search", value: "TEXT", help: "名・発行者・引用・札を探す" },
    ],
    async run(io) {
      const kind = io.option("kind");
      if (kind !== undefined && !isSourceKind(kind))
        throw new AppError("BAD_INPUT", `--kind は ${kinds.replaceAll("|", "、")} のどれかです。`);
      const office = await io.office();
      const contract = await hand.contract(office, io.option("contract"));
      const sources = await listSources(office, { contract }, { kind, search: io.option("search") });
      io.result(
        { sources: sources.map((one) => ({ code: sourceCode(one), ...one })) },
        sources
          .map((one) => [sourceCode(one), kindOf(one.kind).label, citationOf(one)].join("  "))
          .join("\n") || "資料はありません。",
      );
    },
  };
}

function reportCommand(hand: ResearchHand): Command {
  return {
    name: "research report",
    usage: "",
    summary: "動向調査等報告書（Word）。計画のどこで使ったかも書く",
    options: [contractOption],
    async run(io) {
      const out = io.option("out");
      if (out === undefined) throw new AppError("BAD_INPUT", "--out に、書く場所（.docx）をご指定ください。");
      const office = await io.office();
      const actor = {
        ...systemActor(await hand.contract(office, io.option("contract"))),
        roles: ["planner" as const],
      };
      const { bytes, sources } = await reportResearch(office, actor, await hand.cited(office, actor));
      await io.writeFile(out, bytes);
      io.result({ sources }, `資料 ${sources} 件の報告書を ${out} に書きました。`);
    },
  };
}
