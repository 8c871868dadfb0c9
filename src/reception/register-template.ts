import { basename } from "node:path";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type ClientTemplate, insertTemplate, latestTemplate } from "../platform/client-template-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { fillList } from "../roster/fill-list-file.ts";
import type { GivenGroup } from "./booking-list.ts";
import { requireClassChange } from "./reception-right.ts";

/** 様式のファイルの上限（バイト）。 */
export const MAX_TEMPLATE_BYTES = 20 * 1024 * 1024;
const BLOB_KIND = "list-template";

/** 様式を調べた結果。 */
export interface TemplateInspection {
  /** 埋められる欄。 */
  understood: string[];
  /** 様式にあって、こちらに値のない欄（空のまま残る）。 */
  missing: string[];
  /** こちらにあって、様式に入れる所のない値。 */
  unused: string[];
  warnings: string[];
}

export interface TemplatePreview {
  /** 登録するときに渡す、残したファイルの id。 */
  token: string;
  fileName: string;
  inspection: TemplateInspection;
}

/**
 * 委託者の様式（.xlsx、.xlsm）を調べる。作りものの一人を書いてみて、どの欄が埋まるかを返す。まだ登録しない。
 * @throws AppError BAD_INPUT（表計算のファイルでない、名簿の見出しがない）、TOO_LARGE
 */
export async function previewTemplate(
  office: Office,
  actor: Actor,
  given: { fileName: string; bytes: Uint8Array },
): Promise<TemplatePreview> {
  requireClassChange(actor);
  if (given.bytes.length > MAX_TEMPLATE_BYTES)
    throw new AppError(
      "TOO_LARGE",
      "様式のファイルが大きすぎます（20 MB まで）。名簿のシートだけの様式をお使いください。",
    );
  const inspection = inspectTemplate(given.bytes);
  const fileName = basename(given.fileName).slice(0, 120) || "様式.xlsx";
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    const { sha256 } = await keepFile(tx, key, {
      kind: BLOB_KIND,
      fileName,
      media: "application/octet-stream",
      bytes: given.bytes,
    });
    await tx.record({
      kind: "template.read",
      about: key.id,
      payload: { sha256, understood: inspection.understood.length, missing: inspection.missing.length },
    });
  });
  return { token: key.id, fileName, inspection };
}

/** 前に調べた様式を、もう一度見る。 */
export async function reopenTemplate(office: Office, actor: Actor, token: string): Promise<TemplatePreview> {
  const { fileName, bytes } = await openTemplateFile(office, actor, token);
  return { token, fileName, inspection: inspectTemplate(bytes) };
}

/** 調べた様式を登録する。これからの予約者リストはこの様式で作られ、前の様式も残る。同じものなら何も起きない。 */
export async function registerTemplate(office: Office, actor: Actor, token: string): Promise<ClientTemplate> {
  requireClassChange(actor);
  const { fileName, bytes, sha256 } = await openTemplateFile(office, actor, token);
  const inspection = inspectTemplate(bytes);
  return office.act(actor, async (tx) => {
    const now = await latestTemplate(tx, tx.contract, "booking-list");
    if (now?.blob_id === token) {
      tx.nothingHappened();
      return now;
    }
    const row: ClientTemplate = {
      id: newId(),
      contract_id: tx.contract,
      kind: "booking-list",
      blob_id: token,
      file_name: fileName,
      fields: JSON.stringify({ understood: inspection.understood, missing: inspection.missing }),
      created_at: tx.now,
      created_by: tx.actor.id,
    };
    await insertTemplate(tx, row);
    await tx.record({ kind: "template.registered", about: row.id, payload: { kind: row.kind, sha256 } });
    return row;
  });
}

async function openTemplateFile(office: Office, actor: Actor, token: string) {
  const file = await openFile(office, actor.contract, token);
  if (file.kind !== BLOB_KIND)
    throw new AppError("NOT_FOUND", "その様式はありません。ファイルを選び直してください。");
  return file;
}

/** 作りものの一人を書いてみる。 */
export function inspectTemplate(bytes: Uint8Array): TemplateInspection {
  const filled = fillList(bytes, sample);
  const names = [...Object.keys(sample[0]?.fields ?? {}), ...Object.keys(sample[0]?.rows[0] ?? {})];
  return {
    understood: names.filter((name) => !filled.unused.includes(name)),
    missing: filled.missing,
    unused: filled.unused,
    // 埋まらない欄と余る欄は、上の二つで言う。
    warnings: filled.warnings.filter((text) => !/様式のままにしました|使いませんでした/.test(text)),
  };
}

const sample: GivenGroup[] = [
  {
    fields: {
      受講日: { day: "2025-10-01" },
      開始時刻: "10:00",
      終了時刻: "11:30",
      会場: "見本会場",
      会場所在地: "見本の所在地",
      区: "見本区",
      講座名: "見本講座",
      区分: "講習会",
      定員: 10,
      持ち物: "筆記用具",
      問合せ電話: "0120-000-000",
    },
    rows: [
      {
        受付番号: 1,
        氏名: "見本　一子",
        フリガナ: "ミホン　イチコ",
        郵便番号: "060-0001",
        住所: "見本市見本町1-1",
        住所1: "見本市見本町1-1",
        住所2: "",
        電話番号: "000-0000-0000",
        受付日時: { instant: "2025-09-17T04:40:00.000Z" },
        通知発送日: { day: "2025-09-18" },
        状態: "予約",
        備考: "",
      },
    ],
  },
];
