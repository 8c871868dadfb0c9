import type { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route, UploadedFile } from "../platform/route.ts";
import { answerOpinion } from "./answer-group.ts";
import {
  answerAsk,
  codeAsk,
  LETTER_BYTES,
  letterAsk,
  MAIL_BYTES,
  splitAsk,
  splitOf,
  TABLE_BYTES,
  withAsk,
} from "./comment-ask.ts";
import { mayComment } from "./comment-right.ts";
import { codeOpinion, joinOpinions, partOpinions } from "./join-opinions.ts";
import { filterLetters, LetterListPage } from "./letter-list-page.tsx";
import { listBlocks } from "./link-plan.ts";
import { OpinionDeskPage } from "./opinion-desk-page.tsx";
import { originalRoutes } from "./original-routes.tsx";
import { readBook } from "./read-book.ts";
import { readDesk } from "./read-desk.ts";
import { readMailFile, readTableFile, typedLetter } from "./read-letter-file.ts";
import { receiveLetters } from "./receive-letters.ts";
import { ReceivePage, type ReceivePageProps } from "./receive-page.tsx";
import { reopenLetter, sortLetter, standingLabels } from "./sort-letter.ts";
import { splitLetter, undoSplit } from "./split-opinions.ts";

const CURRENT = "comments.page";

async function listPage(ask: Ask): Promise<Response> {
  const filter = {
    ...{ q: ask.query("q") ?? "", channel: ask.query("channel") ?? "" },
    state: ask.query("state") ?? (ask.query("view") === "people" ? "twice" : ""),
    page: Number(ask.query("page")) || 1,
  };
  const book = await readBook(ask.office, ask.actor.contract);
  const may = mayComment("work", ask.actor.roles);
  return ask.page({
    title: "届いた意見書",
    current: CURRENT,
    body: <LetterListPage {...{ book, filter, may }} />,
  });
}

async function listFile(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const rows = filterLetters(book, { q: "", channel: "", state: "" }).map((one) => [
    ...[one.name, one.day, channels[one.channel], ages[one.age], one.ward, one.kids ? "○" : ""],
    ...[standingLabels[one.standing], one.sorted ? "整理済み" : "これから", one.text],
  ]);
  const head = [
    "号",
    "届いた日",
    "提出方法",
    "年代",
    "区",
    "キッズ",
    "数え方",
    "状態",
    "文（個人情報を伏せたもの）",
  ];
  const bytes = writeTableWorkbook([
    {
      ...{ name: "意見書", headRows: 1, widths: [7, 12, 12, 10, 8, 6, 20, 10, 90] },
      rows: [head.map((value) => ({ value, look: "head" as const })), ...rows],
    },
  ]);
  const media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return ask.download({ fileName: "届いた意見書.xlsx", media, bytes });
}

async function deskPage(ask: Ask): Promise<Response> {
  const blocks = await listBlocks(ask.office, ask.actor);
  const desk = await readDesk(ask.office, ask.actor, ask.param("id"), blocks);
  return ask.page({
    title: "意見の整理",
    current: CURRENT,
    islands: ["opinion-desk"],
    icons: ["done", "wait", "none", "due"],
    body: <OpinionDeskPage desk={desk} csrf={ask.seated.csrf} mark={ask.query("o") ?? "A"} />,
  });
}

async function receivePage(ask: Ask, props: Partial<ReceivePageProps> = {}): Promise<Response> {
  return ask.page({
    title: "意見を受け取る",
    current: CURRENT,
    status: props.message === undefined ? 200 : 422,
    body: <ReceivePage csrf={ask.seated.csrf} today={ask.today} {...props} />,
  });
}

function again(ask: Ask, of: ReceivePageProps["of"], values?: Readonly<Record<string, string>>) {
  return (faults: readonly Fault[], message: string) => receivePage(ask, { of, faults, message, values });
}

async function receiveTyped(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const file = await ask.file("file");
      const letter = typedLetter(parseInput(letterAsk, form), file);
      const { letters } = await receiveLetters(ask.office, ask.actor, [letter]);
      const [made] = letters;
      const late = made?.late ? "期間のあとに届いたので、数に入れていません。" : "";
      return ask.go(`/comments/letters/${made?.id}`, `第${made?.number}号として受け取りました。${late}`);
    },
    again(ask, "letter", form),
    ["BAD_INPUT", "TOO_LARGE", "REFUSED"],
  );
}

async function receiveFile(ask: Ask, of: "mail" | "table"): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const file = await requireFile(ask, of);
      const letters =
        of === "mail" ? await readMailFile(file, ask.today) : readTableFile(file, form, ask.today);
      const { received, known } = await receiveLetters(ask.office, ask.actor, letters);
      const skipped = known > 0 ? `前に受け取っていた${known}通は飛ばしました。` : "";
      const odd = letters.filter(({ attention }) => attention).length;
      const check =
        odd > 0 ? `${odd}通は、文を読み取れない添付があります。原本を開いて確かめてください。` : "";
      return ask.go("/comments/letters", `${received}通を受け取りました。${skipped}${check}`);
    },
    again(ask, of),
    ["BAD_INPUT", "TOO_LARGE", "REFUSED"],
  );
}

