import { AppError, type Fault } from "../base/error.ts";
import { openFiling } from "../filings/list-filings.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { AnswerPaper } from "./answer-paper-page.tsx";
import { AnswersPage } from "./answers-page.tsx";
import { confirmAnswer, confirmKey, revokeKey } from "./confirm-answer.ts";
import { filingTemplateRoutes } from "./filing-template-routes.tsx";
import { countToConfirm, listKeys, listReadAnswers } from "./list-answers.ts";
import { makePackage, openPackage } from "./make-package.ts";
import { packageApiRoutes } from "./package-api-routes.ts";
import type { PackageHand } from "./package-hand.ts";
import { PackagePage } from "./package-page.tsx";
import { mayPackage } from "./package-right.ts";
import { readAnswer, typeAnswer } from "./read-answer.ts";
import { enqueueAnswerReminder } from "./remind-answers.ts";
import type { Standing } from "./review-answer.ts";
import { type PackageForm, packageFile, packageForms, takePackage } from "./take-package.ts";
import { wordFiling } from "./word-filing.ts";

const uploadLimit = 6 * 1024 * 1024;

/** 左のメニュー。電話の確認を待つ数が出る。 */
export const packageMenu: MenuEntry[] = [
  {
    routeId: "packages.page",
    label: "届いた回答",
    icon: "save",
    href: "/packages",
    count: (office, actor) => countToConfirm(office, actor.contract),
  },
];

/** 読み込んだ結果を、次の画面で言う一文。 */
const standingSentences: Record<Standing, string> = {
  applied: "回答を反映しました。",
  unconfirmed: "はじめての鍵なので、まだ反映していません。責任者が電話で指紋を確かめると反映します。",
  unsigned: "署名のない回答なので、まだ反映していません。電話で確かめてください。",
  tampered: "署名と中身が合わないので、反映していません。",
  unknown: "この事務所のどの一式の回答でもないので、反映していません。",
  outdated: "前の版（または取り下げたもの）への回答なので、反映していません。",
  settled: "この文書にはもう答えがあるので、反映していません。",
  repeated: "同じ回答が前に届いているので、反映していません。",
  unfit: "この文書にはできない答えか、要る言葉がないので、反映していません。",
  revoked: "使わないと決めた鍵の回答なので、反映していません。",
  dismissed: "委託者の回答ではないものとして残しました。",
};

async function answersPage(
  ask: Ask,
  more: { at?: string; faults?: readonly Fault[]; typed?: Record<string, string> } = {},
): Promise<Response> {
  const { actor, office } = ask;
  await enqueueAnswerReminder(office, actor.contract);
  const [answers, keys] = await Promise.all([listReadAnswers(office, actor), listKeys(office, actor)]);
  const may = (act: Parameters<typeof mayPackage>[0]) => mayPackage(act, actor);
  return ask.page({
    title: "届いた回答",
    current: "packages.page",
    status: more.faults === undefined ? 200 : 422,
    body: (
      <AnswersPage
        csrf={ask.seated.csrf}
        answers={answers}
        keys={keys}
        may={{ read: may("read"), confirm: may("confirm"), phone: may("phone"), revoke: may("revoke") }}
        faults={more.faults ?? []}
        at={more.at ?? ""}
        typed={more.typed ?? {}}
      />
    ),
  });
}

/** 欄の誤りは、その form のそばに出す。 */
async function orAgain(
  ask: Ask,
  at: string,
  fn: (form: Record<string, string>) => Promise<Response>,
): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  try {
    return await fn(form);
  } catch (cause) {
    if (!(cause instanceof AppError) || (cause.code !== "BAD_INPUT" && cause.code !== "TOO_LARGE"))
      throw cause;
    const faults = cause.faults.length > 0 ? cause.faults : [{ field: "file", message: cause.message }];
    return answersPage(ask, { at, faults, typed: form });
  }
}

function upload(ask: Ask): Promise<Response> {
  return orAgain(ask, "upload", async () => {
    const file = await ask.file("file");
    if (!file) throw new AppError("BAD_INPUT", "届いたファイルを選んでください。");
    const { standing } = await readAnswer(ask.office, ask.actor, file);
    return ask.go("/packages", standingSentences[standing]);
  });
}

function typePaper(ask: Ask): Promise<Response> {
  return orAgain(ask, "paper", async ({ code = "", outcome = "", words = "", officer = "" }) => {
    const { standing } = await typeAnswer(ask.office, ask.actor, { code, outcome, words, officer });
    return ask.go("/packages", standingSentences[standing]);
  });
}

