import type { RecordedEvent } from "../base/event.ts";
import type { Instant } from "../base/time.ts";

/** added=加わった、removed=外れた、corrected=内容を直した、class=講習会そのものが変わった。 */
export type DifferenceKind = "added" | "removed" | "corrected" | "class";
export const differenceKinds: Record<DifferenceKind, string> = {
  added: "追加",
  removed: "削除",
  corrected: "訂正",
  class: "講習会の変更",
};

/** 渡した予約者リストとの差分の一つ。個人情報は持たない。 */
export interface Difference {
  /** 1 からの通し番号。後から増えても、前の番号は変わらない。 */
  no: number;
  at: Instant;
  kind: DifferenceKind;
  classId: string;
  /** 講習会そのものの変更なら null。 */
  bookingId: string | null;
  number: number | null;
  /** 「取消」「別の回から」など。 */
  why: string;
}

/** 差分になりうる記録の種類。 */
export const differenceEvents = [
  "booking.taken",
  "booking.undone",
  "booking.cancelled",
  "booking.changed",
  "booking.corrected",
  "class.moved",
  "class.closed",
] as const;

type Happened = Pick<RecordedEvent, "kind" | "at" | "about" | "payload">;

/**
 * 渡した後に起きたことから、差分の番号つきの一覧を作る。番号は、リストや差分を渡し直しても続きから。
 * @param delivered 講習会の id → そのリストを初めて渡した時
 * @param events 起きた順
 * @param classOf 予約の id → いまの講習会（訂正がどのリストのものか）
 */
export function listDifferences(
  delivered: ReadonlyMap<string, Instant>,
  events: readonly Happened[],
  classOf: ReadonlyMap<string, string>,
): Difference[] {
  const found = events.flatMap((event, at) =>
    effectsOf(event, () => classAt(events, at, classOf))
      .filter(({ classId }) => {
        const since = delivered.get(classId);
        return since !== undefined && event.at > since;
      })
      .map((effect) => ({ ...effect, at: event.at })),
  );
  return found.map((one, at) => ({ no: at + 1, ...one }));
}

/** 訂正したときの講習会。後で別の回に移っても、差分の番号が動かないように、その後の変更をさかのぼる。 */
function classAt(events: readonly Happened[], at: number, classOf: ReadonlyMap<string, string>): string {
  const about = events[at]?.about;
  const next = events.find(
    (one, place) => place > at && one.kind === "booking.changed" && one.about === about,
  );
  return typeof next?.payload.from === "string" ? next.payload.from : (classOf.get(about ?? "") ?? "");
}

type Effect = Omit<Difference, "no" | "at">;

function effectsOf({ kind, about, payload }: Happened, classThen: () => string): Effect[] {
  const text = (name: string) => (typeof payload[name] === "string" ? String(payload[name]) : "");
  const number = typeof payload.number === "number" ? payload.number : null;
  const own = (what: DifferenceKind, classId: string, why: string): Effect[] => [
    { kind: what, classId, bookingId: about, number, why },
  ];
  switch (kind) {
    case "booking.taken":
      return own("added", text("class"), payload.wait ? "待機からの予約" : "新しい予約");
    case "booking.undone":
      return own("removed", text("class"), "受け付けの取りやめ");
    case "booking.cancelled":
      return own("removed", text("class"), "取消");
    case "booking.changed":
      return [...own("removed", text("from"), "別の回へ"), ...own("added", text("to"), "別の回から")];
    case "booking.corrected":
      return own("corrected", classThen(), "氏名・住所などの訂正");
    case "class.moved":
    case "class.closed": {
      const why = kind === "class.closed" ? "中止" : "日時・会場の変更";
      return [{ kind: "class", classId: about ?? "", bookingId: null, number: null, why }];
    }
    default:
      return [];
  }
}
