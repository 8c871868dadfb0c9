import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmod, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { generatePassphrase, protectShare } from "../sealing/passphrase.ts";
import { splitSecret } from "../sealing/shamir.ts";

const shareSchema = z.object({
  format: z.literal("madoguchi-share/1"),
  kdf: z.literal("argon2id"),
  memoryKiB: z.number(),
  passes: z.number(),
  lanes: z.number(),
  salt: z.string(),
  sealed: z.string(),
});

/** 表札の形。 */
export const folderSchema = z.object({
  format: z.literal("madoguchi-office/1"),
  id: z.string(),
  name: z.string(),
  mode: z.enum(["demo", "real"]),
  createdAt: z.string(),
  /** 開封に要る人数。 */
  needed: z.int(),
  holders: z.array(z.object({ label: z.string(), share: shareSchema })),
  /** root・種類・id を結ぶ値。どれかを書き換えると開かない。 */
  check: z.string(),
  /** デモだけが持つ。本物の事務所の root はディスクにない。 */
  demoRoot: z.string().optional(),
  hostnames: z.array(z.string()).default([]),
});

/** 事務所のフォルダーの表札（office.json）。個人情報も鍵も含まない（デモを除く）。 */
export type OfficeFolder = z.infer<typeof folderSchema>;

export interface NewOffice {
  name: string;
  mode: "demo" | "real";
  /** 鍵の保管者の役職（氏名ではなく）。 */
  holders: readonly string[];
  needed: number;
  hostnames: readonly string[];
  nowMs: number;
}

export interface CreatedOffice {
  folder: OfficeFolder;
  root: Uint8Array;
  /** 保管者ごとの開封の言葉（12語）。二度と出せない。 */
  words: { holder: string; words: string[] }[];
}

/** 新しい事務所のフォルダーを作る。すでにあれば断る。 */
export async function createFolder(data: string, given: NewOffice): Promise<CreatedOffice> {
  if (await readFolder(data))
    throw new AppError(
      "REFUSED",
      "このフォルダーには、もう事務所があります。別のフォルダーを指定してください。",
    );
  if (given.mode === "real" && (given.holders.length < given.needed || given.needed < 2))
    throw new AppError("BAD_INPUT", "鍵の保管者は、開封に要る人数（2人以上）より少なくできません。");
  const root = new Uint8Array(randomBytes(32));
  const id = newId(given.nowMs);
  const words: CreatedOffice["words"] = [];
  const holders: OfficeFolder["holders"] = [];
  if (given.mode === "real") {
    const shares = splitSecret(root, given.needed, given.holders.length);
    for (const [i, label] of given.holders.entries()) {
      const phrase = generatePassphrase();
      holders.push({ label, share: await protectShare(phrase.join(" "), shares[i] ?? new Uint8Array()) });
      words.push({ holder: label, words: phrase });
    }
  }
  const folder: OfficeFolder = {
    format: "madoguchi-office/1",
    id,
    name: given.name,
    mode: given.mode,
    createdAt: new Date(given.nowMs).toISOString(),
    needed: given.mode === "demo" ? 0 : given.needed,
    holders,
    check: checkValue(root, given.mode, id),
    hostnames: [...given.hostnames],
    ...(given.mode === "demo" ? { demoRoot: Buffer.from(root).toString("base64") } : {}),
  };
  await mkdir(data, { recursive: true, mode: 0o700 });
  await chmod(data, 0o700);
  const path = join(data, "office.json");
  // 表札は鍵の保管者の分け前を持つただ一つの場所。言葉を見せたあとで電源が落ちても、失ってはならない。
  await writeFile(`${path}.part`, `${JSON.stringify(folder, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
  await settleFolder(data);
  return { folder, root, words };
}

/** フォルダーの中の名の付け替えを、ディスクに届かせる。フォルダーを開けない OS（Windows）では要らない。 */
async function settleFolder(data: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(data, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** 表札を読む。なければ undefined、壊れていれば BAD_INPUT。 */
export async function readFolder(data: string): Promise<OfficeFolder | undefined> {
  const text = await readFile(join(data, "office.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = folderSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new AppError(
      "BAD_INPUT",
      "事務所の表札（office.json）が壊れています。控えの office.json に戻してください。",
    );
  return parsed.data;
}

/** root がこの事務所のものか。種類（demo / real）を書き換えた表札では合わない。 */
export function isRootOf(folder: OfficeFolder, root: Uint8Array): boolean {
  const expected = Buffer.from(checkValue(root, folder.mode, folder.id));
  const given = Buffer.from(folder.check);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function checkValue(root: Uint8Array, mode: string, id: string): string {
  return createHmac("sha256", root).update(`office|${mode}|${id}`).digest("base64");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
