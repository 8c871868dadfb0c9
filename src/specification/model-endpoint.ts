import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { AppError } from "../base/error.ts";

/** 手元のモデル（OpenAI 互換の口）。 */
export interface ModelEndpoint {
  /** 「http://127.0.0.1:11434/v1」の形。 */
  url: string;
  model: string;
}

/** この機械と、外につながらない構内の番地（RFC 1918、RFC 4193、リンクローカル）。 */
const near = new BlockList();
near.addSubnet("127.0.0.0", 8, "ipv4");
near.addSubnet("10.0.0.0", 8, "ipv4");
near.addSubnet("172.16.0.0", 12, "ipv4");
near.addSubnet("192.168.0.0", 16, "ipv4");
near.addSubnet("169.254.0.0", 16, "ipv4");
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

/** 番地が、この機械か構内のものか。 */
export function isNearAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && near.check(address, family === 4 ? "ipv4" : "ipv6");
}

/**
 * 設定（環境変数）から。MADOGUCHI_MODEL_URL がなければ使わない。行き先は、この機械（loopback）か、
 * MADOGUCHI_MODEL_HOST に名指しした構内の機械だけ。
 * @throws AppError BAD_INPUT（行き先が許されない）
 */
export function modelEndpoint(env: Readonly<Record<string, string | undefined>>): ModelEndpoint | undefined {
  const given = env.MADOGUCHI_MODEL_URL;
  if (given === undefined || given === "") return undefined;
  return checkEndpoint(given, env.MADOGUCHI_MODEL_NAME || "local", env.MADOGUCHI_MODEL_HOST);
}

/** @throws AppError BAD_INPUT（この機械でも、名指しした構内の機械でもない） */
export function checkEndpoint(given: string, model: string, named?: string): ModelEndpoint {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  const local = ["127.0.0.1", "::1", "localhost"].includes(host);
  // 番地で書かれていれば、構内のものだけ。名前なら、話しかける前に引いて確かめる。
  const allowed = host !== "" && host === named && (isIP(host) === 0 || isNearAddress(host));
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || (!local && !allowed))
    throw new AppError(
      "BAD_INPUT",
      "手元のモデル（MADOGUCHI_MODEL_URL）は、この機械（http://127.0.0.1:…）か、MADOGUCHI_MODEL_HOST に書いた構内の機械だけを指せます。設定を直してください。",
    );
  return { url: given.replace(/\/+$/, ""), model };
}

/**
 * 名前の行き先が、みな構内の番地であることを確かめる。仕様書を外に送らないため。
 * @throws AppError BAD_INPUT（外の番地）
 */
export async function refuseFarEndpoint({ url }: ModelEndpoint): Promise<void> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(host, { all: true });
  if (found.length === 0 || found.some(({ address }) => !isNearAddress(address)))
    throw new AppError("BAD_INPUT", "手元のモデルの行き先が、構内の番地ではありません。");
}
