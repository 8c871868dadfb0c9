import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo, CommandOption } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { drawSample } from "./draw-sample.ts";
import { listAlerts } from "./list-alerts.ts";
import { packEvidence } from "./pack-evidence.ts";
import { SAMPLE_USUAL } from "./sample.ts";

const contractOption: CommandOption = {
  name: "contract",
  value: "ID",
  help: "契約（一つしかなければ要らない）",
};
const sampleOptions: CommandOption[] = [
  contractOption,
  { name: "seed", value: "言葉", required: true, help: "抜き取りの種（監査の方が決める）" },
  { name: "count", value: "N", help: `件数（省けば${SAMPLE_USUAL}）` },
];

type PickContract = (office: Office, given: string | undefined) => Promise<string>;

/** 閲覧の見張りと監査のコマンド。 */
export function watchCommands({ contract }: { contract: PickContract }): Command[] {
  const opened = async (io: CommandIo) => {
    const office = await io.office();
    return { office, actor: systemActor(await contract(office, io.option("contract"))) };
  };
  return [
    {
      name: "watch views",
      usage: "",
      summary: "大量の閲覧の知らせと、日ごと・従業者ごとの表示の数",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const watch = await listAlerts(office, actor);
        const lines = watch.alerts.map(
          (one) => `${one.from}  ${one.who}  ${one.people}人  ${one.answer?.text ?? "答えなし"}`,
        );
        io.result(watch, lines.join("\n") || "大量の閲覧はありません。");
      },
    },
    {
      name: "audit sample",
      usage: "",
      summary: "予約か意見書を抜き取り、記録と包含証明を出す",
      options: sampleOptions,
      async run(io) {
        const { office, actor } = await opened(io);
        const sample = await drawSample(office, actor, askOf(io));
        const lines = sample.bookings.map(({ booking, links }) => {
          const good = links.filter((one) => one.proved).length;
          return `${booking}  記録${links.length}件、証明${good}件`;
        });
        io.result(sample, lines.join("\n") || `${sample.name}の記録はありません。`);
        const proved =
          sample.rooted && sample.bookings.every(({ links }) => links.every((one) => one.proved));
        if (sample.bookings.length > 0 && !proved)
          throw new AppError("REFUSED", "記録の表と検査点が合いません。事故・兆候に記録してください。");
      },
    },
    {
      name: "audit pack",
      usage: "",
      summary: "監査の証跡の一式（ZIP）を書き出す",
      options: sampleOptions,
      async run(io) {
        const out = io.option("out");
        if (!out) throw new AppError("BAD_INPUT", "--out FILE で書き出し先を指定してください。");
        const { office, actor } = await opened(io);
        const { bytes, evidence } = await packEvidence(office, actor, askOf(io));
        await io.writeFile(out, bytes);
        const { entries } = evidence.log;
        const sampled = evidence.sample.bookings.length;
        io.result(
          { file: out, entries, sampled, clauses: evidence.clauses.length },
          `${out} に書き出しました（記録${entries}件、抜き取り${sampled}件）。`,
        );
      },
    },
  ];
}

function askOf(io: CommandIo): { seed: string; count: number } {
  const count = (io.option("count") ?? String(SAMPLE_USUAL)).normalize("NFKC").trim();
  return { seed: io.option("seed") ?? "", count: /^\d{1,4}$/.test(count) ? Number(count) : 0 };
}
