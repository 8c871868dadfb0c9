import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { TextBinder } from "../manuscript/bound-text.ts";
import { textOfBlock } from "../manuscript/check-manuscript.ts";
import { type PlainText, plainTextsOf } from "../manuscript/check-plain.ts";
import { readDigest } from "../manuscript/digest.ts";
import { digestDocument } from "../manuscript/digest-document.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "../manuscript/manuscript.ts";
import { themeOf } from "../manuscript/plan-theme.ts";
import { planWeb } from "../manuscript/plan-web.ts";
import { withPdfConverter } from "../office/pdf-converter.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { listSources } from "../research/list-sources.ts";
import { type Source, sourceCode } from "../research/source.ts";
import { planMedia } from "./build-plan.ts";
import { readWholeManuscript } from "./export-plan.ts";
import { refuseMissingRights } from "./list-assets.ts";
import { listDecisionRows } from "./plan-decision-store.ts";
import { type DigestMark, digestManuscript, openDigest, type PlanDigest } from "./plan-digest.ts";
import { listedBlocks, type OpenPlan, openPlan } from "./read-plan.ts";

type Reader = Pick<Actor, "contract" | "roles">;

/** 開いた計画と、データと画像を添えたその原稿と、見え方の全部。 */
async function openDigests(
  office: Office,
  actor: Reader,
  planId: string,
): Promise<{ plan: OpenPlan; manuscript: Manuscript; views: PlanDigest[] }> {
  const plan = await openPlan(office, actor, planId);
  const [manuscript, rows, names] = await Promise.all([
    readWholeManuscript(office, actor.contract, plan),
    listDecisionRows(office.read, plan.key, planId, ["digest-signed", "digest-released"]),
    nameHandlers(office, actor.contract),
  ]);
  const places = new Map(
    listedBlocks(plan).map(({ id, number, heading }) => [id, number || heading] as const),
  );
  const files = [...manuscript.files].filter(([name]) => /^views\/[^/]+\.ya?ml$/.test(name));
  const views = files.map(([file, bytes]): PlanDigest => {
    const open = openDigest(manuscript, file, readDigest(bytes, file), places, digestParent);
    const marks = rows
      .filter(({ subject }) => subject === open.name)
      .map((row) => ({
        kind: row.kind,
        ...(JSON.parse(row.body) as { hash: string; reason: string }),
        ...{ by: names.get(row.made_by)?.short ?? "", at: row.made_at },
      }));
    const last = (kind: string): DigestMark | null =>
      marks.findLast((one) => one.kind === kind && one.hash === open.hash) ?? null;
    const released = last("digest-released");
    return {
      ...{ ...open, signed: last("digest-signed"), released },
      outdated: released === null && marks.some(({ kind }) => kind === "digest-released"),
    };
  });
  return { plan, manuscript, views };
}

/** 原稿の見え方（概要版、子ども版）の全部。 */
export async function listDigests(office: Office, actor: Reader, planId: string): Promise<PlanDigest[]> {
  return (await openDigests(office, actor, planId)).views;
}

/** 一つの見え方と、それを突き合わせた計画と原稿（読み直さないで使う）。なければ NOT_FOUND。 */
export async function openPlanDigest(
  office: Office,
  actor: Reader,
  planId: string,
  name: string,
): Promise<{ plan: OpenPlan; manuscript: Manuscript; view: PlanDigest }> {
  const { views, ...open } = await openDigests(office, actor, planId);
  const view = views.find((one) => one.name === name);
  if (view) return { ...open, view };
  throw new AppError("NOT_FOUND", "その概要版はありません。一覧から選び直してください。");
}

/** 一つの見え方。なければ NOT_FOUND。 */
export async function readPlanDigest(
  office: Office,
  actor: Reader,
  planId: string,
  name: string,
): Promise<PlanDigest> {
  return (await openPlanDigest(office, actor, planId, name)).view;
}

/** 元の部分の、いまの文（印は、番号や数に替えずに外す）。図と表は題。 */
export function digestParent(block: ManuscriptBlock): string {
  const texts: PlainText[] = plainTextsOf(block);
  if (texts.length > 0) return texts.map(({ text }) => text).join("\n");
  return textOfBlock(block).split("\n")[0] ?? "";
}

export const digestFormats = ["docx", "pdf", "html"] as const;
export type DigestFormat = (typeof digestFormats)[number];

/**
 * 見え方を一つの形にする。公開してよいとされていない中身は、題に【確認用】が付く（公開する形にはならない）。
 * 公開する形では、使う画像の権利が揃っていることも確かめる。
 * @throws AppError REFUSED（公開する形で、権利がない）、UNAVAILABLE（PDF に LibreOffice がない）、NOT_FOUND
 */
export async function buildDigest(
  office: Office,
  actor: Actor,
  planId: string,
  name: string,
  format: DigestFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { manuscript, view } = await openPlanDigest(office, actor, planId, name);
  const { digest, released } = view;
  if (released) await refuseMissingRights(office, actor, planId, picturesIn(manuscript, digest.items));
  const shown = released ? digest : { ...digest, title: `【確認用】${digest.title}` };
  const binder = new TextBinder(manuscript);
  const created = office.clock.officeNow(actor.contract);
  const docx = () => writeWordDocument(digestDocument(manuscript, binder, shown, created));
  const bytes =
    format === "html"
      ? new TextEncoder().encode(planWeb(digestManuscript(manuscript, shown), binder))
      : format === "docx"
        ? docx()
        : await withPdfConverter(
            {},
            async (converter) => (await converter.convert({ docx: docx(), tagged: true })).pdf,
          );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "plan.exported",
      about: planId,
      payload: { format, view: name, public: released !== null },
    }),
  );
  return { fileName: `${shown.title}.${format}`, media: planMedia[format], bytes };
}

/** 部分の画像とデータ。囲みや施策は、中の部分の画像も出る。 */
function picturesIn(
  { blocks, meta }: Pick<Manuscript, "blocks" | "meta">,
  items: readonly { block?: string | undefined }[],
): Set<string> {
  const wanted = new Set(items.map(({ block }) => block));
  const shown = allBlocks(allBlocks(blocks).filter(({ id }) => wanted.has(id)));
  const { icons = {} } = themeOf({ meta }).theme;
  const names = shown.flatMap((block) => [
    block.kind === "photo" ? block.src : block.kind === "figure" ? block.data : "",
    Object.hasOwn(icons, block.id) ? (icons[block.id] ?? "") : "",
  ]);
  return new Set(names.filter(Boolean));
}

/** ほかの市の概要版（動向調査で「概要版」の札のある資料）。比べる項目は、資料に書いたもの。 */
export async function listModelDigests(
  office: Office,
  actor: Reader,
): Promise<{ code: string; id: string; subject: string; facts: Map<string, string>; finding: string }[]> {
  const sources: Source[] = await listSources(office, actor, { kind: "municipality" });
  return sources
    .filter(({ tags }) => tags.includes("概要版"))
    .map((source) => ({
      ...{ code: sourceCode(source), id: source.id, subject: source.subject || source.title },
      ...{ facts: new Map(source.facts), finding: source.finding },
    }));
}
