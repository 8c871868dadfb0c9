import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type Digest, freshDigest, readDigest } from "../manuscript/digest.ts";
import { allBlocks } from "../manuscript/manuscript.ts";
import type { Office } from "../platform/office.ts";
import { readWholeManuscript } from "./export-plan.ts";
import { writeFile } from "./import-plan.ts";
import { nameOfView, type PlanDigest, releaseFaults } from "./plan-digest.ts";
import { refusePlanRole } from "./plan-right.ts";
import { digestParent, openPlanDigest } from "./read-digest.ts";
import { type OpenPlan, openPlan } from "./read-plan.ts";
import { writeDecision } from "./write-decision.ts";

/**
 * 新しい見え方を作る。はじめの部分は、章ごとの最初の文と、選んだ図表。
 * @returns 見え方の名
 * @throws AppError BAD_INPUT（題がない、同じ名）、FORBIDDEN、NOT_FOUND
 */
export async function createDigest(
  office: Office,
  actor: Actor,
  planId: string,
  given: { kind: Digest["kind"]; title: string; format: Digest["format"] },
): Promise<string> {
  refusePlanRole("write", actor);
  if (given.title.trim() === "")
    throw new AppError("BAD_INPUT", "題を書いてください。", {
      faults: [{ field: "title", message: "題を書いてください。" }],
    });
  const plan = await openPlan(office, actor, planId);
  const manuscript = await readWholeManuscript(office, actor.contract, plan);
  const taken = new Set(
    [...manuscript.files.keys()].filter((name) => name.startsWith("views/")).map(nameOfView),
  );
  const stem = given.kind === "children" ? "children" : "digest";
  let name = stem;
  for (let n = 2; taken.has(name); n += 1) name = `${stem}-${n}`;
  const items: Digest["items"] = [];
  let heading = "";
  for (const block of manuscript.blocks) {
    if (block.kind === "heading" && block.level === 1) heading = block.annex ? "" : block.text;
    else if (heading !== "" && block.kind === "paragraph") {
      items.push({ heading, block: block.id, text: digestParent(block) });
      heading = "";
    }
  }
  if (items.length === 0) items.push({ heading: "この計画は何ですか", text: "ここに、短い文で書きます。" });
  const file = `views/${name}.yaml`;
  await save(office, actor, plan, { file, seen: undefined }, { ...given, title: given.title.trim(), items });
  return name;
}

/** 読んだ中身（seen。新しいものは undefined）のままなら書く。二人が同時に直しても、先の人の文は消えない。 */
async function save(
  office: Office,
  actor: Actor,
  { row, key }: Pick<OpenPlan, "row" | "key">,
  { file, seen }: { file: string; seen: Uint8Array | undefined },
  digest: Digest,
): Promise<void> {
  const was = seen === undefined ? null : createHash("sha256").update(seen).digest("hex");
  const fileKey = await office.keys.fresh(actor.contract);
  const bytes = new TextEncoder().encode(stringify(digest, { lineWidth: 0 }));
  readDigest(bytes, file);
  await office.act(actor, async (tx) => {
    await writeFile(tx, { plan: row.id, key }, fileKey, file, bytes, { seen: was });
    await tx.record({ kind: "plan.digest-written", about: row.id, payload: { view: nameOfView(file) } });
  });
}

/** 部分に書くこと。 */
export interface DigestPartInput {
  heading: string;
  text: string;
}

/**
 * 部分の言い換えを書く。書いたとき、元のいまの姿を確かめたことになる（元の指紋が付く）。
 * hash は、開いたときのもの。ほかの人が先に直していれば CONFLICT（打った文は呼び手が持つ）。
 */
export async function writeDigestPart(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  at: number,
  given: DigestPartInput & { hash: string },
): Promise<void> {
  refusePlanRole("write", actor);
  const { plan, manuscript, view } = await openPlanDigest(office, actor, planId, name);
  const { digest, file } = view;
  refuseChanged(view, given.hash);
  const item = digest.items[at];
  if (!item) throw new AppError("NOT_FOUND", "その部分はありません。");
  const text = given.text.trim();
  if (text === "" && item.block === undefined && given.heading.trim() === "")
    throw new AppError("BAD_INPUT", "見出しか文を書いてください。", {
      faults: [{ field: "text", message: "見出しか文を書いてください。" }] satisfies Fault[],
    });
  const next = {
    ...(item.block === undefined ? {} : { block: item.block }),
    ...(given.heading.trim() === "" ? {} : { heading: given.heading.trim() }),
    ...(text === "" ? {} : { text }),
  };
  const [stamped] = freshDigest(manuscript, { ...digest, items: [next] }).items;
  const items = digest.items.map((one, index) => (index === at ? (stamped ?? next) : one));
  await save(office, actor, plan, { file, seen: manuscript.files.get(file) }, { ...digest, items });
}

