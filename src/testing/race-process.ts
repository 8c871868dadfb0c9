// 席の取り合いの試験で、別のプロセスとして走る。標準入力に「開始」が来たら、空くまで取り続ける。

import { takeBooking } from "../reception/take-booking.ts";
import { openReplica } from "./open-desk.ts";
import { caller } from "./reception-fixture.ts";

interface Order {
  place: { data: string; url?: string; schema?: string };
  root: string;
  who: number;
  tries: number;
  classId: string;
}

const order = JSON.parse(process.argv[2] ?? "{}") as Order;
const { office, contract } = await openReplica(order.place, Buffer.from(order.root, "base64"));
const actor = { id: `op-${order.who}`, contract, roles: ["operator"] as const, desk: String(order.who) };
process.stdout.write("ready\n");
await new Promise((go) => process.stdin.once("data", go));
const operations = [];
for (let i = 0; i < order.tries; i += 1) {
  const started = process.hrtime.bigint();
  const outcome = await takeBooking(office, actor, {
    ...caller(order.who * 1000 + i, order.classId),
    onceKey: `${order.who}-${i}`,
  }).then(
    (r) => ({ ok: true as const, number: r.number }),
    (e: { code?: string }) => ({ ok: false as const, code: e.code ?? String(e) }),
  );
  operations.push({
    who: order.who,
    started: String(started),
    ended: String(process.hrtime.bigint()),
    ...outcome,
  });
}
await office.close();
process.stdout.write(`${JSON.stringify(operations)}\n`);
process.exit(0);
