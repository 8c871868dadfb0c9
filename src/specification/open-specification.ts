import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { findJob } from "../platform/job-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { SpecificationDraft } from "./draft-specification.ts";
import { refuseSpecificationRole } from "./specification-right.ts";
import {
  findSpecification,
  listSpecificationRows,
  openSpecificationRow,
  type SpecificationState,
  type StoredSpecification,
} from "./specification-store.ts";

export interface OpenSpecification {
  key: SubjectKey;
  row: StoredSpecification;
  /** まだ読んでいる間は undefined。 */
  draft: SpecificationDraft | undefined;
}

export function noSpecification(): AppError {
  return new AppError("NOT_FOUND", "その業務仕様書はありません。一覧から選び直してください。");
}

/** 一つの仕様書を開く。NOT_FOUND、FORBIDDEN。 */
export async function openSpecification(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  id: string,
): Promise<OpenSpecification> {
  refuseSpecificationRole("read", actor.roles);
  const row = await findSpecification(office.read, actor.contract, id);
  const key = row && (await office.keys.get(actor.contract, [row.id])).get(row.id);
  if (!row || !key) throw noSpecification();
  const plain = openSpecificationRow(key, row);
  const draft = plain.content === null ? undefined : (JSON.parse(plain.content) as SpecificationDraft);
  return { key, row: plain, draft };
}

export interface ListedSpecification {
  id: string;
  number: number;
  title: string;
  state: SpecificationState;
  madeAt: string;
  open: number;
  all: number;
}

/** 読み込んだ仕様書を、新しい番号から。 */
export async function listSpecifications(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<ListedSpecification[]> {
  refuseSpecificationRole("read", actor.roles);
  const rows = await listSpecificationRows(office.read, actor.contract);
  const keys = await office.keys.get(
    actor.contract,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const { title } = openSpecificationRow(keys.get(row.id), { ...row, content: null });
    const { id, number, state } = row;
    return { id, number, title, state, madeAt: row.made_at, open: row.open_count, all: row.all_count };
  });
}

export interface ReadingProgress {
  state: "waiting" | "running" | "done" | "failed" | "stopped";
  done: number;
  total: number;
  message: string;
}

/** 読み取りの進み具合。 */
export async function showProgress(
  office: Office,
  actor: Pick<Actor, "contract">,
  row: Pick<StoredSpecification, "job_id">,
): Promise<ReadingProgress> {
  const job = await findJob(office.read, actor.contract, row.job_id);
  return {
    state: job?.state ?? "done",
    done: job?.done ?? 1,
    total: job?.total ?? 1,
    message: job?.message ?? "",
  };
}