function refuseChanged(view: PlanDigest, hash: string): void {
  if (view.hash !== hash)
    throw new AppError(
      "CONFLICT",
      "ほかの人が先に直したか、元の原稿が変わりました。今の文をご確認ください。",
    );
}

/** 足す間に直されたら、足し直す回数。 */
const ADD_TRIES = 3;

type DigestAct =
  | { act: "add"; after: number; block: string }
  | { act: "remove" | "checked" | "up"; at: number; hash: string };

/**
 * 部分を足す（block の図表や文を、その後に）・除く・元を確かめる（言い換えはそのままで、元の指紋だけを付け直す）。
 * hash は、開いたときのもの。変わっていれば、at は別の部分かもしれず、元は読んだものと違うかもしれない。
 * @throws AppError NOT_FOUND、BAD_INPUT（最後の一つは除けない）、CONFLICT（開いたあとに変わった）、FORBIDDEN
 */
export async function arrangeDigest(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  act: DigestAct,
): Promise<void> {
  refusePlanRole("write", actor);
  for (let left = act.act === "add" ? ADD_TRIES : 1; ; left -= 1)
    try {
      return await arrangeOnce(office, actor, planId, name, act);
    } catch (cause) {
      // 足すだけなら、先に直した人の文に足し直せる。
      if (left <= 1 || !(cause instanceof AppError) || cause.code !== "CONFLICT") throw cause;
    }
}

async function arrangeOnce(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  act: DigestAct,
): Promise<void> {
  const { plan, manuscript, view } = await openPlanDigest(office, actor, planId, name);
  const { digest, file } = view;
  const items = [...digest.items];
  if (act.act === "add") {
    const block = allBlocks(manuscript.blocks).find(({ id }) => id === act.block);
    if (!block) throw new AppError("NOT_FOUND", "その部分は、いまの原稿にありません。");
    const text = digestParent(block);
    const fresh = {
      block: block.id,
      ...(block.kind === "paragraph" || block.kind === "list" ? { text } : {}),
    };
    items.splice(act.after + 1, 0, ...freshDigest(manuscript, { ...digest, items: [fresh] }).items);
  } else {
    refuseChanged(view, act.hash);
    const item = items[act.at];
    if (!item) throw new AppError("NOT_FOUND", "その部分はありません。");
    if (act.act === "remove" && items.length === 1)
      throw new AppError("BAD_INPUT", "最後の一つは除けません。");
    if (act.act === "remove") items.splice(act.at, 1);
    if (act.act === "up" && act.at > 0) items.splice(act.at - 1, 2, item, items[act.at - 1] ?? item);
    if (act.act === "checked")
      items.splice(act.at, 1, ...freshDigest(manuscript, { ...digest, items: [item] }).items);
  }
  await save(office, actor, plan, { file, seen: manuscript.files.get(file) }, { ...digest, items });
}

/**
 * 読みやすさの目標に届かないことを、わけを書いて認める（いまの中身だけに効く）。責任者か委託者。
 * @throws AppError FORBIDDEN、BAD_INPUT（わけがない）、CONFLICT（開いたあとに変わった）
 */
export async function signDigest(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  given: { hash: string; reason: string },
): Promise<void> {
  if (!actor.roles.some((role) => role === "manager" || role === "client"))
    throw new AppError(
      "FORBIDDEN",
      "読みやすさを認めるのは、責任者か委託者です。該当する方にお願いしてください。",
    );
  const reason = given.reason.trim();
  if (reason === "")
    throw new AppError("BAD_INPUT", "認めるわけを書いてください。", {
      faults: [{ field: "reason", message: "認めるわけを書いてください。" }],
    });
  const open = await openPlanDigest(office, actor, planId, name);
  await mark(office, actor, open, "digest-signed", { hash: given.hash, reason });
}

/**
 * 公開してよいとする。元と合い、読みやすさの目標に届くか認められているときだけ。あとで元が変われば、また閉じる。
 * @throws AppError REFUSED（わけを言う）、CONFLICT、FORBIDDEN
 */
export async function releaseDigest(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  hash: string,
): Promise<void> {
  refusePlanRole("comment", actor);
  const open = await openPlanDigest(office, actor, planId, name);
  const faults = releaseFaults(open.view);
  if (faults.length > 0) throw new AppError("REFUSED", `まだ公開してよいとはできません。${faults.join("")}`);
  await mark(office, actor, open, "digest-released", { hash, reason: "" });
}

async function mark(
  office: Office,
  actor: Actor,
  { plan, view }: { plan: OpenPlan; view: PlanDigest },
  kind: "digest-signed" | "digest-released",
  body: { hash: string; reason: string },
): Promise<void> {
  if (view.hash !== body.hash)
    throw new AppError(
      "CONFLICT",
      "開いたあとに中身が変わりました。今の文を読んでから、もう一度お願いします。",
    );
  const where = { plan: plan.row.id, key: plan.key };
  await office.act(actor, (tx) => writeDecision(tx, where, { kind, subject: view.name, body }));
}
