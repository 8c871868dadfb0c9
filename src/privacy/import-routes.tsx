import { z } from "zod";
import { AppError } from "../base/error.ts";
import { getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { ATTACHMENT_LIMIT } from "./attachment.ts";
import { type ImportMap, type ImportPlan, importLines, importText, planImport } from "./import-lines.ts";
import { ImportPage } from "./import-page.tsx";
import { type LineTable, MOST_ROWS, mayImport, readLineTable } from "./line-table.ts";
import { eligibleFilings, priorOf } from "./list-lines.ts";
import { choicesOf } from "./privacy-ask.ts";
import { refuseWriter } from "./privacy-right.ts";
import { registerOf } from "./register.ts";

const path = "/privacy/registers/:code/import";
const text = z.string().max(4_000);

/** 画面が持ち回る、読んだ表（打ちかえられていても、一行ずつ確かめてから書く）。 */
const tableBody = z.object({
  heads: z.array(text).max(60),
  rows: z.array(z.array(text).max(60)).max(MOST_ROWS),
  left: z.array(text).max(20),
});

/** 取り込みの JSON。file は base64。write がなければ、確かめるだけ。 */
const importBody = z.object({
  file: z.object({ fileName: z.string().max(400), base64: z.string().max(28_000_000) }),
  columns: z.record(z.string().max(64), z.int().min(0).max(59)).optional(),
  values: z.record(z.string().max(64), text).default({}),
  filing: z.string().max(64).optional(),
  write: z.boolean().default(false),
});

async function importPage(
  ask: Ask,
  more: {
    read?: { table: LineTable; plan: ImportPlan };
    filing?: string;
    said?: string;
    status?: number;
  } = {},
): Promise<Response> {
  const register = registerOf(ask.param("code"));
  refuseWriter(register, ask.actor);
  if (!mayImport(register))
    throw new AppError(
      "REFUSED",
      `${register.title}は、一件ごとに写しか承認が要るので、まとめては取り込めません。`,
    );
  const prior = await priorOf(ask.office, ask.actor.contract, register);
  const filings =
    prior === undefined ? [] : await eligibleFilings(ask.office, ask.actor.contract, register, prior);
  return ask.page({
    ...{ title: `${register.title}にまとめて書く`, current: "privacy.page", status: more.status ?? 200 },
    body: (
      <ImportPage
        csrf={ask.seated.csrf}
        register={register}
        prior={prior}
        filings={filings.map((one) => ({
          value: one.id,
          label: `${one.document ?? `第${one.number}号`}　${one.title}（${one.stateText}）`,
        }))}
        filing={more.filing ?? ""}
        read={more.read}
        choices={await choicesOf(ask, register.fields)}
        said={more.said}
        asked={more.status === 422}
      />
    ),
  });
}

async function importByForm(ask: Ask): Promise<Response> {
  const register = registerOf(ask.param("code"));
  refuseWriter(register, ask.actor);
  return withFaults(
    async () => {
      const file = await ask.file("file");
      const form = await ask.form();
      const kept = form.get("table");
      if (kept === undefined && (file === undefined || file.bytes.length === 0))
        throw new AppError("BAD_INPUT", "表のファイルを選んでください。");
      const table =
        kept === undefined
          ? readLineTable(register, file?.bytes ?? new Uint8Array(), file?.fileName ?? "")
          : parseTable(kept);
      const filing = form.get("filing") || undefined;
      const given = {
        register: register.code,
        table,
        filing,
        map: kept === undefined ? undefined : mapIn(form),
      };
      if (form.get("act") === "write") {
        const plan = await planImport(ask.office, ask.actor, given);
        if (plan.faults.length === 0 && plan.rows.some((row) => row.state === "new")) {
          const made = await importLines(ask.office, ask.actor, given, plan);
          return ask.go(`/privacy/registers/${register.code}`, importText(made));
        }
        return importPage(ask, { read: { table, plan }, filing: filing ?? "", status: 422 });
      }
      const plan = await planImport(ask.office, ask.actor, given);
      return importPage(ask, { read: { table, plan }, filing: filing ?? "" });
    },
    (_, said) => importPage(ask, { said, status: 422 }),
  );
}

function parseTable(kept: string): LineTable {
  try {
    return tableBody.parse(JSON.parse(kept));
  } catch {
    throw new AppError("BAD_INPUT", "表を読み直せません。もう一度ファイルを選んでください。");
  }
}

function mapIn(form: ReadonlyMap<string, string>): ImportMap {
  const own = (mark: string) =>
    [...form].flatMap(([name, value]) =>
      name.startsWith(mark) && value !== "" ? [[name.slice(mark.length), value] as const] : [],
    );
  const columns = own("c.").filter(([, value]) => /^\d{1,2}$/.test(value));
  return {
    columns: Object.fromEntries(columns.map(([name, value]) => [name, Number(value)])),
    values: Object.fromEntries(own("v.")),
  };
}

/** 表からまとめて書く道。 */
export const importRoutes: Route[] = [
  getPage("privacy.import", path, "表からまとめて書く画面", (ask) => importPage(ask)),
  postPage("privacy.import.write", path, "表を読んで確かめ、まとめて書く", importByForm, {
    bodyLimit: ATTACHMENT_LIMIT + 1024 * 1024,
  }),
  postApi(
    "privacy.import.api",
    `/api${path}`,
    "表を読んで確かめる（write が真なら、書ける行を書く）",
    importBody,
    async (ask) => {
      const { file, columns, values, filing, write } = await ask.json(importBody);
      const register = registerOf(ask.param("code"));
      refuseWriter(register, ask.actor);
      const bytes = new Uint8Array(Buffer.from(file.base64, "base64"));
      const table = readLineTable(register, bytes, file.fileName);
      const given = { register: register.code, table, filing };
      const first = await planImport(ask.office, ask.actor, given);
      const map = { columns: columns ?? first.map.columns, values };
      if (write) return ask.reply(await importLines(ask.office, ask.actor, { ...given, map }), 201);
      const { rows, faults } = await planImport(ask.office, ask.actor, { ...given, map });
      return ask.reply({ heads: table.heads, left: table.left, ...map, rows, faults });
    },
    { bodyLimit: ATTACHMENT_LIMIT * 1.5 },
  ),
];
