import type { Instant } from "../base/time.ts";
import type { Done, Obligation } from "../terms/obligation.ts";
import { afterSpan } from "./due-date.ts";
import { type Duty, type Fact, type Proof, readDutyKey, thingOf } from "./duty.ts";
import type { Frame } from "./frame.ts";
import { FILED, matches, type Occasion, RETRACTED } from "./occasion.ts";

export interface Open {
  occasion: Occasion;
  duty: Duty;
}

type Moving = { -readonly [K in keyof Duty]: Duty[K] };

const MOST_PROOFS = 20;
/** 委託者の答えのうち、受け入れたもの。 */
const accepted: readonly unknown[] = ["approved", "received", "answered"];

/** 生じた回に、記録を時の順に当てて、果たしたかを決める。 */
export function settleDuties(
  obligation: Obligation,
  frame: Frame,
  facts: readonly Fact[],
  open: readonly Open[],
): Duty[] {
  const settling = new Settling(obligation, frame, open);
  const retracted = new Set(facts.filter((one) => one.kind === RETRACTED).map((one) => one.payload.entry));
  for (const fact of facts) if (!retracted.has(fact.id)) settling.apply(fact);
  return settling.finish();
}

/** 一つの出したもの（届出、成果品、手で添えた証跡…）が、その回をどうしているか。 */
interface Claim {
  outcome: "done" | "waiting" | "waived";
  at: Instant;
  expires: Instant | null;
}

/** 一つの義務の回の全部と、いまどの届出がどの回のものか。 */
class Settling {
  private readonly duties: Moving[];
  private readonly obligation: Obligation;
  private readonly frame: Frame;
  private readonly open: readonly Open[];
  private readonly byKey: Map<string, Moving>;
  private readonly bySubject: Map<string, Moving>;
  /** 出したものの about → その回。 */
  private readonly filed = new Map<string, Moving>();
  /** 回ごとの、出したもの → どうしているか。一つが取り下げられても、ほかのものは残る。 */
  private readonly claims = new Map<Moving, Map<string, Claim>>();
  private readonly proofs = new Map<Moving, Proof[]>();
  /** 起きたと言う前に出した届出の about → その回。 */
  private readonly spares: ReadonlyMap<string, Moving>;
  /** そのうち、果たしたか、直して出し直すもの。ほかは、生じなかったことになる。 */
  private readonly live = new Set<Moving>();
  /** これより前の回は、もう果たされている。 */
  private first = 0;

  constructor(obligation: Obligation, frame: Frame, open: readonly Open[]) {
    this.obligation = obligation;
    this.frame = frame;
    const all = open.toSorted((a, b) =>
      a.duty.since < b.duty.since ? -1 : a.duty.since > b.duty.since ? 1 : 0,
    );
    this.open = all.filter(({ occasion }) => occasion.spare === undefined);
    this.duties = this.open.map(({ duty }) => ({ ...duty }));
    const spare = all.filter(({ occasion }) => occasion.spare !== undefined);
    this.spares = new Map(spare.map(({ duty }) => [duty.subject ?? "", { ...duty }]));
    this.byKey = new Map([...this.duties, ...this.spares.values()].map((duty) => [duty.key, duty]));
    this.bySubject = new Map(
      this.duties.flatMap((duty) => (duty.subject === null ? [] : [[duty.subject, duty]])),
    );
  }

  apply(fact: Fact): void {
    if (this.byHand(fact)) return;
    this.answer(fact);
    const name =
      typeof fact.payload.obligation === "string" ? readDutyKey(fact.payload.obligation) : undefined;
    const named = name === undefined ? undefined : this.byKey.get(name);
    const done = this.obligation.done.find((one) => matches(fact, one.event, one.with));
    if (named !== undefined && fact.kind === FILED) this.fulfil(named, fact, done);
    else if (!this.fulfilAny(fact, named) && fact.kind === FILED && name === this.obligation.id) {
      // 回は言わずに、この義務のものとして出した（様式は問わない）。
      const duty = this.next(fact);
      if (duty !== undefined) this.fulfil(duty, fact, undefined);
    }
  }

  /** 型に合う果たし方のうち、回の決まる最初のもの（「同じものについて」で決まらなければ、次の型を試す）。 */
  private fulfilAny(fact: Fact, named: Moving | undefined): boolean {
    for (const done of this.obligation.done.filter((one) => matches(fact, one.event, one.with))) {
      const duty = named ?? this.find(fact, done);
      if (duty === undefined) continue;
      this.fulfil(duty, fact, done);
      return true;
    }
    return false;
  }

  /** 手で書き足した記録（obligation.*）。 */
  private byHand(fact: Fact): boolean {
    if (!fact.kind.startsWith("obligation.")) return false;
    const duty = typeof fact.payload.key === "string" ? this.byKey.get(fact.payload.key) : undefined;
    if (duty === undefined) return true;
    if (fact.kind === "obligation.evidenced") this.close(duty, fact, "done", this.reviewFrom(fact));
    if (fact.kind === "obligation.attested") {
      const until = fact.payload.until;
      this.close(duty, fact, "done", typeof until === "string" ? until : this.reviewFrom(fact));
    }
    if (fact.kind === "obligation.waived") this.close(duty, fact, "waived", null);
    return true;
  }

  private reviewFrom(fact: Fact): Instant | null {
    const { review } = this.obligation;
    return review === undefined ? null : afterSpan(this.frame, fact.at, review);
  }

