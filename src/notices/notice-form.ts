import type { ClientTemplate } from "../platform/client-template-store.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { DocxTemplate } from "../word/docx-template.ts";
import { openNoticeTemplate } from "./notice-document.ts";
import { type OwnCardSetting, ownCardName } from "./own-card.ts";
import { readOwnCard } from "./own-card-document.ts";

/** 開いた様式: 委託者の Word か、まどぐちの標準のはがき。 */
export type NoticeForm = { id: string; pagesPerSheet: number; peoplePerSheet: number } & (
  | { kind: "word"; template: DocxTemplate }
  | { kind: "own"; own: OwnCardSetting }
);

export async function openNoticeForm(
  office: Office,
  contract: string,
  row: ClientTemplate,
): Promise<NoticeForm> {
  const { bytes } = await openFile(office, contract, row.blob_id);
  if (row.file_name === ownCardName)
    return { id: row.id, pagesPerSheet: 2, peoplePerSheet: 1, kind: "own", own: readOwnCard(bytes) };
  const template = openNoticeTemplate(bytes);
  const { pagesPerSheet, peoplePerSheet } = template;
  return { id: row.id, pagesPerSheet, peoplePerSheet, kind: "word", template };
}

/** 様式が標準のはがきなら、その設定。 */
export async function ownSetting(
  office: Office,
  contract: string,
  row: ClientTemplate,
): Promise<OwnCardSetting | undefined> {
  if (row.file_name !== ownCardName) return undefined;
  return readOwnCard((await openFile(office, contract, row.blob_id)).bytes);
}
