import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { faqBody, faqOf, whyBody } from "./answer-ask.ts";
import { mayAnswer } from "./answer-right.ts";
import { approveFaq, retireFaq, returnFaq } from "./approve-faq.ts";
import { draftFaq, editFaq, submitFaq } from "./draft-faq.ts";
import { exportFaq } from "./export-faq.ts";
import { faqApiRoutes, findFaqs } from "./faq-api-routes.ts";
import { FaqPage } from "./faq-detail-page.tsx";
import { factsOf } from "./faq-fact.ts";
import { FaqFormPage, FaqImportPage, type FaqImportProps } from "./faq-form-page.tsx";
import { CandidatePage, FaqFindPage, FaqListPage } from "./faq-page.tsx";
import { type FaqImport, importFaq } from "./import-faq.ts";
import { listCandidates } from "./list-candidates.ts";
import { type FaqFilter, listFaqEntries, openFaq } from "./list-faqs.ts";
import { todayTally } from "./today-tally.ts";
import { countFaqUse } from "./use-faq.ts";

const current = "faq.page";
const groupOf = (ask: Ask): FaqFilter["group"] =>
  (["live", "waiting", "stale", "retired"] as const).find((one) => one === ask.query("group"));

async function findPage(ask: Ask): Promise<Response> {
  const { index, hits, query, total } = await findFaqs(ask);
  return ask.page({
    title: "ＦＡＱを引く",
    current,
    islands: ["faq"],
    icons: ["search"],
    body: (
      <FaqFindPage
        csrf={ask.seated.csrf}
        index={index}
        hits={hits}
        query={query}
        total={total}
        tally={await todayTally(ask.office, ask.actor.contract, ask.today)}
        mayCount={mayAnswer("record", ask.actor.roles)}
      />
    ),
  });
}

async function listPage(ask: Ask): Promise<Response> {
  const group = groupOf(ask);
  const all = await listFaqEntries(ask.office, ask.actor);
  return ask.page({
    title: "ＦＡＱ",
    current,
    body: (
      <FaqListPage
        entries={group === undefined ? all : await listFaqEntries(ask.office, ask.actor, { group })}
        group={group}
        counts={{
          live: all.filter((one) => one.live !== null).length,
          waiting: all.filter((one) => one.state === "submitted").length,
          stale: all.filter((one) => one.stale.length > 0).length,
        }}
        mayDraft={mayAnswer("draft", ask.actor.roles)}
      />
    ),
  });
}

async function detailPage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  return ask.page({
    title: "ＦＡＱ",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <FaqPage
        csrf={ask.seated.csrf}
        open={await openFaq(ask.office, ask.actor, ask.param("id"))}
        me={ask.actor.id}
        may={(right) => mayAnswer(right, ask.actor.roles)}
        faults={faults}
      />
    ),
  });
}

async function formPage(
  ask: Ask,
  id: string | undefined,
  values: Readonly<Record<string, string>>,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  return ask.page({
    title: "ＦＡＱの案",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <FaqFormPage
        csrf={ask.seated.csrf}
        id={id}
        values={values}
        faults={faults}
        facts={factsOf(blueprint)}
      />
    ),
  });
}

async function editPage(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { versions } = await openFaq(ask.office, ask.actor, id);
  const [last] = versions;
  if (!last) throw new AppError("NOT_FOUND", "そのＦＡＱはありません。一覧から選び直してください。");
  const { question, answer, category, reading, synonyms } = last;
  const days = { validFrom: last.valid_from ?? "", validUntil: last.valid_until ?? "" };
  const reason = last.state === "approved" ? "" : last.reason;
  return formPage(ask, id, { question, answer, category, reading, synonyms, ...days, reason });
}

function saveByForm(id: (ask: Ask) => string | undefined): Route["handle"] {
  return async (ask) => {
    const form = Object.fromEntries(await ask.form());
    const known = id(ask);
    return withFaults(
      async () => {
        const given = faqOf(parseInput(faqBody, form));
        if (known !== undefined) await editFaq(ask.office, ask.actor, known, given);
        const made = known ?? (await draftFaq(ask.office, ask.actor, given)).id;
        return ask.go(`/faq/entries/${made}`, "案を残しました。承認に回してください。");
      },
      (faults) => formPage(ask, known, form, faults),
    );
  };
}

