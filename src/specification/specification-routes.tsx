import { AppError, type Fault } from "../base/error.ts";
import { filingForms } from "../filings/filing-form.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { readSpecFile } from "../reading/read-spec-file.ts";
import { BlueprintPage, type HeadValues } from "./blueprint-page.tsx";
import { changeSpecification } from "./change-draft.ts";
import { compareSpecifications, type SpecificationComparison } from "./compare-specifications.ts";
import { ComparisonPage } from "./comparison-page.tsx";
import {
  applyBlueprint,
  confirmSpecification,
  reopenSpecification,
  takeBlueprint,
} from "./confirm-specification.ts";
import { tallyDuties } from "./draft-duty.ts";
import type { KnownEvent } from "./duty-choice.ts";
import { openOriginal } from "./open-original.ts";
import { listSpecifications, openSpecification, showProgress } from "./open-specification.ts";
import { fiscalYearOfDay, readHead } from "./read-head.ts";
import { specificationApiRoutes } from "./specification-api-routes.ts";
import { changesIn } from "./specification-ask.ts";
import { ReadingPage, SpecificationListPage } from "./specification-list-page.tsx";
import { SpecificationPage } from "./specification-page.tsx";
import { maySpecification, refuseSpecificationRole } from "./specification-right.ts";
import { specificationLimit, startReading } from "./start-reading.ts";

/** main が渡すもの: 果たした記録に選べる種類と、（設定があれば）提案を訊く手元のモデルの名。 */
interface SpecificationHand {
  events: readonly KnownEvent[];
  model?: string | undefined;
}

/** 業務仕様書の道。 */
export function specificationRoutes(hand: SpecificationHand): Route[] {
  return [...pageRoutes(hand), ...actRoutes(hand), ...specificationApiRoutes()];
}

export const specificationMenu: MenuEntry[] = [
  { routeId: "specifications.page", label: "業務仕様書", icon: "book", href: "/specifications" },
];

const multipart = specificationLimit + 1024 * 1024;
const forms = filingForms.map(({ code, title }) => ({ code, title }));

type Handle = Route["handle"];
const get = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "GET", path, kind: "page", summary, handle },
});
const post = (id: string, path: string, summary: string, handle: Handle): Route => ({
  ...{ id, method: "POST", path, kind: "page", summary, handle },
});

function pageRoutes({ events, model }: SpecificationHand): Route[] {
  return [
    get("specifications.page", "/specifications", "業務仕様書の一覧", (ask) => listPage(ask, model)),
    get("specification.compare.page", "/specifications/compare", "二つの仕様書を比べる画面", (ask) =>
      comparePage(ask),
    ),
    get("specification.page", "/specifications/:id", "義務を確かめる画面", (ask) =>
      confirmPage(ask, events, ask.query("clause")),
    ),
    get("specification.blueprint.page", "/specifications/:id/blueprint", "設計図の画面", (ask) =>
      blueprintPage(ask),
    ),
  ];
}

function actRoutes({ events, model }: SpecificationHand): Route[] {
  return [
    {
      ...post("specification.upload", "/specifications", "仕様書を読み込む", (ask) =>
        uploadByForm(ask, model),
      ),
      bodyLimit: multipart,
    },
    {
      ...post("specification.compare", "/specifications/compare", "二つの仕様書を比べる", compareByForm),
      bodyLimit: multipart,
    },
    {
      ...post("specification.change", "/specifications/:id/clauses", "条項の義務を直す・確かめる", (ask) =>
        changeByForm(ask, events),
      ),
      bodyLimit: 1024 * 1024,
    },
    post("specification.confirm", "/specifications/:id/blueprint", "確かめ終えて設計図にする", confirmByForm),
    post("specification.reopen", "/specifications/:id/reopen", "もう一度直す", async (ask) => {
      await reopenSpecification(ask.office, ask.actor, ask.param("id"));
      return ask.go(`/specifications/${ask.param("id")}`, "もう一度直せるようにしました。");
    }),
    post("specification.file", "/specifications/:id/file", "設計図のファイルを取り出す", async (ask) => {
      const { fileName, yaml } = await takeBlueprint(ask.office, ask.actor, ask.param("id"));
      return ask.download({ fileName, media: "application/yaml", bytes: new TextEncoder().encode(yaml) });
    }),
    post("specification.apply", "/specifications/:id/apply", "設計図で契約を始める・変更する", applyByForm),
  ];
}

async function listPage(
  ask: Ask,
  model: string | undefined,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const specifications = await listSpecifications(ask.office, ask.actor);
  return ask.page({
    title: "業務仕様書",
    current: "specifications.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <SpecificationListPage
        csrf={ask.seated.csrf}
        specifications={specifications}
        mayWrite={maySpecification("write", ask.actor.roles)}
        faults={faults}
        model={model}
      />
    ),
  });
}

async function uploadByForm(ask: Ask, model: string | undefined): Promise<Response> {
  refuseSpecificationRole("write", ask.actor.roles);
  const form = await ask.form();
  const file = await ask.file("file");
  const bytes =
    file && file.bytes.length > 0 ? file.bytes : new TextEncoder().encode(form.get("text")?.trim() ?? "");
  return caught(
    async () => {
      const { id } = await startReading(ask.office, ask.actor, { title: form.get("title") ?? "", bytes });
      return ask.go(`/specifications/${id}`);
    },
    (faults) => listPage(ask, model, faults),
  );
}

