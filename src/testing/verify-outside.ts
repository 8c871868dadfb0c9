import { webcrypto } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { verifierScript } from "../erasure/verifier-script.ts";

/** 確かめる画面のスクリプトを、ブラウザーの代わりの小さな場で動かす。 */
export async function verifyOutside(text: string, number = ""): Promise<{ ok: boolean; words: string }> {
  const words: string[] = [];
  const element = () => {
    const one: Record<string, unknown> = {
      dataset: {},
      hidden: true,
      value: number,
      files: [],
      children: [],
    };
    one.appendChild = (child: { textContent?: string }) => words.push(child.textContent ?? "");
    one.addEventListener = (_: string, run: () => void) => {
      one.run = run;
    };
    return one;
  };
  const byId = new Map(["file", "number", "progress", "result"].map((id) => [id, element()]));
  const window = { crypto: webcrypto };
  const sandbox = {
    ...{ window, crypto: webcrypto, TextEncoder, Uint8Array, BigInt, atob, btoa, setTimeout, isFinite },
    document: { getElementById: (id: string) => byId.get(id), createElement: element },
  };
  runInContext(verifierScript, createContext(sandbox));
  const file = byId.get("file") as Record<string, unknown>;
  file.files = [{ text: async () => text }];
  (file.run as () => void)();
  const result = byId.get("result") as { dataset: { ok?: string } };
  for (let n = 0; n < 400 && result.dataset.ok === undefined; n += 1)
    await new Promise((next) => setTimeout(next, 10));
  return { ok: result.dataset.ok === "1", words: words.join("\n") };
}
