import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { confirmAnswer, confirmKey, revokeKey } from "./confirm-answer.ts";
import { listKeys, listReadAnswers } from "./list-answers.ts";
import { makePackage } from "./make-package.ts";
import type { PackageHand } from "./package-hand.ts";
import { readAnswer, typeAnswer } from "./read-answer.ts";

const keyBody = z.object({ spoken: z.string().max(100), heard: z.string().max(200) });
const phoneBody = z.object({ ok: z.boolean(), heard: z.string().max(200) });
const paperBody = z.object({
  code: z.string().max(60),
  outcome: z.string().max(20),
  words: z.string().max(10_000).default(""),
  officer: z.string().max(200),
});

/** 確認用の一式と、届いた回答の JSON の道。 */
export function packageApiRoutes(hand: PackageHand): Route[] {
  return [
    {
      ...{ id: "package.make.api", method: "POST", path: "/api/filings/:id/package", kind: "api" },
      summary: "確認用の一式を作る（もうあれば、それを返す）",
      handle: async (ask) => {
        const parties = await hand.parties(ask.office, ask.actor.contract);
        const made = await makePackage(ask.office, ask.actor, ask.param("id"), parties, hand.papers);
        const { hash, code, manifest } = made;
        return ask.reply({ hash, code, document: manifest.document, version: manifest.version }, 201);
      },
    },
    {
      ...{ id: "packages.api", method: "GET", path: "/api/packages", kind: "api" },
      summary: "届いた回答（反映しなかったものも）と、委託者の鍵",
      handle: async (ask) =>
        ask.reply({
          answers: await listReadAnswers(ask.office, ask.actor),
          keys: await listKeys(ask.office, ask.actor),
        }),
    },
    {
      ...{ id: "package.answer.read.api", method: "POST", path: "/api/packages/answers", kind: "api" },
      ...{ summary: "回答ファイル（multipart の file）を読み込む", bodyLimit: 6 * 1024 * 1024 },
      handle: async (ask) => {
        const file = await ask.file("file");
        if (!file) throw new AppError("BAD_INPUT", "回答ファイルを file に付けてください。");
        return ask.reply(await readAnswer(ask.office, ask.actor, file), 201);
      },
    },
    {
      ...{ id: "package.answer.type.api", method: "POST", path: "/api/packages/paper", kind: "api" },
      ...{ summary: "紙の回答書を打ち込む", input: paperBody },
      handle: async (ask) =>
        ask.reply(await typeAnswer(ask.office, ask.actor, await ask.json(paperBody)), 201),
    },
    {
      ...{ id: "package.answer.confirm.api", method: "POST", kind: "api" },
      path: "/api/packages/answers/:id/confirm",
      ...{ summary: "署名のない回答を電話で確かめる", input: phoneBody },
      handle: async (ask) => {
        const given = await ask.json(phoneBody);
        return ask.reply({ standing: await confirmAnswer(ask.office, ask.actor, ask.param("id"), given) });
      },
    },
    {
      ...{ id: "package.key.confirm.api", method: "POST", path: "/api/packages/keys/:id/confirm" },
      ...{ kind: "api", summary: "委託者の鍵の指紋を電話で確かめる", input: keyBody },
      handle: async (ask) =>
        ask.reply(await confirmKey(ask.office, ask.actor, ask.param("id"), await ask.json(keyBody))),
    },
    {
      ...{ id: "package.key.revoke.api", method: "POST", path: "/api/packages/keys/:id/revoke" },
      ...{ kind: "api", summary: "委託者の鍵を使わないと決める" },
      handle: async (ask) => {
        await revokeKey(ask.office, ask.actor, ask.param("id"));
        return ask.reply({ state: "revoked" });
      },
    },
  ];
}
