import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { refuseCall } from "./call-right.ts";

/** 読み上げて二分を超えない長さ（字）。 */
const MOST_TEXT = 600;

/** 案内の文を直す。undefined なら、契約から作る標準の文に戻す。前の文は記録から辿れる。 */
export async function saveAnnouncement(
  office: Office,
  actor: Actor,
  text: string | undefined,
): Promise<void> {
  refuseCall("keep", actor);
  const plain = text?.replace(/\r\n?/g, "\n").trim();
  if (plain === undefined) {
    await office.act(actor, async (tx) => {
      await tx.record({ kind: "call.announcement-changed", payload: { standard: true } });
    });
    return;
  }
  const message =
    plain === ""
      ? "案内の文を入れてください。"
      : plain.length > MOST_TEXT
        ? `案内の文は${MOST_TEXT}字までにしてください（いま${plain.length}字）。`
        : undefined;
  if (message !== undefined)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "text", message }] });
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    const { id } = await keepFile(tx, key, {
      ...{ kind: "call-announcement", fileName: "announcement.txt", media: "text/plain; charset=utf-8" },
      bytes: new TextEncoder().encode(`${plain}\n`),
    });
    await tx.record({ kind: "call.announcement-changed", payload: { standard: false, file: id } });
  });
}
