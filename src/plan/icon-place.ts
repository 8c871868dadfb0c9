import type { Fault } from "../base/error.ts";
import { iconFault } from "../manuscript/plan-icon.ts";
import type { Office } from "../platform/office.ts";
import { readPlanFiles } from "./export-plan.ts";
import { listedBlocks, type OpenPlan } from "./read-plan.ts";

/** アイコンの付く部分か、その画像が原稿にあって、描けるか。 */
export async function iconFaults(
  office: Office,
  plan: OpenPlan,
  icons: Readonly<Record<string, string>>,
): Promise<Fault[]> {
  if (Object.keys(icons).length === 0) return [];
  const places = new Map(iconPlaces(plan).map(({ id, label }) => [id, label]));
  const used = new Set(Object.values(icons));
  const files = await readPlanFiles(office, plan.row.contract_id, plan, ({ name }) => used.has(name));
  return Object.entries(icons).flatMap(([id, name]): Fault[] => {
    const label = places.get(id);
    const field = `icon.${id}`;
    if (label === undefined)
      return [
        { field, message: `部分「${id}」は、章でも施策でもありません。アイコンは、章と施策に付けられます。` },
      ];
    const fault = iconFault(files.get(name));
    return fault === "" ? [] : [{ field, message: `${label}のアイコン「${name}」${fault}` }];
  });
}

/** アイコンを付けられる部分: 章（段一の見出し）と施策。 */
export function iconPlaces(plan: Pick<OpenPlan, "meta" | "blocks">): { id: string; label: string }[] {
  const titles = new Map(
    plan.blocks.flatMap(({ id, content }): [string, string][] =>
      content.kind === "heading" && content.level === 1
        ? [[id, content.text]]
        : content.kind === "measure"
          ? [[id, content.title]]
          : [],
    ),
  );
  return listedBlocks(plan).flatMap(({ id, number }) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, label: `${number}　${title}`.trim() }];
  });
}
