import { randomUUID } from "node:crypto";
import { nameHandlers } from "../access/name-handlers.ts";
import type { Fault } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { amendLine, laterFields } from "./amend-line.ts";
import { ATTACHMENT_LIMIT } from "./attachment.ts";
import { enterLine } from "./enter-line.ts";
import { LineFormPage } from "./line-form-page.tsx";
import { LinePage } from "./line-page.tsx";
import { countReaders, eligibleFilings, listLines, openLine, priorOf, staffOf } from "./list-lines.ts";
import { printReceipt } from "./print-receipt.ts";
import { choicesOf, fieldsIn, inGroup } from "./privacy-ask.ts";
import { refuseReader, refuseWriter } from "./privacy-right.ts";
import { mayWrite, registerOf } from "./register.ts";
import { RegisterPage } from "./register-page.tsx";
import { closeLine, noteLine, openLineFile, readLine } from "./step-line.ts";

const current = "privacy.page";
type Form = Readonly<Record<string, string>>;

async function registerPage(ask: Ask): Promise<Response> {
  const register = registerOf(ask.param("code"));
  refuseReader(register, ask.actor);
  const group = ask.query("group") ?? "";
  const [lines, readers, names] = await Promise.all([
    listLines(ask.office, ask.actor, register.code),
    countReaders(ask.office, ask.actor.contract),
    nameHandlers(ask.office, ask.actor.contract),
  ]);
  return ask.page({
    ...{ title: register.title, current },
    body: (
      <RegisterPage
        register={register}
        lines={inGroup(lines, group)}
        total={lines.length}
        group={group}
        readers={readers}
        staff={staffOf(names).length}
        mayWrite={mayWrite(register, ask.actor.roles)}
      />
    ),
  });
}

async function formPage(ask: Ask, form: Form = {}, faults: readonly Fault[] = []): Promise<Response> {
  const register = registerOf(ask.param("code"));
  refuseWriter(register, ask.actor);
  const prior = await priorOf(ask.office, ask.actor.contract, register);
  const filings =
    prior === undefined ? [] : await eligibleFilings(ask.office, ask.actor.contract, register, prior);
  const handler = ask.query("handler");
  const today = {
    ...(handler === undefined ? {} : { "f.handler": handler }),
    "f.day": ask.today,
    "f.time": minuteOf(ask.now),
    "f.in": minuteOf(ask.now),
  };
  return ask.page({
    ...{ title: `${register.title}に書く`, current, status: faults.length > 0 ? 422 : 200 },
    body: (
      <LineFormPage
        csrf={ask.seated.csrf}
        once={form.once ?? randomUUID()}
        register={register}
        prior={prior}
        filings={filings.map((one) => ({
          value: one.id,
          label: `${one.document ?? `第${one.number}号`}　${one.title}（${one.stateText}）`,
        }))}
        values={{ ...today, ...form }}
        faults={faults}
        choices={await choicesOf(ask, register.fields)}
      />
    ),
  });
}

async function enterByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  return withFaults(
    async () => {
      const { id, number } = await enterLine(ask.office, ask.actor, {
        ...{ register: ask.param("code"), fields: fieldsIn(form), filing: form.filing || undefined },
        file: file === undefined || file.bytes.length === 0 ? undefined : file,
        onceKey: form.once || undefined,
      });
      return ask.go(`/privacy/lines/${id}`, `第${number}号として帳簿に書きました。`);
    },
    (faults) => formPage(ask, form, faults),
  );
}

async function linePage(ask: Ask, form: Form = {}, faults: readonly Fault[] = []): Promise<Response> {
  const open = await openLine(ask.office, ask.actor, ask.param("id"));
  refuseReader(open.register, ask.actor);
  return ask.page({
    ...{ title: open.register.title, current, status: faults.length > 0 ? 422 : 200 },
    body: (
      <LinePage
        csrf={ask.seated.csrf}
        open={open}
        mayWrite={mayWrite(open.register, ask.actor.roles)}
        me={ask.actor.id}
        values={{ "f.out": minuteOf(ask.now), "f.last": ask.today, ...form }}
        faults={faults}
        choices={{}}
      />
    ),
  });
}

/** 右の form の一つ。誤りは同じ画面に戻す。 */
function act(
  said: (ask: Ask) => Promise<string>,
  run: (ask: Ask, form: Form) => Promise<void>,
): Route["handle"] {
  return async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        await run(ask, form);
        return ask.go(`/privacy/lines/${ask.param("id")}`, await said(ask));
      },
      (faults) => linePage(ask, form, faults),
    );
  };
}

/** 帳簿の画面の道。 */
export const registerRoutes: Route[] = [
  getPage("privacy.register", "/privacy/registers/:code", "個人情報の帳簿の一つ", registerPage),
  getPage("privacy.new", "/privacy/registers/:code/new", "帳簿に書く画面", (ask) => formPage(ask)),
  {
    ...postPage("privacy.enter", "/privacy/registers/:code", "帳簿に書く", enterByForm),
    bodyLimit: ATTACHMENT_LIMIT + 1024 * 1024,
  },
  getPage("privacy.line", "/privacy/lines/:id", "帳簿の一件", (ask) => linePage(ask)),
  postPage(
    "privacy.note",
    "/privacy/lines/:id/note",
    "帳簿の一件に書き足す",
    act(
      async () => "書き足しました。",
      (ask, form) => noteLine(ask.office, ask.actor, ask.param("id"), form.note ?? ""),
    ),
  ),
  postPage(
    "privacy.amend",
    "/privacy/lines/:id/amend",
    "契約の定めなど、あとから付けるものを付ける・直す",
    act(
      async () => "直しました。前と後と理由が、経過に残ります。",
      async (ask, form) => {
        const { register } = await openLine(ask.office, ask.actor, ask.param("id"));
        // 外した印は届かないので、画面の欄の全部を言う。
        const blank = Object.fromEntries(laterFields(register.fields).map(({ name }) => [name, ""]));
        const fields = { ...blank, ...fieldsIn(form) };
        await amendLine(ask.office, ask.actor, ask.param("id"), { fields, reason: form.reason ?? "" });
      },
    ),
  ),
  postPage(
    "privacy.close",
    "/privacy/lines/:id/close",
    "帳簿の一件を結ぶ",
    act(
      async (ask) => (await openLine(ask.office, ask.actor, ask.param("id"))).register.close?.done ?? "",
      (ask, form) => closeLine(ask.office, ask.actor, ask.param("id"), fieldsIn(form)),
    ),
  ),
  postPage(
    "privacy.read",
    "/privacy/lines/:id/read",
    "規程を読んだと残す",
    act(
      async () => "読んだと残しました。",
      (ask) => readLine(ask.office, ask.actor, ask.param("id")),
    ),
  ),
  {
    ...{ id: "privacy.file", method: "GET", path: "/privacy/lines/:id/file", kind: "file" },
    summary: "添えたファイルを取り出す",
    handle: async (ask) => ask.download(await openLineFile(ask.office, ask.actor, ask.param("id"))),
  },
  {
    ...{ id: "privacy.receipt", method: "GET", path: "/privacy/lines/:id/receipt", kind: "file" },
    summary: "預り証・受渡書（Word）",
    handle: async (ask) => ask.download(await printReceipt(ask.office, ask.actor, ask.param("id"))),
  },
];
