import type { NewBooking } from "../reception/take-booking.ts";
import { caller } from "./reception-fixture.ts";

const surnames = [
  "サトウ",
  "スズキ",
  "タカハシ",
  "イトウ",
  "ワタナベ",
  "ヤマモト",
  "ナカムラ",
  "コバヤシ",
  "カトウ",
  "ヨシダ",
  "ヤマダ",
  "ササキ",
  "マツモト",
  "イノウエ",
  "キムラ",
  "シミズ",
  "ハヤシ",
  "サイトウ",
  "ヤマザキ",
  "モリ",
  "アベ",
  "イケダ",
  "ハシモト",
  "イシカワ",
  "オガワ",
  "ゴトウ",
  "オカダ",
  "ハセガワ",
  "オノデラ",
  "ミウラ",
];
const givens = [
  "キヨ",
  "ハルコ",
  "ヨシオ",
  "タケシ",
  "ミツコ",
  "カズコ",
  "サチコ",
  "イサム",
  "トシオ",
  "フミコ",
  "ノブオ",
  "レイコ",
  "セツコ",
  "マサル",
  "ケイコ",
  "ヒロシ",
  "シゲル",
  "トミコ",
  "アキラ",
  "スミエ",
];

/** 氏名のばらついた、作りものの申込者。n が同じなら同じ人。 */
export function variedCaller(n: number, classId: string): NewBooking {
  const surname = surnames[n % surnames.length] ?? "";
  const given = givens[Math.floor(n / surnames.length) % givens.length] ?? "";
  return { ...caller(n, classId), kana: `${surname}　${given}` };
}
