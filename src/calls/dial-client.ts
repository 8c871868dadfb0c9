import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Office } from "../platform/office.ts";

/** 画面からの発信の頼み。 */
export interface DialRequest {
  /** 鳴らす席。 */
  desk: string;
  /** かける番号（数字だけ）。 */
  number: string;
}

const ANSWER_MS = 12_000;

/**
 * 電話機とつながっているプロセス（calls listen）に頼む口。名を契約の鍵から作るので、
 * 事務所を開いた者のほかは、その名を知ることも、先に置くこともできない。
 */
export async function dialSocket(office: Office, contract: string): Promise<string> {
  const key = await office.keys.lookupKey(contract);
  const name = createHmac("sha256", key).update("dial-socket").digest("hex").slice(0, 32);
  return join(tmpdir(), `madoguchi-${name}.sock`);
}

/** 席の電話を鳴らすよう頼む。電話機とつながったプロセスがなければ undefined、電話機が断れば false。 */
export async function askDial(
  office: Office,
  contract: string,
  request: DialRequest,
): Promise<boolean | undefined> {
  const path = await dialSocket(office, contract);
  return new Promise((answered) => {
    let text = "";
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`));
    socket.setEncoding("utf8").setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on("data", (chunk: string) => {
      text = (text + chunk).slice(0, 100);
      if (text.includes("\n")) socket.end();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => answered(text === "rang\n" ? true : text === "refused\n" ? false : undefined));
  });
}
