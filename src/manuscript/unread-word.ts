import { schoolGradeOf } from "../japan/school-kanji.ts";
import { splitFurigana } from "./furigana.ts";

/**
 * grade 年生までに習う漢字（小学校学習指導要領の学年別漢字配当表）に入らず、ふりがなもない漢字を含む語。出た順、同じ語は一度。
 * 語は、漢字の続き。
 */
export function unreadWords(text: string, grade: number): string[] {
  const words = splitFurigana(text)
    .filter(({ reading }) => reading === undefined)
    .flatMap((piece) => piece.text.match(/[\p{Script=Han}々]+/gu) ?? [])
    .filter((word) => [...word].some((char) => char !== "々" && (schoolGradeOf(char) ?? 7) > grade));
  return [...new Set(words)];
}
