import { AppError } from "../base/error.ts";
import { formatSpokenTimeRange } from "../japan/clock-time.ts";
import { barcodeDrawing, customerBarcode } from "../japan/customer-barcode.ts";
import { formatPostalCode, readPostalCode } from "../japan/postal-code.ts";
import { formatWareki } from "../japan/wareki.ts";
import { pdfFont } from "../office/pdf-font.ts";
import { drawSheets, type Sheet } from "../office/pdf-sheet.ts";
import { writeSheets } from "../office/sheet-document.ts";
import { bookingNumber } from "../reception/booking.ts";
import { type Edition, editionOf } from "./notice-card.ts";
import { type RecordSource, recordText } from "./notice-record.ts";
import {
  type CardFonts,
  layOutCard,
  type OwnCard,
  type OwnCardContent,
  type OwnCardSetting,
  ownCardSchema,
} from "./own-card.ts";
import { postageKinds } from "./postage.ts";

/** 標準のはがきの設定を読む。壊れていれば BAD_INPUT。 */
export function readOwnCard(bytes: Uint8Array): OwnCardSetting {
  const parsed = ownCardSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new AppError("BAD_INPUT", "標準のはがきの設定が読めません。様式の画面で選び直してください。");
}

/** 一通の内容。 */
export function ownCardContent(
  source: RecordSource,
  edition: Edition = editionOf(source.detail),
): OwnCardContent {
  const { detail, blueprint } = source;
  const { person, cls, venue, booking } = detail;
  const { sender, desk, hours, postage } = blueprint;
  const hour = (minute: string) => `${Number(minute.slice(0, 2))}時`;
  return {
    postal: readPostalCode(person.postal) ?? "",
    address: person.address,
    building: person.building,
    name: person.name,
    number: bookingNumber(booking.number),
    kind: cls.kind || "講習会",
    day: formatWareki(cls.day, { weekday: true }),
    time: formatSpokenTimeRange(cls.start, cls.end),
    venue: venue.name,
    venueAddress: venue.address,
    room: cls.room,
    course: cls.course,
    bring: recordText("bring", source),
    phone: recordText("contactPhone", source),
    by: [blueprint.client, blueprint.clientUnit],
    from: [
      "差出人・返還先",
      `〒${formatPostalCode(sender.postal)} ${sender.address}`,
      sender.name,
      `電話 ${desk.enquiryPhone}（${hour(hours.open)}–${hour(hours.close)}・平日）`,
    ],
    mark: postageKinds[postage.kind].mark,
    markOffice: postage.office,
    barcode: barcodeOf(person.postal, `${person.address} ${person.building}`.trim()),
    large: edition === "notice-large",
  };
}

function barcodeOf(postal: string, address: string): OwnCardContent["barcode"] {
  if (readPostalCode(postal) === undefined) return undefined;
  const made = customerBarcode(postal, address);
  return "bars" in made ? barcodeDrawing(made.bars) : undefined;
}

export function cardFonts(): CardFonts {
  return { regular: pdfFont("regular"), bold: pdfFont("bold") };
}

/** 一通を組む（確かめるため。絵にはしない）。 */
export function layOutSource(source: RecordSource, setting: OwnCardSetting, edition?: Edition): OwnCard {
  return layOutCard(ownCardContent(source, edition), setting, cardFonts());
}

/** 標準のはがきの PDF と、直せる Word（同じ位置）。一人は必ず二面（表、裏）。uneven は入りきらない通の受付番号。 */
export interface OwnCardFile {
  pdf: Uint8Array;
  docx(): Uint8Array;
  pages: number;
  uneven: string[];
}

export async function printOwnCards(
  sources: readonly RecordSource[],
  setting: OwnCardSetting,
  edition?: Edition,
): Promise<OwnCardFile> {
  const uneven: string[] = [];
  const sheets: Sheet[] = [];
  for (const source of sources) {
    const card = layOutSource(source, setting, edition);
    if (card.overflow.length > 0) uneven.push(bookingNumber(source.detail.booking.number));
    sheets.push(card.front, card.back);
  }
  const info = { title: "受講通知書" };
  const pdf = await drawSheets(sheets, info);
  return { pdf, docx: () => writeSheets(sheets, info), pages: sheets.length, uneven };
}
