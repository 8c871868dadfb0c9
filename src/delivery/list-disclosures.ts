import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listDeliverableRows, listVersionRows } from "./deliverable-store.ts";
import { type FileFormat, formatInfo } from "./file-format.ts";

/** 委託者に渡した文書の一つ。 */
export interface DisclosedDocument {
  /** 管理番号。 */
  mark: string;
  code: string;
  title: string;
  clause: string;
  version: number;
  format: FileFormat;
  formatLabel: string;
  size: number;
  sha256: string;
  /** 印の付いた所（画面の言葉）。 */
  marked: string;
  submittedAt: Instant;
  receipt: string | null;
  handedAt: Instant | null;
  deliverable: string;
}

const markedLabels = {
  footer: "フッターとプロパティ",
  property: "プロパティ",
  name: "ファイル名と目録",
} as const;

/**
 * 公開請求（仕様書12(4)）のための、渡した文書の一覧。委託者に提出したすべての版（手直しになったものも）。
 * word は名・記号・条項・管理番号に含む言葉。
 */
export async function listDisclosures(
  office: Office,
  actor: Pick<Actor, "contract">,
  word = "",
): Promise<DisclosedDocument[]> {
  const [rows, versions] = await Promise.all([
    listDeliverableRows(office.read, actor.contract),
    listVersionRows(office.read, actor.contract),
  ]);
  const own = new Map(rows.map((row) => [row.id, row]));
  const wanted = word.normalize("NFKC").trim();
  return versions
    .flatMap((version): DisclosedDocument[] => {
      const row = own.get(version.deliverable_id);
      if (!row || version.submitted_at === null) return [];
      const current = version.version === row.version;
      return [
        {
          ...{ mark: version.mark, code: row.code, title: row.title, clause: row.clause },
          ...{ version: version.version, format: version.format, size: version.size },
          formatLabel: formatInfo[version.format].label,
          ...{ sha256: version.sha256, marked: markedLabels[version.marked], deliverable: row.id },
          submittedAt: version.submitted_at,
          receipt: current ? row.receipt : null,
          handedAt: current ? row.handed_at : null,
        },
      ];
    })
    .filter(
      (one) => wanted === "" || `${one.mark} ${one.title} ${one.clause}`.normalize("NFKC").includes(wanted),
    )
    .sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : a.submittedAt > b.submittedAt ? 1 : 0));
}
