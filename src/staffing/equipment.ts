import type { Day } from "../base/time.ts";

/** 設備の種類。仕様書６(6)ア・イ・エ。 */
export const equipmentKinds = {
  terminal: { label: "端末機", unit: "台", clause: "6(6)ア" },
  telephone: { label: "電話機", unit: "台", clause: "6(6)ア" },
  number: { label: "着信課金の電話番号", unit: "番号", clause: "6(6)イ" },
  line: { label: "電話の回線", unit: "回線", clause: "6(6)エ" },
  carrier: { label: "通信回線の契約", unit: "契約", clause: "6(6)エ" },
  speed: { label: "回線速度の測定", unit: "回", clause: "6(6)エ" },
} as const;
export type EquipmentKind = keyof typeof equipmentKinds;

export const payers = { contractor: "受託者", client: "委託者" } as const;
export type Payer = keyof typeof payers;

/** 設備一つ。detail は番号・契約先・控えの言葉。 */
export interface Equipment {
  readonly id: string;
  readonly kind: EquipmentKind;
  readonly count: number;
  readonly payer: Payer;
  /** 下り・上り（Mbps）。測定のときだけ。 */
  readonly down: number | undefined;
  readonly up: number | undefined;
  readonly onDay: Day;
  readonly detail: string;
  readonly ended: boolean;
}

/** いちばん多い半時間に要るもの。 */
export interface EquipmentNeed {
  readonly seats: number;
  readonly lines: number;
  /** 席に着く人のいちばん多い数（勤務表から）。 */
  readonly staffed: number;
}

export interface EquipmentFinding {
  readonly tone: "late" | "due";
  readonly clause: string;
  readonly message: string;
}

/** メールや業務システムに支障のない速さの目安（Mbps、端末機一台あたり）。 */
const SPEED_PER_TERMINAL = 2;

/** 足りないもの、負担の誤り、測っていないもの。仕様書６(6)ア–エ。 */
export function equipmentFindings(items: readonly Equipment[], need: EquipmentNeed): EquipmentFinding[] {
  const using = items.filter(({ ended }) => !ended);
  const count = (kind: EquipmentKind) =>
    using.filter((one) => one.kind === kind).reduce((all, one) => all + one.count, 0);
  const found: EquipmentFinding[] = [];
  const say = (tone: EquipmentFinding["tone"], clause: string, message: string) =>
    found.push({ tone, clause, message });
  const seats = Math.max(need.seats, need.staffed);
  for (const kind of ["terminal", "telephone"] as const) {
    const { label, unit, clause } = equipmentKinds[kind];
    const short = seats - count(kind);
    if (short > 0)
      say(
        "late",
        clause,
        `いちばん多い半時間の${seats}席に、${label}が${short}${unit}足りません（いま${count(kind)}${unit}）。`,
      );
  }
  const lines = need.lines - count("line");
  if (lines > 0)
    say(
      "late",
      "6(6)エ",
      `話し中を1％以下にするには、電話の回線が${lines}回線足りません（要る数 ${need.lines}）。`,
    );
  if (count("number") === 0)
    say(
      "late",
      "6(6)イ",
      "着信課金の電話番号が登録されていません。番号と、通話料金の負担を登録してください。",
    );
  if (count("carrier") === 0)
    say("due", "6(6)エ", "通信回線の契約が登録されていません。契約先と、費用の負担を登録してください。");
  for (const { kind } of using.filter(({ payer }) => payer === "client"))
    say(
      "late",
      equipmentKinds[kind].clause,
      `${equipmentKinds[kind].label}の費用を委託者の負担としています。仕様書では受託者の負担です。`,
    );
  const tests = using.filter(({ kind }) => kind === "speed").sort((a, b) => (a.onDay < b.onDay ? 1 : -1));
  const [last] = tests;
  const enough = SPEED_PER_TERMINAL * Math.max(1, count("terminal"));
  if (!last)
    say(
      "due",
      "6(6)エ",
      "回線の速さをまだ測っていません。業務実施場所で測り、下りと上りを登録してください。",
    );
  else if (Math.min(last.down ?? 0, last.up ?? 0) < enough)
    say(
      "due",
      "6(6)エ",
      `いちばん新しい測定は、下り${last.down ?? 0}・上り${last.up ?? 0} Mbps です。端末機の数では ${enough} Mbps を目安に、契約を見直してください。`,
    );
  return found;
}
