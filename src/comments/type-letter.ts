import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { applyMasks, findMasks } from "../opinions/mask-text.ts";
import type { Office } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { readOriginal, updateLetter, updateOriginal } from "./letter-store.ts";
import { refusePublished, requirePeriod } from "./read-period.ts";
import { letterLimits } from "./receive-letters.ts";
import { openLetter, stale } from "./split-opinions.ts";

/**
 * 文のないまま届いた通（手書きのスキャン、添付だけのメール）に、人が見て打った文を入れる。届いたときに文のあった通は変えない。
 * @throws AppError BAD_INPUT（空、長すぎる）、REFUSED（もう文がある、公表済み）、NOT_FOUND（原本が消去されている）、FORBIDDEN
 */
export async function typeLetter(office: Office, actor: Actor, id: string, given: string): Promise<void> {
  refuseComment("open", actor);
  refuseComment("work", actor);
  refusePublished(await requirePeriod(office, actor.contract));
  const text = given.replace(/\r\n?/g, "\n").trim();
  const message =
    text === ""
      ? "意見書の文を打ってください。"
      : `一通は${letterLimits.text}字までです。分けて受け取ってください。`;
  if (text === "" || text.length > letterLimits.text)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "text", message }] });
  const { row, key } = await openLetter(office, actor.contract, id);
  const keyOf = async (own: string) => (await office.keys.get(actor.contract, [own])).get(own);
  const [found, originalKey] = await Promise.all([
    readOriginal(office.read, actor.contract, id, keyOf),
    keyOf(row.original_id),
  ]);
  if (!found || !originalKey) throw new AppError("NOT_FOUND", "原本は消去されています。文は打てません。");
  if (found.original.body.trim() !== "" || row.body.trim() !== "")
    throw new AppError("REFUSED", "この通には、届いたときの文があります。原本の文は変えられません。");
  const masks = findMasks(
    text,
    found.signers.flatMap(({ name, address, contact }) => [
      { kind: "name" as const, words: name },
      { kind: "address" as const, words: address },
      { kind: contact.includes("@") ? ("mail" as const) : ("phone" as const), words: contact },
    ]),
  );
  const change = {
    ...{ body: applyMasks(text, masks), masks: JSON.stringify(masks), masked: 0, state: "new" as const },
  };
  await office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, change))) throw stale();
    if (!(await updateOriginal(tx, originalKey, found.original, text))) throw stale();
    await tx.record({ kind: "comment.typed", about: id, payload: { number: row.number } });
  });
}
