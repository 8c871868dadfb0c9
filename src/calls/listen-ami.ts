import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { AmiCalls } from "../telephony/ami-message.ts";
import type { CallFile } from "../telephony/read-calls-file.ts";
import { AmiClient, type AmiPlace } from "./ami-client.ts";
import { importCalls } from "./import-calls.ts";
import { doorSecret } from "./open-door.ts";
import { recordSignal } from "./record-signal.ts";
import { serveDial } from "./serve-dial.ts";

export interface AmiListening {
  contract: string;
  place: AmiPlace;
  /** 切れていた間を埋める queue_log。つながるたびに読む。 */
  queueLogs?: (() => Promise<CallFile[]>) | undefined;
  /** 画面からの発信で、席を鳴らすチャネル（「PJSIP/{desk}」）と、相手にかける文脈。省けば発信しない。 */
  dial?: { channel: string; context: string } | undefined;
  report(line: string): void;
}

/** 動かし、止めるもの。 */
type AmiListener = Pick<AmiClient, "run" | "stop" | "originate">;

/**
 * 電話機（AMI）の知らせを、電話の記録に重ね続ける。つながるたびに queue_log で抜けを埋める。
 * 接続が許されていなければ REFUSED（６(6)オ、基準 ５(1)）。
 */
export async function listenAmi(office: Office, given: AmiListening): Promise<AmiListener> {
  const { contract, place, queueLogs, dial, report } = given;
  if ((await doorSecret(office, contract)) === undefined)
    throw new AppError(
      "REFUSED",
      "電話システムとの接続が開いていません。協議と許可の答えを記録し、責任者が「電話システムとの接続」で開いてください。",
    );
  const actor = systemActor(contract);
  let calls = new AmiCalls();
  const client = new AmiClient(place, {
    report,
    fresh: () => {
      calls = new AmiCalls();
    },
    ready: async () => {
      report("電話機とつながりました。");
      const files = (await queueLogs?.()) ?? [];
      if (files.length === 0) return;
      const { added, merged } = await importCalls(office, actor, { queueLogs: files, cdrs: [] });
      report(`抜けていた電話を埋めました（加わった ${added}件、合わせた ${merged}件）。`);
    },
    message: async (message) => {
      for (const { kind, callId, caller, queue, desk, outcome } of calls.take(message))
        await recordSignal(office, actor, {
          source: "pbx",
          outerId: callId,
          kind,
          at: office.clock.officeNow(contract),
          direction: "in",
          ...{ caller, queue, desk, outcome },
        });
    },
  });
  if (dial === undefined) return client;
  const close = await serveDial(office, contract, ({ desk, number }) =>
    client.originate(dial.channel.replaceAll("{desk}", desk), number, dial.context),
  );
  return {
    run: () => client.run().finally(close),
    stop: () => client.stop(),
    originate: (channel, number, context) => client.originate(channel, number, context),
  };
}
