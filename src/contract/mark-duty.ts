import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { keepFile } from "../platform/keep-file.ts";
import { putLink } from "../platform/link-store.ts";
import type { Office } from "../platform/office.ts";
import { insertNote } from "./note-store.ts";

/** 添えるもの。言葉か、記録・届出の印か、ファイルの、少なくとも一つ。 */
export interface Mark {
  note?: string | undefined;
  /** 「filings/filing/…」の印。 */
  ref?: string | undefined;
  file?: { fileName: string; media: string; bytes: Uint8Array } | undefined;
}

/** 証跡のつながりの名。 */
export const EVIDENCE = "evidence";

/** 一回分の印（つながりの片方の端）。 */
export function dutyRef(key: string): string {
  return `contract/duty/${key}`;
}

const NOTE_MOST = 2_000;

export function markFaults({ note = "", ref, file }: Mark, needed: boolean): Fault[] {
  const faults: Fault[] = [];
  if ([...note].length > NOTE_MOST)
    faults.push({ field: "note", message: `${NOTE_MOST}字までで書いてください。` });
  if (ref !== undefined && !/^[a-z][\w-]*\/[\w-]+\/[\w.@:-]{1,120}$/.test(ref))
    faults.push({ field: "ref", message: "「filings/filing/番号」の形で入れてください。" });
  if (file !== undefined && file.bytes.length === 0)
    faults.push({ field: "file", message: "ファイルの中身がありません。選び直してください。" });
  if (needed && note.trim() === "" && ref === undefined && file === undefined)
    faults.push({ field: "note", message: "証跡の説明を書くか、届出・ファイルを添えてください。" });
  return faults;
}

/** 一回分に、行いと添えたものを、一つの行為として記録する。記録の id でなく、添えた言葉の id を返す。 */
export async function markDuty(
  office: Office,
  actor: Actor,
  given: { kind: string; key: string; payload?: { [key: string]: Json }; mark: Mark; needed: boolean },
): Promise<void> {
  const { note = "", ref, file } = given.mark;
  const faults = markFaults(given.mark, given.needed);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "書き足すことに直すところがあります。", { faults });
  const text = note.trim();
  const noteKey = text === "" ? undefined : await office.keys.fresh(actor.contract);
  const fileKey = file === undefined ? undefined : await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    if (noteKey !== undefined)
      await insertNote(tx, noteKey, {
        ...{ id: noteKey.id, contract_id: tx.contract, duty_key: given.key, note: text },
        ...{ made_by: actor.id, made_at: tx.now },
      });
    const kept =
      file === undefined || fileKey === undefined
        ? undefined
        : await keepFile(tx, fileKey, { ...file, kind: "contract.evidence" });
    if (ref !== undefined)
      await putLink(tx, {
        from_ref: dutyRef(given.key),
        relation: EVIDENCE,
        to_ref: ref,
        label: "",
      });
    await tx.record({
      kind: given.kind,
      about: given.key,
      payload: {
        ...{ key: given.key, note: noteKey?.id ?? null, ref: ref ?? null },
        ...{ file: kept?.id ?? null, sha256: kept?.sha256 ?? null },
        ...given.payload,
      },
    });
  });
}
