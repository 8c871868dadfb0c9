import type { Role } from "../base/actor.ts";

/** デモの事務所の、作りものの従業者。 */
export interface DemoHandler {
  readonly number: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** 確認コードの種（base32）。 */
  readonly secret: string;
}

/** 着席の画面に出す、デモだけのパスワード（全員に同じ）。本物の事務所では、だれも使えない。 */
export const DEMO_PASSWORD = "yuki-no-furu-machi";

/** 着席の画面に並ぶ順。氏名は架空で、種は公開してよい（デモだけで使う）。 */
export const demoHandlers: readonly DemoHandler[] = [
  { number: "0107", name: "佐伯 千尋", roles: ["operator"], secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX2" },
  { number: "0108", name: "東海林 葵", roles: ["operator"], secret: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZL2" },
  { number: "0105", name: "川村 直人", roles: ["supervisor"], secret: "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK" },
  { number: "0101", name: "高瀬 美和", roles: ["manager"], secret: "NB2W45DFOIZA4LTONB2W45DFOIZA4LTO" },
  { number: "0103", name: "三浦 修", roles: ["privacy"], secret: "ONSWG4TFOQYTEMZUONSWG4TFOQYTEMZU" },
  { number: "0110", name: "小野寺 舞", roles: ["planner"], secret: "MJQXGZJTGIQGK3TDN5SGS3THEBUXGIDG" },
  {
    number: "0190",
    name: "委託者（市の担当者）",
    roles: ["client"],
    secret: "PFXXK4TTMVRXEZLUPFXXK4TTMVRXEZLU",
  },
  { number: "0191", name: "監査員", roles: ["auditor"], secret: "OBZWK5LEN5XHS3LTOBZWK5LEN5XHS3LT" },
];
