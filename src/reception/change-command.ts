import { asHandler } from "../access/act-as.ts";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { bookingNumber } from "./booking.ts";
import { listSealedBookings } from "./booking-store.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { cancelReasons } from "./cancel-reason.ts";
import { changeBooking } from "./change-booking.ts";
import { deliverDifferences } from "./deliver-list.ts";
import { listCityChanges } from "./list-city-changes.ts";
import { listWaits } from "./list-waits.ts";
import { closeClass, moveClass } from "./move-class.ts";
import { openDifferences } from "./open-differences.ts";
import { rateOf } from "./rate.ts";
import { writeDelivered } from "./reception-command.ts";
import { rateCsv, tallyRates } from "./tally-rates.ts";
import type { CityChangeOutcome } from "./tell-change.ts";
import { warnOverlap } from "./warn-overlap.ts";

const contract = { name: "contract", value: "ID", help: "契約（一つだけなら省ける）" };
const asStaff = {
  ...{ name: "as", value: "STAFF", required: true },
  help: "行う人の従業者番号（パスワードと確認コードを尋ねる）。扱う資格が要る",
};
const order = [
  contract,
  { name: "reason", value: "TEXT", required: true, help: "市の指示の理由（個人のことは書かない）" },
  { name: "instructed", value: "DAY", required: true, help: "指示のあった日（2025-09-17）" },
];

/** 変更・取消・待機・市の変更・予約率のコマンド。画面や JSON と同じ動詞を呼ぶ。 */
export const changeCommands: Command[] = [
  {
    name: "bookings change",
    usage: "NUMBER",
    summary: "受付番号の予約を、別の回に変える（新しい席を取ってから前の席を空ける）",
    options: [contract, asStaff, { name: "to", value: "CLASS", required: true, help: "移る先の講習会の id" }],
    run: async (io) => {
      const to = io.option("to") ?? "";
      await withBooking(io, async (office, actor, id) => {
        const done = await changeBooking(office, actor, id, { classId: to });
        const warnings = await warnOverlap(office, actor, id, to);
        const said = [`受付番号${bookingNumber(done.number)}の予約を変えました。`, ...warnings];
        io.result({ ...done, warnings }, said.join("\n"));
      });
    },
  },
  {
    name: "bookings cancel",
    usage: "NUMBER",
    summary: "受付番号の予約を取り消す（席はまず待機の方に）",
    options: [
      contract,
      asStaff,
      { name: "reason", value: "CODE", required: true, help: Object.keys(cancelReasons).join("・") },
    ],
    run: async (io) => {
      await withBooking(io, async (office, actor, id) => {
        const done = await cancelBooking(office, actor, id, { reason: io.option("reason") ?? "" });
        io.result(done, `受付番号${bookingNumber(done.number)}の予約を取り消しました。`);
      });
    },
  },
  {
    name: "waits list",
    usage: "",
    summary: "待機の方を、案内の順に並べる（氏名と電話は伏せる）",
    options: [contract],
    run: async (io) => {
      const { office, actor } = await seat(io);
      const board = await listWaits(office, actor);
      const lines = [...board.calling, ...board.waiting].map((line) =>
        [line.offer ? `${line.offer.due}に返事` : "待機", line.maskedName, line.wish, line.reach].join("  "),
      );
      io.result(board, lines.length === 0 ? "待っている方はいません。" : lines.join("\n"));
    },
  },
  {
    name: "classes move",
    usage: "CLASS",
    summary: "市の指示で、講習会の日時・会場を変え、予約の一件ごとに連絡の仕事を作る",
    options: [
      ...order,
      { name: "day", value: "DAY", required: true, help: "新しい日" },
      { name: "start", value: "TIME", required: true, help: "始まり（10:00）" },
      { name: "end", value: "TIME", required: true, help: "終わり" },
      { name: "venue", value: "ID", required: true, help: "会場の id" },
      { name: "room", value: "TEXT", help: "部屋" },
    ],
    run: async (io) => {
      const { office, actor } = await seat(io);
      const text = (name: string) => io.option(name) ?? "";
      const done = await moveClass(office, actor, io.args[0] ?? "", {
        ...orderOf(io),
        day: text("day"),
        start: text("start"),
        end: text("end"),
        venueId: text("venue"),
        room: text("room"),
      });
      io.result(done, saidOf("変えました", done));
    },
  },
  {
    name: "classes cancel",
    usage: "CLASS",
    summary: "市の指示で、講習会を中止にし、予約の一件ごとに連絡の仕事を作る",
    options: order,
    run: async (io) => {
      const { office, actor } = await seat(io);
      const done = await closeClass(office, actor, io.args[0] ?? "", orderOf(io));
      io.result(done, saidOf("中止にしました", done));
    },
  },
  {
    name: "classes untold",
    usage: "",
    summary: "市の変更・中止を、まだお伝えしていない方",
    options: [contract],
    run: async (io) => {
      const { office, actor } = await seat(io);
      const board = await listCityChanges(office, actor);
      const lines = board.untold.map(
        ({ summary, due }) => `受付番号${bookingNumber(summary.number)}  ${due}`,
      );
      io.result(board, lines.length === 0 ? "全員にお伝えしました。" : lines.join("\n"));
    },
  },
  {
    name: "lists differences",
    usage: "",
    summary: "渡した予約者リストとの差分（--out でパスワード付きの Excel、氏名を添える）",
    options: [
      contract,
      { ...asStaff, required: false, help: `${asStaff.help}（--out で書き出すとき）` },
      { name: "recipient", value: "TEXT", help: "--out で渡す相手の課・係" },
    ],
    run: async (io) => {
      const { office, actor } = await seat(io);
      const out = io.option("out");
      if (out) {
        const recipient = io.option("recipient") ?? "";
        const who = { contract: actor.contract, number: io.option("as"), use: "export" } as const;
        await asHandler(office, who, io.secret, async (staff) =>
          writeDelivered(io, out, office, staff, await deliverDifferences(office, staff, { recipient })),
        );
        return;
      }
      const report = await openDifferences(office, actor);
      const fresh = report.lines.filter((one) => !one.handed).length;
      io.result(report, `渡したリストから${report.lines.length}か所、まだ渡していないのは${fresh}か所です。`);
    },
  },
  {
    name: "bookings rate",
    usage: "",
    summary: "予約率（--out で CSV）",
    options: [contract, { name: "term", value: "ID", help: "期（省けばいまの期）" }],
    run: async (io) => {
      const { office, actor } = await seat(io);
      const report = await tallyRates(office, actor, io.option("term"));
      const out = io.option("out");
      if (out) await io.writeFile(out, new TextEncoder().encode(rateCsv(report)));
      io.result(report, `${report.term.label}の予約率は${rateOf(report.fill) ?? "－"}％です。`);
    },
  },
];

