import { z } from "zod";

const short = z.string().max(200).default("");
const count = z.number().int().min(0).nullable().default(null);

/** 調査の概要。報告書の「調査の概要」と、回収率・標本誤差のもとになる。 */
export const surveyAbout = z.object({
  purpose: z.string().max(1000).default(""),
  /** 対象（「市内に住む18歳以上の方」）。 */
  target: short,
  /** 抽出の方法（「住民基本台帳から層化無作為抽出」）。 */
  sampling: short,
  /** 配布・回収の方法（「郵送で配布、郵送とWebで回収」）。 */
  method: short,
  from: z.string().max(10).default(""),
  to: z.string().max(10).default(""),
  /** 母集団の人数、標本（配布）の数。 */
  population: count,
  sample: count,
  /** 実施した者（委託者）。 */
  owner: short,
});
export type SurveyAbout = z.infer<typeof surveyAbout>;
