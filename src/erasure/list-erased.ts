import { dayOf, type Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listCertificates, listErasureRows } from "./erasure-store.ts";

/**
 * その間（from から to の前まで）の数のもとになった本人の行が消されていれば、その断り（証明書の番号つき）。
 * 引き渡した数はそのまま残し、行が開けないわけを言うために添える。
 */
export async function listErased(
  office: Office,
  contract: string,
  from: Instant,
  to: Instant,
): Promise<string[]> {
  const rows = (await listErasureRows(office.read, contract)).filter(
    (row) =>
      row.state === "scrubbed" &&
      (row.from_day === null || row.from_day < dayOf(to)) &&
      (row.to_day === null || row.to_day >= dayOf(from)) &&
      row.made_at >= from,
  );
  return Promise.all(
    rows.map(async (row) => {
      const [certificate] = await listCertificates(office.read, row.id);
      const edition = certificate ? `（第${certificate.edition}版）` : "（作成前）";
      return `この数のもとの本人の行は、消去証明 第${row.number}号${edition}のとおり消しました（${row.label}）。数はそのまま残ります。`;
    }),
  );
}
