import { z } from "zod";
import { readFacts, type Source, type SourceInput, sourceKinds } from "./source.ts";

const line = z.string().max(400).default("");
const kinds = sourceKinds.map(({ kind }) => kind);

/** 資料を書く欄。 */
export const sourceBody = z.object({
  kind: z.enum(kinds, "種類を選んでください。"),
  title: z.string().max(300),
  ...{ publisher: line, published: line, url: z.string().max(1_000).default(""), page: line },
  ...{ accessed: z.string().max(20).default(""), licence: line, subject: line },
  quote: z.string().max(4_000).default(""),
  finding: z.string().max(4_000).default(""),
  /** 札（読点か空白で区切る）。 */
  tags: line,
  /** 比べる項目（一行に「項目: 値」）。 */
  facts: z.string().max(4_000).default(""),
  status: z.string().max(40).default(""),
});
export const sourceEditBody = sourceBody.extend({ edition: z.coerce.number().int() });

export function sourceInput(given: z.infer<typeof sourceBody>, table?: SourceInput["table"]): SourceInput {
  const { tags, facts, kind, ...rest } = given;
  const trimmed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value.trim()]));
  return {
    ...(trimmed as Omit<SourceInput, "kind" | "tags" | "facts" | "table">),
    ...{ kind, tags: tags.split(/[、,\s]+/).filter(Boolean), facts: readFacts(facts) },
    ...(table ? { table } : {}),
  };
}

/** 直す画面の欄の値。 */
export function sourceValues(source: Source): Record<string, string> {
  const { kind, title, publisher, published, url, page, accessed, licence, quote, finding, subject, status } =
    source;
  return {
    ...{ kind, title, publisher, published, url, page, accessed, licence, quote, finding, subject, status },
    tags: source.tags.join("、"),
    facts: source.facts.map(([name, value]) => `${name}: ${value}`).join("\n"),
  };
}
