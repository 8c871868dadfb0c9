import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { getApi, getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { DigestPage } from "./digest-page.tsx";
import { DigestsPage } from "./digests-page.tsx";
import { kindLabels } from "./plan-kind.ts";
import { mayPlan } from "./plan-right.ts";
import {
  buildDigest,
  digestFormats,
  listDigests,
  listModelDigests,
  openPlanDigest,
  readPlanDigest,
} from "./read-digest.ts";
import { listedBlocks } from "./read-plan.ts";
import { arrangeDigest, createDigest, releaseDigest, signDigest, writeDigestPart } from "./write-digest.ts";

const createBody = z.object({
  kind: z.enum(["digest", "children"]),
  title: z.string().max(100),
  format: z.enum(["a4", "a3-fold"]),
});
const hash = z.string().max(64);
const partBody = z.object({
  ...{ hash, heading: z.string().max(100).default(""), text: z.string().max(4000).default("") },
});
const addBody = z.object({ block: z.string().max(100), after: z.coerce.number().int().min(-1) });
const markBody = z.object({
  ...{ act: z.enum(["sign", "release"]), hash, reason: z.string().max(500).default("") },
});

type Values = Readonly<Record<string, string>>;

async function listPage(ask: Ask, faults: readonly Fault[] = [], values: Values = {}): Promise<Response> {
  const id = ask.param("id");
  const [views, models] = await Promise.all([
    listDigests(ask.office, ask.actor, id),
    listModelDigests(ask.office, ask.actor),
  ]);
  return ask.page({
    ...{ title: "概要版", current: "plan.list", status: faults.length > 0 ? 422 : 200 },
    body: (
      <DigestsPage
        csrf={ask.seated.csrf}
        plan={id}
        {...{ views, models, values, faults }}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function onePage(ask: Ask, faults: readonly Fault[] = [], values: Values = {}): Promise<Response> {
  const id = ask.param("id");
  const { plan, view } = await openPlanDigest(ask.office, ask.actor, id, ask.param("view"));
  const { roles } = ask.actor;
  const choices = listedBlocks(plan).flatMap((block) =>
    ["paragraph", "list", "table", "kpi", "figure", "photo"].includes(block.kind)
      ? [
          {
            ...{ value: block.id, group: block.chapter || "はじめ" },
            label: `${block.number || kindLabels[block.kind]}　${block.text.replace(/^:::.*?title="([^"]*)".*$/s, "$1").slice(0, 30)}`,
          },
        ]
      : [],
  );
  return ask.page({
    ...{ title: view.digest.title, current: "plan.list", status: faults.length > 0 ? 422 : 200 },
    body: (
      <DigestPage
        csrf={ask.seated.csrf}
        plan={id}
        {...{ view, choices, values, faults }}
        may={{
          write: mayPlan("write", roles),
          comment: mayPlan("comment", roles),
          sign: roles.includes("manager") || roles.includes("client"),
        }}
      />
    ),
  });
}

const ownOf = (ask: Ask) => `/plans/${ask.param("id")}/digests/${encodeURIComponent(ask.param("view"))}`;

async function create(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const name = await createDigest(ask.office, ask.actor, ask.param("id"), parseInput(createBody, form));
      return ask.go(
        `/plans/${ask.param("id")}/digests/${name}`,
        "作りました。文を、読み手の言葉に直してください。",
      );
    },
    (faults, message) => listPage(ask, faults.length > 0 ? faults : [{ field: "title", message }], form),
  );
}

async function part(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const at = Number(ask.param("at"));
  const where = [ask.office, ask.actor, ask.param("id"), ask.param("view")] as const;
  const act = form.act;
  return withFaults(
    async () => {
      if (act === "remove" || act === "checked" || act === "up") {
        await arrangeDigest(...where, { act, at, hash: form.hash ?? "" });
        const told = {
          remove: "除きました。",
          checked: "元を確かめたと残しました。",
          up: "上へ動かしました。",
        };
        return ask.go(`${ownOf(ask)}#part-${Math.max(0, act === "checked" ? at : at - 1)}`, told[act]);
      }
      await writeDigestPart(...where, at, parseInput(partBody, form));
      return ask.go(`${ownOf(ask)}#part-${at}`, "直しました。");
    },
    (faults, message) =>
      onePage(ask, faults.length > 0 ? faults : [{ field: "text", message }], { ...form, at: String(at) }),
    ["BAD_INPUT", "CONFLICT"],
  );
}

async function add(ask: Ask): Promise<Response> {
  const body = parseInput(addBody, Object.fromEntries(await ask.form()));
  await arrangeDigest(ask.office, ask.actor, ask.param("id"), ask.param("view"), { act: "add", ...body });
  return ask.go(`${ownOf(ask)}#part-${body.after + 1}`, "足しました。");
}

function marking(act: "sign" | "release") {
  return async (ask: Ask): Promise<Response> => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        await mark(ask, parseInput(markBody, { ...form, act }));
        return ask.go(ownOf(ask), act === "sign" ? "認めました。" : "公開してよいとしました。");
      },
      (faults, message) => onePage(ask, faults.length > 0 ? faults : [{ field: "reason", message }], form),
      ["BAD_INPUT", "CONFLICT"],
    );
  };
}

