// 消去の途中で倒れる試験で、別のプロセスとして走る。言われた段まで進んだら、自分を kill -9 する。
import { runErasure } from "../erasure/run-erasure.ts";
import { openReplica } from "./open-desk.ts";

interface EraseOrder {
  place: { data: string; url?: string | undefined; schema?: string | undefined };
  root: string;
  erasure: string;
  dieAt: string;
}

const order = JSON.parse(process.argv[2] ?? "{}") as EraseOrder;
const { office, contract } = await openReplica(order.place, Buffer.from(order.root, "base64"));
await runErasure(office, { id: "privacy", contract, roles: ["privacy"] }, order.erasure, (step) => {
  if (step === order.dieAt) process.kill(process.pid, "SIGKILL");
});
await office.close();
