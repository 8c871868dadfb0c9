import { createHash } from "node:crypto";
import { parse } from "yaml";
import { z } from "zod";
import { japaneseIssue } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { textOfBlock } from "./check-manuscript.ts";
import { checkPlain, type PlainReport, type PlainText } from "./check-plain.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "./manuscript.ts";

/** 概要版・子ども版の一つの部分。block の本文を、自分の言葉で言い換える。 */
export interface DigestItem {
  /** 元の部分の id。見出しだけの部分には、ない。 */
  block?: string | undefined;
  heading?: string | undefined;
  /** 言い換えた文。省けば、元の部分をそのまま出す（表・図）。 */
  text?: string | undefined;
  /** 言い換えたときの、元の部分の指紋。変われば知らせる。 */
  parent?: string | undefined;
}

/** 同じ原稿の、もう一つの見え方（概要版、子ども版）。 */
export interface Digest {
  kind: "digest" | "children";
  title: string;
  /** a4 は縦、a3-fold は A3 を二つに折る横（二段）。 */
  format: "a4" | "a3-fold";
  /** 意見の出し方など、終わりに置く文。 */
  closing?: string | undefined;
  items: DigestItem[];
}

/** 元が変わった部分、消えた部分、読みやすさ。 */
export interface DigestReport {
  stale: { block: string; was: string; now: string }[];
  missing: string[];
  /** 言い換えたのに、元の指紋が書かれていない部分（元が変わっても気づけない）。 */
  unstamped: string[];
  plain: PlainReport;
  /** 出してよいか。だめなら、直すか、責任者が認める。 */
  ready: boolean;
}

const itemSchema = z.object({
  block: z.string().optional(),
  heading: z.string().optional(),
  text: z.string().optional(),
  parent: z.string().optional(),
});
const digestSchema = z.object({
  kind: z.enum(["digest", "children"]).default("digest"),
  title: z.string().min(1),
  format: z.enum(["a4", "a3-fold"]).default("a4"),
  closing: z.string().optional(),
  items: z.array(itemSchema).min(1),
});

/**
 * 見え方のファイル（views/*.yaml）を読む。
 * @throws AppError BAD_INPUT（YAML でない、形が違う）
 */
export function readDigest(bytes: Uint8Array, name: string): Digest {
  let value: unknown;
  try {
    value = parse(decodeText(bytes).text, { maxAliasCount: 100 });
  } catch {
    throw new AppError("BAD_INPUT", `「${name}」が読めません。字下げと「:」の後の空白をご確認ください。`);
  }
  const found = digestSchema.safeParse(value, { error: japaneseIssue });
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new AppError(
    "BAD_INPUT",
    `「${name}」に直すところがあります（${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}）。title と items が要ります。`,
  );
}

/** 部分の中身の指紋（中の部分も含む、SHA-256 の始めの 12 字）。 */
export function fingerprintOf(block: ManuscriptBlock): string {
  const all = "body" in block ? [block, ...allBlocks(block.body)] : [block];
  return createHash("sha256").update(all.map(textOfBlock).join("\n\n")).digest("hex").slice(0, 12);
}

/** 見え方を、元の原稿と突き合わせる。元が変われば stale、消えれば missing。読みやすさも見る。 */
export function checkDigest(manuscript: Manuscript, digest: Digest): DigestReport {
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  const stale: DigestReport["stale"] = [];
  const missing: string[] = [];
  const unstamped: string[] = [];
  const texts: PlainText[] = [];
  for (const [at, item] of digest.items.entries()) {
    const block = item.block === undefined ? undefined : byId.get(item.block);
    if (item.block !== undefined && !block) missing.push(item.block);
    if (block && item.parent !== undefined && fingerprintOf(block) !== item.parent)
      stale.push({ block: block.id, was: item.parent, now: fingerprintOf(block) });
    if (block && item.text && item.parent === undefined) unstamped.push(block.id);
    if (item.text)
      texts.push({
        ...{ block: item.block ?? `${at + 1}`, text: item.text },
        place: block?.place ?? { file: "views", line: at + 1 },
      });
  }
  const plain = checkPlain(texts, digest.kind, manuscript.meta.allow ?? []);
  const known = stale.length + missing.length + unstamped.length === 0;
  return { stale, missing, unstamped, plain, ready: known && plain.met };
}

/** いまの元の指紋を、全部の部分に書き込んだ見え方（元を読み直したあとで使う）。 */
export function freshDigest(manuscript: Manuscript, digest: Digest): Digest {
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  return {
    ...digest,
    items: digest.items.map((item) => {
      const block = item.block === undefined ? undefined : byId.get(item.block);
      return block ? { ...item, parent: fingerprintOf(block) } : item;
    }),
  };
}
