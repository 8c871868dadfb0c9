import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instantFromMs } from "../base/time.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { permitCalls } from "../testing/permit-calls.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { AmiClient } from "./ami-client.ts";
import { listCalls } from "./list-calls.ts";
import { listenAmi } from "./listen-ami.ts";

// 本物の Asterisk との試験。MADOGUCHI_AMI=host:port:user:secret がなければ飛ばす（CI は記録した流れで試す）。
// 要る設定は docs/asterisk.md。
const [host = "", port = "", user = "", secret = ""] = (process.env.MADOGUCHI_AMI ?? "").split(":");
const place = { host, port: Number(port), user, secret };
const inbound = process.env.MADOGUCHI_AMI_INBOUND ?? "Local/0120000000@madoguchi-inbound/n";
const day = "2025-09-17";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  desk.clock.set(instantFromMs(Date.parse(`${day}T10:00:00+09:00`)));
  await openReception(desk.office, desk.actor("m-1", "manager"), []);
  await permitCalls(desk.office, desk.actor("m-1", "manager"), desk.actor("c-1", "client"));
});
afterEach(() => desk.close());

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 250 && !(await done()); n++) await new Promise((next) => setTimeout(next, 100));
}

describe.skipIf(host === "")("本物の Asterisk（MADOGUCHI_AMI がないときは飛ばす）", () => {
  test("６(6)ウ 書き出したダイヤルプランに着いた電話が、鳴り、席に出て、終わり、一件の応答になる。出なければ応答にならない", async () => {
    const reports: string[] = [];
    const client = await listenAmi(desk.office, {
      ...{ contract: desk.contract, place, report: (line) => reports.push(line) },
    });
    const running = client.run();
    const own = new AmiClient(place, {
      ...{ fresh: () => {}, ready: async () => {}, message: async () => {}, report: () => {} },
    });
    const dialing = own.run();
    await until(async () => reports.length > 0);
    expect(reports[0]).toBe("電話機とつながりました。");
    const call = async (number: string, paused: string) => {
      const pause = { Action: "QueuePause", Queue: "koza", Interface: "Local/1@agents/n", Paused: paused };
      await until(async () => {
        try {
          return (await own.send(pause)).get("response") === "Success";
        } catch {
          return false;
        }
      });
      const given = {
        Channel: inbound,
        Application: "Wait",
        Data: "4",
        CallerID: `<${number}>`,
        Async: "true",
      };
      expect((await own.send({ Action: "Originate", ...given })).get("response")).toBe("Success");
    };
    const rows = async () =>
      (await listCalls(desk.office, desk.actor("sv-1", "supervisor"), { from: day, to: day })).rows;
    await call("0110002136", "false");
    await until(async () => (await rows()).some(({ state }) => state === "answered"));
    expect(await rows()).toMatchObject([
      { state: "answered", caller: "***-2136", desk: "OP1", queue: "koza", source: "pbx" },
    ]);
    await call("0110002137", "true");
    await until(async () => (await rows()).filter(({ endedAt }) => endedAt !== null).length === 2);
    const left = (await rows()).find(({ caller }) => caller === "***-2137");
    expect(["abandoned", "timeout", "empty"]).toContain(left?.state);
    for (const one of [client, own]) one.stop();
    await Promise.all([running, dialing]);
  }, 60_000);

  test("合い言葉が違えば、つなぎ直さずに言う", async () => {
    const client = await listenAmi(desk.office, {
      ...{ contract: desk.contract, place: { ...place, secret: "wrong" }, report: () => {} },
    });
    await expect(client.run()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
