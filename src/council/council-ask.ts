import { z } from "zod";
import { AppError } from "../base/error.ts";
import {
  attendHows,
  channelNames,
  type Mark,
  quorumNames,
  type Room,
  resultNames,
  rsvpNames,
  sendHows,
} from "../meetings/meeting.ts";

const text = (most: number) => z.string().max(most).default("");
const yen = z
  .string()
  .default("")
  .transform((given, context) => {
    const plain = given.normalize("NFKC").replaceAll(/[,円\s]/g, "");
    if (plain === "") return 0;
    if (/^\d{1,7}$/.test(plain)) return Number(plain);
    context.addIssue({ code: "custom", message: "0 からの整数で入れてください。" });
    return z.NEVER;
  });
const keys = <T extends string>(of: Record<T, string>) => Object.keys(of) as [T, ...T[]];

export const FILE_BYTES = 64 * 1024 * 1024;

export const memberForm = z.object({
  ...{ name: text(100), kana: text(100), post: text(200), seat: z.enum(["chair", "vice", "member"]) },
  ...{ required: text(2), remote: text(2), mail: text(200), phone: text(40), reserve: text(40) },
  ...{ link: text(1_000), fee: yen, travel: yen, active: text(2), edition: z.coerce.number().optional() },
});

export const councilForm = z.object({
  ...{ name: text(100), organizerName: text(200), organizerMail: text(200) },
  ...{ quorum: z.enum(keys(quorumNames)), words: text(20_000) },
});

/** 「誤 → 正」の行。 */
export function readWords(given: string): { wrong: string; right: string }[] {
  return given.split(/\r?\n/).flatMap((line) => {
    const [wrong = "", right] = line.split(/\s*(?:→|=>|,|、|\t)\s*/);
    return wrong.trim() === "" || right === undefined ? [] : [{ wrong: wrong.trim(), right: right.trim() }];
  });
}

export const roomForm = z.object({
  ...{ id: text(40), name: text(100), place: text(200), kind: z.enum(["city", "private"]) },
  ...{ capacity: yen, cost: yen, equipment: text(2_000), busy: text(60_000) },
});

/** ふさがっている時間の行（「2025-02-05 13:00-17:00」）。読めない行は断る。 */
export function readBusy(given: string): Room["busy"] {
  const lines = given
    .normalize("NFKC")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.map((line) => {
    const found = /^(\d{4}-\d\d-\d\d)\s+(\d{1,2}:\d\d)\s*[-–~〜]\s*(\d{1,2}:\d\d)$/.exec(line);
    if (found === null)
      throw new AppError("BAD_INPUT", "会場のふさがりに直すところがあります。", {
        faults: [
          {
            field: "busy",
            message: `「${line.slice(0, 30)}」を「2025-02-05 13:00-17:00」の形で書いてください。`,
          },
        ],
      });
    const [, day = "", start = "", end = ""] = found;
    return { day, start: start.padStart(5, "0"), end: end.padStart(5, "0") };
  });
}

export function busyText(busy: Room["busy"]): string {
  return busy.map(({ day, start, end }) => `${day} ${start}-${end}`).join("\n");
}

export const briefForm = z.object({
  ...{ topics: text(8_000), goal: text(8_000), briefing: text(8_000), secretariat: text(2_000) },
  ...{ open: z.enum(["open", "closed"]).default("open"), closedReason: text(200) },
});

export const wishForm = z.object({
  ...{ from: text(10), to: text(10), starts: text(100), length: z.coerce.number().default(120) },
  limit: z.coerce.number().min(1).max(20).default(8),
});

/** 「14:00、10:00」→ 並び。 */
export function readStarts(given: string): string[] {
  return given
    .normalize("NFKC")
    .split(/[、,\s]+/)
    .filter((one) => one !== "")
    .map((one) => one.padStart(5, "0"));
}

/** 「2025-02-05 14:00-16:00」の並び（チェックの値）。 */
export function readSlot(given: string): { day: string; start: string; end: string } {
  const [day = "", hours = ""] = given.split(" ");
  const [start = "", end = ""] = hours.split("-");
  return { day, start, end };
}

export function slotText({ day, start, end }: { day: string; start: string; end: string }): string {
  return `${day} ${start}-${end}`;
}

export const answerForm = z.object({
  ...{ member: text(60), channel: z.enum(keys(channelNames)).default("page"), note: text(1_000) },
});

