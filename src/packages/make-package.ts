import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { kindInfo } from "../filings/filing.ts";
import { type FilingPaperFacts, filingDocument } from "../filings/filing-document.ts";
import { findForm, showFields } from "../filings/filing-form.ts";
import type { Parties } from "../filings/filing-hand.ts";
import { type OpenFiling, openFiling, readFields } from "../filings/list-filings.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { checkCodeOf } from "./check-code.ts";
import type { PackageHand } from "./package-hand.ts";
import { refusePackage } from "./package-right.ts";
import { findPackage, insertPackage, openPackageRow } from "./package-store.ts";
import {
  manifestText,
  offeredOutcomes,
  packageFormat,
  type ReviewManifest,
  sha256,
} from "./review-package.ts";

const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** 開いた一式。files は添えたファイルで、manifest.attachments と同じ並び。 */
export interface OpenPackage {
  id: string;
  hash: string;
  code: string;
  manifest: ReviewManifest;
  /** 照合値のもとの文字。 */
  text: string;
  files: readonly Uint8Array[];
}

/**
 * 提出した文書の、確認用の一式を作る。一つの版に一つで、もうあればそれを返す。
 * @throws AppError FORBIDDEN、REFUSED（提出されていない、委託者から出たもの）
 */
export async function makePackage(
  office: Office,
  actor: Actor,
  id: string,
  parties: Parties,
  papersOf: PackageHand["papers"] = async () => [],
): Promise<OpenPackage> {
  refusePackage("make", actor);
  const open = await openFiling(office, insideActor(actor), id);
  const { filing } = open;
  if (kindInfo(filing.kind).from === "client")
    throw new AppError("REFUSED", "委託者から出た指示には、確認用の一式は要りません。");
  const before = await openPackage(office, actor.contract, id, filing.version);
  if (before) return before;
  if (filing.state !== "submitted" || filing.submitted_at === null)
    throw new AppError(
      "REFUSED",
      "確認用の一式は、提出してから答えがあるまでの間に作ります。文書の今の状態をご確認ください。",
    );
  const [fileKey, filingKeys, lookupKey] = await Promise.all([
    office.keys.fresh(actor.contract),
    office.keys.get(actor.contract, [id]),
    office.keys.lookupKey(actor.contract),
  ]);
  const filingKey = filingKeys.get(id);
  if (!filingKey) throw new AppError("NOT_FOUND", "その協議・届出はありません。一覧から選び直してください。");
  const word = writeWordDocument(filingDocument(paperFacts(open, parties, filing.submitted_at)));
  const { about } = open.head;
  const papers = about === undefined ? [] : await papersOf(office, actor.contract, about);
  const fileName = `${findForm(filing.form)?.title ?? kindInfo(filing.kind).paper}.docx`;
  await office.act(actor, async (tx) => {
    if (await findPackage(tx, tx.contract, id, filing.version)) return tx.nothingHappened();
    const manifest = manifestOf(open, parties, {
      ...{ id: fileKey.id, madeAt: tx.now, demo: office.mode === "demo" },
      attachments: [
        { name: fileName, media: wordMedia, size: word.length, sha256: sha256(word) },
        ...papers.map(({ id: kept, name, media, size, sha256: hash }) => ({
          ...{ name, media, size, sha256: hash, kept },
        })),
      ],
    });
    const text = manifestText(manifest);
    const hash = sha256(text);
    await keepFile(tx, fileKey, { kind: "review-package", fileName, media: wordMedia, bytes: word });
    await insertPackage(tx, filingKey, {
      ...{ id: fileKey.id, contract_id: tx.contract, filing_id: id, version: filing.version, hash },
      ...{ code: checkCodeOf(lookupKey, hash), manifest: text, made_by: actor.id, made_at: tx.now },
    });
    await tx.record({
      kind: "package.made",
      about: id,
      payload: { number: filing.number, version: filing.version, hash },
    });
  });
  const made = await openPackage(office, actor.contract, id, filing.version);
  if (!made) throw new Error("作った一式が読めない");
  return made;
}

/** コマンドからは、受託者の中の人として開く。 */
function insideActor(actor: Actor): Actor {
  return actor.id === "system" ? { ...actor, roles: ["manager"] } : actor;
}

/** Word の紙面のもと。 */
export function paperFacts(open: OpenFiling, parties: Parties, at: string): FilingPaperFacts {
  const { filing } = open;
  return { filing, fields: readFields(filing), parties, created: at, today: at.slice(0, 10) };
}

function manifestOf(
  { filing, head }: OpenFiling,
  parties: Parties,
  more: Pick<ReviewManifest, "id" | "madeAt" | "demo" | "attachments">,
): ReviewManifest {
  const form = findForm(filing.form);
  const items = form && filing.fields !== null ? showFields(form, readFields(filing)) : [];
  return {
    ...{ format: packageFormat, id: more.id, demo: more.demo, work: parties.title, client: parties.client },
    ...{ clientUnit: parties.clientUnit, contractor: parties.contractor, kind: filing.kind },
    document: filing.document ?? `第${filing.number}号`,
    ...{ version: filing.version, formTitle: head.formTitle, title: filing.title, clause: filing.clause },
    ...{ submittedAt: filing.submitted_at ?? more.madeAt, due: filing.due },
    items: items.length > 0 ? items : [{ label: "内容", value: filing.body }],
    outcomes: offeredOutcomes(filing.kind),
    attachments: more.attachments,
    madeAt: more.madeAt,
  };
}

/** その版の一式を開く。なければ undefined。照合値が合わなければ不具合。 */
export async function openPackage(
  office: Office,
  contract: string,
  filing: string,
  version: number,
): Promise<OpenPackage | undefined> {
  const row = await findPackage(office.read, contract, filing, version);
  if (!row) return undefined;
  const key = (await office.keys.get(contract, [filing])).get(filing);
  const { manifest: text, hash, code, id } = openPackageRow(key, row);
  const file = await openFile(office, contract, id);
  if (createHash("sha256").update(text).digest("hex") !== hash) throw new Error("一式の照合値が合わない");
  const manifest = JSON.parse(text) as ReviewManifest;
  const papers = await Promise.all(
    manifest.attachments.flatMap(({ kept }) =>
      kept === undefined ? [] : [openFile(office, contract, kept)],
    ),
  );
  return { id, hash, code, text, manifest, files: [file.bytes, ...papers.map(({ bytes }) => bytes)] };
}
