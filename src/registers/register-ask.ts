import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { BookName } from "./book.ts";
import { bookNames, isBook } from "./book.ts";
import type { EntryInput } from "./entry.ts";
import { environmentNames } from "./environment.ts";
import { staffForms } from "./file-staff.ts";
import type { EntryFilter } from "./list-entries.ts";
import { employmentNames, type MemberInput, staffRoleNames } from "./staff.ts";

const blank = z.string().max(100).default("");

const entryShape = {
  title: z.string().max(400),
  clause: z.string().max(100).default(""),
  /** 起きた日（「2025-09-17」）。 */
  heldOn: z.string().max(20),
  due: blank,
  expires: blank,
  /** 円。空は「分からない」。 */
  cost: z.union([z.int(), z.string().max(20)]).default(""),
  fields: z.record(z.string().max(40), z.string().max(20_000)).default({}),
};
export const entryBody = z.object({ book: z.enum(bookNames), ...entryShape });
export const entryEditBody = z.object({ ...entryShape, edition: z.coerce.number().int() });
export const closeBody = z.object({
  edition: z.coerce.number().int(),
  fields: z.record(z.string().max(40), z.string().max(20_000)).default({}),
});

/** 欄の文字から、登録簿に書くことへ。空の日と費用は undefined。 */
export function entryInput(given: Omit<z.infer<typeof entryBody>, "book">): EntryInput {
  const { title, clause, heldOn, due, expires, fields, cost } = given;
  const text = String(cost).normalize("NFKC").replaceAll(",", "").trim();
  return {
    ...{ title, clause, heldOn, fields },
    due: due === "" ? undefined : due,
    expires: expires === "" ? undefined : expires,
    cost: text === "" ? undefined : /^-?\d+$/.test(text) ? Number(text) : Number.NaN,
  };
}

/** 画面の欄（f.名）を、帳簿の欄にまとめる。 */
export function gatherBookFields(form: Readonly<Record<string, string>>): Record<string, unknown> {
  const fields: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form))
    if (name.startsWith("f.")) fields[name.slice(2)] = value;
    else rest[name] = value;
  return { ...rest, fields };
}

export function entryFilter(query: (name: string) => string | undefined): EntryFilter & { book?: BookName } {
  const book = query("book");
  const state = query("state");
  const search = query("q")?.trim().slice(0, 80);
  return {
    ...(isBook(book) ? { book } : {}),
    ...(state === "open" || state === "closed" ? { state } : {}),
    ...(search ? { search } : {}),
  };
}

const memberShape = {
  name: z.string().max(200),
  post: z.string().max(200).default(""),
  account: blank,
  employment: z.enum(employmentNames, "雇用の形を選んでください。"),
  employer: z.string().max(200).default(""),
  qualification: z.string().max(2_000).default(""),
};
export const memberBody = z.object(memberShape);
export const memberEditBody = z.object({ ...memberShape, edition: z.coerce.number().int() });
export const assignBody = z.object({
  role: z.enum(staffRoleNames, "役割を選んでください。"),
  from: z.string().max(20),
  to: blank,
});
export const releaseBody = z.object({ to: z.string().max(20) });
export const fileStaffBody = z.object({ form: z.enum(staffForms) });

export function memberInput(given: z.infer<typeof memberBody>): MemberInput {
  const { account, ...rest } = given;
  return { ...rest, account: account.trim() === "" ? undefined : account.normalize("NFKC").trim() };
}

/** 月と、項目ごとの数。空の欄は変えない。 */
export const environmentBody = z.object({
  month: z.string().max(10),
  values: z.partialRecord(z.enum(environmentNames), z.int("整数で入れてください。")),
});

/** 画面の欄から、項目ごとの数へ。数にならないものは BAD_INPUT（欄の名つき）。 */
export function environmentInput(form: Readonly<Record<string, string>>): z.infer<typeof environmentBody> {
  const values: z.infer<typeof environmentBody>["values"] = {};
  for (const name of environmentNames) {
    const text = (form[name] ?? "").normalize("NFKC").replaceAll(",", "").trim();
    if (text === "") continue;
    if (!/^\d{1,9}$/.test(text))
      throw new AppError("BAD_INPUT", "環境の数に直すところがあります。", {
        faults: [{ field: name, message: "0 からの整数で入れてください。" }],
      });
    values[name] = Number(text);
  }
  return { month: form.month ?? "", values };
}
