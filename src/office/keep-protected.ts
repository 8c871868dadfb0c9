import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type KeptFile, keepFile, openFile } from "../platform/keep-file.ts";
import type { Office, Tx } from "../platform/office.ts";
import { generatePassword, protectableFormat, protectFile } from "./protect-file.ts";

/** パスワード付きの写し。password はここで一度だけ返り、どこにも残らない。 */
export interface ProtectedCopy {
  id: string;
  fileName: string;
  password: string;
  sha256: string;
}

const kind = "protected-copy";

/** 写しを作れる役割（パスワードを見て、ファイルと別の道で伝える人と、コマンド）。 */
export function mayProtect(actor: Pick<Actor, "roles">): boolean {
  return actor.roles.some((role) => role === "supervisor" || role === "manager" || role === "system");
}

/** 写しとともに残すもの。 */
interface Handing {
  /** 渡す相手（課・係）。個人の名は入れない。 */
  recipient?: string;
  /** 同じ行為に加える記録。before は元のファイルの指紋、file は写しの id。 */
  also?: (tx: Tx, made: { before: string; file: string }) => Promise<void>;
}

/**
 * 渡すファイルの、パスワード付きの写しを作って封じて残す。元と写しの sha256 と目的が記録される。
 * パスワードは戻り値だけにあり、ファイルと同じ道では送らない。
 * @throws AppError FORBIDDEN（SV・責任者でない）、BAD_INPUT（形式、目的）、UNAVAILABLE（PDF に qpdf がない）
 */
export async function keepProtected(
  office: Office,
  actor: Actor,
  file: { fileName: string; media: string; bytes: Uint8Array; about?: string },
  purpose: string,
  { recipient, also }: Handing = {},
): Promise<ProtectedCopy> {
  if (!mayProtect(actor))
    throw new AppError(
      "FORBIDDEN",
      "委託者に渡すファイルを作れるのは、SV・責任者の役割です（パスワードを別に伝えるため）。",
    );
  if (purpose.trim() === "") throw new AppError("BAD_INPUT", "何のために渡すかを選んでください。");
  const format = protectableFormat(file.fileName);
  if (!format)
    throw new AppError(
      "BAD_INPUT",
      "この形式のファイルには、パスワードを付けられません（Word・Excel・PDF だけ）。",
    );
  const password = generatePassword();
  const bytes = await protectFile({ format, bytes: file.bytes }, password);
  const before = createHash("sha256").update(file.bytes).digest("hex");
  const key = await office.keys.fresh(actor.contract);
  const { fileName, media } = file;
  const kept = await office.act(actor, async (tx) => {
    const made = await keepFile(tx, key, { kind, fileName, media, bytes });
    await tx.record({
      kind: "file.protected",
      about: file.about ?? made.id,
      payload: {
        ...{ file: made.id, purpose, format, sha256: made.sha256, before },
        ...(recipient === undefined ? {} : { recipient }),
      },
    });
    await also?.(tx, { before, file: made.id });
    return made;
  });
  return { id: kept.id, fileName, password, sha256: kept.sha256 };
}

/** パスワード付きの写しを取り出す。取り出したことを記録してから渡す。 */
export async function takeProtected(office: Office, actor: Actor, id: string): Promise<KeptFile> {
  const file = await openFile(office, actor.contract, id);
  if (file.kind !== kind || !mayProtect(actor))
    throw new AppError("NOT_FOUND", "その写しはありません。もう一度作ってください。");
  await office.act(actor, (tx) =>
    tx.record({ kind: "file.delivered", about: id, payload: { file: id, sha256: file.sha256 } }),
  );
  return file;
}
