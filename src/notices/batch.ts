import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 発送の束。作成 → 承認待ち →（差戻し）→ 承認済み → 印刷中 → 印刷済み → 発送済み。 */
export type BatchState = "draft" | "submitted" | "returned" | "approved" | "printing" | "printed" | "sent";

/** 一通。waiting=これから確かめる、excluded=束から外した、withdrawn=取消や変更で送らない。 */
export type NoticeState = "waiting" | "approved" | "excluded" | "withdrawn";

/** なぜその状態になったか。cancelled=予約の取消、changed=内容の変更、left=確かめが終わらないまま印刷した、hand=人が外した。 */
export type NoticeWhy = "cancelled" | "changed" | "left" | "hand";

export type BatchAct =
  | "prepare"
  | "submit"
  | "approve"
  | "undo"
  | "return"
  | "exclude"
  | "correct"
  | "print"
  | "dispatch"
  | "receive";

export const batchStateLabels: Record<BatchState, string> = {
  draft: "作成中",
  submitted: "承認待ち",
  returned: "差戻し",
  approved: "承認済み",
  printing: "印刷中",
  printed: "印刷済み",
  sent: "発送済み",
};

/** どの状態のときに、何ができるか。 */
const allowedStates: Record<BatchAct, readonly BatchState[]> = {
  prepare: [],
  submit: ["draft", "returned"],
  approve: ["submitted", "approved"],
  // 印刷中に取り消せるのは、印刷に失敗したときだけ（動詞が仕事の状態を見る）。
  undo: ["approved", "printing"],
  return: ["submitted", "approved"],
  exclude: ["draft", "submitted", "returned", "approved"],
  correct: ["draft", "submitted", "returned", "approved"],
  print: ["approved", "printing"],
  dispatch: ["printed"],
  receive: ["sent"],
};

/** 仕様書 表１：作成・発送は OP、承認は SV。印刷は作成の続きで、承認したその場で SV が始めてもよい。 */
const allowedRoles: Record<BatchAct, readonly Role[]> = {
  prepare: ["operator"],
  submit: ["operator"],
  approve: ["supervisor"],
  undo: ["supervisor"],
  return: ["supervisor"],
  exclude: ["operator", "supervisor"],
  correct: ["operator", "supervisor"],
  print: ["operator", "supervisor"],
  dispatch: ["operator"],
  receive: ["operator", "supervisor"],
};

const actLabels: Record<BatchAct, string> = {
  prepare: "作ること",
  submit: "承認に回すこと",
  approve: "承認すること",
  undo: "承認を取り消すこと",
  return: "差し戻すこと",
  exclude: "外すこと",
  correct: "宛先を直すこと",
  print: "印刷すること",
  dispatch: "発送を記録すること",
  receive: "返戻と電話の案内を記録すること",
};

/** 役割で許されるか。supervisorMayOperate は、SV が OP を兼ねることを委託者と協議で認められているか。 */
export function roleMay(act: BatchAct, roles: readonly Role[], supervisorMayOperate: boolean): boolean {
  return allowedRoles[act].some(
    (role) =>
      roles.includes(role) || (role === "operator" && supervisorMayOperate && roles.includes("supervisor")),
  );
}

export function stateAllows(act: BatchAct, state: BatchState): boolean {
  return allowedStates[act].includes(state);
}

/** 役割で断る。FORBIDDEN。 */
export function refuseRole(act: BatchAct, roles: readonly Role[], supervisorMayOperate: boolean): void {
  if (roleMay(act, roles, supervisorMayOperate)) return;
  const who = allowedRoles[act].includes("operator") ? "OP" : "SV";
  throw new AppError(
    "FORBIDDEN",
    `受講通知書を${actLabels[act]}は、${who}の役割です（仕様書６(5)ア 表１）。${who}の方にお願いしてください。`,
  );
}

/** 状態で断る。REFUSED。 */
export function refuseState(act: BatchAct, state: BatchState): void {
  if (stateAllows(act, state)) return;
  throw new AppError(
    "REFUSED",
    `この束は${batchStateLabels[state]}なので、${actLabels[act]}はできません。画面を開き直して、今の状態をご確認ください。`,
  );
}

/**
 * 自分が作った（承認に回した）束の承認。兼務が認められていなければ断り、認められていれば「同じ人」と答える（記録に残す）。
 */
export function sameApprover(
  batch: { made_by: string; submitted_by: string | null },
  approver: string,
  supervisorMayOperate: boolean,
): boolean {
  const same = batch.made_by === approver || batch.submitted_by === approver;
  if (same && !supervisorMayOperate)
    throw new AppError(
      "REFUSED",
      "ご自分が作った束は承認できません。別の SV の方にお願いしてください。SV が OP を兼ねることが委託者と協議で認められているときは、契約の設定（supervisorMayOperate）を変えると承認できます。",
    );
  return same;
}

