import type { Instant } from "../base/time.ts";
import type { Consistency } from "./consistency.ts";
import type { BlockContent, ReviewState } from "./plan-block.ts";
import type { PlanRemark } from "./plan-remark.ts";

/** 編集の画面が持つ、一つの部分。 */
export interface EditorBlock {
  id: string;
  parent: string | null;
  position: number;
  content: BlockContent;
  version: number;
  review: ReviewState;
  /** 記録している変更。before が null なら、足した部分。 */
  tracked: EditorTrack | null;
  /** 開いている書き込みの数。 */
  comments: number;
}

export interface EditorTrack {
  before: BlockContent | null;
  reason: string;
  /** もとになったもの（意見の答えなど）。 */
  link: { label: string; href: string } | null;
  by: string;
  at: Instant;
}

/** 編集の画面のはじめの姿。 */
export interface EditorState {
  plan: string;
  title: string;
  sequence: number;
  numbering: string[];
  annexNumbering: string[] | undefined;
  glossary: Record<string, string[]>;
  blocks: EditorBlock[];
  /** データの名 → 行。 */
  tables: Record<string, string[][]>;
  /** 画像の名。 */
  images: string[];
  /** 上位計画の項目。 */
  items: { code: string; title: string; upper: string }[];
  /** 調査の図（入れられるもの）。 */
  figures: { id: string; title: string; n: number; stale: boolean }[];
  /** 脇に残した文。 */
  asides: EditorAside[];
  check: EditorCheck;
}

export interface EditorAside {
  id: string;
  block: string;
  text: string;
  by: string;
  at: Instant;
}

export interface EditorCheck {
  sequence: number;
  columns: Consistency["columns"];
  rows: Consistency["rows"];
  remarks: PlanRemark[];
}

/** 一定の間ごとに尋ねる、ほかの人の変更。変わっていなければ blocks は空。 */
export interface EditorNews {
  sequence: number;
  blocks: EditorBlock[];
  removed: string[];
  asides: EditorAside[];
  check: EditorCheck | null;
}
