import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { openFiling } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { answerFormDocx, answerFormXlsx } from "./answer-form-document.ts";
import { type OpenPackage, openPackage } from "./make-package.ts";
import { refusePackage } from "./package-right.ts";
import { writePackageHtml } from "./write-package-file.ts";

export const packageForms = ["html", "xlsx", "docx", "paper"] as const;
export type PackageForm = (typeof packageForms)[number];

const medias: Record<Exclude<PackageForm, "paper">, string> = {
  html: "application/octet-stream",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** いまの版の一式を、記録を残して取り出す。 */
export async function takePackage(
  office: Office,
  actor: Actor,
  filing: string,
  form: PackageForm,
): Promise<OpenPackage> {
  refusePackage("make", actor);
  const seen = actor.id === "system" ? { ...actor, roles: ["manager" as const] } : actor;
  const { version, number } = (await openFiling(office, seen, filing)).filing;
  const open = await openPackage(office, actor.contract, filing, version);
  if (!open)
    throw new AppError("NOT_FOUND", "この版の一式は、まだありません。先に「一式を作る」を押してください。");
  await office.act(actor, (tx) =>
    tx.record({ kind: "package.taken", about: filing, payload: { number, version, form, hash: open.hash } }),
  );
  return open;
}

/** 一式のファイル。名には、個人のことを入れない。 */
export function packageFile(
  open: OpenPackage,
  form: Exclude<PackageForm, "paper">,
): { fileName: string; media: string; bytes: Uint8Array } {
  const name = `${form === "html" ? "確認用の一式" : "回答様式"}_${open.manifest.document.replaceAll(" ", "")}_第${open.manifest.version}版`;
  const bytes =
    form === "html" ? writePackageHtml(open) : form === "xlsx" ? answerFormXlsx(open) : answerFormDocx(open);
  return { fileName: `${name}.${form}`, media: medias[form], bytes };
}