/** 欄 m1、m2 … の印。 */
export function readMarks(form: Readonly<Record<string, string>>): Record<string, Mark> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      /^m\d+$/.test(name) && (value === "yes" || value === "maybe" || value === "no")
        ? [[name.slice(1), value]]
        : [],
    ),
  );
}

export const rsvpForm = z.object({
  member: text(60),
  answer: z.enum(keys(rsvpNames)).optional().catch(undefined),
  channel: z.enum(keys(channelNames)).default("phone"),
  note: text(200),
  sequence: z.coerce.number().int().min(0).optional(),
});

export const fixForm = z.object({
  ...{ day: text(10), start: text(5), end: text(5), room: text(40), reason: text(200) },
});

export const paperForm = z.object({
  ...{ number: text(30), title: text(200), pages: yen, colour: yen, copies: yen },
  ...{ duplex: text(2), sent: text(2) },
});

export const sendForm = z.object({
  ...{ how: z.enum(keys(sendHows)), people: yen, received: yen, papers: text(400), note: text(200) },
});

export const heldForm = z.object({
  ...{ visitors: yen, secretariat: text(2_000), recorded: text(2), consent: text(2_000), eraseBy: text(10) },
  decisions: text(20_000),
});

/** 「骨子を了承した｜5｜0｜1｜異議なく了承」の行。 */
export function readDecisions(given: string) {
  const results = Object.entries(resultNames);
  return given
    .split(/\r?\n/)
    .map((line) => line.split(/[|｜]/).map((part) => part.trim()))
    .filter(([first = ""]) => first !== "")
    .map(([words = "", ...parts]) => {
      const [yes = 0, no = 0, kept = 0] = parts.map((one) => Number.parseInt(one.normalize("NFKC"), 10) || 0);
      const result = results.find(([, label]) => parts.includes(label))?.[0];
      return {
        ...{ text: words.slice(0, 1_000), yes, no, kept },
        result: (result ??
          (yes + no + kept === 0 ? "agreed" : yes > no ? "passed" : "rejected")) as keyof typeof resultNames,
      };
    });
}

export function decisionsText(given: readonly ReturnType<typeof readDecisions>[number][]): string {
  return given
    .map(
      ({ text: words, yes, no, kept, result }) => `${words}｜${yes}｜${no}｜${kept}｜${resultNames[result]}`,
    )
    .join("\n");
}

/** 出欠の欄（how.委員、fee.委員、travel.委員、note.委員）。 */
export function readAttendance(form: Readonly<Record<string, string>>) {
  const number = (given = "") =>
    Math.min(1_000_000, Number.parseInt(given.normalize("NFKC").replaceAll(",", ""), 10) || 0);
  return Object.entries(form).flatMap(([name, how]) => {
    const member = name.startsWith("how.") ? name.slice(4) : undefined;
    if (member === undefined || !Object.hasOwn(attendHows, how)) return [];
    return [
      {
        ...{
          member,
          how: how as keyof typeof attendHows,
          note: (form[`note.${member}`] ?? "").slice(0, 200),
        },
        // 欠席の方には、謝金も旅費もない。
        fee: how === "absent" ? 0 : number(form[`fee.${member}`]),
        travel: how === "absent" ? 0 : number(form[`travel.${member}`]),
      },
    ];
  });
}

export const actionForm = z.object({
  ...{ meeting: text(60), line: z.coerce.number().int().optional(), remark: text(2_000) },
  ...{ member: text(60), due: text(10) },
});

/** JSON の道の本文。 */
export const pollInput = z.object({
  slots: z.array(z.object({ day: z.string(), start: z.string(), end: z.string() })).max(40),
  by: z.string().default(""),
});
export const answerInput = z.object({
  member: z.string(),
  marks: z.record(z.string(), z.enum(["yes", "maybe", "no"])),
  note: z.string().max(1_000).default(""),
  channel: z.enum(keys(channelNames)).default("page"),
});
export const rsvpInput = z.object({
  member: z.string(),
  answer: z.enum(keys(rsvpNames)),
  channel: z.enum(keys(channelNames)).default("page"),
  note: z.string().max(200).default(""),
});
export const fixInput = z.object({
  ...{ day: z.string(), start: z.string(), end: z.string() },
  ...{ room: z.string().nullable().optional(), reason: z.string().max(200).default("") },
});
export const actionInput = z.object({
  ...{ meeting: z.string(), line: z.int().optional(), remark: z.string().max(2_000) },
  ...{ member: z.string().default(""), due: z.string().default("") },
});
export const answerActionInput = z.object({
  answer: z.string().max(4_000),
  drop: z.boolean().default(false),
});
