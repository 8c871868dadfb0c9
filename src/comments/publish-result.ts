import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import { publicBook } from "../opinions/result-book.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { drawResult, type ResultFormat, readResult, resultMedia } from "./make-result.ts";
import { putPeriod, writeBody } from "./open-period.ts";
import { type Publication, requirePeriod } from "./read-period.ts";

/**
 * 結果を公表したと記録する。公表したファイルそのものを封じて残し、記録には SHA-256 を書く（３(1)(ｴ)②の証跡）。
 * 数が合わないとき、答えのそろわないとき、伏せた言葉の残るときは、公表にできない。
 * @throws AppError BAD_INPUT（日、場所）、REFUSED（締め切っていない、止めているものがある、公表済み）、FORBIDDEN
 */
export async function publishResult(
  office: Office,
  actor: Actor,
  given: { day: string; places: string },
): Promise<Publication> {
  refuseComment("decide", actor);
  const period = await requirePeriod(office, actor.contract);
  if (period.state === "published") throw new AppError("REFUSED", "結果はもう公表済みです。");
  if (period.state !== "closed")
    throw new AppError("REFUSED", "意見の受付を締め切ってから、結果を公表してください。");
  const now = office.clock.officeNow(actor.contract);
  checkPlaces(given, { from: period.to ?? "", today: dayOf(now) });
  const { book, stops } = await readResult(office, actor);
  if (stops.length > 0) throw new AppError("REFUSED", `まだ公表できません。${stops.join("")}`);
  const shown = publicBook(book);
  const formats: ResultFormat[] = ["docx", "html", "xlsx", ...(canConvertToPdf() ? (["pdf"] as const) : [])];
  const made: { fileName: string; media: string; bytes: Uint8Array; key: SubjectKey }[] = [];
  for (const format of formats)
    made.push({
      fileName: `意見の概要と市の考え方.${format}`,
      media: resultMedia[format],
      bytes: await drawResult(shown, format),
      key: await office.keys.fresh(actor.contract),
    });
  const files = made.map(({ key, bytes, fileName, media }) => ({
    ...{ id: key.id, fileName, media, bytes: bytes.length },
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }));
  const publication = {
    ...{ day: given.day, places: given.places.trim(), files, counts: book.counts.total },
    ...{ at: now, by: actor.id },
  };
  const body = writeBody(period, { publications: [...period.publications, publication] });
  const payload = {
    ...{ day: given.day, opinions: book.counts.total.opinions, answers: book.rows.length },
    files: files.map(({ fileName: name, sha256, bytes }) => ({ name, sha256, bytes })),
  };
  await putPeriod(
    office,
    actor,
    period,
    { state: "published", body },
    "comment.published",
    payload,
    async (tx) => {
      for (const { key, ...file } of made) await keepFile(tx, key, { kind: "comment-result", ...file });
    },
  );
  return publication;
}

function checkPlaces(
  { day, places }: { day: string; places: string },
  { from, today }: { from: string; today: string },
): void {
  const faults: Fault[] = [];
  if (!isDay(day)) faults.push({ field: "day", message: "公表した日を書いてください。" });
  else if (day > today) faults.push({ field: "day", message: "公表した日は、今日までの日にしてください。" });
  else if (day <= from) faults.push({ field: "day", message: "公表した日が、意見公募の終わりより前です。" });
  if (places.trim() === "" || places.length > 1_000)
    faults.push({ field: "places", message: "公表した所を、一行に一か所、1000字までで書いてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", faults[0]?.message ?? "", { faults });
}

/** 公表した結果を、訂正のために取り下げる。前に公表したファイルと理由は残る。 */
export async function withdrawResult(office: Office, actor: Actor, reason: string): Promise<void> {
  refuseComment("decide", actor);
  const period = await requirePeriod(office, actor.contract);
  if (period.state !== "published") throw new AppError("REFUSED", "公表した結果がありません。");
  const message = "訂正の理由を、500字までで書いてください。";
  if (reason.trim() === "" || reason.length > 500)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
  const withdrawn = { reason: reason.trim(), at: office.clock.officeNow(actor.contract), by: actor.id };
  const publications = period.publications.map((one, at) =>
    at === period.publications.length - 1 ? { ...one, withdrawn } : one,
  );
  const change = { state: "closed" as const, body: writeBody(period, { publications }) };
  await putPeriod(office, actor, period, change, "comment.withdrawn", {
    day: publications.at(-1)?.day ?? null,
  });
}

/** 公表したファイルを、公表したときのまま開く（at は 1 から、何回めの公表か）。 */
export async function openPublished(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  at: number,
  file: number,
) {
  refuseComment("read", actor);
  const period = await requirePeriod(office, actor.contract);
  const found = period.publications[at - 1]?.files[file - 1];
  if (!found) throw new AppError("NOT_FOUND", "そのファイルは公表していません。");
  return openFile(office, actor.contract, found.id);
}
