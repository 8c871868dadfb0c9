import { type Clause, flattenClauses } from "./clause.ts";
import type { Obligation } from "./obligation.ts";
import { readClauses } from "./read-clauses.ts";
import { readObligations } from "./read-obligations.ts";
import type { SpecificationSource } from "./source-line.ts";
import { textSource } from "./text-source-reader.ts";

/** 読み取った仕様書。 */
export interface Specification {
  format: "txt" | "docx" | "pdf";
  pages: number;
  /** 文書の順。text をつなぐと、元の文字がちょうど一度ずつ出る（空白は除く）。 */
  clauses: Clause[];
  obligations: Obligation[];
  /** PDF の柱とページ番号（条項には入れない）。 */
  dropped: { page: number; text: string }[];
  /** 読み取りで気づいたこと（人に見せる文）。 */
  warnings: string[];
}

/** 取り出した行から、条項と義務を読む。 */
export function readSpecification(source: SpecificationSource): Specification {
  const roots = readClauses(source);
  return {
    format: source.format,
    pages: source.pages,
    clauses: flattenClauses(roots),
    obligations: readObligations(roots, source.text),
    dropped: source.dropped,
    warnings: source.warnings,
  };
}

/** 文字列の仕様書を読む。どんな文字列でも失敗せず、文字を失わない。 */
export function readSpecificationText(text: string): Specification {
  return readSpecification(textSource(text));
}