/** 欄の誤りだけを、画面に出す。 */
async function caught(
  run: () => Promise<Response>,
  show: (faults: readonly Fault[]) => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED", "TOO_LARGE"].includes(cause.code))
      throw cause;
    return show(cause.faults.length > 0 ? cause.faults : [{ message: cause.message }]);
  }
}

async function confirmPage(
  ask: Ask,
  events: readonly KnownEvent[],
  wanted: string | undefined,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const { row, draft } = await openSpecification(ask.office, ask.actor, ask.param("id"));
  if (!draft) {
    const progress = await showProgress(ask.office, ask.actor, row);
    return ask.page({
      title: "業務仕様書",
      current: "specifications.page",
      islands: ["specification"],
      body: <ReadingPage id={row.id} number={row.number} title={row.title} progress={progress} />,
    });
  }
  const clause =
    wanted ?? draft.duties.find((one) => one.state === "open")?.clause ?? draft.duties[0]?.clause;
  return ask.page({
    title: "業務仕様書",
    current: "specifications.page",
    islands: ["specification"],
    status: faults.length > 0 ? 422 : 200,
    body: (
      <SpecificationPage
        csrf={ask.seated.csrf}
        {...{
          id: row.id,
          number: row.number,
          title: row.title,
          edition: row.edition,
          draft,
          events,
          forms,
          faults,
        }}
        confirmed={row.state === "confirmed"}
        clause={clause ?? draft.clauses[0]?.number ?? ""}
        mayWrite={maySpecification("write", ask.actor.roles)}
      />
    ),
  });
}

async function changeByForm(ask: Ask, events: readonly KnownEvent[]): Promise<Response> {
  const form = await ask.form();
  const clause = form.get("clause") ?? "";
  const id = ask.param("id");
  return caught(
    async () => {
      const changes = changesIn(form);
      const { draft } = await changeSpecification(
        ask.office,
        ask.actor,
        id,
        changes,
        Number(form.get("edition")),
      );
      const confirmed = changes.some((one) => one.act === "confirm");
      const next = confirmed ? draft.duties.find((one) => one.state === "open")?.clause : clause;
      if (next === undefined)
        return ask.go(`/specifications/${id}/blueprint`, "すべての義務を確かめました。");
      return ask.go(`/specifications/${id}?clause=${encodeURIComponent(next)}`);
    },
    (faults) => confirmPage(ask, events, clause, faults),
  );
}

async function blueprintPage(ask: Ask, given?: HeadValues, faults: readonly Fault[] = []): Promise<Response> {
  const { row, draft } = await openSpecification(ask.office, ask.actor, ask.param("id"));
  if (!draft) return ask.go(`/specifications/${row.id}`);
  const head = readHead(draft);
  return ask.page({
    title: "業務仕様書の設計図",
    current: "specifications.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <BlueprintPage
        csrf={ask.seated.csrf}
        id={row.id}
        number={row.number}
        specificationTitle={row.title}
        confirmed={row.state === "confirmed"}
        tally={tallyDuties(draft.duties)}
        carried={draft.duties.filter((one) => one.origin === "carried").length}
        values={given ?? { ...head, shortTitle: [...head.title].slice(0, 24).join("") }}
        mayWrite={maySpecification("write", ask.actor.roles)}
        mayApply={maySpecification("apply", ask.actor.roles)}
        faults={faults}
      />
    ),
  });
}

async function confirmByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const value = (name: keyof HeadValues) => form.get(name)?.trim() ?? "";
  const values: HeadValues = {
    ...{ title: value("title"), shortTitle: value("shortTitle"), client: value("client") },
    ...{ clientUnit: value("clientUnit"), from: value("from"), to: value("to") },
  };
  const { from, to, ...rest } = values;
  return caught(
    async () => {
      await confirmSpecification(ask.office, ask.actor, ask.param("id"), {
        ...rest,
        fiscalYear: fiscalYearOfDay(from),
        performance: { from, to },
      });
      return ask.go(`/specifications/${ask.param("id")}/blueprint`, "設計図ができました。");
    },
    (faults) => blueprintPage(ask, values, faults),
  );
}

async function applyByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const how = form.get("how") === "start" ? "start" : "change";
  return caught(
    async () => {
      const given =
        how === "start" ? ({ how } as const) : ({ how, reason: form.get("reason") ?? "" } as const);
      await applyBlueprint(ask.office, ask.actor, ask.param("id"), given);
      return how === "start"
        ? ask.go("/contracts", "新しい契約を始めました。業務を選んでください。")
        : ask.go("/", "いまの契約の設計図を入れ替えました。");
    },
    (faults) => blueprintPage(ask, undefined, faults),
  );
}

async function comparePage(
  ask: Ask,
  comparison?: SpecificationComparison,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const known = await listSpecifications(ask.office, ask.actor);
  const choices = known.map((one) => ({ value: one.id, label: `第${one.number}号　${one.title}` }));
  return ask.page({
    title: "仕様書を比べる",
    current: "specifications.page",
    status: faults.length > 0 ? 422 : 200,
    body: <ComparisonPage csrf={ask.seated.csrf} choices={choices} comparison={comparison} faults={faults} />,
  });
}

async function compareByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const file = await ask.file("file");
  return caught(
    async () => {
      if (!file || file.bytes.length === 0) {
        const message = "新しい仕様書のファイルを選んでください。";
        throw new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
      }
      const old = await openOriginal(ask.office, ask.actor, form.get("old") ?? "");
      return comparePage(ask, compareSpecifications(old, await readSpecFile(file.bytes)));
    },
    (faults) => comparePage(ask, undefined, faults),
  );
}
