import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { listGates } from "./list-gates.ts";
import { type Line, listLines } from "./list-lines.ts";
import { registers } from "./register.ts";

/** 帳簿から、いまの取扱状況を言葉にする。数は帳簿の開いている行の数で、名は出さない。 */
export async function readStatus(office: Office, actor: Actor): Promise<Record<string, string>> {
  const [lines, gates] = await Promise.all([listLines(office, actor), listGates(office, actor.contract)]);
  const of = (code: string): Line[] => lines.filter((line) => line.register === code);
  const open = (code: string) => of(code).filter((line) => line.standing !== "closed");
  const personal = open("loan").filter((line) => line.values.personal === "yes");
  const ready = gates.filter((one) => one.missing.length === 0).length;
  const late = lines.filter((line) => line.late);
  const inspections = of("inspection");
  return {
    month: `求めに応じた報告（${formatWareki(dayOf(office.clock.officeNow(actor.contract)))}現在）`,
    handled:
      personal.length === 0
        ? "預かっている個人情報の資料はありません。"
        : personal.map((line) => `${line.shown.name}（${line.shown.quantity}）`).join("\n"),
    handlers: String(ready),
    measures: [
      `取扱区域 ${open("area").length}、端末・サーバー ${open("terminal").length}、媒体 ${open("media").length}。`,
      `点検 ${inspections.length}件のうち、直すところ ${inspections.filter((one) => one.values.result === "bad" && one.standing !== "closed").length}件。`,
      `是正中の指摘 ${open("finding").length}件。期限を過ぎた帳簿の行 ${late.length}件。`,
      `再委託 ${open("subcontract").length}件（個人情報を扱わないもの ${open("subcontract-plain").length}件）。`,
    ].join("\n"),
    incidents: "事故・違反は、事故の報告書によります。",
    training: `従業者 ${gates.length}人のうち、名簿・誓約書・研修がそろっている人 ${ready}人。`,
    moves: `受渡し ${of("handover").length}件、持出し ${of("takeout").length}件（うち戻っていないもの ${open("takeout").length}件）、写し ${open("copy").length}件。`,
  };
}

/**
 * 取扱いの状況を、直ちに報告する（特記 第14条1、基準10）。帳簿から作り、その場で出す。
 * @throws AppError FORBIDDEN（責任者・保護管理者のほか）
 */
export async function reportStatus(
  office: Office,
  actor: Actor,
  obligation?: string,
): Promise<{ filing: string }> {
  const fields = await readStatus(office, actor);
  const day = dayOf(office.clock.officeNow(actor.contract));
  const { id } = await prepareFiling(office, actor, {
    ...{ form: "monthly-privacy-report", title: `個人情報の取扱状況の報告（${day}）`, clause: "特記14(1)" },
    ...{ fields, obligation, about: { room: "privacy", kind: "status", id: day } },
  });
  const { calendar, hours } = (await openContract(office, actor.contract)).blueprint;
  await submitFiling(office, actor, id, { calendar, close: hours.close });
  await office.act(actor, (tx) => tx.record({ kind: "status.reported", about: `filings/filing/${id}` }));
  return { filing: id };
}

/** 帳簿ごとの数（開いている、遅れ、承認待ち、注意）。 */
export interface RegisterTally {
  code: string;
  all: number;
  open: number;
  late: number;
  waiting: number;
  warned: number;
}

export function tallyRegisters(lines: readonly Line[]): RegisterTally[] {
  const by = Map.groupBy(lines, (line) => line.register);
  return registers.map(({ code }) => {
    const own = by.get(code) ?? [];
    return {
      ...{ code, all: own.length, open: own.filter((one) => one.standing !== "closed").length },
      ...{
        late: own.filter((one) => one.late).length,
        waiting: own.filter((one) => one.standing === "waiting").length,
      },
      warned: own.filter((one) => one.warning !== null).length,
    };
  });
}
