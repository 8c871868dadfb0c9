import type { Actor } from "../base/actor.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BookName, bookOf } from "./book.ts";
import { bookDocument, type DocumentFacts, entryDocument } from "./entry-document.ts";
import { listEntries, openEntry } from "./list-entries.ts";
import { listStaff } from "./list-staff.ts";
import { chartOf, chartPdf, chartPng, staffWord } from "./staff-document.ts";

export interface PrintedFile {
  fileName: string;
  media: string;
  bytes: Uint8Array;
}
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

async function factsOf(office: Office, contract: string): Promise<DocumentFacts> {
  const { blueprint } = await openContract(office, contract);
  const { title, client, clientUnit, sender } = blueprint;
  return {
    ...{ title, client: `${client}　${clientUnit}`, contractor: sender.name || "受託者" },
    created: office.clock.officeNow(contract),
  };
}

/** 一件の Word（協議は議事録）。取り出したことを記録する。 */
export async function printEntry(office: Office, actor: Actor, id: string): Promise<PrintedFile> {
  const open = await openEntry(office, actor, id);
  const bytes = writeWordDocument(entryDocument(open, await factsOf(office, actor.contract)));
  const { book, number } = open.head;
  await office.act(actor, (tx) =>
    tx.record({ kind: "register.printed", about: `registers/entry/${id}`, payload: { book, number } }),
  );
  return { fileName: `${bookOf(book).series}_第${number}号.docx`, media: word, bytes };
}

/** 帳簿の一覧の Word。 */
export async function printBook(office: Office, actor: Actor, book: BookName): Promise<PrintedFile> {
  const rows = await listEntries(office, actor, { book });
  const bytes = writeWordDocument(bookDocument(book, rows, await factsOf(office, actor.contract)));
  await office.act(actor, (tx) =>
    tx.record({ kind: "register.printed", payload: { book, rows: rows.length } }),
  );
  return { fileName: `${bookOf(book).label}.docx`, media: word, bytes };
}

export const chartFormats = ["png", "pdf", "docx"] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** その日の体制図（png、pdf）か、体制図と名簿（docx）。氏名が入るので、取り出したことを記録する。 */
export async function printStaff(
  office: Office,
  actor: Actor,
  format: ChartFormat,
  day?: string,
): Promise<PrintedFile> {
  const staff = await listStaff(office, actor, day);
  const facts = await factsOf(office, actor.contract);
  const title = "業務体制図";
  const bytes =
    format === "docx"
      ? await staffWord(staff, facts)
      : await (format === "png" ? chartPng : chartPdf)(chartOf(staff), title);
  await office.act(actor, (tx) =>
    tx.record({ kind: "staff.drawn", payload: { format, day: staff.day, people: staff.members.length } }),
  );
  const media = { png: "image/png", pdf: "application/pdf", docx: word }[format];
  return { fileName: `体制図_${staff.day}.${format}`, media, bytes };
}
