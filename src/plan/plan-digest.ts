import { createHash } from "node:crypto";
import type { Instant } from "../base/time.ts";
import { checkDigest, type Digest, type DigestReport, fingerprintOf } from "../manuscript/digest.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "../manuscript/manuscript.ts";

/** 見え方の種類と紙の、画面での名。 */
export const digestKindLabels = { digest: "概要版", children: "子ども版" } as const;
export const digestPaperLabels = { "a3-fold": "A3 二つ折り", a4: "A4" } as const;

/** 概要版・子ども版を認めた・公開してよいとした記録。hash は、そのときの中身の指紋。 */
export interface DigestMark {
  hash: string;
  reason: string;
  by: string;
  at: Instant;
}

/** 画面に出す一つの見え方。name は「gaiyou」（views/gaiyou.yaml）。 */
export interface PlanDigest {
  name: string;
  file: string;
  digest: Digest;
  report: DigestReport;
  /** 見え方と、元の部分と、見た目の指紋。一つでも変われば変わる。 */
  hash: string;
  /** いまの中身への認め（読みやすさの目標に届かないとき）。 */
  signed: DigestMark | null;
  /** いまの中身が公開してよいとされているか。 */
  released: DigestMark | null;
  /** 前に公開してよいとした中身と違うか。 */
  outdated: boolean;
  /** 部分の並び（元の文つき）。 */
  parts: DigestPart[];
  size: DigestSize;
}

/** 一つの部分と、元の文。 */
export interface DigestPart {
  at: number;
  block: string;
  /** 元の場所（番号か見出し）。 */
  place: string;
  heading: string;
  text: string;
  /** 元のいまの文（文字の部分だけ）。 */
  parent: string;
  state: "same" | "stale" | "missing" | "unstamped" | "free";
}

/** ほかの市の概要版と比べる数。 */
export interface DigestSize {
  characters: number;
  figures: number;
  headings: number;
  score: number | undefined;
}

/** 見え方と元の部分の、指紋。 */
export function digestHash(manuscript: Manuscript, digest: Digest): string {
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  const parents = digest.items.map(({ block }) => {
    const found = block === undefined ? undefined : byId.get(block);
    return found ? fingerprintOf(found) : "";
  });
  return createHash("sha256")
    .update(JSON.stringify([digest, parents, manuscript.meta.theme ?? null]))
    .digest("hex");
}

/** 見え方を、元と突き合わせる。 */
export function openDigest(
  manuscript: Manuscript,
  file: string,
  digest: Digest,
  places: ReadonlyMap<string, string>,
  plainOf: (block: ManuscriptBlock) => string,
): Omit<PlanDigest, "signed" | "released" | "outdated"> {
  const report = checkDigest(manuscript, digest);
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  const stale = new Set(report.stale.map(({ block }) => block));
  const parts = digest.items.map((item, at): DigestPart => {
    const block = item.block === undefined ? undefined : byId.get(item.block);
    return {
      ...{ at, block: item.block ?? "", heading: item.heading ?? "", text: item.text?.trim() ?? "" },
      place: item.block === undefined ? "" : (places.get(item.block) ?? item.block),
      parent: block ? plainOf(block) : "",
      state:
        item.block === undefined
          ? "free"
          : !block
            ? "missing"
            : stale.has(block.id)
              ? "stale"
              : item.text && item.parent === undefined
                ? "unstamped"
                : "same",
    };
  });
  const figures = digest.items.filter(({ block, text }) => {
    const kind = block === undefined ? undefined : byId.get(block)?.kind;
    return !text && (kind === "figure" || kind === "photo");
  }).length;
  return {
    ...{ name: nameOfView(file), file, digest, report, hash: digestHash(manuscript, digest), parts },
    size: {
      characters: [
        ...digest.items
          .map(({ text = "", heading = "" }) => heading + text)
          .join("")
          .replace(/\s/g, ""),
      ].length,
      ...{ figures, headings: digest.items.filter(({ heading }) => heading).length },
      score: report.plain.readability.score,
    },
  };
}

export function nameOfView(file: string): string {
  return file.replace(/^views\//, "").replace(/\.ya?ml$/, "");
}

/** 公開してよいとできるか。できなければ、そのわけ。 */
export function releaseFaults({ report, signed }: Pick<PlanDigest, "report" | "signed">): string[] {
  const { stale, missing, unstamped, plain } = report;
  return [
    stale.length > 0 ? `元が変わった部分が${stale.length}あります。` : "",
    missing.length > 0 ? `元の消えた部分が${missing.length}あります。` : "",
    unstamped.length > 0 ? `元を確かめていない部分が${unstamped.length}あります。` : "",
    plain.met || signed ? "" : plain.unmet.join(""),
  ].filter(Boolean);
}

/** 見え方を、一つの原稿に（HTML にするとき）。文は段落、図と表は元のまま。 */
export function digestManuscript(manuscript: Manuscript, digest: Digest): Manuscript {
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  const place = { file: "views", line: 1 };
  const blocks = digest.items.flatMap((item, at): ManuscriptBlock[] => {
    const id = `view-${at + 1}`;
    const own = item.block === undefined ? undefined : byId.get(item.block);
    return [
      ...(item.heading
        ? [
            {
              ...{ kind: "heading" as const, level: 1, text: item.heading, unnumbered: true },
              ...{ id: `${id}-h`, named: true, place },
            },
          ]
        : []),
      ...(item.text
        ? item.text
            .trim()
            .split(/\n+/)
            .map((text, line) => ({
              ...{ kind: "paragraph" as const, text, id: `${id}-${line + 1}`, named: true, place },
            }))
        : own
          ? [own]
          : []),
    ];
  });
  const closing: ManuscriptBlock[] = digest.closing
    ? [{ kind: "paragraph", text: digest.closing, id: "view-closing", named: true, place }]
    : [];
  return {
    ...manuscript,
    meta: { ...manuscript.meta, title: digest.title, subtitle: "" },
    blocks: [...blocks, ...closing],
  };
}
