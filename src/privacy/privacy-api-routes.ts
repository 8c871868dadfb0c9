import { getApi, postApi } from "../platform/make-route.ts";
import type { Route } from "../platform/route.ts";
import { amendLine } from "./amend-line.ts";
import { ATTACHMENT_LIMIT } from "./attachment.ts";
import { allowGlass, askGlass, listGlasses } from "./break-glass.ts";
import { enterLine } from "./enter-line.ts";
import { listAccess } from "./list-access.ts";
import { listGates } from "./list-gates.ts";
import { listLines, openHoldings, openLine } from "./list-lines.ts";
import {
  amendBody,
  closeBody,
  glassBody,
  inGroup,
  lineBody,
  noteBody,
  quizBody,
  sealBody,
  statusBody,
} from "./privacy-ask.ts";
import { refuseReader } from "./privacy-right.ts";
import { registerOf, registers } from "./register.ts";
import { reportStatus, tallyRegisters } from "./report-status.ts";
import { readSeal, sealGlass } from "./seal-glass.ts";
import { closeLine, noteLine, readLine } from "./step-line.ts";
import { takeQuiz } from "./take-quiz.ts";

/** 個人情報の帳簿の JSON。画面と同じ動詞を呼ぶ。 */
export const privacyApiRoutes: Route[] = [
  getApi("privacy.api", "/api/privacy/registers", "帳簿の宣言と、件数", async (ask) =>
    ask.reply({
      registers: registers.map(({ code, title, clause, group, fields }) => ({
        code,
        title,
        clause,
        group,
        fields,
      })),
      tallies: tallyRegisters(await listLines(ask.office, ask.actor)),
    }),
  ),
  getApi("privacy.register.api", "/api/privacy/registers/:code", "帳簿の行", async (ask) => {
    const register = registerOf(ask.param("code"));
    refuseReader(register, ask.actor);
    const lines = await listLines(ask.office, ask.actor, register.code);
    return ask.reply({ lines: inGroup(lines, ask.query("group") ?? "") });
  }),
  {
    ...postApi("privacy.enter.api", "/api/privacy/registers/:code", "帳簿に書く", lineBody, async (ask) => {
      const { fields, filing, file } = await ask.json(lineBody);
      const made = await enterLine(ask.office, ask.actor, {
        ...{ register: ask.param("code"), fields, filing, onceKey: ask.header("idempotency-key") },
        file: file && { fileName: file.fileName, bytes: new Uint8Array(Buffer.from(file.base64, "base64")) },
      });
      return ask.reply(made, 201);
    }),
    bodyLimit: ATTACHMENT_LIMIT * 1.5,
  },
  getApi("privacy.line.api", "/api/privacy/lines/:id", "帳簿の一件", async (ask) => {
    const { line, register, notes, readers } = await openLine(ask.office, ask.actor, ask.param("id"));
    refuseReader(register, ask.actor);
    return ask.reply({
      ...{ line, readers },
      notes: notes.map(({ kind, at, who, note }) => ({ kind, at, who, note })),
    });
  }),
  postApi(
    "privacy.note.api",
    "/api/privacy/lines/:id/note",
    "帳簿の一件に書き足す",
    noteBody,
    async (ask) => {
      await noteLine(ask.office, ask.actor, ask.param("id"), (await ask.json(noteBody)).note);
      return ask.reply({ ok: true });
    },
  ),
  postApi(
    "privacy.amend.api",
    "/api/privacy/lines/:id/amend",
    "契約の定めなど、あとから付けるものを付ける・直す（言わない欄は変わらない）",
    amendBody,
    async (ask) => {
      await amendLine(ask.office, ask.actor, ask.param("id"), await ask.json(amendBody));
      return ask.reply({ ok: true });
    },
  ),
  postApi("privacy.close.api", "/api/privacy/lines/:id/close", "帳簿の一件を結ぶ", closeBody, async (ask) => {
    await closeLine(ask.office, ask.actor, ask.param("id"), (await ask.json(closeBody)).fields);
    return ask.reply({ ok: true });
  }),
  postApi("privacy.read.api", "/api/privacy/lines/:id/read", "規程を読んだと残す", undefined, async (ask) => {
    await readLine(ask.office, ask.actor, ask.param("id"));
    return ask.reply({ ok: true });
  }),
  getApi("privacy.gate.api", "/api/privacy/gates", "従業者ごとの扱う資格と、緊急の閲覧", async (ask) =>
    ask.reply({
      gates: await listGates(ask.office, ask.actor.contract),
      glasses: await listGlasses(ask.office, ask.actor.contract),
      seal: (await readSeal(ask.office, ask.actor.contract)) ?? null,
    }),
  ),
  postApi("privacy.glass.ask.api", "/api/privacy/glass", "緊急の閲覧を頼む", glassBody, async (ask) =>
    ask.reply(await askGlass(ask.office, ask.actor, (await ask.json(glassBody)).reason), 201),
  ),
  postApi(
    "privacy.glass.allow.api",
    "/api/privacy/glass/:id/allow",
    "封を切った符号で、緊急の閲覧を60分許す",
    sealBody,
    async (ask) =>
      ask.reply(await allowGlass(ask.office, ask.actor, ask.param("id"), (await ask.json(sealBody)).code)),
  ),
  postApi(
    "privacy.glass.seal.api",
    "/api/privacy/glass/seal",
    "緊急の閲覧の符号を作る（符号は、この一度だけ返る）",
    undefined,
    async (ask) => ask.reply(await sealGlass(ask.office, ask.actor), 201),
    { stepUp: true },
  ),
  getApi("privacy.access.api", "/api/privacy/access", "その日の権限（day）", async (ask) =>
    ask.reply({ lines: await listAccess(ask.office, ask.actor.contract, ask.query("day") ?? ask.today) }),
  ),
  postApi("privacy.quiz.api", "/api/privacy/quiz", "確認テストを受ける", quizBody, async (ask) =>
    ask.reply(await takeQuiz(ask.office, ask.actor, await ask.json(quizBody))),
  ),
  postApi("privacy.status.api", "/api/privacy/status", "取扱状況を報告する", statusBody, async (ask) =>
    ask.reply(await reportStatus(ask.office, ask.actor, (await ask.json(statusBody)).obligation), 201),
  ),
  getApi(
    "privacy.holdings.api",
    "/api/privacy/holdings",
    "契約を閉じられない、開いている預かりもの",
    async (ask) => ask.reply({ holdings: await openHoldings(ask.office, ask.actor.contract) }),
  ),
];
