import { basename } from "node:path";
import { actAs } from "../access/act-as.ts";
import { factLabels } from "../access/handler-fact.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { amendLine } from "./amend-line.ts";
import { enterLine } from "./enter-line.ts";
import { importLines, importText, planImport } from "./import-lines.ts";
import { readLineTable } from "./line-table.ts";
import { listAccess } from "./list-access.ts";
import { listGates } from "./list-gates.ts";
import { listLines, openHoldings } from "./list-lines.ts";
import { registerOf, registers } from "./register.ts";
import { standingLabels } from "./register-field.ts";
import { readStatus, reportStatus, tallyRegisters } from "./report-status.ts";
import { closeLine } from "./step-line.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" } as const;
const asOption = {
  ...{ name: "as", value: "番号", required: true },
  help: "行う従業者。パスワードと確認コードを尋ねる",
} as const;

async function opened(io: CommandIo) {
  const office = await io.office();
  return { office, contract: await pickContract(office, io.option("contract")) };
}

function fieldsOf(io: CommandIo, option = "field"): Record<string, string> {
  return Object.fromEntries(
    io.options(option).map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new AppError("BAD_INPUT", `--${option} は「名=値」の形で書いてください。`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

const listCommand: Command = {
  name: "privacy list",
  usage: "[帳簿]",
  summary: "個人情報の帳簿の件数、帳簿の名を言えばその行（氏名は出さない）",
  options: [contractOption],
  async run(io) {
    const [code] = io.args;
    if (code !== undefined) registerOf(code);
    const { office, contract } = await opened(io);
    const lines = await listLines(office, { contract }, code);
    if (code === undefined) {
      const tallies = tallyRegisters(lines);
      const titles = new Map(registers.map((one) => [one.code, one.title]));
      const text = tallies.map(
        (one) =>
          `${one.code}  ${titles.get(one.code)}  ${one.open}/${one.all}件${one.late > 0 ? `  遅れ${one.late}` : ""}`,
      );
      return io.result({ registers: tallies }, text.join("\n"));
    }
    const rows = lines.map(({ id, number, standing, late, due, warning, madeAt }) => ({
      id,
      number,
      standing,
      late,
      due,
      warning,
      madeAt,
    }));
    const text = rows.map((one) =>
      [
        `第${one.number}号`,
        standingLabels[one.standing],
        one.due ?? "",
        one.late ? "遅れ" : "",
        one.warning ?? "",
      ]
        .join("  ")
        .trimEnd(),
    );
    io.result({ lines: rows }, text.length === 0 ? "まだ一件もありません。" : text.join("\n"));
  },
};

const enterCommand: Command = {
  name: "privacy enter",
  usage: "帳簿",
  summary: "個人情報の帳簿に一件書く",
  options: [
    contractOption,
    asOption,
    { name: "field", value: "名=値", many: true, help: "欄（名は /api/privacy/registers）" },
    { name: "filing", value: "ID", help: "もとになった協議・届出" },
    { name: "file", value: "FILE", help: "添えるファイル" },
  ],
  async run(io) {
    const [code = ""] = io.args;
    registerOf(code);
    const fields = fieldsOf(io);
    const path = io.option("file");
    const file =
      path === undefined ? undefined : { fileName: basename(path), bytes: await io.readFile(path) };
    const { office, contract } = await opened(io);
    const { actor, leave } = await actAs(office, contract, io.option("as") ?? "", io.secret);
    try {
      const made = await enterLine(office, actor, {
        register: code,
        fields,
        filing: io.option("filing"),
        file,
      });
      io.result(made, `${registerOf(code).title}の第${made.number}号として書きました。`);
    } finally {
      await leave();
    }
  },
};

const importCommand: Command = {
  name: "privacy import",
  usage: "帳簿 FILE",
  summary: "Excel・CSV の表を読み、書ける行を数える。--write で帳簿に書く",
  options: [
    contractOption,
    asOption,
    { name: "column", value: "欄=列", many: true, help: "欄に当てる列の見出し（省けば見出しから当てる）" },
    { name: "value", value: "欄=値", many: true, help: "列がないか空のときの値（どの行も同じ）" },
    { name: "filing", value: "ID", help: "もとになった協議・届出" },
    { name: "write", help: "書ける行を書く" },
  ],
  async run(io) {
    const [code = "", path = ""] = io.args;
    const register = registerOf(code);
    const table = readLineTable(register, await io.readFile(path), basename(path));
    const columns = Object.entries(fieldsOf(io, "column")).map(([name, head]) => {
      const at = table.heads.indexOf(head);
      if (at < 0) throw new AppError("BAD_INPUT", `表に「${head}」という列がありません。`);
      return [name, at] as const;
    });
    const { office, contract } = await opened(io);
    const { actor, leave } = await actAs(office, contract, io.option("as") ?? "", io.secret);
    try {
      const given = { register: code, table, filing: io.option("filing") };
      const first = await planImport(office, actor, given);
      const map = {
        columns: { ...first.map.columns, ...Object.fromEntries(columns) },
        values: fieldsOf(io, "value"),
      };
      if (io.flag("write")) {
        const made = await importLines(office, actor, { ...given, map });
        return io.result(made, importText(made));
      }
      const { rows, faults } = await planImport(office, actor, { ...given, map });
      const text = [
        ...[...table.left, ...faults.map((one) => one.message)],
        ...rows.flatMap((row) => row.faults.map((one) => `${row.row}行め  ${one.message}`)),
        `${rows.length}行のうち${rows.filter((row) => row.state === "new").length}行を書けます。--write で書きます。`,
      ];
      io.result(
        {
          left: table.left,
          faults,
          rows: rows.map(({ row, state, faults: own }) => ({ row, state, faults: own })),
        },
        text.join("\n"),
      );
    } finally {
      await leave();
    }
  },
};

const closeCommand: Command = {
  name: "privacy close",
  usage: "ID",
  summary: "個人情報の帳簿の一件を結ぶ",
  options: [contractOption, asOption, { name: "field", value: "名=値", many: true, help: "結びの欄" }],
  async run(io) {
    const [id = ""] = io.args;
    const fields = fieldsOf(io);
    const { office, contract } = await opened(io);
    const { actor, leave } = await actAs(office, contract, io.option("as") ?? "", io.secret);
    try {
      await closeLine(office, actor, id, fields);
      io.result({ ok: true }, "結びました。");
    } finally {
      await leave();
    }
  },
};

const amendCommand: Command = {
  name: "privacy amend",
  usage: "ID",
  summary: "再委託の契約の定めを、あとから付ける・直す（前と後と理由が残る）",
  options: [
    contractOption,
    asOption,
    { name: "field", value: "名=値", many: true, help: "直す欄（「名=」で、印を外す）" },
    { name: "reason", value: "文", required: true, help: "確かめた所（契約の条など）か、直した理由" },
  ],
  async run(io) {
    const [id = ""] = io.args;
    const fields = fieldsOf(io);
    const { office, contract } = await opened(io);
    const { actor, leave } = await actAs(office, contract, io.option("as") ?? "", io.secret);
    try {
      await amendLine(office, actor, id, { fields, reason: io.option("reason") ?? "" });
      io.result({ ok: true }, "直しました。");
    } finally {
      await leave();
    }
  },
};

const gatesCommand: Command = {
  name: "privacy gates",
  usage: "",
  summary: "個人情報を扱う資格の足りない従業者（番号だけ）と、契約を閉じられない預かりもの",
  options: [contractOption],
  async run(io) {
    const { office, contract } = await opened(io);
    const gates = (await listGates(office, contract)).map(({ number, role, missing, trainedUntil }) => ({
      number,
      role,
      missing,
      trainedUntil,
    }));
    const holdings = await openHoldings(office, contract);
    const text = [
      ...gates.map(
        (one) =>
          `${one.number}  ${one.role}  ${one.missing.length === 0 ? "扱える" : `足りない: ${one.missing.map((fact) => factLabels[fact]).join("、")}`}`,
      ),
      ...holdings.map((one) => one.text),
    ];
    io.result({ gates, holdings }, text.join("\n"));
  },
};

const accessCommand: Command = {
  name: "privacy access",
  usage: "",
  summary: "その日の権限（番号と役割だけ）",
  options: [contractOption, { name: "day", value: "日", help: "省けば今日" }],
  async run(io) {
    const { office, contract } = await opened(io);
    const day = io.option("day") ?? dayOf(office.clock.officeNow(contract));
    const lines = (await listAccess(office, contract, day)).map(({ number, roles, active, personal }) => ({
      number,
      roles,
      active,
      personal,
    }));
    const text = lines.map(
      (one) =>
        `${one.number}  ${one.roles}  ${one.active ? "" : "止めていた  "}${one.personal ? "個人情報を扱えた" : "－"}`,
    );
    io.result({ day, lines }, text.length === 0 ? "この日に役割のある従業者はいません。" : text.join("\n"));
  },
};

const statusCommand: Command = {
  name: "privacy status",
  usage: "",
  summary: "個人情報の取扱状況。--as を言えば、その人として委託者に報告する",
  options: [contractOption, { ...asOption, required: false }],
  async run(io) {
    const { office, contract } = await opened(io);
    const number = io.option("as");
    if (number === undefined) {
      const status = await readStatus(office, systemActor(contract));
      return io.result({ status }, Object.values(status).join("\n"));
    }
    const { actor, leave } = await actAs(office, contract, number, io.secret);
    try {
      const made = await reportStatus(office, actor);
      io.result(made, "取扱状況の報告を、委託者に提出しました。");
    } finally {
      await leave();
    }
  },
};

/** 個人情報の帳簿のコマンド。 */
export const privacyCommands: Command[] = [
  listCommand,
  enterCommand,
  importCommand,
  closeCommand,
  amendCommand,
  gatesCommand,
  accessCommand,
  statusCommand,
];
