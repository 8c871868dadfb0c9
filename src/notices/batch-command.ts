import { asHandler } from "../access/act-as.ts";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { approveBatch } from "./approve-batch.ts";
import { batchStateLabels } from "./batch.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { type BatchSummary, listBatches } from "./list-batches.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { submitBatch } from "./submit-batch.ts";

/** notices batch: 束の一覧、作成、承認、発送の記録。画面と同じ動詞を、名指しした従業者として行う。 */
export const batchCommand: Command = {
  name: "notices batch",
  usage: "ACTION [NUMBER]",
  summary: "受講通知書の束（list 一覧、prepare 作る、submit 承認に回す、approve 承認、dispatch 発送の記録）",
  options: [
    { name: "contract", value: "ID", help: "契約（一つだけなら省ける）" },
    {
      name: "as",
      value: "STAFF",
      help: "行う人の従業者番号（list のほかで要る。パスワードと確認コードを尋ね、その人の行いとして記録する）",
    },
    { name: "within", value: "DAYS", help: "prepare: 投函の期限が何営業日以内のものか（省けば 3）" },
    { name: "sent-on", value: "DAY", help: "dispatch: 投函した日（省けば今日）" },
    { name: "count", value: "N", help: "dispatch: 数えた通数" },
    { name: "receipt", value: "TEXT", help: "dispatch: 引受の控えの番号" },
  ],
  async run(io) {
    const [action = ""] = io.args;
    const known = actions[action];
    if (!known)
      throw new AppError(
        "BAD_INPUT",
        `「${action}」はできません。${Object.keys(actions).join("・")} のどれかを指定してください。`,
      );
    const office = await io.office();
    await known(io, office, await pickContract(office, io.option("contract")));
  },
};

type Action = (io: CommandIo, office: Office, contract: string) => Promise<void>;

const actions: Readonly<Record<string, Action>> = {
  list: async (io, office, contract) => {
    const batches = await listBatches(office, systemActor(contract));
    io.result({ batches }, batches.length === 0 ? "束はありません。" : batches.map(line).join("\n"));
  },
  prepare: async (io, office, contract) => {
    const within = io.option("within");
    const withinDays = within === undefined ? 3 : whole(within, "within");
    const made = await asStaff(io, office, contract, (actor) => prepareBatch(office, actor, { withinDays }));
    io.result(made, `${made.count}通の束（第${made.number}号）を作りました。`);
  },
  submit: async (io, office, contract) => {
    const batch = await pick(io, office, contract);
    await asStaff(io, office, contract, (actor) => submitBatch(office, actor, batch.id));
    io.result({ id: batch.id, number: batch.number }, `第${batch.number}号を承認に回しました。`);
  },
  approve: async (io, office, contract) => {
    const batch = await pick(io, office, contract);
    const done = await asStaff(io, office, contract, (actor) => approveBatch(office, actor, batch.id));
    io.result(
      { id: batch.id, number: batch.number, ...done },
      `第${batch.number}号の${done.approved}通を承認しました。確かめるものが${done.waiting}通残っています。`,
    );
  },
  dispatch: async (io, office, contract) => {
    const batch = await pick(io, office, contract);
    const sentOn = io.option("sent-on") ?? dayOf(office.clock.officeNow(contract));
    const given = io.option("count");
    if (given === undefined) throw new AppError("BAD_INPUT", "--count N で、数えた通数を指定してください。");
    const count = whole(given, "count");
    const receipt = io.option("receipt") ?? "";
    await asStaff(io, office, contract, (actor) =>
      dispatchBatch(office, actor, batch.id, { sentOn, count, receipt }),
    );
    io.result(
      { id: batch.id, number: batch.number, sentOn, count },
      `第${batch.number}号の${count}通の発送を記録しました。`,
    );
  },
};

function line(one: BatchSummary): string {
  const { tally } = one;
  const counts = `作成${tally.made} 承認${tally.approved} 待ち${tally.waiting} 印刷${tally.printed}`;
  const sent = one.sentOn ? ` ${one.sentOn}に${one.sentCount ?? 0}通発送` : "";
  return `第${one.number}号  ${batchStateLabels[one.state]}  ${counts}${sent}  ${one.days.join("・")}`;
}

/** 行う人。着席と同じに、パスワードと確認コードを確かめ、個人情報を扱う資格を尋ねる。 */
function asStaff<T>(
  io: CommandIo,
  office: Office,
  contract: string,
  act: (actor: Actor) => Promise<T>,
): Promise<T> {
  return asHandler(office, { contract, number: io.option("as"), use: "personal" }, io.secret, act);
}

/** 束の号数から束。 */
async function pick(io: CommandIo, office: Office, contract: string): Promise<BatchSummary> {
  const number = whole(io.args[1] ?? "", "NUMBER");
  const found = (await listBatches(office, systemActor(contract))).find((one) => one.number === number);
  if (!found)
    throw new AppError("NOT_FOUND", `第${number}号の束はありません。notices batch list でご確認ください。`);
  return found;
}

function whole(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text))
    throw new AppError("BAD_INPUT", `${name} は数字でご指定ください（束は号数、通数は数えた数）。`);
  return Number(text);
}
