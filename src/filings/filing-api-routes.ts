import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import type { Ask, Route } from "../platform/route.ts";
import { amendFiling, editFiling } from "./draft-filing.ts";
import {
  answerBody,
  answerGiven,
  contentOf,
  draftGiven,
  editBody,
  filingBody,
  filterOf,
} from "./filing-ask.ts";
import type { FilingHand } from "./filing-hand.ts";
import { listFilings, openFiling, readFields } from "./list-filings.ts";
import { submitFiling } from "./submit-filing.ts";
import { withdrawFiling } from "./withdraw-filing.ts";

async function state(ask: Ask): Promise<Response> {
  const { head } = await openFiling(ask.office, ask.actor, ask.param("id"));
  return ask.reply({ id: head.id, number: head.number, version: head.version, state: head.state });
}

/** 協議・届出の JSON の道。 */
export function filingApiRoutes(hand: FilingHand): Route[] {
  const acts = [
    {
      verb: "submit",
      summary: "提出する",
      act: async (office: Office, actor: Actor, id: string) =>
        submitFiling(office, actor, id, await hand.parties(office, actor.contract)),
    },
    { verb: "withdraw", summary: "取り下げる", act: withdrawFiling },
    { verb: "amend", summary: "新しい版を作る", act: amendFiling },
  ];
  return [
    {
      id: "filings.api",
      method: "GET",
      path: "/api/filings",
      kind: "api",
      summary: "協議・届出の一覧（group、kind、form、clause、due で絞る）",
      handle: async (ask) => ask.reply({ filings: await listFilings(ask.office, ask.actor, filterOf(ask)) }),
    },
    {
      id: "filing.draft.api",
      method: "POST",
      path: "/api/filings",
      kind: "api",
      summary: "協議・届出を作る（Idempotency-Key で、送り直しても一つ）",
      input: filingBody,
      handle: async (ask) => {
        const once = ask.header("Idempotency-Key");
        return ask.reply(await draftGiven(ask, hand, await ask.json(filingBody), once), 201);
      },
    },
    {
      id: "filing.api",
      method: "GET",
      path: "/api/filings/:id",
      kind: "api",
      summary: "協議・届出の内容、前の版、これまで",
      handle: async (ask) => {
        const { filing, head, versions, history } = await openFiling(ask.office, ask.actor, ask.param("id"));
        const { body, answer, channel, edition, heard_from: heardFrom, heard_at: heardAt } = filing;
        const fields = readFields(filing);
        return ask.reply({
          ...{ ...head, body, fields, copies: filing.copies, answer, channel, heardFrom, heardAt, edition },
          ...{ versions, history },
        });
      },
    },
    {
      id: "filing.edit.api",
      method: "PUT",
      path: "/api/filings/:id",
      kind: "api",
      summary: "下書きを直す（edition が違えば CONFLICT）",
      input: editBody,
      handle: async (ask) => {
        const given = await ask.json(editBody);
        const content = await contentOf(ask, hand, given);
        await editFiling(ask.office, ask.actor, ask.param("id"), { ...content, edition: given.edition });
        return state(ask);
      },
    },
    {
      id: "filing.answer.api",
      method: "POST",
      path: "/api/filings/:id/answer",
      kind: "api",
      summary: "答える・届いた回答を記録する",
      input: answerBody,
      handle: async (ask) => {
        await answerGiven(ask, await ask.json(answerBody));
        return state(ask);
      },
    },
    ...acts.map(
      ({ verb, summary, act }): Route => ({
        id: `filing.${verb}.api`,
        method: "POST",
        path: `/api/filings/:id/${verb}`,
        kind: "api",
        summary,
        handle: async (ask) => {
          await act(ask.office, ask.actor, ask.param("id"));
          return state(ask);
        },
      }),
    ),
  ];
}
