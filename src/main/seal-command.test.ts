import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { AppError } from "../base/error.ts";
import { holdKeys } from "../platform/hold-keys.ts";
import { SealedRoot } from "../platform/key-holder.ts";
import { connectHolder } from "../platform/key-holder-client.ts";
import { createFolder, isRootOf, readFolder } from "../platform/office-folder.ts";
import { openFolder, openFolderWith } from "./open-folder.ts";

const data = mkdtempSync(join(tmpdir(), "madoguchi-seal-"));
afterEach(() => rmSync(data, { recursive: true, force: true }));

const holders = ["保護管理者", "責任者", "予備"];
const make = (mode: "demo" | "real" = "real") =>
  createFolder(data, {
    name: "試験",
    mode,
    holders: mode === "real" ? holders : [],
    needed: 2,
    hostnames: [],
    nowMs: Date.now(),
  });

test("別紙1 5(6) 三人のうち二人の言葉で開き、root はフォルダーのどこにもない", async () => {
  const { folder, root, words } = await make();
  const sealed = new SealedRoot(folder, () => Date.now());
  expect(() => sealed.keys()).toThrowError(expect.objectContaining({ code: "SEALED" }));
  const say = (i: number) => sealed.confirm(words[i]?.holder ?? "", words[i]?.words.join("　") ?? "");
  expect((await say(2)).sealed).toBe(true);
  await expect(sealed.confirm("責任者", words[2]?.words.join(" ") ?? "")).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect((await say(1)).sealed).toBe(false);
  expect(JSON.stringify(folder)).not.toContain(Buffer.from(root).toString("base64"));
  const derived = await sealed.keys().derive("x");
  sealed.seal();
  await say(0);
  await say(1);
  expect(await sealed.keys().derive("x")).toEqual(derived);
}, 30_000);

test("別紙1 5(6) 鍵の保持者にソケットで頼んで事務所を開き、止めれば封印される", async () => {
  const { folder, words } = await make();
  await expect(openFolder(data)).rejects.toMatchObject({ code: "SEALED" });
  const running = holdKeys(data, folder);
  await new Promise((next) => setTimeout(next, 100));
  const client = await connectHolder(data);
  if (!client) throw new Error("the holder does not listen");
  await expect(openFolder(data)).rejects.toMatchObject({ code: "SEALED" });
  for (const { holder, words: spoken } of words.slice(0, 2)) await client.confirm(holder, spoken.join(" "));
  expect((await client.state()).openedBy).toEqual(["保護管理者", "責任者"]);
  let isGone = false;
  client.whenGone(() => {
    isGone = true;
  });
  const office = await openFolderWith(data, folder, client);
  await office.keys.fresh("c");
  await office.close();
  await client.stop();
  await running;
  await expect.poll(() => isGone).toBe(true);
  client.close();
  await expect(openFolder(data)).rejects.toMatchObject({ code: "SEALED" });
}, 30_000);

test("デモのフォルダーを本物に書き換えても開かない", async () => {
  const { folder, root } = await make("demo");
  const office = await openFolder(data);
  await office.close();
  expect(isRootOf({ ...folder, mode: "real" }, root)).toBe(false);
  expect((await readFolder(data))?.mode).toBe("demo");
  await expect(make("demo")).rejects.toMatchObject({ code: "REFUSED" });
});

test("別紙1 5(6) 推測を同時に並べて送っても、確かめられるのは許した回数だけで、あとは待たされる", async () => {
  const { folder, words } = await make();
  const sealed = new SealedRoot(folder, () => 1_000_000);
  const wrong = words[1]?.words.join(" ") ?? "";
  const told = await Promise.allSettled(
    Array.from({ length: 30 }, () => sealed.confirm("保護管理者", wrong)),
  );
  const codes = told.map((one) => (one.status === "rejected" ? (one.reason as AppError).code : "in"));
  expect(codes.filter((code) => code === "FORBIDDEN")).toHaveLength(4);
  expect(codes.filter((code) => code === "TOO_MANY")).toHaveLength(26);
  // 待ち時間の間は、正しい言葉でも開かない。
  await expect(sealed.confirm("保護管理者", words[0]?.words.join(" ") ?? "")).rejects.toMatchObject({
    code: "TOO_MANY",
  });
}, 30_000);

test("別紙1 5(6) 鍵の保持者を二つ同時に始めても一つだけが残り、あとから始めても前のものを追い出さない", async () => {
  const { folder } = await make();
  const ended: string[] = [];
  const start = () =>
    holdKeys(data, folder).then(
      () => ended.push("stopped"),
      (cause: AppError) => ended.push(cause.code),
    );
  const both = [start(), start()];
  await new Promise((next) => setTimeout(next, 150));
  expect(ended).toEqual(["CONFLICT"]);
  await start();
  expect(ended).toEqual(["CONFLICT", "CONFLICT"]);
  const client = await connectHolder(data);
  if (!client) throw new Error("the holder does not listen");
  await client.stop();
  await Promise.all(both);
  expect(ended).toEqual(["CONFLICT", "CONFLICT", "stopped"]);
}, 30_000);