function orderOf(io: CommandIo) {
  return { reason: io.option("reason") ?? "", instructedOn: io.option("instructed") ?? "" };
}

function saidOf(what: string, { untold, waits }: CityChangeOutcome): string {
  return `講習会を${what}。お伝えする方は${untold}人、待っていて伝える方は${waits}人です。`;
}

async function seat(io: CommandIo): Promise<{ office: Office; actor: Actor }> {
  const office = await io.office();
  const who = systemActor(await pickContract(office, io.option("contract")));
  return { office, actor: { ...who, id: `cli-${newId()}` } };
}

/** 受付番号の予約を、名指しした従業者として扱う。 */
async function withBooking(
  io: CommandIo,
  act: (office: Office, actor: Actor, id: string) => Promise<void>,
): Promise<void> {
  const office = await io.office();
  const contractId = await pickContract(office, io.option("contract"));
  const who = { contract: contractId, number: io.option("as"), use: "personal" } as const;
  await asHandler(office, who, io.secret, async (actor) => {
    const number = Number((io.args[0] ?? "").normalize("NFKC"));
    const rows = Number.isInteger(number)
      ? await listSealedBookings(office.read, contractId, { numbers: [number] })
      : [];
    const [row] = rows;
    if (!row) throw new AppError("NOT_FOUND", "その受付番号の予約はありません。番号をご確認ください。");
    await act(office, actor, row.id);
  });
}
