import { parse } from "yaml";
import type { Office } from "../platform/office.ts";
import { bundleBlueprint } from "./blueprint.ts";
import { readContractText } from "./read-contract-text.ts";

/**
 * 変更した設計図が準用する文書（applies）のうち、添えられていないものを、いまの契約から引き継ぐ。
 * 設計図だけを直して替えたときに、特記事項などの条項が黙って消えないように。いまの契約にもない文書は、ないまま残る。
 * @throws AppError BAD_INPUT（設計図の誤り）、NOT_FOUND
 */
export async function keepDocuments(
  office: Pick<Office, "read">,
  contract: string,
  yaml: string,
): Promise<string> {
  const parts = (await readContractText(office, contract)).split(/^---[ \t]*$/m).slice(1);
  const known = new Map(parts.flatMap((part) => entryOf(part)));
  return known.size === 0 ? yaml : bundleBlueprint(yaml, async (name) => known.get(name));
}

function entryOf(part: string): [string, string][] {
  const { document } = parse(part) as { document?: { name?: unknown } };
  return typeof document?.name === "string" ? [[document.name, part.trim()]] : [];
}