/** 判断に要る、一通の今の姿。予約の今の状態は引いて（pull）得る。 */
export interface NoticeNow {
  id: string;
  state: NoticeState;
  /** 印刷に含まれたか。 */
  printed: boolean;
  /** 予約が今も生きているか。 */
  booked: boolean;
  /** 印字する内容が、束に入れた（承認した）ときから変わったか。 */
  stale: boolean;
  /** 確かめるものがないか。 */
  clean: boolean;
}

export interface NoticeChange {
  id: string;
  to: NoticeState;
  why: NoticeWhy | null;
  printed?: boolean;
}

/** 承認した内容と今の内容が違うか。mark は印字する内容の印（notice-mark.ts）。 */
export function isStale(notice: { mark: string }, currentMark: string): boolean {
  return notice.mark !== currentMark;
}

/** 承認で変わるもの。ids を言わなければ、確かめるもののないものだけ。取り消された予約は承認せずに外れる。 */
export function approveChanges(notices: readonly NoticeNow[], ids?: ReadonlySet<string>): NoticeChange[] {
  return notices.flatMap((one) => {
    if (one.state === "waiting" && !one.booked) return [withdraw(one.id, "cancelled")];
    const wanted = ids ? ids.has(one.id) : one.clean;
    return one.state === "waiting" && wanted ? [{ id: one.id, to: "approved" as const, why: null }] : [];
  });
}

/** 承認の取消と差戻しで変わるもの。 */
export function undoChanges(notices: readonly NoticeNow[]): NoticeChange[] {
  return notices.flatMap((one) =>
    one.state === "approved" ? [{ id: one.id, to: "waiting", why: null, printed: false }] : [],
  );
}

/**
 * 印刷を始めるときに変わるもの。取消は送らない、承認の後で変わったもの・確かめの残ったものは外れて次の束へ、
 * 残りが印刷される。
 */
export function printChanges(notices: readonly NoticeNow[]): NoticeChange[] {
  return notices.flatMap((one): NoticeChange[] => {
    if (one.state !== "waiting" && one.state !== "approved") return [];
    if (!one.booked) return [withdraw(one.id, "cancelled")];
    if (one.state === "waiting") return [{ id: one.id, to: "excluded", why: "left" }];
    if (one.stale) return [{ id: one.id, to: "excluded", why: "changed" }];
    return [{ id: one.id, to: "approved", why: null, printed: true }];
  });
}

/** 発送のときに抜くもの。印刷の後で取り消された、または変わった予約のはがきは投函しない。 */
export function dispatchChanges(notices: readonly NoticeNow[]): NoticeChange[] {
  return notices.flatMap((one): NoticeChange[] => {
    if (one.state !== "approved" || !one.printed) return [];
    if (!one.booked) return [withdraw(one.id, "cancelled")];
    return one.stale ? [withdraw(one.id, "changed")] : [];
  });
}

function withdraw(id: string, why: "cancelled" | "changed"): NoticeChange {
  return { id, to: "withdrawn", why };
}

/** 変わるものを当てた姿。 */
export function applyChanges(notices: readonly NoticeNow[], changes: readonly NoticeChange[]): NoticeNow[] {
  const by = new Map(changes.map((change) => [change.id, change]));
  return notices.map((one) => {
    const change = by.get(one.id);
    if (!change) return one;
    const renewed = change.to === "approved" && one.state === "waiting" ? { stale: false } : {};
    return { ...one, ...renewed, state: change.to, printed: change.printed ?? one.printed };
  });
}

export interface BatchTally {
  made: number;
  waiting: number;
  approved: number;
  excluded: number;
  withdrawn: number;
  /** 印刷した数。 */
  printed: number;
  /** 印刷したうち、投函するもの。 */
  toSend: number;
}

/** 束の数。made = waiting + approved + excluded + withdrawn、printed = toSend + 印刷の後で抜いた数。 */
export function tallyNotices(notices: readonly Pick<NoticeNow, "state" | "printed">[]): BatchTally {
  const count = (keep: (one: Pick<NoticeNow, "state" | "printed">) => boolean) => notices.filter(keep).length;
  return {
    made: notices.length,
    waiting: count((one) => one.state === "waiting"),
    approved: count((one) => one.state === "approved"),
    excluded: count((one) => one.state === "excluded"),
    withdrawn: count((one) => one.state === "withdrawn"),
    printed: count((one) => one.printed),
    toSend: count((one) => one.printed && one.state === "approved"),
  };
}

/** 投函した数が、投函すべき数と違えば断る。差を言う。 */
export function refuseCount(given: number, toSend: number): void {
  if (given === toSend) return;
  const gap = Math.abs(given - toSend);
  throw new AppError(
    "REFUSED",
    given < toSend
      ? `投函した数が${gap}通少なくなっています（投函するはがきは${toSend}通）。残っているはがきをご確認ください。`
      : `投函した数が${gap}通多くなっています（投函するはがきは${toSend}通）。抜くはずのはがきが混ざっていないかご確認ください。`,
    { detail: { given, expected: toSend } },
  );
}
