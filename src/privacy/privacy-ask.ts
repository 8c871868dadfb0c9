import { z } from "zod";
import { nameHandlers } from "../access/name-handlers.ts";
import type { Ask } from "../platform/route.ts";
import { type Line, listChoices, staffOf } from "./list-lines.ts";
import type { RegisterField } from "./register-field.ts";

export const lineBody = z.object({
  fields: z.record(z.string().max(64), z.string().max(20_000)).default({}),
  filing: z.string().max(64).optional(),
  /** 添えるファイル（base64）と、その名（種類を見分けるため。残らない）。 */
  file: z.object({ fileName: z.string().max(400), base64: z.string().max(28_000_000) }).optional(),
});
export const noteBody = z.object({ note: z.string().max(20_000).default("") });
export const closeBody = z.object({
  fields: z.record(z.string().max(64), z.string().max(20_000)).default({}),
});
export const amendBody = z.object({
  fields: z.record(z.string().max(64), z.string().max(20_000)).default({}),
  reason: z.string().max(1_000).default(""),
});
export const quizBody = z.object({ course: z.string().max(64), answers: z.array(z.boolean()).max(50) });
export const sealBody = z.object({ code: z.string().max(100).default("") });
export const glassBody = z.object({ reason: z.string().max(5_000).default("") });
export const statusBody = z.object({ obligation: z.string().max(200).optional() });

/** 一覧の絞り込み。 */
export function inGroup(lines: readonly Line[], group: string): Line[] {
  if (group === "open") return lines.filter((one) => one.standing !== "closed");
  if (group === "late") return lines.filter((one) => one.late);
  if (group === "waiting") return lines.filter((one) => one.standing === "waiting");
  if (group === "closed") return lines.filter((one) => one.standing === "closed");
  return [...lines];
}

/** 従業者と、ほかの帳簿の一件の選択肢。 */
export async function choicesOf(
  ask: Pick<Ask, "office" | "actor">,
  fields: readonly RegisterField[],
): Promise<Record<string, { value: string; label: string }[]>> {
  const { office, actor } = ask;
  const pairs = await Promise.all(
    fields.map(async (field) => {
      if (field.type === "line-of")
        return [field.name, await listChoices(office, actor.contract, field.of ?? "")] as const;
      if (field.type !== "handler") return [field.name, []] as const;
      const staff = staffOf(await nameHandlers(office, actor.contract));
      return [
        field.name,
        staff.map(({ id, number, name }) => ({ value: id, label: `${number}　${name}` })),
      ] as const;
    }),
  );
  return Object.fromEntries(pairs);
}

/** form の「f.名」の欄。 */
export function fieldsIn(form: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (name.startsWith("f.") ? [[name.slice(2), value]] : [])),
  );
}
