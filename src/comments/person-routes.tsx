import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { LETTER_BYTES, typeAsk } from "./comment-ask.ts";
import { originalPage } from "./original-routes.tsx";
import { setPerson } from "./set-person.ts";
import { typeLetter } from "./type-letter.ts";

const personAsk = z.object({
  signer: z.coerce.number().int().min(1).default(1),
  as: z.string().max(20).default(""),
  asSigner: z.coerce.number().int().min(1).default(1),
});

async function personForm(ask: Ask): Promise<Response> {
  const given = parseInput(personAsk, Object.fromEntries(await ask.form()));
  return withFaults(
    async () => {
      await setPerson(ask.office, ask.actor, ask.param("id"), given);
      const words = given.as.trim() === "" ? "別の方として数えます。" : "同じ方として数えます。";
      return ask.go(`/comments/letters/${ask.param("id")}`, `${words}通数・意見数は変わりません。`);
    },
    (faults) => originalPage(ask, "stand", faults),
  );
}

async function typeForm(ask: Ask): Promise<Response> {
  const { text } = parseInput(typeAsk, Object.fromEntries(await ask.form()));
  return withFaults(
    async () => {
      await typeLetter(ask.office, ask.actor, ask.param("id"), text);
      return ask.go(`/comments/letters/${ask.param("id")}`, "文を残しました。意見を分けてください。");
    },
    (faults) => originalPage(ask, "stand", faults),
  );
}

/** 原本を見て直すものの道: 提出者の数え方、文のない通の文。 */
export const personRoutes: Route[] = [
  postPage("comments.person", "/comments/letters/:id/person", "同じ人・別の人と決める", personForm),
  postPage("comments.type", "/comments/letters/:id/text", "添付を見て、文のない通の文を打つ", typeForm, {
    bodyLimit: LETTER_BYTES,
  }),
  postApi(
    "comments.person.api",
    "/api/comments/letters/:id/person",
    "同じ人・別の人と決める（as はほかの通の号。空なら別の人）",
    personAsk,
    async (ask) => {
      await setPerson(ask.office, ask.actor, ask.param("id"), await ask.json(personAsk));
      return ask.reply({ done: true });
    },
  ),
  postApi(
    "comments.type.api",
    "/api/comments/letters/:id/text",
    "文のない通の文を打つ",
    typeAsk,
    async (ask) => {
      await typeLetter(ask.office, ask.actor, ask.param("id"), (await ask.json(typeAsk)).text);
      return ask.reply({ done: true });
    },
    { bodyLimit: LETTER_BYTES },
  ),
];
