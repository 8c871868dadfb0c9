import type { WordNumber } from "../office/word-look.ts";

const formats: [string, WordNumber["format"]][] = [
  ["{N}", "decimalFullWidth"],
  ["{n}", "decimal"],
  ["{ア}", "aiueoFullWidth"],
  ["{漢}", "japaneseCounting"],
];

/**
 * 番号の決め（「第{N}章」）を、Word の自動の番号に。番号のない段（空）は undefined。
 * Word で表せない決め（印が二つある、など）は "other"（文字で番号を書く）。
 */
export function wordNumber(scheme: string, level: number): WordNumber | undefined | "other" {
  const found = formats.filter(([mark]) => scheme.includes(mark));
  const [only] = found;
  if (!only) return scheme === "" ? undefined : "other";
  const [mark, format] = only;
  if (found.length > 1 || scheme.split(mark).length > 2 || scheme.includes("%")) return "other";
  return { format, text: scheme.replace(mark, `%${level + 1}`) };
}
