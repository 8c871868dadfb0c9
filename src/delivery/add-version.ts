import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { changeDeliverable, noDeliverable } from "./change-deliverable.ts";
import { holdsPersons, markOf, publicNotice } from "./deliverable.ts";
import { findDeliverable, insertVersion } from "./deliverable-store.ts";
import { refuseDuty } from "./delivery-right.ts";
import { checkFormat, type FileFormat, formatInfo } from "./file-format.ts";
import { markDocument } from "./mark-document.ts";

/** 受けるファイルの大きさの上限（バイト）。 */
export const VERSION_LIMIT = 60 * 1024 * 1024;

/**
 * 新しい版を登録する。中身が求められた形式かを確かめ、管理番号と公文書の印を付けて、封じて残す。
 * personal（省けば、成果品の名から見当を付ける）は、申込みの方などの個人情報を含むか。含む版のファイルは、消去で消える（第13条:
 * 納めた写しが手元に残ってはならない。管理番号・ハッシュ・検査と受領の日は残る）。
 * 管理番号は版の番号で決まるので、ほかの人と重なったときは CONFLICT になる。
 * @throws AppError BAD_INPUT（形式）、TOO_LARGE、REFUSED（状態）、FORBIDDEN、CONFLICT
 */
export async function addVersion(
  office: Office,
  actor: Actor,
  id: string,
  given: { bytes: Uint8Array; personal?: boolean | undefined },
): Promise<{ id: string; version: number; sha256: string; mark: string }> {
  refuseDuty("version", actor);
  if (given.bytes.length > VERSION_LIMIT)
    throw new AppError(
      "TOO_LARGE",
      "ファイルが大きすぎます（上限 60 MB）。写真を小さくするか、分けてください。",
    );
  const before = await findDeliverable(office.read, actor.contract, id);
  if (!before) throw noDeliverable();
  const format = checkFormat(given.bytes, before.formats.split(",") as FileFormat[]);
  const personal = given.personal ?? holdsPersons(before.title);
  const { blueprint } = await openContract(office, actor.contract);
  const version = before.version + 1;
  const mark = markOf(blueprint.fiscalYear, before.code, version);
  const made = markDocument(format, given.bytes, { mark, notice: publicNotice(blueprint.client) });
  const givenHash = createHash("sha256").update(given.bytes).digest("hex");
  const key = await office.keys.fresh(actor.contract);
  let sha256 = "";
  await changeDeliverable(office, actor, id, "version", async (row, tx) => {
    if (row.version + 1 !== version)
      throw new AppError("CONFLICT", "ほかの人が先に新しい版を登録しました。画面を開き直してください。");
    const fileName = `${mark}.${format}`;
    const kept = await keepFile(tx, key, {
      ...{
        kind: personal ? "deliverable-personal" : "deliverable",
        fileName,
        media: formatInfo[format].media,
        bytes: made.bytes,
      },
    });
    sha256 = kept.sha256;
    await insertVersion(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, deliverable_id: id, version },
      ...{ file_name: fileName, format, size: made.bytes.length, sha256, given_sha256: givenHash },
      ...{ mark, marked: made.marked, made_by: actor.id, made_at: tx.now },
      ...{ submitted_by: null, submitted_at: null, outcome: null, inspected_by: null, inspected_at: null },
      ...{ channel: null, heard_from: null, words: null },
    });
    return {
      change: { version },
      kind: "deliverable.versioned",
      payload: { file: key.id, format, sha256, given: givenHash, mark, personal },
    };
  });
  return { id: key.id, version, sha256, mark };
}
