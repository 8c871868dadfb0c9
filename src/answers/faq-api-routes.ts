import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { faqBody, faqOf, missBody, whyBody } from "./answer-ask.ts";
import { approveFaq, retireFaq, returnFaq } from "./approve-faq.ts";
import { draftFaq, editFaq, submitFaq } from "./draft-faq.ts";
import { buildFaqIndex, type FaqIndex, searchFaq } from "./faq-search.ts";
import { importFaq } from "./import-faq.ts";
import { listCandidates } from "./list-candidates.ts";
import { type LiveFaq, listFaqEntries, listLiveFaqs, openFaq } from "./list-faqs.ts";
import { countFaqUse, missFaq } from "./use-faq.ts";

const SHOWN = 12;

/** q で探す。q がなければ、よく使うもの。 */
export async function findFaqs(
  ask: Ask,
): Promise<{ index: FaqIndex; hits: LiveFaq[]; query: string; total: number }> {
  const faqs = await listLiveFaqs(ask.office, ask.actor);
  const index = buildFaqIndex(faqs);
  const query = (ask.query("q") ?? "").slice(0, 100);
  const byId = new Map(faqs.map((one) => [one.id, one]));
  const hits =
    query.trim() === ""
      ? [...faqs].sort((a, b) => b.used - a.used || a.number - b.number).slice(0, 8)
      : searchFaq(index, query, SHOWN).flatMap(({ id }) => byId.get(id) ?? []);
  return { index, hits, query, total: faqs.length };
}

async function state(ask: Ask): Promise<Response> {
  const { faq, versions } = await openFaq(ask.office, ask.actor, ask.param("id"));
  const [last] = versions;
  const { id, number, live } = faq;
  return ask.reply({
    id,
    number,
    live,
    version: last?.version,
    state: last?.state,
    retired: faq.retired_at !== null,
  });
}

/** ＦＡＱの JSON の道。 */
export const faqApiRoutes: Route[] = [
  getApi("faq.api", "/api/faq", "いま引ける問いの全部（q を言えば、よく合う順）", async (ask) => {
    if (ask.query("q") === undefined) return ask.reply({ faqs: await listLiveFaqs(ask.office, ask.actor) });
    return ask.reply({ faqs: (await findFaqs(ask)).hits });
  }),
  getApi("faq.entries.api", "/api/faq/entries", "ＦＡＱの一覧（状態と見直しの印）", async (ask) =>
    ask.reply({ entries: await listFaqEntries(ask.office, ask.actor) }),
  ),
  getApi("faq.candidates.api", "/api/faq/candidates", "ＦＡＱに加える候補", async (ask) =>
    ask.reply({ candidates: await listCandidates(ask.office, ask.actor) }),
  ),
  postApi(
    "faq.missed.api",
    "/api/faq/missed",
    "見つからなかった言葉を候補に数える",
    missBody,
    async (ask) => {
      await missFaq(ask.office, ask.actor, (await ask.json(missBody)).words);
      return ask.reply({ ok: true });
    },
  ),
  {
    ...postApi(
      "faq.import.api",
      "/api/faq/import",
      "ＦＡＱの表（multipart の file）を取り込む",
      undefined,
      async (ask) => {
        const file = await ask.file("file");
        if (!file) throw new AppError("BAD_INPUT", "file にＦＡＱの表を入れてください。");
        const asClient = (await ask.form()).get("asClient") === "1";
        return ask.reply(await importFaq(ask.office, ask.actor, file, { asClient }));
      },
    ),
    bodyLimit: 20_000_000,
  },
  postApi("faq.draft.api", "/api/faq/entries", "問いの案を残す", faqBody, async (ask) =>
    ask.reply(await draftFaq(ask.office, ask.actor, faqOf(await ask.json(faqBody))), 201),
  ),
  getApi("faq.entry.api", "/api/faq/entries/:id", "一つの問いと、版の全部", async (ask) => {
    const { faq, versions, stale, used } = await openFaq(ask.office, ask.actor, ask.param("id"));
    return ask.reply({ id: faq.id, number: faq.number, live: faq.live, versions, stale, used });
  }),
  postApi("faq.edit.api", "/api/faq/entries/:id", "案を直す・次の版を作る", faqBody, async (ask) => {
    await editFaq(ask.office, ask.actor, ask.param("id"), faqOf(await ask.json(faqBody)));
    return state(ask);
  }),
  postApi("faq.submit.api", "/api/faq/entries/:id/submit", "案を承認に回す", undefined, async (ask) => {
    await submitFaq(ask.office, ask.actor, ask.param("id"));
    return state(ask);
  }),
  postApi("faq.approve.api", "/api/faq/entries/:id/approve", "案を承認する", undefined, async (ask) => {
    await approveFaq(ask.office, ask.actor, ask.param("id"));
    return state(ask);
  }),
  postApi("faq.return.api", "/api/faq/entries/:id/return", "案を差し戻す", whyBody, async (ask) => {
    await returnFaq(ask.office, ask.actor, ask.param("id"), await ask.json(whyBody));
    return state(ask);
  }),
  postApi("faq.retire.api", "/api/faq/entries/:id/retire", "問いを外す", whyBody, async (ask) => {
    await retireFaq(ask.office, ask.actor, ask.param("id"), await ask.json(whyBody));
    return state(ask);
  }),
  postApi("faq.used.api", "/api/faq/:id/used", "これで答えた（一件数える）", undefined, async (ask) =>
    ask.reply(await countFaqUse(ask.office, ask.actor, ask.param("id"), ask.header("Idempotency-Key"))),
  ),
];
