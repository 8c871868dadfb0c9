import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { JobRun } from "../platform/job.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { readSpecFile } from "../reading/read-spec-file.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { listShippedBlueprints } from "../terms/list-shipped-blueprints.ts";
import { openContract } from "../terms/open-contract.ts";
import { type KnownDuty, solid } from "./carry-over.ts";
import { tallyDuties } from "./draft-duty.ts";
import { draftSpecification } from "./draft-specification.ts";
import type { ModelEndpoint } from "./model-endpoint.ts";
import { openSpecification } from "./open-specification.ts";
import { withProposals } from "./propose-duties.ts";
import { updateSpecification } from "./specification-store.ts";

/** 仕事 specification.read: ファイルを読み、前の契約の決まりを引き継ぎ、（設定があれば）手元のモデルに足りないものを訊く。 */
export async function runReading(run: JobRun, endpoint: ModelEndpoint | undefined): Promise<Json> {
  const { office, contract } = run;
  const { specification: id } = run.input as { specification: string };
  const { row, key } = await openSpecification(office, { contract, roles: ["system"] }, id);
  if (row.state !== "reading") return { duties: row.all_count };
  await run.progress(0, 3, "ファイルを読んでいます");
  const file = await openFile(office, contract, row.file_id);
  const read = await readSpecFile(file.bytes);
  await run.progress(1, 3, "前の設計図から、同じ文の決まりを引き継いでいます");
  let draft = draftSpecification(read, await knownDuties(office));
  await run.progress(2, 3, endpoint ? "手元のモデルに、足りない義務を訊いています" : "義務を並べています");
  if (endpoint) draft = await withProposals(draft, endpoint);
  const { all, open } = tallyDuties(draft.duties);
  const done = await office.keep((tx) =>
    updateSpecification(tx, key, row, {
      ...row,
      state: "draft",
      content: JSON.stringify(draft),
      ...{ open_count: open, all_count: all },
    }),
  );
  if (!done) throw new AppError("CONFLICT", "同じ仕様書を、ほかの処理が先に読み終えました。");
  await run.progress(3, 3, "読み終えました");
  return { duties: all };
}

/** この事務所のどの契約の設計図からも引き継ぐ。なければ、添えてある設計図から（はじめての事務所でも）。 */
async function knownDuties(office: Office): Promise<KnownDuty[]> {
  const contracts = await listContracts(office);
  const opened = await Promise.all(contracts.map(({ id }) => openContract(office, id)));
  const own = opened.flatMap(({ title, blueprint }) =>
    blueprint.obligations.map((duty) => ({ source: title, duty })),
  );
  const seen = new Set(own.map(({ duty }) => solid(duty.quote)));
  const shipped = (await listShippedBlueprints()).flatMap(({ shortTitle, obligations }) =>
    obligations.map((duty) => ({ source: `添付の設計図 ${shortTitle}`, duty })),
  );
  return [...own, ...shipped.filter(({ duty }) => !seen.has(solid(duty.quote)))];
}
