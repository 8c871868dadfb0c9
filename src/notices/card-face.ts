import { hasHouseNumber } from "../japan/address.ts";
import { formatSpokenTimeRange } from "../japan/clock-time.ts";
import { type BarcodeDrawing, barcodeDrawing, customerBarcode } from "../japan/customer-barcode.ts";
import { formatPostalCode, readPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { bookingNumber } from "../reception/booking.ts";
import { maskName } from "./notice-card.ts";
import { type RecordSource, recordText } from "./notice-record.ts";

/** 画面に描くはがき。 */
export interface CardFace {
  /** 様式に差し込んで描いた絵。あれば front と back は使わない。 */
  pictures: { href: string; label: string; alt: string }[];
  front: {
    postalDigits: string[];
    address: string;
    /** 足りないもの（「番地なし」）。 */
    missing: string | undefined;
    building: string;
    name: string;
    barcode: BarcodeDrawing | undefined;
    from: string[];
    number: string;
    /** 読み上げる文。 */
    spoken: string;
  };
  back: {
    kind: string;
    day: string;
    time: string;
    venue: string;
    room: string;
    course: string;
    number: string;
    bring: string;
    phone: string;
    by: string[];
    spoken: string;
  };
}

/** 一通から、はがきの絵。masked なら氏名・住所・番号を伏せる（まだ選んでいない通）。 */
export function cardFace(source: RecordSource, masked: boolean, pictureHrefs: readonly string[]): CardFace {
  return {
    pictures: masked
      ? []
      : pictureHrefs.map((href, at) => ({
          href,
          label: at === 0 ? "宛名面" : at === 1 ? "文面" : `${at + 1}ページ目`,
          alt: `様式に差し込んだはがきの${at + 1}ページ目。受付番号${bookingNumber(source.detail.booking.number)}`,
        })),
    front: frontOf(source, masked),
    back: backOf(source),
  };
}

function frontOf({ detail, blueprint }: RecordSource, masked: boolean): CardFace["front"] {
  const { person, booking } = detail;
  const number = bookingNumber(booking.number);
  const missing =
    person.address.trim() !== "" && !hasHouseNumber(`${person.address} ${person.building}`, person.postal)
      ? "番地なし"
      : undefined;
  const address = masked ? hide(person.address) : person.address;
  const building = masked ? hide(person.building) : person.building;
  const name = masked ? maskName(person.name) : person.name;
  const digits = readPostalCode(person.postal) ?? "";
  const { sender, desk, hours } = blueprint;
  return {
    postalDigits: Array.from({ length: 7 }, (_, at) => (masked ? "" : (digits[at] ?? ""))),
    address,
    missing,
    building,
    name,
    barcode: masked ? undefined : barcodeOf(person.postal, `${person.address} ${person.building}`.trim()),
    from: [
      "差出人・返還先",
      `〒${formatPostalCode(sender.postal)} ${sender.address}`,
      sender.name,
      `電話 ${desk.enquiryPhone}（${hour(hours.open)}–${hour(hours.close)}・平日）`,
    ],
    number,
    spoken: masked
      ? `宛名面。受付番号${number}。氏名と住所は選ぶと表示されます。`
      : `宛名面。郵便番号${formatPostalCode(person.postal)}、${address}${building}${missing ? `、${missing}` : ""}、${name}様。`,
  };
}

function hour(minute: string): string {
  return `${Number(minute.slice(0, 2))}時`;
}

/** 伏せた住所。長さだけが分かる。 */
function hide(text: string): string {
  return "＊".repeat(Math.min(10, Math.ceil([...text].length / 2)));
}

function barcodeOf(postal: string, address: string): BarcodeDrawing | undefined {
  if (readPostalCode(postal) === undefined) return undefined;
  const made = customerBarcode(postal, address);
  return "bars" in made ? barcodeDrawing(made.bars) : undefined;
}

function backOf(source: RecordSource): CardFace["back"] {
  const { cls } = source.detail;
  const day = formatMonthDay(cls.day, { weekday: true });
  const time = formatSpokenTimeRange(cls.start, cls.end);
  const venue = recordText("venue", source);
  const course = recordText("course", source);
  return {
    kind: cls.kind || "講習会",
    day,
    time,
    venue,
    room: cls.room,
    course,
    number: recordText("number", source),
    bring: recordText("bring", source),
    phone: recordText("contactPhone", source),
    by: [source.blueprint.client, source.blueprint.clientUnit],
    spoken: `文面。${cls.kind || "講習会"}受講通知書。${day}${time}、${venue}${cls.room}、${course}。`,
  };
}
