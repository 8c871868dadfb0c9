import { z } from "zod";
import type { Route } from "../platform/route.ts";
import { readSpecificationText } from "../reading/read-specification.ts";
import { changeSpecification, type DraftChange } from "./change-draft.ts";
import { compareSpecifications } from "./compare-specifications.ts";
import { applyBlueprint, confirmSpecification, openBlueprintFile } from "./confirm-specification.ts";
import { tallyDuties } from "./draft-duty.ts";
import { listSpecifications, openSpecification, showProgress } from "./open-specification.ts";
import { fiscalYearOfDay } from "./read-head.ts";
import { refuseSpecificationRole } from "./specification-right.ts";
import { startReading } from "./start-reading.ts";

const uploadBody = z.object({ title: z.string().max(200).default(""), text: z.string().max(2_000_000) });
const word = z.string().max(4_000);
const editBody = z.object({
  id: z.string().max(80),
  ...{ actor: word.optional(), to: word.optional(), verb: word.optional(), object: word.optional() },
  ...{ format: word.optional(), nature: word.optional(), when: word.optional(), rule: word.optional() },
  ...{ amount: word.optional(), closedDay: word.optional(), done: word.optional() },
});
const changeBody = z.object({
  edition: z.int().optional(),
  changes: z
    .array(
      z.union([
        z.object({ act: z.literal("save"), duties: z.array(editBody).max(500) }),
        z.object({ act: z.enum(["keep", "drop", "reopen", "split"]), id: z.string().max(80) }),
        z.object({ act: z.literal("merge"), id: z.string().max(80) }),
        z.object({ act: z.literal("add"), clause: word, quote: word, verb: word }),
        z.object({ act: z.literal("confirm"), clause: word }),
        z.object({ act: z.literal("settle") }),
      ]),
    )
    .min(1)
    .max(500),
});
const confirmBody = z.object({
  ...{ title: word, shortTitle: word, client: word, clientUnit: word, from: word, to: word },
});
const applyBody = z.union([
  z.object({ how: z.literal("start") }),
  z.object({ how: z.literal("change"), reason: z.string().max(200) }),
]);
const compareBody = z.object({ before: z.string().max(2_000_000), after: z.string().max(2_000_000) });

/** 業務仕様書の JSON の道。 */
export function specificationApiRoutes(): Route[] {
  return [...readRoutes(), ...writeRoutes()];
}

function readRoutes(): Route[] {
  return [
    {
      ...{ id: "specifications.api", method: "GET", path: "/api/specifications", kind: "api" },
      summary: "読み込んだ業務仕様書の一覧",
      handle: async (ask) => ask.reply({ specifications: await listSpecifications(ask.office, ask.actor) }),
    },
    {
      ...{ id: "specification.api", method: "GET", path: "/api/specifications/:id", kind: "api" },
      summary: "一つの業務仕様書の条項と義務（読んでいる間は進み具合）",
      handle: async (ask) => {
        const { row, draft } = await openSpecification(ask.office, ask.actor, ask.param("id"));
        const { id, number, title, state, edition } = row;
        const progress = await showProgress(ask.office, ask.actor, row);
        const tally = draft && tallyDuties(draft.duties);
        return ask.reply({ id, number, title, state, edition, progress, tally, draft });
      },
    },
    {
      ...{ id: "specification.blueprint.api", method: "GET", path: "/api/specifications/:id/blueprint" },
      ...{ kind: "api", summary: "確かめ終えた設計図（YAML）" },
      handle: async (ask) => ask.reply(await openBlueprintFile(ask.office, ask.actor, ask.param("id"))),
    },
  ];
}

function writeRoutes(): Route[] {
  return [
    {
      ...{ id: "specification.upload.api", method: "POST", path: "/api/specifications", kind: "api" },
      ...{ summary: "仕様書の文を読み込む", input: uploadBody, bodyLimit: 8 * 1024 * 1024 },
      handle: async (ask) => {
        const { title, text } = await ask.json(uploadBody);
        const bytes = new TextEncoder().encode(text);
        return ask.reply(await startReading(ask.office, ask.actor, { title, bytes }), 201);
      },
    },
    {
      ...{ id: "specification.change.api", method: "POST", path: "/api/specifications/:id/changes" },
      ...{ kind: "api", summary: "義務を直す・確かめる", input: changeBody, bodyLimit: 1024 * 1024 },
      handle: async (ask) => {
        const { changes, edition } = await ask.json(changeBody);
        const after = await changeSpecification(
          ask.office,
          ask.actor,
          ask.param("id"),
          changes as DraftChange[],
          edition,
        );
        return ask.reply({ edition: after.edition, tally: tallyDuties(after.draft.duties) });
      },
    },
    {
      ...{ id: "specification.confirm.api", method: "POST", path: "/api/specifications/:id/confirm" },
      ...{ kind: "api", summary: "確かめ終えて設計図にする", input: confirmBody },
      handle: async (ask) => {
        const { from, to, ...rest } = await ask.json(confirmBody);
        const head = { ...rest, fiscalYear: fiscalYearOfDay(from), performance: { from, to } };
        return ask.reply(await confirmSpecification(ask.office, ask.actor, ask.param("id"), head));
      },
    },
    {
      ...{ id: "specification.apply.api", method: "POST", path: "/api/specifications/:id/apply" },
      ...{ kind: "api", summary: "設計図で契約を始める・変更する", input: applyBody },
      handle: async (ask) =>
        ask.reply(await applyBlueprint(ask.office, ask.actor, ask.param("id"), await ask.json(applyBody))),
    },
    {
      ...{ id: "specification.compare.api", method: "POST", path: "/api/specifications/compare" },
      ...{ kind: "api", summary: "二つの仕様書の文を比べる", input: compareBody },
      bodyLimit: 8 * 1024 * 1024,
      handle: async (ask) => {
        refuseSpecificationRole("read", ask.actor.roles);
        const { before, after } = await ask.json(compareBody);
        return ask.reply(compareSpecifications(readSpecificationText(before), readSpecificationText(after)));
      },
    },
  ];
}