async function requireFile(ask: Ask, name: string): Promise<UploadedFile> {
  const file = await ask.file(name);
  if (file && file.bytes.length > 0) return file;
  throw new AppError("BAD_INPUT", "ファイルを選んでください。", {
    faults: [{ field: name, message: "ファイルを選んでください。" }],
  });
}

async function formOf<T extends z.ZodType>(ask: Ask, schema: T): Promise<{ body: z.infer<T>; mark: string }> {
  const form = Object.fromEntries(await ask.form());
  return { body: parseInput(schema, form), mark: form.o ?? "A" };
}

async function backToDesk(ask: Ask, opinion: string, mark: string): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const letter = book.opinions.find(({ id }) => id === opinion)?.letter ?? "";
  return ask.go(`/comments/letters/${letter}?o=${encodeURIComponent(mark)}`, "残しました。");
}

const letter = (ask: Ask) => `/comments/letters/${ask.param("id")}`;

/** 受け取りと整理の道。 */
export const letterRoutes: Route[] = [
  getPage("comments.letters", "/comments/letters", "届いた意見書の一覧（q、channel、state）", listPage),
  getFile(
    "comments.letters.file",
    "/comments/letters.xlsx",
    "届いた意見書の表（個人情報を伏せたもの）",
    listFile,
  ),
  getPage("comments.receive", "/comments/receive", "意見を受け取る画面", (ask) => receivePage(ask)),
  postPage("comments.receive.typed", "/comments/receive", "一通を打って受け取る", receiveTyped, {
    bodyLimit: LETTER_BYTES,
  }),
  postPage(
    "comments.receive.mail",
    "/comments/receive/mail",
    "メールのファイルを受け取る",
    (ask) => receiveFile(ask, "mail"),
    {
      bodyLimit: MAIL_BYTES,
    },
  ),
  postPage(
    "comments.receive.table",
    "/comments/receive/table",
    "表から受け取る",
    (ask) => receiveFile(ask, "table"),
    {
      bodyLimit: TABLE_BYTES,
    },
  ),
  getPage("comments.desk", "/comments/letters/:id", "意見の整理の机（o で意見を選ぶ）", deskPage),
  ...originalRoutes,
  postPage("comments.split", "/comments/letters/:id/split", "一手、分ける", async (ask) => {
    const { body } = await formOf(ask, splitAsk);
    await splitLetter(ask.office, ask.actor, ask.param("id"), splitOf(body), body.edition);
    return ask.go(letter(ask), "分けました。");
  }),
  postPage("comments.undo", "/comments/letters/:id/undo", "分け方を一手戻す", async (ask) => {
    await undoSplit(ask.office, ask.actor, ask.param("id"));
    return ask.go(letter(ask), "戻しました。");
  }),
  postPage("comments.sort", "/comments/letters/:id/sort", "整理済みにする", async (ask) => {
    await sortLetter(ask.office, ask.actor, ask.param("id"));
    return ask.go(letter(ask), "整理済みにしました。");
  }),
  postPage("comments.reopen", "/comments/letters/:id/reopen", "整理をやり直す", async (ask) => {
    await reopenLetter(ask.office, ask.actor, ask.param("id"));
    return ask.go(letter(ask), "整理をやり直せます。");
  }),
  postPage("comments.code", "/comments/opinions/:id/code", "意見を分類する", async (ask) => {
    const { body, mark } = await formOf(ask, codeAsk);
    await codeOpinion(ask.office, ask.actor, ask.param("id"), codeChange(body));
    return backToDesk(ask, ask.param("id"), mark);
  }),
  postPage(
    "comments.opinion-answer",
    "/comments/opinions/:id/answer",
    "意見の区分と要旨を書く",
    async (ask) => {
      const { body, mark } = await formOf(ask, answerAsk.pick({ summary: true, status: true }));
      await answerOpinion(ask.office, ask.actor, ask.param("id"), body);
      return backToDesk(ask, ask.param("id"), mark);
    },
  ),
  postPage("comments.join", "/comments/opinions/:id/join", "一つにまとめる", async (ask) => {
    const { body, mark } = await formOf(ask, withAsk);
    await joinOpinions(ask.office, ask.actor, [ask.param("id"), ...body.with.split(/\s+/)]);
    return backToDesk(ask, ask.param("id"), mark);
  }),
  postPage("comments.part", "/comments/opinions/:id/part", "別の意見と決める", async (ask) => {
    const { body, mark } = await formOf(ask, withAsk);
    await partOpinions(ask.office, ask.actor, ask.param("id"), body.with);
    return backToDesk(ask, ask.param("id"), mark);
  }),
];

/** 空の欄は「まだ決めない」。省いた欄は変えない。 */
export function codeChange(body: z.infer<typeof codeAsk>): Parameters<typeof codeOpinion>[3] {
  return {
    ...(body.add ? { add: body.add } : {}),
    ...(body.drop ? { drop: body.drop } : {}),
    ...(body.code === undefined ? {} : { code: body.code || null }),
    ...(body.block === undefined ? {} : { block: body.block || null }),
  };
}
