import { basename } from "node:path";
import { asHandler } from "../access/act-as.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { readTables } from "../office/table-reader.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { fillTables } from "../roster/fill-list-file.ts";
import { pickContract } from "../terms/pick-contract.ts";
import type { ListHand } from "./booking-list.ts";
import { checkDelivered } from "./check-delivered.ts";
import { openClassBoard } from "./class-view.ts";
import { type DeliveredList, deliverList, takeDelivered } from "./deliver-list.ts";
import { importClasses } from "./import-classes.ts";
import { makeListWorkbook } from "./make-list.ts";
import { previewClasses } from "./preview-classes.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つだけなら省ける）" };

/** 予約者リストと日程の取込み。lists fill だけは事務所が要らない。 */
export function receptionCommands(hand: ListHand): Command[] {
  return [...importCommands, makeCommand(hand)];
}

const importCommands: Command[] = [
  {
    name: "lists fill",
    usage: "",
    summary: "市の様式（.xlsx）に名簿（.csv、.xlsx）を書き、講習会ごとのシートにする",
    options: [
      { name: "template", value: "FILE", required: true, help: "市の様式（.xlsx、.xlsm）" },
      { name: "list", value: "FILE", required: true, help: "名簿（見出しの行の名が様式の見出しに当たる）" },
    ],
    run: fillByCommand,
  },
  {
    name: "lists check",
    usage: "FILE",
    summary: "戻ってきたパスワード付きのファイルが、渡したままかを確かめる（パスワードは尋ねる）",
    options: [contractOption],
    run: checkByCommand,
  },
  {
    name: "classes import",
    usage: "FILE",
    summary: "市の日程表を事務所に取り込む（同じファイルなら何も変わらない）",
    options: [
      contractOption,
      { name: "term", value: "ID", help: "取り込む期" },
      { name: "close", help: "ファイルに無くなった講習会を受付終了にする" },
      { name: "preview", help: "何が変わるかを見るだけで、取り込まない" },
    ],
    run: importByCommand,
  },
];

function makeCommand(hand: ListHand): Command {
  return {
    name: "lists make",
    usage: "",
    summary: "登録した様式で、期の予約者リストを作る",
    options: [
      contractOption,
      {
        ...{ name: "as", value: "STAFF", required: true },
        help: "行う人の従業者番号（パスワードと確認コードを尋ねる）。扱う資格と、書き出しの許可が要る",
      },
      { name: "term", value: "ID", help: "期（省けばいまの期）" },
      {
        name: "purpose",
        value: "CODE",
        required: true,
        help: "deliver・venue・notices・check のどれか（記録に残る）",
      },
      { name: "recipient", value: "TEXT", help: "委託者へ渡すとき（deliver）の相手の課・係" },
      { name: "cancelled", help: "取り消された予約も載せる" },
    ],
    run: (io) => makeByCommand(io, hand),
  };
}

async function fillByCommand(io: CommandIo): Promise<void> {
  const out = outPath(io);
  const listPath = io.option("list") ?? "";
  const template = await io.readFile(io.option("template") ?? "");
  const filled = fillTables(template, readTables(await io.readFile(listPath), basename(listPath)));
  if (filled.extension === "xlsm" && !out.toLowerCase().endsWith(".xlsm"))
    throw new AppError("BAD_INPUT", "様式にマクロがあるので、書き出し先の名は .xlsm で終えてください。");
  await io.writeFile(out, filled.xlsx);
  const { rows, sheets, warnings } = filled;
  for (const warning of warnings) io.progress(warning);
  io.result({ rows, sheets, warnings }, `${rows}人を${sheets}枚のシートに書きました。`);
}

