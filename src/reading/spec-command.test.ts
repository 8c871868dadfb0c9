import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CommandIo } from "../platform/command.ts";
import { specCommands } from "./spec-command.ts";

/** 事務所を開かずに動かし、出したものを受け取る。 */
async function run(...args: string[]): Promise<{ value: unknown; text: string }> {
  let out: { value: unknown; text: string } | undefined;
  const io: CommandIo = {
    args,
    option: () => undefined,
    options: () => [],
    flag: () => false,
    result: (value, text) => {
      out = { value, text };
    },
    progress: () => undefined,
    secret: () => Promise.reject(new Error("秘密を訊かない")),
    readFile: async (path) => new Uint8Array(readFileSync(path)),
    writeFile: () => Promise.reject(new Error("書き出さない")),
    office: () => Promise.reject(new Error("事務所を開かない")),
    signal: new AbortController().signal,
  };
  await specCommands[0]?.run(io);
  if (!out) throw new Error("結果がない");
  return out;
}

test("６(9) spec read は、条項と義務を JSON と読みやすい文で出す", async () => {
  const file = new URL("../../samples/specifications/sapporo-class-booking.txt", import.meta.url);
  const { value, text } = await run(file.pathname);
  expect(value).toMatchObject({
    clauses: expect.arrayContaining([
      expect.objectContaining({
        id: "6(9)",
        number: "6(9)",
        title: "問い合わせ対応の記録と報告",
        parent: "6",
      }),
    ]),
    obligations: expect.arrayContaining([
      expect.objectContaining({ clause: "6(9)", actor: "責任者", verb: "報告" }),
    ]),
  });
  expect(text).toContain("〔期日 契約締結日から令和８年２月 28 日まで 2026-02-28〕");
});

test("ファイルの名がなければ、そう言って断る", async () => {
  await expect(run()).rejects.toThrow(/ファイルをご指定ください/);
});
