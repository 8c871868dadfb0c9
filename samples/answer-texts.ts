import type { NewRecord } from "../src/answers/count-inquiry.ts";
import type { NewQuestion } from "../src/answers/escalate-question.ts";
import type { NewComplaint } from "../src/answers/record-complaint.ts";

// デモの応対の文。できごとも人も作りもの。

interface Complaint {
  day: string;
  time: string;
  given: Omit<NewComplaint, "receivedAt">;
  handled?: string;
  response?: string;
  prevention?: string;
  confirmed?: string;
  reported?: string;
  accepted?: string;
  call?: { day: string; time: string; note: string };
}

export const complaints: readonly Complaint[] = [
  {
    day: "2025-07-11",
    time: "10:40",
    given: {
      severity: "normal",
      topic: "line",
      channel: "phone",
      content: "朝から何度かけてもつながらない。高齢の人には酷だと、強くおっしゃった。",
      note: "おわびし、希望の会場をお聞きした。",
    },
    handled: "11:10",
    response:
      "SV が代わっておわびし、ご希望の会場の午後の回に空きがあったのでご予約いただいた。ご納得いただいた。",
    prevention: "初日の午前は SV も含めて全席で受ける。第二期は初日の席を一つ増やすことを協議する。",
    reported: "2025-07-14T11:00:00",
    accepted: "2025-07-14T15:10:00",
  },
  {
    day: "2025-07-22",
    time: "14:05",
    given: {
      severity: "normal",
      topic: "notice",
      channel: "phone",
      content: "受講通知書の会場の地図が古く、入口が分からなかった。",
    },
    handled: "14:40",
    response: "会場に確かめ、入口が南側に移ったことが分かった。おわびし、正しい入口をお伝えした。",
    prevention: "その会場の受講通知書の案内を改め、ほかの会場の地図も確かめる。",
    reported: "2025-07-23T10:30:00",
    accepted: "2025-07-23T16:00:00",
  },
  {
    day: "2025-07-24",
    time: "09:20",
    given: {
      severity: "emergency",
      topic: "venue",
      channel: "phone",
      content: "会場の前で転んだ方がいて、会場の職員がいないとのお電話。",
    },
    handled: "10:05",
    response:
      "救急の手配がされていることを確かめ、会場の管理者につないだ。その後、軽いけがで帰宅されたと会場から連絡があった。",
    prevention: "会場ごとの当日の連絡先を、席に置く一覧に加える。",
    reported: "2025-07-25T10:00:00",
    accepted: "2025-07-25T13:30:00",
    call: { day: "2025-07-24", time: "09:26", note: "状況を伝えた。市から会場へ職員が向かうとの指示。" },
  },
  {
    day: "2025-09-12",
    time: "15:35",
    given: {
      severity: "normal",
      topic: "manner",
      channel: "phone",
      content: "説明が早口で、聞き返したら迷惑そうにされたとのお申し出。",
      note: "おわびし、SV に代わった。",
    },
    handled: "15:50",
    response: "SV が代わっておわびし、ゆっくりご説明した。ご予約の内容を復唱し、ご納得いただいた。",
    prevention: "復唱の文を読む速さを、朝の打合せで確かめる。該当の OP とは録音の代わりに役割練習を行う。",
    confirmed: "2025-09-12T15:58:00",
    reported: "2025-09-16T10:20:00",
  },
  {
    day: "2025-09-16",
    time: "10:20",
    given: {
      severity: "normal",
      topic: "line",
      channel: "phone",
      content: "初日に何度かけてもつながらず、希望の会場が満席になった。",
    },
    handled: "11:05",
    response: "SV がおわびし、近隣会場の空席を案内して予約を承った。11時05分に終結。",
    prevention: "第三期の初日は9時台を6席とする（要員計画に反映し、協議する）。",
    confirmed: "2025-09-16T15:40:00",
  },
  {
    day: "2025-09-17",
    time: "13:05",
    given: {
      severity: "serious",
      topic: "full",
      channel: "phone",
      content: "三つの会場が続けて満席で、案内のしかたが不親切だとのお申し出。待機の説明もなかったとのこと。",
      note: "SV から折り返すことをお伝えした。",
    },
  },
];

interface Question {
  day: string;
  times: readonly [string, string, string, string, string];
  given: NewQuestion;
  until: "asked" | "taken" | "sent" | "instructed" | "closed";
  answer?: string;
}

const ask = (
  item: string,
  text: string,
  caller: string,
  promise: NewQuestion["promise"] = "240",
): NewQuestion => ({
  ...{ item, ask: text, caller, promise },
});

export const questions: readonly Question[] = [
  {
    day: "2025-07-15",
    times: ["10:15", "10:22", "10:40", "11:35", "11:50"],
    given: ask("other", "手話通訳の方の同席は、付き添いの1名に数えますか。", "大友 梅子　011-000-3301"),
    until: "closed",
    answer: "手話通訳の方は付き添いに数えません。通訳の席は市で用意します。",
  },
  {
    day: "2025-09-12",
    times: ["11:20", "11:31", "11:45", "14:10", "14:25"],
    given: ask("lesson", "市外に住み、市内に勤める方は受講できますか。", "真鍋 昭二　011-000-3302"),
    until: "closed",
    answer: "市内に在住の方が対象です。空きがあっても、市外の方はご遠慮いただいてください。",
  },
  {
    day: "2025-09-17",
    times: ["09:50", "10:05", "10:20", "11:40", "13:10"],
    given: ask("place", "台風で会場が休館になったとき、振替の日はありますか。", "柏木 トシ　011-000-3303"),
    until: "instructed",
    answer:
      "休館のときは中止とし、同じ期の空きのある回へご案内してください。空きがなければ次の期を優先して承ります。",
  },
  {
    day: "2025-09-17",
    times: ["11:20", "11:28", "11:40", "12:00", "12:10"],
    given: ask("bring", "補聴器とつないで使う貸出機を、用意してもらえますか。", "福士 清　011-000-3304"),
    until: "sent",
  },
];

export const records: readonly (Omit<NewRecord, "needsPersonal"> & { at: string })[] = [
  {
    at: "2025-07-11T14:20:00",
    item: "other",
    content: "大学の研究で受講者への聞き取りをしたいとのご相談。市の担当課をご案内した。",
    reason: "",
    important: true,
  },
  {
    at: "2025-07-16T10:10:00",
    item: "place",
    content: "会場の暖房が弱かったとのお話。次の回までに会場へ伝えることをお約束した。",
    reason: "callback",
    important: true,
  },
  {
    at: "2025-09-11T09:40:00",
    item: "seats",
    content: "第三期の日程はいつ決まるかとのお尋ね。決まり次第、広報に載ることをお伝えした。",
    reason: "",
    important: false,
  },
  {
    at: "2025-09-12T13:15:00",
    item: "other",
    content: "報道の方から、申込みの状況についての取材のお申込み。市の担当課をご案内した。",
    reason: "client",
    important: true,
  },
  {
    at: "2025-09-16T10:50:00",
    item: "other",
    content: "英語でのお電話。短いことばで日程と会場をお伝えし、ご予約いただいた。",
    reason: "",
    important: false,
  },
  {
    at: "2025-09-17T11:05:00",
    item: "lesson",
    content: "視覚に障がいのある方から、読み上げの機能を教わりたいとのご相談。相談会をご案内した。",
    reason: "",
    important: true,
  },
];
