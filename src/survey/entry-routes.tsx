import { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";
import { getApi, getPage, postApi, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { EntryPage } from "./entry-page.tsx";
import { keySheet, listSheets, openEntry, settleSheet, takeSheets } from "./key-sheet.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { countReturns, type ReturnKind, recordReturn, returnKinds, undoReturn } from "./record-returns.ts";
import { ReturnsPage } from "./returns-page.tsx";
import { SettlePage, SheetPage } from "./sheet-page.tsx";
import { FORM_BYTES } from "./survey-ask.ts";
import { maySurvey } from "./survey-right.ts";

const CURRENT = "survey.list";
type Values = Readonly<Record<string, string>>;
const answered = ["BAD_INPUT", "REFUSED"];

async function returnsPage(ask: Ask, values: Values = {}, faults: readonly Fault[] = []): Promise<Response> {
  const id = ask.param("id");
  const { roles } = ask.actor;
  const { head } = await openSurvey(ask.office, ask.actor, id);
  const counted = await countReturns(ask.office, ask.actor, id);
  const may = { look: maySurvey("look", roles), key: maySurvey("key", roles) };
  const answers =
    may.look && head.has.answers ? (await openAnswers(ask.office, ask.actor, id)).data.rows : undefined;
  return ask.page({
    title: "配布と回収",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ReturnsPage
        csrf={ask.seated.csrf}
        survey={head}
        {...counted}
        answers={answers}
        values={{ day: ask.today, kind: "returned", ...values }}
        faults={faults}
        may={may}
      />
    ),
  });
}

async function writeReturn(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { day = "", kind = "", area = "", channel = "", count = "", slip = "" } = form;
  try {
    if (!Object.hasOwn(returnKinds, kind)) throw new AppError("BAD_INPUT", "何の数かを選んでください。");
    await recordReturn(ask.office, ask.actor, ask.param("id"), {
      ...{ day, kind: kind as ReturnKind, area, channel, slip },
      count: Number(count.normalize("NFKC").replaceAll(",", "")),
    });
    return ask.go(`/surveys/${ask.param("id")}/returns`, "書きました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || !answered.includes(cause.code)) throw cause;
    const faults = cause.faults.length > 0 ? cause.faults : [{ field: "count", message: cause.message }];
    return returnsPage(ask, form, faults);
  }
}

async function entryPage(ask: Ask, values: Values = {}, faults: readonly Fault[] = []): Promise<Response> {
  const id = ask.param("id");
  const { head } = await openEntry(ask.office, ask.actor, id);
  const { roles } = ask.actor;
  return ask.page({
    title: "調査票の打ち込み",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <EntryPage
        csrf={ask.seated.csrf}
        survey={head}
        sheets={await listSheets(ask.office, ask.actor, id)}
        me={ask.actor.id}
        values={values}
        faults={faults}
        may={{ look: maySurvey("look", roles), work: maySurvey("work", roles) }}
      />
    ),
  });
}

/** 番号から、一度目・二度目・違いを決める画面のどれかを開く。 */
async function sheetPage(ask: Ask, given: { sheet: string; values?: Values; faults?: readonly Fault[] }) {
  const id = ask.param("id");
  const sheet = given.sheet.normalize("NFKC").trim();
  if (!/^[A-Za-z0-9-]{1,20}$/.test(sheet))
    return entryPage(ask, { sheet }, [
      { message: "調査票の番号を、英数字と - で 20 字までに書いてください。" },
    ]);
  const { head, codebook } = await openEntry(ask.office, ask.actor, id);
  const standing = (await listSheets(ask.office, ask.actor, id)).find((one) => one.sheet === sheet);
  if (standing && (standing.state === "settled" || standing.state === "taken"))
    return entryPage(ask, { sheet }, [{ message: `調査票 ${sheet} は、もう決まっています。` }]);
  const faults = given.faults ?? [];
  const common = {
    ...{ csrf: ask.seated.csrf, survey: head, codebook, sheet, faults },
    mayLook: maySurvey("look", ask.actor.roles),
  };
  // 二度目は、一度目を見ずに打つ。自分の一度目は、打ち直せる。
  const mine = standing?.by[0] === ask.actor.id ? standing.answers[0] : undefined;
  const before = Object.fromEntries(Object.entries(mine ?? {}).map(([name, value]) => [`a.${name}`, value]));
  const pass = standing && !mine ? 2 : 1;
  return ask.page({
    title: "調査票の打ち込み",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    islands: ["sheet"],
    body:
      standing?.state === "differs" ? (
        <SettlePage {...common} standing={standing} values={given.values ?? {}} />
      ) : (
        <SheetPage {...common} pass={pass} values={given.values ?? before} />
      ),
  });
}

/** 「a.Q1」の欄を、列の名に。 */
function fieldsOf(form: Values, head: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith(head) ? [[name.slice(head.length), value]] : [],
    ),
  );
}