async function packagePage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const id = ask.param("id");
  const { filing, head } = await openFiling(office, actor, id);
  const [open, answers] = await Promise.all([
    openPackage(office, actor.contract, id, filing.version),
    listReadAnswers(office, actor, id),
  ]);
  return ask.page({
    title: "委託者に渡す一式",
    current: "filings.page",
    body: (
      <PackagePage
        csrf={ask.seated.csrf}
        filing={{
          ...{ id, number: head.number, title: head.title, stateText: head.stateText },
          ...{ version: head.version, submitted: head.state === "submitted" },
        }}
        open={open}
        answers={answers}
      />
    ),
  });
}

async function take(ask: Ask): Promise<Response> {
  const form = ask.param("form");
  if (!isForm(form)) throw new AppError("NOT_FOUND", "その形の一式はありません。");
  const id = ask.param("id");
  const open = await takePackage(ask.office, ask.actor, id, form);
  if (form !== "paper") return ask.download(packageFile(open, form));
  return ask.page({
    title: "回答書",
    bare: true,
    body: <AnswerPaper id={id} open={open} now={ask.now} />,
  });
}

function isForm(text: string): text is PackageForm {
  return (packageForms as readonly string[]).includes(text);
}

/** 確認用の一式と、届いた回答の道。 */
export function packageRoutes(hand: PackageHand): Route[] {
  return [...pageRoutes(), ...documentRoutes(hand), ...filingTemplateRoutes, ...packageApiRoutes(hand)];
}

const page = (
  id: string,
  method: "GET" | "POST",
  path: string,
  summary: string,
  handle: Route["handle"],
): Route => ({ ...{ id, method, path, kind: "page", summary, handle } });

function pageRoutes(): Route[] {
  return [
    page("packages.page", "GET", "/packages", "届いた回答と委託者の鍵", (ask) => answersPage(ask)),
    {
      ...page("package.answer.read", "POST", "/packages/answers", "回答ファイルを読み込む", upload),
      bodyLimit: uploadLimit,
    },
    page("package.answer.type", "POST", "/packages/paper", "紙の回答書を打ち込む", typePaper),
    page("package.key.confirm", "POST", "/packages/keys/:id/confirm", "鍵を電話で確かめる", (ask) =>
      orAgain(ask, ask.param("id"), async ({ spoken = "", heard = "" }) => {
        const { applied } = await confirmKey(ask.office, ask.actor, ask.param("id"), { spoken, heard });
        return ask.go(
          "/packages",
          applied > 0 ? `鍵を確かめ、待っていた${applied}件の回答を反映しました。` : "鍵を確かめました。",
        );
      }),
    ),
    page("package.key.revoke", "POST", "/packages/keys/:id/revoke", "鍵を使わないと決める", async (ask) => {
      await revokeKey(ask.office, ask.actor, ask.param("id"));
      return ask.go("/packages", "その鍵は使いません。待っていた回答も反映しません。");
    }),
    page(
      "package.answer.confirm",
      "POST",
      "/packages/answers/:id/confirm",
      "署名のない回答を確かめる",
      (ask) =>
        orAgain(ask, ask.param("id"), async ({ ok = "", heard = "" }) => {
          const given = { ok: ok === "yes", heard };
          const standing = await confirmAnswer(ask.office, ask.actor, ask.param("id"), given);
          return ask.go("/packages", standingSentences[standing]);
        }),
    ),
  ];
}

function documentRoutes(hand: PackageHand): Route[] {
  return [
    page("package.page", "GET", "/filings/:id/package", "委託者に渡す一式", packagePage),
    page("package.make", "POST", "/filings/:id/package", "一式を作る", async (ask) => {
      const id = ask.param("id");
      const parties = await hand.parties(ask.office, ask.actor.contract);
      await makePackage(ask.office, ask.actor, id, parties, hand.papers);
      return ask.go(`/filings/${id}/package`, "一式を作りました。");
    }),
    {
      ...{ id: "package.take", method: "GET", path: "/filings/:id/package/:form", kind: "file" },
      ...{ summary: "一式を取り出す（html、xlsx、docx、paper）", handle: take },
    },
    {
      ...{ id: "filing.word", method: "GET", path: "/filings/:id/word", kind: "file" },
      summary: "協議・届出の Word（委託者の様式があればそれに差し込む）",
      handle: async (ask) => {
        const parties = await hand.parties(ask.office, ask.actor.contract);
        const made = await wordFiling(ask.office, ask.actor, ask.param("id"), parties);
        const { fileName, media, bytes } = made;
        return ask.download({ fileName, media, bytes });
      },
    },
  ];
}