async function importByCommand(io: CommandIo): Promise<void> {
  const [path = ""] = io.args;
  const office = await io.office();
  const actor = await commandActor(office, io);
  const term = io.option("term");
  const bytes = await io.readFile(path);
  const seen = await previewClasses(office, actor, {
    fileName: basename(path),
    bytes,
    ...(term ? { term } : {}),
  });
  const { errors, notes } = seen;
  for (const { sheet, cell, message } of errors)
    io.progress(`${sheet === undefined ? "" : `${sheet}!`}${cell} ${message}`);
  for (const note of notes) io.progress(note);
  const counts = {
    added: seen.added.length,
    changed: seen.changed.length,
    unchanged: seen.unchanged,
    removed: seen.removed.length,
    venues: seen.newVenues.length,
  };
  if (io.flag("preview")) {
    io.result(
      { preview: counts, errors, notes },
      `加わる${counts.added}回、変わる${counts.changed}回、同じ${counts.unchanged}回、ファイルにない${counts.removed}回、直すところ${errors.length}件。まだ取り込んでいません。`,
    );
    return;
  }
  const done = await importClasses(office, actor, seen.token, { basis: seen.basis, close: io.flag("close") });
  io.result(
    { ...done, unchanged: counts.unchanged, errors, notes },
    `${done.added}回を加え、${done.changed}回を変え、${done.closed}回を受付終了にしました。同じもの${counts.unchanged}回、断ったもの${done.refused.length}回、まだお伝えしていない方${done.untold}人、直すところ${errors.length}件。`,
  );
}

async function makeByCommand(io: CommandIo, hand: ListHand): Promise<void> {
  const out = outPath(io);
  const office = await io.office();
  const contract = await pickContract(office, io.option("contract"));
  await asHandler(office, { contract, number: io.option("as"), use: "export" }, io.secret, (actor) =>
    makeAs(io, out, { office, actor }, hand),
  );
}

async function makeAs(
  io: CommandIo,
  out: string,
  { office, actor }: { office: Office; actor: Actor },
  hand: ListHand,
): Promise<void> {
  const board = await openClassBoard(office, actor, io.option("term"));
  const classIds = board.lines
    .filter((line) => line.state === "open" || line.booked > 0)
    .map((line) => line.id);
  const purpose = io.option("purpose") ?? "";
  const request = { classIds, purpose, cancelled: io.flag("cancelled") };
  if (purpose === "deliver") {
    const recipient = io.option("recipient") ?? "";
    await writeDelivered(
      io,
      out,
      office,
      actor,
      await deliverList(office, actor, { ...request, recipient }, hand),
    );
    return;
  }
  const made = await makeListWorkbook(office, actor, request, hand);
  await io.writeFile(out, made.bytes);
  const { rows, sheets, sha256, warnings } = made;
  io.result(
    { rows, sheets, sha256, warnings },
    `${rows}人を${sheets}枚のシートに書きました。指紋は ${sha256} です。`,
  );
}

/** パスワード付きの写しを書き、パスワードを一度だけ標準出力に出す。 */
export async function writeDelivered(
  io: CommandIo,
  out: string,
  office: Office,
  actor: Actor,
  made: DeliveredList,
): Promise<void> {
  await io.writeFile(out, (await takeDelivered(office, actor, made.id)).bytes);
  const { rows, sheets, sha256, password, warnings } = made;
  io.result(
    { rows, sheets, sha256, password, warnings },
    `${rows}行をパスワード付きで書きました。パスワードは ${password} です（この一度だけ。ファイルと別の道で伝えてください）。`,
  );
}

async function checkByCommand(io: CommandIo): Promise<void> {
  const bytes = await io.readFile(io.args[0] ?? "");
  const office = await io.office();
  const actor = await commandActor(office, io);
  const password = await io.secret("パスワード: ");
  const checked = await checkDelivered(office, actor, { bytes, password });
  const said = {
    same: "渡したファイルそのものです",
    rewrapped: "中身は渡したものです",
    other: "渡した記録がありません",
  };
  io.result(checked, `書き換えられていません。${said[checked.result]}。`);
}

function outPath(io: CommandIo): string {
  const out = io.option("out");
  if (!out) throw new AppError("BAD_INPUT", "--out FILE で書き出し先を指定してください。");
  return out;
}

/** コマンドの行為者。鍵を開けられる機械の管理者が動かす。 */
async function commandActor(office: Office, io: CommandIo): Promise<Actor> {
  return {
    id: `cli-${newId()}`,
    contract: await pickContract(office, io.option("contract")),
    roles: ["system"],
  };
}
