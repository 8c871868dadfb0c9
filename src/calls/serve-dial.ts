import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Office } from "../platform/office.ts";
import type { DialRequest } from "./dial-client.ts";
import { dialSocket } from "./dial-client.ts";

const request = z.object({
  desk: z.string().regex(/^[\w.@-]{1,40}$/),
  number: z.string().regex(/^[0-9+*#]{2,20}$/),
});

/** 窓口からの発信の頼みを待つ。返すものを呼ぶと、やめる。同じ持ち主だけが触れる。 */
export async function serveDial(
  office: Office,
  contract: string,
  dial: (given: DialRequest) => Promise<boolean>,
): Promise<() => Promise<void>> {
  const path = await dialSocket(office, contract);
  // 前のプロセスが落ちて残したもの。名は鍵から作るので、ほかのものではない。
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
    createInterface({ input: socket }).on("line", (line) => {
      void answer(line, dial).then((text) => socket.end(`${text}\n`));
    });
  });
  await new Promise<void>((ready, failed) => {
    server.once("error", failed);
    server.listen(path, ready);
  });
  await chmod(path, 0o600);
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((closed) => server.close(() => closed()));
  };
}

async function answer(line: string, dial: (given: DialRequest) => Promise<boolean>): Promise<string> {
  try {
    const given = request.safeParse(JSON.parse(line.slice(0, 500)));
    return given.success && (await dial(given.data)) ? "rang" : "refused";
  } catch {
    return "refused";
  }
}
