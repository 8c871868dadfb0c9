import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { contentOf, noFaq } from "./draft-faq.ts";
import { type FaqContent, type FaqState, validOn } from "./faq.ts";
import { changedFacts, factsOf, pastDays, resolveFacts } from "./faq-fact.ts";
import {
  type FaqRow,
  type FaqVersionRow,
  findFaq,
  listFaqs,
  listFaqVersions,
  listVersionsIn,
} from "./faq-store.ts";
import { countInquiries } from "./inquiry-store.ts";

/** 見直しの要る理由。 */
export type StaleReason =
  | { kind: "ended"; day: Day }
  | { kind: "past"; day: Day }
  | { kind: "changed"; name: string; before: string; after: string | undefined };

/** 一つの問いの、いまの姿。 */
export interface ListedFaq {
  id: string;
  number: number;
  /** 承認された版。まだなければ null。 */
  live: number | null;
  /** 最後の版とその状態。 */
  version: number;
  state: FaqState;
  retired: boolean;
  content: FaqContent;
  /** 印を値に置き換えた答え。 */
  answer: string;
  stale: StaleReason[];
  /** 「これで答えた」の数。 */
  used: number;
  decidedAt: Instant | null;
}

export interface FaqFilter {
  group?: "live" | "waiting" | "stale" | "retired" | undefined;
}

/** 問いの一覧。番号の順。承認された版があればその中身、なければ案の中身。 */
export async function listFaqEntries(
  office: Office,
  actor: Pick<Actor, "contract">,
  filter: FaqFilter = {},
): Promise<ListedFaq[]> {
  const { contract } = actor;
  const now = office.clock.officeNow(contract);
  const [faqs, versions, { blueprint }, used] = await Promise.all([
    listFaqs(office.read, contract),
    listVersionsIn(office.read, contract, ["approved", "draft", "submitted", "returned"]),
    openContract(office, contract),
    usesOf(office, contract),
  ]);
  const own = Map.groupBy(versions, (row) => row.faq_id);
  const facts = factsOf(blueprint);
  return faqs
    .flatMap((faq) => {
      const last = own.get(faq.id)?.[0];
      const live = own.get(faq.id)?.find((row) => row.state === "approved");
      const shown = live ?? last;
      if (!shown || !last) return [];
      const content = contentOf(shown);
      return [
        {
          ...{ id: faq.id, number: faq.number, live: live?.version ?? null, version: last.version },
          ...{ state: last.state, retired: faq.retired_at !== null, content },
          answer: resolveFacts(facts, content.answer).text,
          stale: live ? staleReasons(live, facts, blueprint, dayOf(now)) : [],
          used: used.get(faq.id) ?? 0,
          decidedAt: live?.decided_at ?? null,
        },
      ];
    })
    .filter((one) => inGroup(one, filter.group));
}

function inGroup(one: ListedFaq, group: FaqFilter["group"]): boolean {
  if (group === "retired") return one.retired;
  if (one.retired) return false;
  if (group === "live") return one.live !== null;
  if (group === "waiting") return one.state === "submitted";
  return group === undefined || one.stale.length > 0;
}

async function usesOf(office: Pick<Office, "read">, contract: string): Promise<Map<string, number>> {
  const used = new Map<string, number>();
  for (const row of await countInquiries(office.read, contract, "0000-01-01", "9999-12-31"))
    if (row.faq_id !== null) used.set(row.faq_id, (used.get(row.faq_id) ?? 0) + row.n);
  return used;
}

/** 見直しの要る理由の全部。期限が過ぎた、書かれた日が過ぎた、契約の約束ごとが変わった。 */
export function staleReasons(
  row: FaqVersionRow,
  facts: ReadonlyMap<string, string>,
  blueprint: Pick<Blueprint, "fiscalYear">,
  today: Day,
): StaleReason[] {
  const approved = JSON.parse(row.facts) as Record<string, string>;
  const resolved = resolveFacts(facts, row.answer).text;
  return [
    ...(row.valid_until !== null && row.valid_until < today
      ? [{ kind: "ended" as const, day: row.valid_until }]
      : []),
    ...changedFacts(facts, approved).map((one) => ({ kind: "changed" as const, ...one })),
    ...[...new Set(pastDays(resolved, blueprint.fiscalYear, today))].map((day) => ({
      kind: "past" as const,
      day,
    })),
  ];
}

/** 電話の間に引ける問い（承認され、外れておらず、今日使えるもの）。印は値に置き換わっている。 */
export interface LiveFaq {
  id: string;
  number: number;
  version: number;
  category: string;
  question: string;
  answer: string;
  reading: string;
  synonyms: string;
  /** 見直しの印がついている。 */
  stale: boolean;
  /** 「これで答えた」の数。 */
  used: number;
}

export async function listLiveFaqs(office: Office, actor: Pick<Actor, "contract">): Promise<LiveFaq[]> {
  const today = dayOf(office.clock.officeNow(actor.contract));
  const entries = await listFaqEntries(office, actor, { group: "live" });
  return entries
    .filter((one) => validOn(one.content, today))
    .map(({ id, number, live, content, answer, stale, used }) => ({
      ...{ id, number, version: live ?? 1, category: content.category, question: content.question, answer },
      ...{ reading: content.reading, synonyms: content.synonyms, used, stale: stale.length > 0 },
    }));
}

export interface OpenFaq {
  faq: FaqRow;
  /** 新しい順。 */
  versions: FaqVersionRow[];
  facts: ReadonlyMap<string, string>;
  stale: StaleReason[];
  used: number;
  names: ReadonlyMap<string, HandlerName>;
}

/** 一つを、版の全部とともに開く。なければ NOT_FOUND。 */
export async function openFaq(office: Office, actor: Pick<Actor, "contract">, id: string): Promise<OpenFaq> {
  const { contract } = actor;
  const faq = await findFaq(office.read, contract, id);
  if (!faq) throw noFaq();
  const [versions, { blueprint }, used, names] = await Promise.all([
    listFaqVersions(office.read, contract, id),
    openContract(office, contract),
    usesOf(office, contract),
    nameHandlers(office, contract),
  ]);
  const facts = factsOf(blueprint);
  const live = versions.find((row) => row.version === faq.live);
  const today = dayOf(office.clock.officeNow(contract));
  return {
    ...{ faq, versions, facts, names, used: used.get(id) ?? 0 },
    stale: live ? staleReasons(live, facts, blueprint, today) : [],
  };
}

/** 画面が読む、問いの版の一行。 */
export type ShownFaqVersion = FaqVersionRow;