  /** 出したものへの答えと取下げ。受け入れられれば済み、差し戻されればまた「いま」。 */
  private answer(fact: Fact): void {
    const duty = fact.about === null ? undefined : this.filed.get(fact.about);
    if (duty === undefined || duty.outcome === "waived") return;
    const refused = fact.kind === "filing.answered" && !accepted.includes(fact.payload.outcome);
    if (refused || fact.kind === "filing.withdrawn") {
      this.reopen(duty, fact);
      return;
    }
    if (duty.outcome !== "waiting") return;
    const awaited = this.obligation.done.some(
      (one) => typeof one.awaits === "object" && matches(fact, one.awaits.event, one.awaits.with),
    );
    const usual =
      fact.kind === "filing.answered" && !this.obligation.done.some((one) => typeof one.awaits === "object");
    if (awaited || usual) this.close(duty, fact, "done", this.reviewFrom(fact));
  }

  /** 取り下げられた・差し戻された。ほかに果たしているもの、答えを待つものがあれば、それに戻る。 */
  private reopen(duty: Moving, fact: Fact): void {
    const claims = this.claims.get(duty);
    claims?.delete(claimant(fact));
    const kept = (this.proofs.get(duty) ?? []).filter((proof) => proof.about !== fact.about);
    this.proofs.set(duty, kept);
    const left = [...(claims?.values() ?? [])];
    const standing =
      left.findLast((one) => one.outcome === "done") ?? left.findLast((one) => one.outcome === "waiting");
    Object.assign(duty, standing ?? { outcome: "open", at: null, expires: null });
    this.first = 0;
    // 取り下げたか、認められなければ、もう求められていない。差し戻されたものは、直して出し直すまで残る。
    const over = fact.kind === "filing.withdrawn" || fact.payload.outcome === "refused";
    if (over && standing === undefined) this.live.delete(duty);
  }

  private fulfil(duty: Moving, fact: Fact, done: Done | undefined): void {
    if (duty.outcome === "waived") return;
    if (fact.about !== null) this.filed.set(fact.about, duty);
    const waits =
      done?.awaits === "none" ? false : done?.awaits !== undefined || fact.kind === "filing.submitted";
    this.close(duty, fact, waits ? "waiting" : "done", waits ? null : this.reviewFrom(fact));
  }

  private close(duty: Moving, fact: Fact, outcome: Claim["outcome"], expires: Instant | null): void {
    this.live.add(duty);
    const claim: Claim = { outcome, at: fact.at, expires };
    const claims = this.claims.get(duty) ?? new Map<string, Claim>();
    // 入れ直して、並びを新しい順の終わりに置く。
    claims.delete(claimant(fact));
    this.claims.set(duty, claims.set(claimant(fact), claim));
    const proofs = this.proofs.get(duty) ?? [];
    proofs.push({ event: fact.id, kind: fact.kind, about: fact.about, at: fact.at });
    this.proofs.set(duty, proofs);
    const another = outcome === "waiting" && [...claims.values()].findLast((one) => one.outcome === "done");
    Object.assign(duty, another || claim);
  }

  /** 数え終えた回。証跡は、古い順に 20 まで。 */
  finish(): Duty[] {
    for (const [duty, proofs] of this.proofs) duty.proofs = proofs.slice(-MOST_PROOFS);
    return [...this.duties, ...[...this.spares.values()].filter((duty) => this.live.has(duty))];
  }

  /** どの回を果たしたか: 同じもの・同じ期間 → 一回だけの義務ならそれ → 続く義務はいまの期間 → 古いものから。 */
  private find(fact: Fact, done: Done): Moving | undefined {
    if (done.same === "about")
      return this.subject(fact.about) ?? this.subject(fact.payload.about) ?? this.subject(fact.payload.of);
    if (done.same === "period") {
      const { period, term, month, day } = fact.payload;
      const named = this.subject(period) ?? this.subject(term) ?? this.subject(month) ?? this.subject(day);
      if (named !== undefined) return named;
    }
    return this.next(fact);
  }

  /** 出し直しならその回 → 一回だけの義務ならそれ → 古いものから → 起きたと言う前に出した、その回。 */
  private next(fact: Fact): Moving | undefined {
    const again = fact.about === null ? undefined : this.filed.get(fact.about);
    if (again !== undefined) return again;
    const [only] = this.duties;
    if (only !== undefined && this.duties.length === 1 && this.open[0]?.occasion.from === "calendar")
      return only;
    return this.earliest(fact.at) ?? this.spareFor(fact);
  }

  /** 差し戻されて残っている回があれば、それを先に。 */
  private spareFor({ kind, about, id }: Fact): Moving | undefined {
    const own = kind === FILED ? this.spares.get(thingOf(about ?? id)) : undefined;
    if (own === undefined) return undefined;
    return [...this.spares.values()].find((one) => this.live.has(one) && one.outcome === "open") ?? own;
  }

  private subject(value: unknown): Moving | undefined {
    return typeof value === "string" ? this.bySubject.get(thingOf(value)) : undefined;
  }

  private earliest(at: Instant): Moving | undefined {
    while (this.first < this.duties.length && this.duties[this.first]?.outcome !== "open") this.first += 1;
    for (let i = this.first; i < this.duties.length; i++) {
      const [duty, opens] = [this.duties[i], this.open[i]?.occasion.opens];
      if (duty?.outcome === "open" && opens !== undefined && opens <= at) return duty;
    }
    return undefined;
  }
}

/** 出したものの名。名のないもの（手で添えた証跡など）は、記録ごと。 */
function claimant({ about, id }: Fact): string {
  return about ?? id;
}
