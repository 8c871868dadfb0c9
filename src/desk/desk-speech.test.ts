import { describe, expect, test } from "vitest";
import type { DeskFields, SeatCell, SeatVenue } from "./desk-api.ts";
import {
  guideSpeech,
  nextQuestion,
  plainText,
  postingSpeech,
  readBackSpeech,
  sayDayFrom,
  sayMetres,
  writeMoment,
} from "./desk-speech.ts";
import { emptyFields } from "./desk-state.ts";
import { rankAlternatives } from "./seat-guide.ts";

const now = "2025-09-17T04:43:00.000Z";
const posting = { deadline: "2025-09-22T06:00:00.000Z", inTime: true, daysLeft: 3, arrives: "2025-09-24" };

function seat(venueId: string, date: string, start: string, free: number, inTime = true): SeatCell {
  const when = { date, start, end: "16:00" };
  const rest = { course: "入門", kind: "講習会", capacity: 10, holds: [], started: false };
  return {
    classId: `${venueId}${date}${start}`,
    venueId,
    free,
    ...when,
    ...rest,
    posting: { ...posting, inTime },
  };
}

const kita: SeatVenue = {
  id: "北",
  name: "北区民センター",
  note: "",
  ward: "北区",
  lat: 43.0904,
  lng: 141.3407,
};
const asabu: SeatVenue = { id: "麻", name: "麻生", note: "", ward: "北区", lat: null, lng: null };
const asked = seat("北", "2025-09-30", "10:00", 0);

function guide(...cells: SeatCell[]): string {
  return plainText(guideSpeech(asked, kita, rankAlternatives(asked, cells, [kita, asabu], now)));
}

describe("満席のご案内", () => {
  const opening = "「あいにく北区民センターの9月30日は満席でございます。";

  test("６(2)ア 同じ日の別の会場と、同じ会場の別の日。月をまたげば月から言う", () => {
    expect(guide(seat("麻", "2025-09-30", "10:00", 5), seat("北", "2025-10-01", "10:00", 3))).toBe(
      `${opening}同じ日でしたら麻生に5席、北区民センターでしたら翌10月1日（水）に3席ございます。」`,
    );
  });

  test("時刻が違えば時刻も言う", () => {
    expect(guide(seat("麻", "2025-09-30", "13:30", 1))).toBe(
      `${opening}同じ日でしたら麻生、午後1時30分からの回に1席ございます。」`,
    );
    expect(guide(seat("北", "2025-09-30", "12:00", 2))).toBe(
      `${opening}同じ日、同じ会場の正午からの回に2席ございます。」`,
    );
  });

  test("同じ日も同じ会場もなければ、いちばん近い日を言う", () => {
    expect(guide(seat("麻", "2025-10-03", "10:00", 4), seat("麻", "2025-10-09", "10:00", 9))).toBe(
      `${opening}いちばん近い日ですと10月3日（金）、麻生に4席ございます。」`,
    );
  });

  test("空きが一つもなければ、ないと言う", () => {
    expect(guide()).toBe(`${opening}入門は、ほかの会場も日も、いまのところ空きがございません。」`);
  });

  test("通知書の間に合わない回しかなければ、電話で案内すると言い添える。間に合う回があれば、それだけを言う", () => {
    const late = seat("麻", "2025-09-30", "10:00", 5, false);
    expect(guide(late)).toContain("受講通知書は間に合いませんので、お電話でご案内いたします。」");
    expect(guide(late, seat("北", "2025-10-07", "10:00", 1))).toBe(
      `${opening}北区民センターでしたら10月7日（火）に1席ございます。」`,
    );
  });
});

