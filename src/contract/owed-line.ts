import type { HandlerName } from "../access/name-handlers.ts";
import { roleLabels } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { dayOf, type Instant } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import { dueText, urgencyText } from "../japan/deadline.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { Obligation } from "../terms/obligation.ts";
import { type DutyState, dutyStateLabels, stateOf } from "./duty.ts";
import { titleOf } from "./duty-title.ts";
import type { LightDuty } from "./owed-store.ts";

/** 盤の一行。個人情報は含まない。 */
export interface OwedLine {
  key: string;
  obligation: string;
  /** 「クレームの内容の報告（9月16日の分）」。 */
  title: string;
  /** 「6(9)」。 */
  clause: string;
  clauseId: string;
  nature: Obligation["nature"];
  state: DutyState;
  /** 「1日遅れ」「本日」「あと3日」「答え待ち」「見直し」。 */
  stateText: string;
  due: Instant | null;
  /** 「17:00まで」「9月22日（月）15:00」「期限なし」。 */
  dueText: string;
  /** 表明の見直しの日を過ぎた（due は、その日）。遅れではない。 */
  lapsed: boolean;
  /** 担当の役割。委託者の義務なら client。 */
  role: Role;
  /** その役割の人がただ一人ならその姓、そうでなければ役割の名。 */
  holder: string;
  blocks: Obligation["blocks"];
  since: Instant;
}

const rolesByWord: readonly [RegExp, Role][] = [
  [/総括/, "chief-privacy"],
  [/保護管理者|従業者|管理者/, "privacy"],
  [/委託者|本市|市$|^甲$/, "client"],
  [/SV|ＳＶ|スーパーバイザー/, "supervisor"],
  [/OP|ＯＰ|オペレーター/, "operator"],
];

/** 文書の言葉から、担当の役割。受託者・責任者は責任者。 */
export function roleOf({ actor, nature }: Pick<Obligation, "actor" | "nature">): Role {
  if (nature === "client") return "client";
  return rolesByWord.find(([word]) => word.test(actor))?.[1] ?? "manager";
}

export function ownerOf(role: Role, names: ReadonlyMap<string, HandlerName>): string {
  const held = [...names.values()].filter((one) => one.roles.includes(role));
  const [only] = held;
  return only !== undefined && held.length === 1 ? only.short : roleLabels[role];
}

/** 軽い写しから、盤の行。 */
export function lineOf(
  duty: LightDuty,
  obligation: Obligation,
  world: {
    blueprint: Blueprint;
    numbers: ReadonlyMap<string, string>;
    names: ReadonlyMap<string, HandlerName>;
    now: Instant;
    /** 同じ期限の言い方は、一度だけ数える（何千件もの遅れを並べるとき）。 */
    said?: Map<string, string>;
  },
): OwedLine {
  const { blueprint, numbers, names, now } = world;
  const state = stateOf(duty, now);
  const expired = duty.outcome === "done" && state === "due" ? duty.expires : null;
  const due = expired ?? duty.due;
  const role = roleOf(obligation);
  return {
    ...{ key: duty.key, obligation: duty.obligation, nature: duty.nature, since: duty.since },
    title: titleOf(obligation, duty.label),
    clause: numbers.get(duty.clause) ?? "",
    clauseId: duty.clause,
    state,
    stateText: once(world.said, `${state}|${due}|${expired}`, () =>
      stateWords(state, due, expired !== null, blueprint.calendar, now),
    ),
    due,
    dueText: dueWords(due, duty, now),
    lapsed: expired !== null,
    role,
    holder: ownerOf(role, names),
    blocks: obligation.blocks,
  };
}

function once(said: Map<string, string> | undefined, key: string, make: () => string): string {
  const known = said?.get(key);
  if (known !== undefined) return known;
  const made = make();
  said?.set(key, made);
  return made;
}

function stateWords(
  state: DutyState,
  due: Instant | null,
  expired: boolean,
  calendar: BusinessCalendar,
  now: Instant,
): string {
  if (expired) return "見直し";
  if (state === "late" || (state === "due" && due !== null && due >= now))
    return urgencyText(calendar, due ?? now, now);
  return dutyStateLabels[state];
}

function dueWords(due: Instant | null, duty: LightDuty, now: Instant): string {
  if (duty.keepUntil !== null) return `${formatWareki(duty.keepUntil)}まで保管`;
  if (due === null) return "期限なし";
  const today = dayOf(now);
  return dayOf(due).slice(0, 4) === today.slice(0, 4)
    ? dueText(due, now)
    : formatWareki(dayOf(due), { weekday: true });
}
