import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { readSealedHead } from "./sealed-file.ts";

/** 控えは二つで一組。本体と鍵の保管庫は、別の媒体に置く。 */
export type Part = "data" | "keys";

const headSchema = z.object({
  format: z.literal("madoguchi-backup/1"),
  part: z.enum(["data", "keys"]),
  /** 組の名。本体と鍵で同じ。 */
  set: z.string(),
  office: z.string(),
  mode: z.enum(["demo", "real"]),
  madeAt: z.string(),
  /** 控えたときに当ててあった移行。 */
  migrations: z.array(z.string()),
  /** 事務所の表札（office.json）。鍵の断片は、保管者の言葉で封じたもの。 */
  nameplate: z.unknown(),
});
export type BackupHead = z.infer<typeof headSchema>;

/** 組のファイルの名。 */
export function fileOf(part: Part, set: string): string {
  return `madoguchi-${part}-${set}.mgb`;
}

/** 「20250917-134000」の形の、組の名。 */
export function setName(systemMs: number): string {
  return new Date(systemMs).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}

/** 控えの頭を確かめて読む。 */
export async function readBackupHead(path: string, part: Part): Promise<BackupHead> {
  const head = headSchema.safeParse(await readSealedHead(path));
  if (!head.success)
    throw new AppError(
      "BAD_INPUT",
      "この控えは、新しい版のまどぐちで取られています。新しい版で戻してください。",
    );
  if (head.data.part !== part)
    throw new AppError(
      "BAD_INPUT",
      part === "data"
        ? "これは鍵の控えです。本体の控え（madoguchi-data-…）を指定してください。"
        : "これは本体の控えです。鍵の控え（madoguchi-keys-…）を指定してください。",
    );
  return head.data;
}

/** フォルダーを指されたら、いちばん新しい控え。ファイルならそのまま。 */
export async function findPart(path: string, part: Part, set?: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new AppError("BAD_INPUT", "控えの場所が見つかりません。フォルダーかファイルの名をご確認ください。");
  if (!found.isDirectory()) return path;
  const names = (await readdir(path)).filter(
    (name) => name.startsWith(`madoguchi-${part}-`) && name.endsWith(".mgb"),
  );
  const name = set === undefined ? names.sort().at(-1) : names.find((one) => one === fileOf(part, set));
  if (!name)
    throw new AppError(
      "BAD_INPUT",
      part === "data"
        ? "そのフォルダーに、本体の控え（madoguchi-data-…）がありません。"
        : "そのフォルダーに、同じ組の鍵の控え（madoguchi-keys-…）がありません。鍵の控えを置いた場所を --keys で指定してください。",
    );
  return join(path, name);
}
