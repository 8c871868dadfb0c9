import { latestCheckpoint } from "../platform/checkpoint-store.ts";
import type { Office } from "../platform/office.ts";
import { checkpointText, collationNumber, keyFingerprint, publicKeyOf } from "../sealing/checkpoint.ts";
import { qrSvg } from "../sealing/totp.ts";

/** 日次報告に刷る検査点。紙を持つ委託者が、記録の証人になる。 */
export interface PrintedCheckpoint {
  size: number;
  root: string;
  at: string;
  /** 電話でも読める照合番号。 */
  collation: string;
  /** 事務所の公開鍵の指紋。 */
  fingerprint: string;
  /** 検査点の文と署名を入れた QR コードの SVG。 */
  svg: string;
}

/** いちばん新しい検査点。まだ一つもなければ undefined。 */
export async function readCheckpoint(office: Office): Promise<PrintedCheckpoint | undefined> {
  const point = await latestCheckpoint(office.read);
  if (!point) return undefined;
  const { size, at } = point;
  const root = point.root.toString("base64");
  const plain = { size, root, at };
  const text = `${checkpointText(office.id, plain)}${point.signature.toString("base64")}\n`;
  return {
    ...{ size, root, at, collation: collationNumber(office.id, plain) },
    fingerprint: keyFingerprint(publicKeyOf(await office.keys.signingKey())),
    svg: qrSvg(text, "記録の検査点"),
  };
}