async function key(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { sheet = "", pass = "1" } = form;
  const place = `/surveys/${ask.param("id")}/entry`;
  try {
    const made = await keySheet(ask.office, ask.actor, ask.param("id"), {
      ...{ sheet, pass: pass === "2" ? 2 : 1, answers: fieldsOf(form, "a.") },
    });
    const told = {
      first: `調査票 ${sheet} をしまいました。二度目は、別の人が打ちます。`,
      differs: `調査票 ${sheet} は、一度目と${made.differences}つの違いがあります。`,
    };
    return ask.go(
      place,
      made.state === "first" || made.state === "differs"
        ? told[made.state]
        : `調査票 ${sheet} は、二度とも同じでした。`,
    );
  } catch (cause) {
    if (!(cause instanceof AppError) || !answered.includes(cause.code)) throw cause;
    if (cause.faults.length === 0) return entryPage(ask, { sheet }, [{ message: cause.message }]);
    return sheetPage(ask, { sheet, values: form, faults: cause.faults });
  }
}

async function settle(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { sheet = "" } = form;
  const own = fieldsOf(form, "o.");
  const choices = Object.fromEntries(
    Object.entries(fieldsOf(form, "c.")).map(([column, value]) => [
      column,
      value === "own" ? (own[column] ?? "") : value.slice(1),
    ]),
  );
  try {
    await settleSheet(ask.office, ask.actor, ask.param("id"), { sheet, choices });
    return ask.go(`/surveys/${ask.param("id")}/entry`, `調査票 ${sheet} の違いを決めました。`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return sheetPage(ask, { sheet, values: form, faults: cause.faults });
  }
}

const returnBody = z.object({
  day: z.string().max(10),
  kind: z.enum(Object.keys(returnKinds) as [ReturnKind, ...ReturnKind[]]),
  area: z.string().max(100).default(""),
  channel: z.string().max(100).default(""),
  count: z.number(),
  slip: z.string().max(100).default(""),
});
const sheetBody = z.object({
  sheet: z.string().max(40),
  pass: z.union([z.literal(1), z.literal(2)]),
  answers: z.record(z.string(), z.string()),
});
const settleBody = z.object({ sheet: z.string().max(40), choices: z.record(z.string(), z.string()) });
const at = "/surveys/:id";

/** 紙の回収と、打ち込みの道。 */
export const entryRoutes: Route[] = [
  getPage("survey.returns", `${at}/returns`, "紙の調査票の配布と回収", (ask) => returnsPage(ask)),
  postPage("survey.return", `${at}/returns`, "配布・不達・回収・無効の数を書く", writeReturn),
  postPage("survey.return.undo", `${at}/returns/:row/undo`, "書いた数を取り消す", async (ask) => {
    await undoReturn(ask.office, ask.actor, ask.param("id"), ask.param("row"));
    return ask.go(`/surveys/${ask.param("id")}/returns`, "取り消しました。");
  }),
  getPage("survey.entry", `${at}/entry`, "調査票の打ち込みの一覧", (ask) => entryPage(ask)),
  getPage("survey.sheet", `${at}/entry/sheet`, "調査票一枚を打つ・違いを決める画面", (ask) =>
    sheetPage(ask, { sheet: ask.query("sheet") ?? "" }),
  ),
  postPage("survey.key", `${at}/entry`, "調査票一枚を打ち込む", key, { bodyLimit: FORM_BYTES }),
  postPage("survey.settle", `${at}/entry/settle`, "二人の違いを決める", settle, { bodyLimit: FORM_BYTES }),
  postPage("survey.take", `${at}/entry/take`, "決まった調査票を回答に加える", async (ask) => {
    const { added } = await takeSheets(ask.office, ask.actor, ask.param("id"));
    return ask.go(`/surveys/${ask.param("id")}/entry`, `${added}枚を回答に加えました。`);
  }),
  getApi("survey.returns.api", `/api${at}/returns`, "配布区分ごとの配布・回収・有効", async (ask) =>
    ask.reply(await countReturns(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi(
    "survey.return.api",
    `/api${at}/returns`,
    "配布・不達・回収・無効の数を書く",
    returnBody,
    async (ask) =>
      ask.reply(await recordReturn(ask.office, ask.actor, ask.param("id"), await ask.json(returnBody)), 201),
  ),
  getApi("survey.entry.api", `/api${at}/entry`, "調査票ごとの打ち込みの進み", async (ask) => {
    const sheets = await listSheets(ask.office, ask.actor, ask.param("id"));
    return ask.reply({
      sheets: sheets.map(({ sheet, state, differences }) => ({ sheet, state, differences })),
    });
  }),
  postApi(
    "survey.key.api",
    `/api${at}/entry`,
    "調査票一枚を打ち込む",
    sheetBody,
    async (ask) =>
      ask.reply(await keySheet(ask.office, ask.actor, ask.param("id"), await ask.json(sheetBody)), 201),
    { bodyLimit: FORM_BYTES },
  ),
  postApi("survey.settle.api", `/api${at}/entry/settle`, "二人の違いを決める", settleBody, async (ask) => {
    await settleSheet(ask.office, ask.actor, ask.param("id"), await ask.json(settleBody));
    return ask.reply({});
  }),
  postApi("survey.take.api", `/api${at}/entry/take`, "決まった調査票を回答に加える", undefined, async (ask) =>
    ask.reply(await takeSheets(ask.office, ask.actor, ask.param("id"))),
  ),
];
