import { createHmac } from "node:crypto";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { findPersonal, type PersonalKind } from "../japan/personal-flag.ts";
import type { SubjectKey } from "../platform/key.ts";

export const frameCode = z.object({
  code: z.string().min(1).max(10),
  title: z.string().min(1).max(80),
  description: z.string().max(300).default(""),
});
export type FrameCode = z.infer<typeof frameCode>;

/** 画面の「1 | 題 | 説明」の行から、符号の枠を読む。BAD_INPUT（何行目か）。 */
export function readFrameText(text: string): FrameCode[] {
  const codes: FrameCode[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [code = "", title = "", description = ""] = line.split(/[|｜\t]/).map((part) => part.trim());
    const read = frameCode.safeParse({ code: code.normalize("NFKC"), title, description });
    if (!read.success || /[,\s]/.test(code))
      throw frameFault(`${at + 1}行目を「1 | 題 | 説明」の形で書いてください。`);
    if (codes.some((one) => one.code === read.data.code))
      throw frameFault(`${at + 1}行目の符号「${read.data.code}」が二度書かれています。`);
    codes.push(read.data);
  }
  if (codes.length === 0) throw frameFault("符号を一つは書いてください。");
  return codes;
}

function frameFault(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "frame", message }] });
}

export function writeFrameText(codes: readonly FrameCode[]): string {
  return codes
    .map(({ code, title, description }) => [code, title, ...(description ? [description] : [])].join(" | "))
    .join("\n");
}

/** 回答者の照合値。番号そのものを、符号の表にも道にも書かない。 */
export function respondentMark(people: SubjectKey, id: string): string {
  return createHmac("sha256", people.key).update(`respondent|${id}`).digest("hex").slice(0, 32);
}

/** 二人目も付ける、十件に一件。照合値で選ぶので、だれが開いても同じものになる。 */
export function isSecondPick(mark: string): boolean {
  return Number.parseInt(mark.slice(0, 8), 16) % 10 === 0;
}

export const maskRule = z.object({
  /** 伏せる言葉。 */
  hide: z.array(z.string().min(1).max(100)).max(20),
  /** 見つけたものは個人情報でないので、伏せない。 */
  keep: z.boolean(),
});
export type MaskRule = z.infer<typeof maskRule>;

/** 伏せた文と、伏せたものの種類。 */
export interface MaskedText {
  text: string;
  kinds: PersonalKind[];
  hidden: number;
}

/** 個人情報らしいところと、決めた言葉を ■ にする。 */
export function maskText(text: string, rule?: MaskRule): MaskedText {
  const found = rule?.keep ? [] : findPersonal(text);
  const spans = found.map(({ start, end }) => ({ start, end }));
  for (const word of rule?.hide ?? [])
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
      spans.push({ start: at, end: at + word.length });
  const masked = [...text].length === text.length ? [...text] : text.split("");
  for (const { start, end } of spans) for (let at = start; at < end; at += 1) masked[at] = "■";
  return {
    text: masked.join("").replace(/■{9,}/g, "■■■■■■■■"),
    kinds: [...new Set(found.map(({ kind }) => kind))],
    hidden: spans.length,
  };
}
