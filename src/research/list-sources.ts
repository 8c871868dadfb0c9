import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { citationOf, type Source, type SourceInput, type SourceKind, sourceCode } from "./source.ts";
import { findSourceRow, listSourceRows, type SourceRow } from "./source-store.ts";

export interface SourceFilter {
  kind?: SourceKind | undefined;
  /** 名・発行者・引用・札などを探す言葉。 */
  search?: string | undefined;
}

/** 資料の一覧（番号の順）。 */
export async function listSources(
  office: Office,
  actor: Pick<Actor, "contract">,
  { kind, search }: SourceFilter = {},
): Promise<Source[]> {
  const wanted = (search ?? "").normalize("NFKC").toLowerCase().trim();
  return (await listSourceRows(office.read, actor.contract))
    .map(sourceOf)
    .filter((one) => kind === undefined || one.kind === kind)
    .filter((one) => {
      const { title, publisher, quote, finding, subject, tags } = one;
      const text = [title, publisher, quote, finding, subject, ...tags, sourceCode(one)].join("\n");
      return wanted === "" || text.normalize("NFKC").toLowerCase().includes(wanted);
    });
}

/** 一件。なければ NOT_FOUND。 */
export async function openSource(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<Source> {
  const row = await findSourceRow(office.read, actor.contract, id);
  if (!row) throw new AppError("NOT_FOUND", "その資料はありません。一覧から選び直してください。");
  return sourceOf(row);
}

/** 本文の [^src:S-01] を解く表（S-01 → 書誌の一文）。計画の室が、原稿と一緒に渡す。 */
export async function listCitations(office: Office, contract: string): Promise<Map<string, string>> {
  const sources = await listSources(office, { contract });
  return new Map(sources.map((one) => [sourceCode(one), citationOf(one)]));
}

function sourceOf(row: SourceRow): Source {
  const body = JSON.parse(row.body) as Omit<SourceInput, "kind" | "title">;
  const { id, number, kind, title, edition } = row;
  return { ...body, id, number, kind, title, edition, madeAt: row.made_at };
}