async function mark(ask: Ask, { act, hash: seen, reason }: z.infer<typeof markBody>): Promise<void> {
  const where = [ask.office, ask.actor, ask.param("id"), ask.param("view")] as const;
  if (act === "sign") await signDigest(...where, { hash: seen, reason });
  else await releaseDigest(...where, seen);
}

async function file(ask: Ask): Promise<Response> {
  const format = digestFormats.find((one) => one === ask.param("format"));
  if (!format) throw new AppError("NOT_FOUND", "その形では書き出せません。");
  return ask.download(await buildDigest(ask.office, ask.actor, ask.param("id"), ask.param("view"), format));
}

const own = "/plans/:id/digests";

/** 概要版・子ども版の道。 */
export const digestRoutes: Route[] = [
  getPage("plan.digests", own, "概要版・子ども版の一覧", (ask) => listPage(ask)),
  postPage("plan.digest.create", own, "概要版・子ども版を作る", create),
  getPage("plan.digest", `${own}/:view`, "概要版・子ども版の部分と元の文", (ask) => onePage(ask)),
  postPage("plan.digest.add", `${own}/:view/parts`, "概要版に部分を足す", add),
  postPage("plan.digest.part", `${own}/:view/parts/:at`, "概要版の部分を直す・除く・元を確かめる", part),
  postPage(
    "plan.digest.sign",
    `${own}/:view/sign`,
    "読みやすさの目標に届かないことを認める",
    marking("sign"),
  ),
  postPage("plan.digest.release", `${own}/:view/release`, "概要版を公開してよいとする", marking("release")),
  getFile("plan.digest.file", `${own}/:view/file/:format`, "概要版を書き出す（docx、pdf、html）", file),
  getApi("plan.digests.api", `/api${own}`, "概要版・子ども版と、元の変わったところ", async (ask) =>
    ask.reply({ views: await listDigests(ask.office, ask.actor, ask.param("id")) }),
  ),
  postApi("plan.digest.create.api", `/api${own}`, "概要版・子ども版を作る", createBody, async (ask) =>
    ask.reply(
      { name: await createDigest(ask.office, ask.actor, ask.param("id"), await ask.json(createBody)) },
      201,
    ),
  ),
  postApi(
    "plan.digest.part.api",
    `/api${own}/:view/parts/:at`,
    "概要版の部分を直す",
    partBody,
    async (ask) => {
      const where = [ask.office, ask.actor, ask.param("id"), ask.param("view")] as const;
      await writeDigestPart(...where, Number(ask.param("at")), await ask.json(partBody));
      return ask.reply(await readPlanDigest(...where));
    },
  ),
  postApi(
    "plan.digest.mark.api",
    `/api${own}/:view/marks`,
    "概要版を認める・公開してよいとする",
    markBody,
    async (ask) => {
      await mark(ask, await ask.json(markBody));
      return ask.reply(await readPlanDigest(ask.office, ask.actor, ask.param("id"), ask.param("view")));
    },
  ),
];
