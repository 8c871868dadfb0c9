import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Ask, Route } from "../platform/route.ts";
import { type BookName, bookNames, bookOf, isBook } from "./book.ts";
import { EntryPage, type EntryPageProps } from "./entry-detail-page.tsx";
import { EntryFormPage, type EntryFormPageProps } from "./entry-form-page.tsx";
import { EntryListPage } from "./entry-page.tsx";
import { clauseOfBook, listEntries, openEntry } from "./list-entries.ts";
import { printBook, printEntry } from "./print-entry.ts";
import { closeEntry, editEntry, fileEntry, recordEntry } from "./record-entry.ts";
import {
  closeBody,
  entryBody,
  entryEditBody,
  entryFilter,
  entryInput,
  gatherBookFields,
} from "./register-ask.ts";
import type { RegisterHand } from "./register-hand.ts";
import { mayRegister } from "./register-right.ts";

async function listPage(ask: Ask): Promise<Response> {
  const filter = entryFilter((name) => ask.query(name));
  const book = filter.book ?? "consultation";
  const [all, entries] = await Promise.all([
    listEntries(ask.office, ask.actor),
    listEntries(ask.office, ask.actor, { ...filter, book }),
  ]);
  const open = Object.fromEntries(
    bookNames.map((name) => [name, all.filter((one) => one.book === name && one.state === "open").length]),
  ) as Record<BookName, number>;
  const late = all.filter((one) => one.book === book && one.urgency === "late").length;
  const total = all.filter((one) => one.book === book).length;
  return ask.page({
    title: bookOf(book).label,
    current: "registers.page",
    body: (
      <EntryListPage
        {...{ book, entries, filter, open, late, total }}
        mayWrite={mayRegister("write", ask.actor.roles)}
      />
    ),
  });
}

function formPage(ask: Ask, props: Omit<EntryFormPageProps, "csrf">): Promise<Response> {
  return ask.page({
    title: bookOf(props.book).label,
    current: "registers.page",
    status: props.faults.length > 0 ? 422 : 200,
    body: <EntryFormPage csrf={ask.seated.csrf} {...props} />,
  });
}

async function detailPage(
  ask: Ask,
  hand: RegisterHand,
  more: Partial<Pick<EntryPageProps, "faults" | "closing">> = {},
): Promise<Response> {
  const open = await openEntry(ask.office, ask.actor, ask.param("id"));
  const { filing, book } = open.head;
  return ask.page({
    title: bookOf(book).label,
    current: "registers.page",
    status: more.faults === undefined ? 200 : 422,
    body: (
      <EntryPage
        csrf={ask.seated.csrf}
        open={open}
        mayWrite={mayRegister("write", ask.actor.roles)}
        filing={filing === null ? undefined : hand.resolve({ room: "filings", kind: "filing", id: filing })}
        faults={[]}
        {...more}
      />
    ),
  });
}

/** 欄の誤りなら画面を出し直し、ほかは投げる。 */
export async function orFaults(
  act: () => Promise<Response>,
  again: (faults: readonly Fault[]) => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && error.code === "BAD_INPUT" && (error.faults ?? []).length > 0)
      return again(error.faults ?? []);
    throw error;
  }
}

async function newPage(ask: Ask): Promise<Response> {
  const named = ask.query("book");
  const book = isBook(named) ? named : "consultation";
  const clause = await clauseOfBook(ask.office, ask.actor.contract, book);
  return formPage(ask, { book, values: { heldOn: ask.today, clause }, faults: [], once: newId() });
}

async function draftByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return orFaults(
    async () => {
      const given = parseInput(entryBody, gatherBookFields(form));
      const { id } = await recordEntry(ask.office, ask.actor, given.book, entryInput(given), form.once);
      return ask.go(`/registers/${id}`, `${bookOf(given.book).label}に残しました。`);
    },
    (faults) =>
      formPage(ask, {
        book: isBook(form.book) ? form.book : "consultation",
        ...{ values: form, faults, once: newId() },
      }),
  );
}

async function editPage(ask: Ask): Promise<Response> {
  const { head, fields, edition } = await openEntry(ask.office, ask.actor, ask.param("id"));
  const own = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`f.${name}`, value]));
  const { title, clause, heldOn, book, id } = head;
  const values = {
    ...{ ...own, title, clause, heldOn, due: head.due ?? "", expires: head.expires ?? "" },
    cost: head.cost === null ? "" : String(head.cost),
  };
  return formPage(ask, { book, values, faults: [], edit: { id, edition } });
}

async function editByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  return orFaults(
    async () => {
      const given = parseInput(entryEditBody, gatherBookFields(form));
      await editEntry(ask.office, ask.actor, id, { ...entryInput(given), edition: given.edition });
      return ask.go(`/registers/${id}`, "直したものを残しました。");
    },
    async (faults) => {
      const { head, edition } = await openEntry(ask.office, ask.actor, id);
      return formPage(ask, { book: head.book, values: form, faults, edit: { id, edition } });
    },
  );
}

async function closeByForm(ask: Ask, hand: RegisterHand): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  return orFaults(
    async () => {
      await closeEntry(ask.office, ask.actor, id, parseInput(closeBody, gatherBookFields(form)));
      return ask.go(`/registers/${id}`, "結びました。");
    },
    (faults) => detailPage(ask, hand, { faults, closing: form }),
  );
}

type Handle = Route["handle"];
const page = (id: string, method: "GET" | "POST", path: string, summary: string, handle: Handle): Route => ({
  id,
  method,
  path,
  kind: "page",
  summary,
  handle,
});

/** 登録簿の画面の道。 */
export function entryRoutes(hand: RegisterHand): Route[] {
  const file = (id: string, path: string, summary: string, handle: Handle): Route => ({
    ...{ id, method: "GET", path, kind: "file", summary, handle },
  });
  return [
    page(
      "registers.page",
      "GET",
      "/registers",
      "登録簿（協議・指示・質疑・助言・提案・許認可・事故）",
      listPage,
    ),
    page("register.new", "GET", "/registers/new", "登録簿に書く画面", newPage),
    page("register.page", "GET", "/registers/:id", "登録簿の一件", (ask) => detailPage(ask, hand)),
    page("register.edit.page", "GET", "/registers/:id/edit", "登録簿の一件を直す画面", editPage),
    page("register.enter", "POST", "/registers", "登録簿に書く", draftByForm),
    page("register.edit", "POST", "/registers/:id/edit", "登録簿の一件を直す", editByForm),
    page("register.close", "POST", "/registers/:id/close", "結果を書いて結ぶ", (ask) =>
      closeByForm(ask, hand),
    ),
    page("register.file", "POST", "/registers/:id/file", "一件から届出の下書きを作る", async (ask) => {
      const { filing } = await fileEntry(ask.office, ask.actor, ask.param("id"));
      return ask.go(`/filings/${filing}/edit`, "届出の下書きを作りました。足りないところを書いてください。");
    }),
    file("register.word", "/registers/:id/word", "登録簿の一件の Word（協議は議事録）", async (ask) =>
      ask.download(await printEntry(ask.office, ask.actor, ask.param("id"))),
    ),
    file("register.book.word", "/registers/books/:book/word", "帳簿の一覧の Word", async (ask) => {
      const book = ask.param("book");
      if (!isBook(book))
        throw new AppError("NOT_FOUND", "その帳簿はありません。一覧から選び直してください。");
      return ask.download(await printBook(ask.office, ask.actor, book));
    }),
  ];
}