describe("復唱", () => {
  const fields: DeskFields = {
    ...emptyFields,
    name: "小野寺　光子",
    kana: "オノデラ　ミツコ",
    address: "札幌市北区北七条西3丁目",
    phone: "011-555-4471",
    callerNumber: "０１１５５５４４７１",
  };
  const cell = seat("麻", "2025-10-01", "10:00", 5);

  test("番号は末尾4けたのカナだけで、番号そのものは文に出ない", () => {
    const { said, missing } = readBackSpeech(cell, asabu, fields);
    expect(plainText(said)).toBe(
      "「10月1日、水曜日、午前10時から、麻生、入門。お名前は小野寺光子（オノデラミツコ）様。" +
        "通知書は札幌市北区北七条西3丁目へ。お電話は今おかけの、末尾 ヨン・ヨン・ナナ・イチ でお間違いないでしょうか。」",
    );
    expect(missing).toEqual([]);
    expect(plainText(said)).not.toMatch(/4471|555/);
  });

  test("連絡先が掛けてきた番号と違うとき、非通知のときは「今おかけの」と言わない", () => {
    for (const more of [{ callerNumber: "090-1234-5678" }, { callerWithheld: true }, { callerNumber: "" }]) {
      expect(plainText(readBackSpeech(cell, asabu, { ...fields, ...more }).said)).toContain("お電話は末尾");
    }
  });

  test("まだ聞いていないものを、聞く順に挙げる", () => {
    expect(readBackSpeech(null, null, emptyFields).missing).toEqual(["席", "氏名", "カナ", "住所", "電話"]);
    expect(readBackSpeech(cell, asabu, { ...fields, phone: "  ", kana: "" }).missing).toEqual([
      "カナ",
      "電話",
    ]);
  });

  test("次にお聞きすることは、席から順に復唱まで進む", () => {
    const steps: Partial<DeskFields>[] = [
      { name: "小野寺" },
      { kana: "オノデラ" },
      { address: "北区" },
      { phone: "0115554471" },
      { care: "なし" },
    ];
    let now = emptyFields;
    const asked = [nextQuestion(false, now).about, nextQuestion(true, now).about];
    for (const step of steps) {
      now = { ...now, ...step };
      asked.push(nextQuestion(true, now).about);
    }
    expect(asked).toEqual(["希望の会場と日", "氏名", "カナ", "郵便番号と住所", "電話", "配慮事項", "復唱"]);
  });
});

describe("言い方", () => {
  test("希望の日から見た日", () => {
    expect(sayDayFrom("2025-10-01", "2025-10-02")).toBe("翌2日（木）");
    expect(sayDayFrom("2025-10-01", "2025-09-30")).toBe("前日の9月30日（火）");
    expect(sayDayFrom("2025-10-01", "2025-10-09")).toBe("9日（木）");
    expect(sayDayFrom("2025-12-31", "2026-01-01")).toBe("翌1月1日（木）");
  });

  test("距離は100メートル、0.1キロ、1キロの刻み", () => {
    expect([3, 84, 940, 950, 1996, 9949, 9960, 154_000].map(sayMetres)).toEqual([
      "およそ100メートル",
      "およそ100メートル",
      "およそ900メートル",
      "およそ1キロ",
      "およそ2キロ",
      "およそ9.9キロ",
      "およそ10キロ",
      "およそ154キロ",
    ]);
  });

  test("６(2)オ 投函期限は、間に合う・本日が最後・間に合わないを言い切る", () => {
    expect(postingSpeech(posting)).toEqual({
      tone: "done",
      title: "通知書は間に合います。",
      more: "投函期限 9月22日（月）15:00　あと3営業日",
    });
    expect(postingSpeech({ ...posting, daysLeft: 0 }).tone).toBe("due");
    expect(postingSpeech({ ...posting, daysLeft: 0, inTime: false })).toEqual({
      tone: "due",
      title: "通知書は間に合いません。",
      more: "投函期限 9月22日（月）15:00を過ぎました　お電話でご案内します",
    });
    expect(writeMoment("2025-09-30T15:30:00.000Z")).toBe("10月1日（水）0:30");
  });
});
