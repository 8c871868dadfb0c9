import type { Edition } from "./notice-card.ts";

/** 印刷したファイルの一つ。 */
export interface BatchFile {
  /** 封じたファイルの id。 */
  id: string;
  format: "docx" | "pdf";
  edition: Edition;
  people: number;
  pages: number;
  warnings: string[];
}
