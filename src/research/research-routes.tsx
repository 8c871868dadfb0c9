import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { getApi, getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { comparisonWorkbook } from "./comparison-document.ts";
import { listSources, openSource } from "./list-sources.ts";
import { changeSource, recordSource } from "./record-source.ts";
import { reportResearch } from "./report-research.ts";
import { sourceBody, sourceEditBody, sourceInput, sourceValues } from "./research-ask.ts";
import type { ResearchHand } from "./research-hand.ts";
import { mayResearch } from "./research-right.ts";
import { isSourceKind, type SourceTable, sourceCode } from "./source.ts";
import { ComparePage, SourcePage } from "./source-detail-page.tsx";
import { SourceFormPage, SourceListPage } from "./source-page.tsx";
import { readStatistics } from "./statistics-reader.ts";

const UPLOAD = 16 * 1024 * 1024;
const current = "research.page";

/** 動向調査の道。資料を使っている計画の部分は、上の階が渡す。 */
export function researchRoutes(hand: ResearchHand): Route[] {
  return [
    getPage("research.page", "/research", "調べた資料の一覧", (ask) => listPage(ask, hand)),
    getPage("research.new", "/research/new", "資料を登録する画面", (ask) => formPage(ask, {}, [])),
    getPage("research.compare", "/research/compare", "資料を同じ項目で比べる", async (ask) =>
      ask.page({
        title: "資料を比べる",
        current,
        body: <ComparePage sources={await listSources(ask.office, ask.actor)} />,
      }),
    ),
    getFile("research.compare.file", "/research/compare/xlsx", "資料を比べる表（Excel）", async (ask) =>
      ask.download({
        fileName: "資料の比べ.xlsx",
        media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes: comparisonWorkbook(await listSources(ask.office, ask.actor)),
      }),
    ),
    getFile("research.report", "/research/report", "動向調査等報告書（Word）", async (ask) =>
      ask.download(await reportResearch(ask.office, ask.actor, await hand.cited(ask.office, ask.actor))),
    ),
    getPage("research.source", "/research/:id", "資料の一件", (ask) => detailPage(ask, hand)),
    getPage("research.edit.page", "/research/:id/edit", "資料を直す画面", editPage),
    postPage("research.record", "/research", "資料を登録する", recordByForm, { bodyLimit: UPLOAD }),
    postPage("research.edit", "/research/:id/edit", "資料を直す", editByForm, { bodyLimit: UPLOAD }),
    postPage("research.table", "/research/:id/table", "統計の表の見出しと単位を直す", tableByForm),
    getApi("research.api", "/api/research", "調べた資料の一覧（kind、q で絞る）", async (ask) =>
      ask.reply({ sources: (await listSources(ask.office, ask.actor, filterOf(ask))).map(withCode) }),
    ),
    getApi("research.source.api", "/api/research/:id", "資料の一件", async (ask) =>
      ask.reply(withCode(await openSource(ask.office, ask.actor, ask.param("id")))),
    ),
    postApi("research.record.api", "/api/research", "資料を登録する", sourceBody, async (ask) =>
      ask.reply(await recordSource(ask.office, ask.actor, sourceInput(await ask.json(sourceBody))), 201),
    ),
  ];
}

/** 左のメニュー。 */
export const researchMenu: MenuEntry = {
  ...{ routeId: "research.page", label: "動向調査", icon: "book", href: "/research", service: "plan" },
};

const withCode = <T extends { number: number }>(source: T) => ({ code: sourceCode(source), ...source });

function filterOf(ask: Ask) {
  const kind = ask.query("kind");
  return { kind: isSourceKind(kind) ? kind : undefined, search: ask.query("q")?.slice(0, 80) };
}

async function listPage(ask: Ask, hand: ResearchHand): Promise<Response> {
  const filter = filterOf(ask);
  const [all, sources, { usage, unsourced }] = await Promise.all([
    listSources(ask.office, ask.actor),
    listSources(ask.office, ask.actor, filter),
    hand.cited(ask.office, ask.actor),
  ]);
  const mayWrite = mayResearch(ask.actor.roles);
  return ask.page({
    title: "動向調査",
    current,
    body: (
      <SourceListPage
        {...{ all, sources, usage, unsourced, mayWrite }}
        kind={filter.kind}
        search={filter.search ?? ""}
      />
    ),
  });
}

function formPage(
  ask: Ask,
  values: Readonly<Record<string, string>>,
  faults: readonly Fault[],
  edit?: { id: string; edition: number; code: string },
): Promise<Response> {
  return ask.page({
    title: edit ? "資料を直す" : "資料を登録する",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: <SourceFormPage csrf={ask.seated.csrf} {...{ values, faults, edit }} />,
  });
}

async function detailPage(ask: Ask, hand: ResearchHand): Promise<Response> {
  const source = await openSource(ask.office, ask.actor, ask.param("id"));
  const { usage } = await hand.cited(ask.office, ask.actor);
  return ask.page({
    title: source.title,
    current,
    body: (
      <SourcePage
        csrf={ask.seated.csrf}
        source={source}
        uses={usage.get(sourceCode(source)) ?? []}
        mayWrite={mayResearch(ask.actor.roles)}
      />
    ),
  });
}

async function editPage(ask: Ask): Promise<Response> {
  const source = await openSource(ask.office, ask.actor, ask.param("id"));
  const { id, edition } = source;
  return formPage(ask, sourceValues(source), [], { id, edition, code: sourceCode(source) });
}

/** 置かれた表。読めなければ、欄の誤りにする（打ったほかの欄は残る）。 */
async function tableOf(ask: Ask): Promise<SourceTable | undefined> {
  const file = await ask.file("table");
  if (!file || file.bytes.length === 0) return undefined;
  try {
    return readStatistics(file.bytes, file.fileName);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("BAD_INPUT", cause.message, { faults: [{ field: "table", message: cause.message }] });
  }
}

async function recordByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const table = await tableOf(ask);
      const made = await recordSource(
        ask.office,
        ask.actor,
        sourceInput(parseInput(sourceBody, form), table),
      );
      return ask.go(`/research/${made.id}`, `資料 ${made.code} を登録しました。`);
    },
    (faults) => formPage(ask, form, faults),
  );
}

async function editByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  const before = await openSource(ask.office, ask.actor, id);
  return withFaults(
    async () => {
      const { edition, ...given } = parseInput(sourceEditBody, form);
      const table = (await tableOf(ask)) ?? before.table;
      await changeSource(ask.office, ask.actor, id, { ...sourceInput(given, table), edition });
      return ask.go(`/research/${id}`, "直したものを残しました。");
    },
    (faults) => formPage(ask, form, faults, { id, edition: Number(form.edition), code: sourceCode(before) }),
  );
}

const tableBody = z.object({
  edition: z.coerce.number().int(),
  headRows: z.coerce.number("見出しの行の数を数で入れてください。").int().min(1).max(10),
  unit: z.string().max(40).default(""),
});

async function tableByForm(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { edition, headRows, unit } = parseInput(tableBody, Object.fromEntries(await ask.form()));
  const {
    id: _id,
    number: _number,
    madeAt: _madeAt,
    edition: _edition,
    table,
    ...rest
  } = await openSource(ask.office, ask.actor, id);
  if (!table)
    throw new AppError("REFUSED", "この資料には、統計の表がありません。直す画面から置いてください。");
  await changeSource(ask.office, ask.actor, id, {
    ...rest,
    edition,
    table: { ...table, headRows: Math.min(headRows, Math.max(1, table.rows.length - 1)), unit: unit.trim() },
  });
  return ask.go(`/research/${id}`, "表を読み直しました。");
}
