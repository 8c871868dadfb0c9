import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import {
  type CouncilBody,
  inSeatOrder,
  type Meeting,
  type Member,
  meetingName,
  seatNames,
} from "./meeting.ts";

export interface PaperFacts {
  council: CouncilBody;
  meeting: Meeting;
  /** いまの委員。 */
  members: readonly Member[];
  /** 事業者の名（文書の作成者）と、作った時。 */
  author: string;
  created: string;
}

export const paperForms = {
  agenda: "次第",
  roster: "委員名簿",
  seating: "席次表",
  placards: "名札",
  request: "依頼文",
} as const;
export type PaperForm = keyof typeof paperForms;

/** 会議の紙（Word）。市が手を入れて使えるように、表と段落だけで作る。 */
export function paperDocument(form: PaperForm, facts: PaperFacts): WordDocument {
  const { council, meeting, author, created } = facts;
  const title = `${meetingName(council, meeting)}　${paperForms[form]}`;
  const makers: Record<PaperForm, (given: PaperFacts) => WordBlock[]> = {
    ...{ agenda: agendaBlocks, roster: rosterBlocks, seating: seatingBlocks, placards: placardBlocks },
    request: requestBlocks,
  };
  const plain = form === "placards" || form === "request" ? {} : { footer: title };
  return {
    ...{ title, author, created, landscape: form === "placards" || form === "seating", ...plain },
    blocks: makers[form](facts),
  };
}

function whenText({ day, start, end }: Meeting): string {
  return day === null ? "日程調整中" : `${formatWareki(day, { weekday: true })}　${start}から${end}まで`;
}

function placeOf({ council, meeting, members }: PaperFacts): string {
  const room = council.rooms.find(({ id }) => id === meeting.room);
  const web = members.some(({ remote }) => remote) ? "（ウェブ会議を併用）" : "";
  return room === undefined ? "調整中" : `${room.name}${room.place === "" ? "" : `（${room.place}）`}${web}`;
}

function agendaBlocks(facts: PaperFacts): WordBlock[] {
  const { council, meeting } = facts;
  return [
    { kind: "title", text: `${meetingName(council, meeting)}　次第` },
    {
      ...{ kind: "table", caption: "日時と場所", headColumn: true },
      columns: [{ share: 2 }, { share: 9 }],
      rows: [
        ["日時", whenText(meeting)],
        ["場所", placeOf(facts)],
        ["公開", meeting.open ? "公開" : `非公開（${meeting.closedReason}）`],
      ],
    },
    { kind: "heading", level: 1, text: "議事", number: false },
    {
      ...{ kind: "table", caption: "議事の次第", header: ["", "議事", "資料", "目安"] },
      columns: [{ share: 1, align: "center" }, { share: 9 }, { share: 3 }, { share: 2, align: "right" }],
      rows: meeting.agenda.map(({ title, minutes, paper }, at) => [
        ...[String(at + 1), title, paper, minutes === 0 ? "" : `${minutes}分`],
      ]),
    },
    ...(meeting.goal === ""
      ? []
      : ([
          { kind: "heading", level: 1, text: "本日の到達点", number: false },
          { kind: "paragraph", text: meeting.goal },
        ] satisfies WordBlock[])),
    { kind: "heading", level: 1, text: "配布資料", number: false },
    ...(meeting.papers.length === 0
      ? ([{ kind: "paragraph", text: "（なし）" }] satisfies WordBlock[])
      : ([
          {
            ...{ kind: "table", caption: "配布資料の一覧", header: ["番号", "資料", "版", "ページ"] },
            columns: [{ share: 3 }, { share: 9 }, { share: 2, align: "right" }, { share: 2, align: "right" }],
            rows: meeting.papers.map(({ number, title, version, pages }) => [
              ...[number, title, `第${version}版`, String(pages)],
            ]),
          },
        ] satisfies WordBlock[])),
  ];
}

function rosterBlocks({ council, members }: PaperFacts): WordBlock[] {
  return [
    { kind: "title", text: `${council.name}　委員名簿` },
    {
      ...{ kind: "table", caption: "委員名簿", header: ["", "氏名", "所属・職名", "役"] },
      columns: [{ share: 1, align: "center" }, { share: 4 }, { share: 8 }, { share: 2 }],
      rows: inSeatOrder(members).map(({ name, post, seat }, at) => [
        ...[String(at + 1), name, post, seatNames[seat]],
      ]),
    },
    { kind: "paragraph", text: "（座長・副座長のほかは、名簿の順。敬称略）", align: "right", before: 6 },
  ];
}

/** 席次: 口の字。上座に座長と副座長、左右に委員、下座に事務局。ウェブ参加の方は画面。 */
export function seatingOf(members: readonly Member[]): {
  head: Member[];
  left: Member[];
  right: Member[];
  screen: Member[];
} {
  const ordered = inSeatOrder(members);
  const here = ordered.filter(({ remote }) => !remote);
  const head = here.filter(({ seat }) => seat !== "member");
  const rest = here.filter(({ seat }) => seat === "member");
  return {
    head,
    left: rest.filter((_, at) => at % 2 === 0),
    right: rest.filter((_, at) => at % 2 === 1),
    screen: ordered.filter(({ remote }) => remote),
  };
}

