import { z } from "zod";
import { askModel } from "../platform/model-client.ts";
import { solid } from "./carry-over.ts";
import type { DraftDuty } from "./draft-duty.ts";
import { type SpecificationDraft, uniqueIds } from "./draft-specification.ts";
import { natureOf } from "./guess-rule.ts";
import { type ModelEndpoint, refuseFarEndpoint } from "./model-endpoint.ts";

const WAIT_MS = 60_000;
const MOST = 200;
const CHUNK = 6_000;
const MAX_BYTES = 1_000_000;

const proposalSchema = z.array(
  z.object({
    clause: z.string().max(80),
    actor: z.string().max(60).default("受託者"),
    verb: z.string().min(1).max(40),
    object: z.string().max(300).default(""),
    quote: z.string().min(4).max(2_000),
  }),
);

/**
 * 読み取りが見つけなかった義務を、手元のモデルに訊く。仕様書にそのままある文だけを、提案として受け取る（作り話は捨てる）。
 * モデルが答えなければ、提案なしで続け、そう知らせる。
 */
export async function proposeDuties(
  draft: SpecificationDraft,
  endpoint: ModelEndpoint,
  waitMs: number = WAIT_MS,
): Promise<{ duties: DraftDuty[]; warning?: string }> {
  const out: DraftDuty[] = [];
  const known = new Set(draft.duties.map((one) => solid(one.quote) + one.verb));
  const texts = new Map(draft.clauses.map((one) => [one.number, solid(one.text)]));
  try {
    await refuseFarEndpoint(endpoint);
    for (const part of chunks(draft)) {
      for (const one of await askDuties(endpoint, part, waitMs)) {
        const place = texts.get(one.clause)?.includes(solid(one.quote))
          ? one.clause
          : [...texts].find(([, text]) => text.includes(solid(one.quote)))?.[0];
        const mark = solid(one.quote) + one.verb;
        if (place === undefined || known.has(mark) || out.length >= MOST) continue;
        known.add(mark);
        out.push(proposal({ ...one, clause: place }, endpoint.model));
      }
    }
    return { duties: out };
  } catch {
    return {
      duties: out,
      warning: `手元のモデル（${endpoint.model}）から答えが得られませんでした。読み取りだけの結果です。`,
    };
  }
}

function proposal(one: z.infer<typeof proposalSchema>[number], model: string): DraftDuty {
  const nature = natureOf({ ...one, due: { kind: "none", text: "" } });
  return {
    ...{ id: "", clause: one.clause, actor: one.actor, to: "", verb: one.verb, object: one.object },
    ...{ format: "", quote: one.quote, nature, when: undefined },
    due: { text: "", rule: undefined, closedDay: "none" },
    done: [],
    reviewMonths: nature === "standing" || nature === "prohibition" ? 6 : undefined,
    ...{ rest: {}, state: "open", origin: "proposed", source: model },
  };
}

function chunks({ clauses }: SpecificationDraft): string[] {
  const out: string[] = [];
  let now = "";
  for (const one of clauses) {
    const line = `[${one.number}] ${one.text}\n`;
    if (now !== "" && now.length + line.length > CHUNK) {
      out.push(now);
      now = "";
    }
    now += line.slice(0, CHUNK);
  }
  return now === "" ? out : [...out, now];
}

/** 下書きに、手元のモデルの提案を足す。答えがなければ、そう知らせるだけ。 */
export async function withProposals(
  draft: SpecificationDraft,
  endpoint: ModelEndpoint,
): Promise<SpecificationDraft> {
  const { duties, warning } = await proposeDuties(draft, endpoint);
  return {
    ...draft,
    duties: uniqueIds([...draft.duties, ...duties]),
    warnings: warning === undefined ? draft.warnings : [...draft.warnings, warning],
  };
}

const ORDER =
  "次の業務仕様書から、だれかに何かを課す文をすべて挙げ、JSON の並びだけで答えてください。" +
  "各要素は {clause, actor, verb, object, quote}。clause は [ ] の中の番号、quote は原文のまま。";

async function askDuties(
  endpoint: ModelEndpoint,
  text: string,
  waitMs: number,
): Promise<z.infer<typeof proposalSchema>> {
  const content = await askModel(endpoint, {
    ...{ system: ORDER, user: text, temperature: 0, waitMs, maxBytes: MAX_BYTES },
  });
  const list = content.slice(content.indexOf("["), content.lastIndexOf("]") + 1);
  return proposalSchema.parse(JSON.parse(list));
}
