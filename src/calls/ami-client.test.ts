import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { permitCalls } from "../testing/permit-calls.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { callFigures } from "./call-figures.ts";
import { dialCall } from "./dial-call.ts";
import { listenAmi } from "./listen-ami.ts";
import { recordSignal } from "./record-signal.ts";

const stream = readFileSync(new URL("../../samples/asterisk/manager-stream.txt", import.meta.url), "utf8");
const start = stream.indexOf("Event: Newchannel");
const body = stream.slice(start);

/** 記録した流れを流すまねの電話機。一度目は途中で死に、二度目に残りを流す。 */
function simulator(parts: readonly string[]): Promise<{ server: Server; port: number; seen: string[] }> {
  const seen: string[] = [];
  let turn = 0;
  const server = createServer((socket: Socket) => {
    socket.setEncoding("utf8").on("error", () => {});
    socket.write("Asterisk Call Manager/11.0.0\r\n");
    socket.on("data", (text: string) => {
      seen.push(text);
      const id = /ActionID: (\w+)/.exec(text)?.[1] ?? "";
      const right = !text.includes("Login") || text.includes("Secret: right");
      socket.write(`Response: ${right ? "Success" : "Error"}\r\nActionID: ${id}\r\n\r\n`);
      const part = text.includes("Login") ? parts[turn] : undefined;
      if (part === undefined) return;
      turn += 1;
      socket.write(part.replace(/\r?\n/g, "\r\n"), () => {
        if (turn < parts.length) socket.end();
      });
    });
  });
  return new Promise((ready) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      ready({ server, port: typeof address === "object" && address ? address.port : 0, seen });
    }),
  );
}

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m-1", "manager"), []);
});
afterEach(() => desk.close());

const listening = (
  port: number,
  secret = "right",
  report: (line: string) => void = () => {},
  dial?: { channel: string; context: string },
) =>
  listenAmi(desk.office, {
    ...{ contract: desk.contract, report, dial },
    place: { host: "127.0.0.1", port, user: "madoguchi", secret },
  });
const figures = () => callFigures(desk.office, desk.contract, { from: "2025-09-17", to: "2025-09-17" });

async function until(test: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 200 && !(await test()); n++) await new Promise((next) => setTimeout(next, 30));
}

test("６(6)オ 協議と許可の答えがなければつながない。あれば、途中で死んだ電話機にもつなぎ直し、真の数になる", async () => {
  const cut = body.indexOf("\n\n", body.indexOf("Event: AgentComplete")) + 2;
  const { server, port, seen } = await simulator([body.slice(0, cut), body]);
  await expect(listening(port)).rejects.toMatchObject({ code: "REFUSED" });
  await permitCalls(desk.office, desk.actor("m-1", "manager"), desk.actor("c-1", "client"));
  const reports: string[] = [];
  const client = await listening(port, "right", (line) => reports.push(line));
  const running = client.run();
  await until(async () => {
    const { total } = await figures();
    return total.live === 0 && total.offered === 9;
  });
  expect((await figures()).total).toMatchObject({
    offered: 9,
    answered: 4,
    abandoned: 1,
    missed: 4,
    live: 0,
  });
  expect(reports.filter((line) => line.includes("つながりました"))).toHaveLength(2);
  expect(await client.originate("PJSIP/op1", "0110002136", "local")).toBe(true);
  expect(seen.at(-1)).toContain("Action: Originate");
  await expect(client.originate("PJSIP/op1", "0110\r\nAction: x", "local")).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  client.stop();
  await running;
  server.close();
});

test("合い言葉が違えば、つなぎ直さずに言う", async () => {
  await permitCalls(desk.office, desk.actor("m-1", "manager"), desk.actor("c-1", "client"));
  const { server, port } = await simulator([""]);
  await expect((await listening(port, "wrong")).run()).rejects.toMatchObject({ code: "FORBIDDEN" });
  server.close();
});

test("６(2)ウ 画面からかけ直すと、席の電話が鳴る。電話機とつながっていなければ番号を見せ、どちらも記録に残す", async () => {
  await permitCalls(desk.office, desk.actor("m-1", "manager"), desk.actor("c-1", "client"));
  const op = { ...desk.actor("op-1", "operator"), desk: "2" };
  const system = { id: "system", contract: desk.contract, roles: ["system" as const] };
  const ring = { source: "cti" as const, direction: "in" as const, kind: "ring" as const };
  const now = desk.clock.officeNow(desk.contract);
  const call = await recordSignal(desk.office, system, {
    ...{ ...ring, outerId: "d-1", at: now, caller: "0110002136" },
  });
  const silent = await recordSignal(desk.office, system, { ...ring, outerId: "d-2", at: now });
  expect(await dialCall(desk.office, op, call.id)).toMatchObject({ rang: false, number: "0110002136" });
  await expect(dialCall(desk.office, op, silent.id)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(dialCall(desk.office, desk.actor("m-1", "manager"), call.id)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const { server, port, seen } = await simulator([""]);
  const client = await listening(port, "right", () => {}, {
    channel: "PJSIP/{desk}",
    context: "from-internal",
  });
  const running = client.run();
  await until(async () => seen.length > 0);
  expect(await dialCall(desk.office, op, call.id)).toEqual({ rang: true, number: undefined, why: undefined });
  expect(seen.at(-1)).toContain("Channel: PJSIP/2\r\nExten: 0110002136\r\nContext: from-internal");
  client.stop();
  await running;
  server.close();
  expect(await dialCall(desk.office, op, call.id)).toMatchObject({ rang: false });
  expect((await desk.events()).filter((kind) => kind === "call.dialed")).toHaveLength(3);
});
