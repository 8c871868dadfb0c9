import type { Actor } from "../base/actor.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { readSpecFile } from "../reading/read-spec-file.ts";
import type { Specification } from "../reading/read-specification.ts";
import { openSpecification } from "./open-specification.ts";

/** 読み込んだときのファイルを、もう一度読む（比べるため。確かめた人の直しは含まない）。 */
export async function openOriginal(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  id: string,
): Promise<Specification> {
  const { row } = await openSpecification(office, actor, id);
  const file = await openFile(office, actor.contract, row.file_id);
  return readSpecFile(file.bytes);
}