function importPage(ask: Ask, more: Partial<FaqImportProps> = {}): Promise<Response> {
  return ask.page({
    title: "ＦＡＱを取り込む",
    current,
    status: more.fault === undefined ? 200 : 422,
    body: <FaqImportPage csrf={ask.seated.csrf} mayTrust={mayAnswer("confirm", ask.actor.roles)} {...more} />,
  });
}

async function importByForm(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file || file.bytes.length === 0) return importPage(ask, { fault: "ファイルを選んでください。" });
  const asClient = (await ask.form()).get("asClient") === "1";
  try {
    const result: FaqImport = await importFaq(ask.office, ask.actor, file, { asClient });
    return importPage(ask, { result });
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "BAD_INPUT")
      return importPage(ask, { fault: cause.message });
    throw cause;
  }
}

const download = (format: "docx" | "xlsx"): Route => ({
  id: `faq.${format}`,
  method: "GET",
  path: `/faq/export/${format}`,
  kind: "file",
  summary: `ＦＡＱ（最新版）の ${format === "docx" ? "Word" : "Excel"}（９(3)）`,
  handle: async (ask) => ask.download(await exportFaq(ask.office, ask.actor, format)),
});

/** 一つの問いの行い。 */
function act(
  verb: string,
  summary: string,
  said: string,
  run: (ask: Ask, why: string) => Promise<void>,
): Route {
  return postPage(`faq.${verb}`, `/faq/entries/:id/${verb}`, summary, async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        await run(ask, parseInput(whyBody, form).why);
        return ask.go(`/faq/entries/${ask.param("id")}`, said);
      },
      (faults) => detailPage(ask, faults),
    );
  });
}

/** ＦＡＱの道。 */
export const faqRoutes: Route[] = [
  getPage("faq.page", "/faq", "ＦＡＱを引き、件数を残す", findPage),
  getPage("faq.candidates", "/faq/candidates", "ＦＡＱに加える候補", async (ask) =>
    ask.page({
      title: "ＦＡＱの候補",
      current,
      body: (
        <CandidatePage
          candidates={await listCandidates(ask.office, ask.actor)}
          mayDraft={mayAnswer("draft", ask.actor.roles)}
        />
      ),
    }),
  ),
  getPage("faq.import.page", "/faq/import", "ＦＡＱを取り込む画面", (ask) => importPage(ask)),
  { ...postPage("faq.import", "/faq/import", "ＦＡＱを取り込む", importByForm), bodyLimit: 20_000_000 },
  download("docx"),
  download("xlsx"),
  getPage("faq.entries", "/faq/entries", "ＦＡＱの一覧", listPage),
  getPage("faq.new", "/faq/entries/new", "問いを加える画面", (ask) =>
    formPage(ask, undefined, {
      question: (ask.query("question") ?? "").slice(0, 120),
      answer: (ask.query("answer") ?? "").slice(0, 1500),
    }),
  ),
  postPage(
    "faq.draft",
    "/faq/entries",
    "問いの案を残す",
    saveByForm(() => undefined),
  ),
  getPage("faq.entry", "/faq/entries/:id", "一つの問いと、版の違い", (ask) => detailPage(ask)),
  getPage("faq.edit.page", "/faq/entries/:id/edit", "案を直す画面", editPage),
  postPage(
    "faq.edit",
    "/faq/entries/:id",
    "案を直す・次の版を作る",
    saveByForm((ask) => ask.param("id")),
  ),
  act("submit", "案を承認に回す", "承認に回しました。", (ask) =>
    submitFaq(ask.office, ask.actor, ask.param("id")),
  ),
  act("approve", "案を承認する", "承認しました。いまから引けます。", (ask) =>
    approveFaq(ask.office, ask.actor, ask.param("id")),
  ),
  act("return", "案を差し戻す", "差し戻しました。", (ask, why) =>
    returnFaq(ask.office, ask.actor, ask.param("id"), { why }),
  ),
  act("retire", "問いを外す", "外しました。", (ask, why) =>
    retireFaq(ask.office, ask.actor, ask.param("id"), { why }),
  ),
  postPage("faq.used", "/faq/entries/:id/used", "これで答えた", async (ask) => {
    await countFaqUse(ask.office, ask.actor, ask.param("id"));
    return ask.go("/faq", "一件数えました。");
  }),
  ...faqApiRoutes,
];
