import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import { openLockedFile } from "../office/protect-file.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { requireClassChange } from "./reception-right.ts";

/** 戻ってきた写しが、渡したものか。 */
export interface CheckedCopy {
  /** same=渡したそのもの、rewrapped=中身は渡したもの（パスワードだけ付け直された）、other=渡した記録がない。 */
  result: "same" | "rewrapped" | "other";
  /** 渡す写しを作った時と、渡した相手。 */
  madeAt: Instant | undefined;
  recipient: string | undefined;
  sha256: string;
}

/**
 * 戻ってきたパスワード付きのファイルを、途中で書き換えられていないこと（HMAC）を確かめてから開き、渡した記録と比べる。
 * 中身は残さない。確かめたことは記録される。
 * @throws AppError BAD_INPUT（形式が違う、パスワードが違う、書き換えられている）、FORBIDDEN
 */
export async function checkDelivered(
  office: Office,
  actor: Actor,
  given: { bytes: Uint8Array; password: string },
): Promise<CheckedCopy> {
  requireClassChange(actor);
  const inside = await openLockedFile(given.bytes, given.password.trim());
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const [sha256, before] = [hash(given.bytes), hash(inside)];
  const made = await listEvents(office.read, {
    contract: actor.contract,
    kinds: ["file.protected"],
    limit: 10_000,
  });
  const same = made.find(({ payload }) => payload.sha256 === sha256);
  const found = same ?? made.find(({ payload }) => payload.before === before);
  const result = same ? "same" : found ? "rewrapped" : "other";
  await office.act(actor, (tx) => tx.record({ kind: "list.checked", payload: { result, sha256 } }));
  const recipient = found?.payload.recipient;
  return {
    result,
    madeAt: found?.at,
    recipient: typeof recipient === "string" ? recipient : undefined,
    sha256,
  };
}
