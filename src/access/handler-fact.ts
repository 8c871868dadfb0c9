import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day, Instant } from "../base/time.ts";

/**
 * 個人情報を扱うための事実。privacy/ の帳簿が書き、入り口が尋ねる。
 * listed=名簿に載せて報告した、pledged=誓約書、trained=研修の合格、export=書き出しの許可、glass=緊急の閲覧。
 */
export type HandlerFact = "listed" | "pledged" | "trained" | "export" | "glass";
/** 人が個人情報を扱う前に、そろっていなければならないもの。 */
export const neededFacts = ["listed", "pledged", "trained"] as const;
export const factLabels: Record<(typeof neededFacts)[number], string> = {
  listed: "従業者名簿への登載と委託者への報告",
  pledged: "秘密保持の誓約書",
  trained: "一年以内の研修の合格",
};
/** 契約の全員に効く事実（書き出しの許可）の持ち主。 */
export const EVERYONE = "*";

export interface FactRow {
  account_id: string;
  fact: HandlerFact;
  from_day: Day;
  to_day: Day | null;
  until: Instant | null;
}

/** 受託者の中で個人情報を扱う役割。委託者と監査は受託者の従業者ではない。 */
const handling: readonly Role[] = [
  "operator",
  "supervisor",
  "manager",
  "planner",
  "privacy",
  "chief-privacy",
];

function holds(row: FactRow, today: Day, now: Instant): boolean {
  return (
    row.from_day <= today &&
    (row.to_day === null || today <= row.to_day) &&
    (row.until === null || now < row.until)
  );
}

/** 足りないもの。そろっていれば空。 */
export function missingFacts(
  rows: readonly FactRow[],
  today: Day,
  now: Instant,
): (typeof neededFacts)[number][] {
  return neededFacts.filter((fact) => !rows.some((row) => row.fact === fact && holds(row, today, now)));
}

/** 道に要るもの。personal=本人の情報を開く、export=本人の情報をファイルで書き出す。 */
export type PersonalUse = "personal" | "export";

interface GateQuestion {
  use: PersonalUse;
  isRead: boolean;
  roles: readonly Role[];
  rows: readonly FactRow[];
  today: Day;
  now: Instant;
}

/**
 * 個人情報を扱ってよいか（特記 第3条・第5条・第6条・第11条）。緊急の閲覧は、見ることだけを許す。
 * @throws AppError FORBIDDEN（何が足りず、通話中ならどうするか）
 */
export function requireFacts({ use, isRead, roles, rows, today, now }: GateQuestion): void {
  if (!roles.some((role) => handling.includes(role))) return;
  const glass = rows.some(
    (row) => row.fact === "glass" && row.account_id !== EVERYONE && holds(row, today, now),
  );
  const missing = missingFacts(rows, today, now);
  if (missing.length > 0 && !(glass && isRead && use === "personal"))
    throw new AppError(
      "FORBIDDEN",
      `個人情報を扱う前に要るものが、そろっていません（${missing.map((fact) => factLabels[fact]).join("、")}）。保護管理者に頼んでください。通話中のときは切らずに、「扱う資格」の画面の紙の受付票で受け、資格のある人があとから入れます。`,
      { detail: { href: "/privacy/gate", missing } },
    );
  if (use === "export" && !rows.some((row) => row.fact === "export" && holds(row, today, now)))
    throw new AppError(
      "FORBIDDEN",
      "個人情報を書き出すための許可（目的と渡す先）がありません。保護管理者に「書き出しの許可」を頼んでください。",
      { detail: { href: "/privacy/registers/export-permit" } },
    );
}