function seatingBlocks(facts: PaperFacts): WordBlock[] {
  const { council, meeting, members } = facts;
  const { head, left, right, screen } = seatingOf(members);
  const seat = (one: Member | undefined) =>
    one === undefined ? "" : `${one.name}${one.seat === "member" ? "" : `　${seatNames[one.seat]}`}`;
  const depth = Math.max(left.length, right.length, 1);
  const middle = Array.from({ length: depth }, (_, at) => [
    { text: seat(left[at]), align: "center" as const, head: left[at] !== undefined },
    "",
    { text: seat(right[at]), align: "center" as const, head: right[at] !== undefined },
  ]);
  return [
    { kind: "title", text: `${meetingName(council, meeting)}　席次表` },
    { kind: "paragraph", text: `${whenText(meeting)}　${placeOf(facts)}`, align: "center", after: 8 },
    {
      ...{ kind: "table", caption: "席次", rowHeight: 14, size: 12 },
      columns: [{ share: 4 }, { share: 5 }, { share: 4 }],
      rows: [
        ["", { text: head.map(seat).join("　／　"), align: "center", head: true }, ""],
        ...middle,
        ["", { text: "事務局", align: "center", head: true }, ""],
        ["", { text: "出入口・傍聴席", align: "center" }, ""],
      ],
    },
    ...(screen.length === 0
      ? []
      : ([
          { kind: "paragraph", text: `画面（ウェブ会議）: ${screen.map(seat).join("、")}`, before: 8 },
        ] satisfies WordBlock[])),
  ];
}

/** 名札（A4 横、一人一枚）。二つに折って立てる。 */
function placardBlocks({ members }: PaperFacts): WordBlock[] {
  return inSeatOrder(members)
    .filter(({ remote }) => !remote)
    .flatMap(({ name, post, seat }, at): WordBlock[] => [
      ...(at === 0 ? [] : ([{ kind: "pageBreak" }] satisfies WordBlock[])),
      { kind: "paragraph", text: [{ text: post, size: 24 }], align: "center", before: 230 },
      {
        ...{ kind: "paragraph", align: "center", before: 12 },
        text: [{ text: name, size: [...name].length > 7 ? 64 : 80, bold: true }],
      },
      ...(seat === "member"
        ? []
        : ([
            { kind: "paragraph", text: [{ text: seatNames[seat], size: 28 }], align: "center", before: 12 },
          ] satisfies WordBlock[])),
    ]);
}

/** 出席の依頼文（一人に一枚）。ウェブ会議の接続先は、ほかの人の目に触れるので書かず、招集状で知らせる。 */
function requestBlocks(facts: PaperFacts): WordBlock[] {
  const { council, meeting, members, created } = facts;
  const name = meetingName(council, meeting);
  const from = council.organizerName || `${council.name}　事務局`;
  return inSeatOrder(members).flatMap((member, at): WordBlock[] => [
    ...(at === 0 ? [] : ([{ kind: "pageBreak" }] satisfies WordBlock[])),
    { kind: "paragraph", text: formatWareki(dayOf(created)), align: "right", after: 12 },
    { kind: "paragraph", text: member.post },
    { kind: "paragraph", text: `${member.name}　様`, after: 12 },
    { kind: "paragraph", text: from, align: "right", after: 18 },
    {
      ...{ kind: "paragraph", align: "center", after: 18 },
      text: [{ text: `${name}の開催について（ご依頼）`, size: 14, bold: true }],
    },
    {
      kind: "paragraph",
      text: "　日ごろより、お力添えをいただき、厚くお礼申し上げます。",
    },
    {
      kind: "paragraph",
      text: `　このたび、${name}を下記のとおり開催いたします。ご多用のところ恐れ入りますが、ご出席くださいますよう、お願いいたします。`,
    },
    { kind: "paragraph", text: "記", align: "center", before: 12, after: 12 },
    {
      ...{ kind: "table", caption: "会議のご案内", headColumn: true },
      columns: [{ share: 2 }, { share: 9 }],
      rows: requestRows(facts, member),
    },
    { kind: "paragraph", text: "以上", align: "right", before: 12 },
  ]);
}

function requestRows(facts: PaperFacts, member: Member): string[][] {
  const { meeting } = facts;
  const advance = meeting.papers.filter(({ sent }) => sent).map(({ number }) => number);
  return [
    ["日時", whenText(meeting)],
    [
      "場所",
      `${placeOf(facts)}${member.remote ? "\nウェブ会議でのご参加。接続先は招集状でお知らせします。" : ""}`,
    ],
    ["議事", meeting.topics === "" ? "次第のとおり" : meeting.topics],
    ...(meeting.goal === "" ? [] : [["到達点", meeting.goal]]),
    ["資料", advance.length === 0 ? "当日お配りします。" : `${advance.join("、")}を、前もってお送りします。`],
    ["公開", meeting.open ? "公開（傍聴があります）" : `非公開（${meeting.closedReason}）`],
    ["謝金・旅費", "札幌市の定めにより、札幌市がお支払いします。"],
    ["録音", "会議録を作るため、同意をいただいたうえで録音し、会議録の確定後に消去します。"],
    ["ご返事", "招集状（予定表のファイル）への返事か、メール・電話でお知らせください。"],
  ];
}
