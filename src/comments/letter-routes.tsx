import type { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { type MaskKind, type MaskRange, maskKinds } from "../opinions/mask-text.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import { openFile } from "../platform/keep-file.ts";
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
  standAsk,
  TABLE_BYTES,
  withAsk,
} from "./comment-ask.ts";
import { mayComment } from "./comment-right.ts";
import { codeOpinion, joinOpinions, partOpinions } from "./join-opinions.ts";
import { filterLetters, LetterListPage } from "./letter-list-page.tsx";
import { listBlocks } from "./link-plan.ts";
import { OpinionDeskPage } from "./opinion-desk-page.tsx";
import { OriginalAskPage, OriginalPage } from "./original-page.tsx";
import { readBook } from "./read-book.ts";
import { readDesk } from "./read-desk.ts";
import { readMailFile, readTableFile, typedLetter } from "./read-letter-file.ts";
import { receiveLetters } from "./receive-letters.ts";
import { ReceivePage, type ReceivePageProps } from "./receive-page.tsx";
import {
  maskLetter,
  type OriginalReason,
  openOriginal,
  originalReasonOf,
  reopenLetter,
  sortLetter,
  standingLabels,
  standLetter,
} from "./sort-letter.ts";
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
      const letters = of === "mail" ? readMailFile(file, ask.today) : readTableFile(file, form, ask.today);
      const { received, known } = await receiveLetters(ask.office, ask.actor, letters);
      const skipped = known > 0 ? `前に受け取っていた${known}通は飛ばしました。` : "";
      return ask.go("/comments/letters", `${received}通を受け取りました。${skipped}`);
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

/** 理由を選んで来たら原本を、まだなら理由を尋ねる。理由がなければ、開かず、記録もしない。 */
async function openedPage(ask: Ask): Promise<Response> {
  const given = (await ask.form()).get("reason");
  try {
    return await originalPage(ask, originalReasonOf(given));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    const id = ask.param("id");
    const letter = (await readBook(ask.office, ask.actor.contract)).letterOf.get(id);
    if (!letter) throw noLetter();
    const fault = given === undefined ? undefined : cause.message;
    return ask.page({
      title: "意見書の原本",
      current: CURRENT,
      status: fault === undefined ? 200 : 422,
      body: <OriginalAskPage csrf={ask.seated.csrf} letter={letter} fault={fault} />,
    });
  }
}

function noLetter(): AppError {
  return new AppError("NOT_FOUND", "その意見書はありません。一覧から選び直してください。");
}

async function originalPage(
  ask: Ask,
  reason: OriginalReason,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const id = ask.param("id");
  const book = await readBook(ask.office, ask.actor.contract);
  const letter = book.letterOf.get(id);
  if (!letter) throw noLetter();
  const original = await openOriginal(ask.office, ask.actor, id, reason);
  const { roles } = ask.actor;
  const may = { work: mayComment("work", roles), decide: mayComment("decide", roles) };
  return ask.page({
    title: "意見書の原本",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: <OriginalPage csrf={ask.seated.csrf} {...{ letter, original, reason, may, faults }} />,
  });
}

/** 添付にも氏名や住所がある。原本と同じく、理由とともに記録してから渡す（GET では渡さない）。 */
async function attachedFile(ask: Ask): Promise<Response> {
  const reason = originalReasonOf((await ask.form()).get("reason"));
  const book = await readBook(ask.office, ask.actor.contract);
  const found = book.letterOf.get(ask.param("id"))?.attachments[Number(ask.param("at")) - 1];
  if (!found) throw new AppError("NOT_FOUND", "その添付はありません。");
  const file = await openFile(ask.office, ask.actor.contract, found.id);
  await openOriginal(ask.office, ask.actor, ask.param("id"), reason);
  return ask.download(file);
}

async function maskForm(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const form = await ask.form();
  const keep = await ask.formAll("keep");
  const words = (form.get("words") ?? "")
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean);
  const { text } = await openOriginal(ask.office, ask.actor, id, "mask");
  const kept = keep.flatMap((one): MaskRange[] => {
    const [start, end, kind = "other"] = one.split("-");
    const known = Object.hasOwn(maskKinds, kind) ? (kind as MaskKind) : "other";
    return [{ start: Number(start), end: Number(end), kind: known }];
  });
  await maskLetter(ask.office, ask.actor, id, [...kept, ...words.flatMap((word) => everyPlace(text, word))]);
  return ask.go(`/comments/letters/${id}`, "伏せる所を決めました。");
}

function everyPlace(text: string, word: string): MaskRange[] {
  const found: MaskRange[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    found.push({ start: at, end: at + word.length, kind: "other", byHand: true });
  return found;
}

async function standForm(ask: Ask): Promise<Response> {
  const { standing, reason } = parseInput(standAsk, Object.fromEntries(await ask.form()));
  return withFaults(
    async () => {
      await standLetter(ask.office, ask.actor, ask.param("id"), standing, reason);
      return ask.go(`/comments/letters/${ask.param("id")}`, "数え方を決めました。");
    },
    (faults) => originalPage(ask, "stand", faults),
  );
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
  postPage(
    "comments.original.reveal",
    "/comments/letters/:id/original",
    "原本を見る（見る前に、開いたことを記録する）",
    openedPage,
  ),
  {
    ...{ id: "comments.attachment", method: "POST", path: "/comments/letters/:id/files/:at", kind: "file" },
    summary: "原本に添えられたファイルを取り出す（理由とともに記録する）",
    handle: attachedFile,
  },
  postPage("comments.mask", "/comments/letters/:id/mask", "伏せる所を決める", maskForm),
  postPage("comments.stand", "/comments/letters/:id/stand", "数え方を決める", standForm),
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
export function codeChange(body: z.infer<typeof codeAsk>): { code?: string | null; block?: string | null } {
  return {
    ...(body.code === undefined ? {} : { code: body.code || null }),
    ...(body.block === undefined ? {} : { block: body.block || null }),
  };
}
