import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { iconsIn } from "../ui/icon.tsx";
import type { SeatCell } from "./desk-api.ts";
import { DeskPage, type DeskPageProps, deskIcons } from "./desk-page.tsx";
import { emptyFields } from "./desk-state.ts";

const posting = { deadline: "2025-09-22T06:00:00.000Z", inTime: true, daysLeft: 3, arrives: null };

function seat(classId: string, free: number, more: Partial<SeatCell> = {}): SeatCell {
  const when = { date: "2025-10-01", start: "10:00", end: "12:00" };
  const rest = { course: "入門", kind: "講習会", capacity: 10, holds: [], posting, started: false };
  return { classId, venueId: "kita", free, ...when, ...rest, ...more };
}

function page(more: Partial<DeskPageProps> = {}): string {
  const props: DeskPageProps = {
    csrf: "合い札",
    account: "a1",
    demo: false,
    deskLabel: "2番",
    now: "2025-09-17T04:43:00.000Z",
    bookedToday: 55,
    courses: ["入門", "基礎"],
    wards: ["北区"],
    venues: [{ id: "kita", name: "北区民センター", note: "", ward: "北区", lat: null, lng: null }],
    cells: [seat("c1", 3), seat("c2", 0)],
    filter: { course: "入門", ward: "北区", period: "am" },
    fields: emptyFields,
    faults: [],
    idempotencyKey: "k1",
    ...more,
  };
  return renderToStaticMarkup(<DeskPage {...props} />);
}

describe("受付デスクの素の form", () => {
  test("JavaScript なしで、席と欄と復唱の印を /desk へ送れる", () => {
    const html = page();
    expect(html).toMatch(/<form id="desk-form"[^>]* action="\/desk" method="post"/);
    expect(html).toMatch(/<select id="f-classId" name="classId" form="desk-form"[^>]*required/);
    for (const name of ["name", "kana", "postalCode", "phone", "address", "care", "memo", "readBack"]) {
      expect(html).toContain(`name="${name}"`);
    }
    expect(html).toContain('name="csrf" value="合い札"');
    expect(html).toContain('name="idempotencyKey" value="k1"');
  });

  test("欄で Enter を押しても予約しない（form の最初の送信ボタンは押せない）", () => {
    const form = page().split('id="desk-form"')[1] ?? "";
    expect(form.match(/<button[^>]*type="submit"[^>]*>/)?.[0]).toContain("disabled");
  });

  test("満席と始まった回は選べず、残りと投函の日が読める", () => {
    const html = page({ cells: [seat("c1", 3), seat("c2", 0), seat("c3", 2, { started: true })] });
    expect(html).toContain(
      '<option value="c1">10月1日（水）10:00　北区民センター　残り3　投函 9月22日まで</option>',
    );
    expect(html).toMatch(/<option value="c2" disabled="">[^<]*満席/);
    expect(html).toMatch(/<option value="c3" disabled="">[^<]*開始ずみ/);
    expect(page({ cells: [seat("c1", 3, { posting: { ...posting, inTime: false } })] })).toContain(
      "通知書は間に合いません",
    );
  });

  test("誤りは欄のそばに立ち、打った言葉は消えない", () => {
    const html = page({
      fields: { ...emptyFields, name: "小野寺 光子", kana: "小野寺" },
      classId: "c1",
      faults: [
        { field: "kana", message: "カナに漢字が入っています。" },
        { field: "classId", message: "たった今、満席になりました。" },
      ],
      refusal: "満席になりました。",
    });
    expect(html).toContain('value="小野寺 光子"');
    expect(html).toMatch(/id="f-kana"[^>]*aria-describedby="f-kana-error" aria-invalid="true"/);
    expect(html).toContain('id="f-kana-error"');
    expect(html).toContain('id="f-classId-error"');
    expect(html).toMatch(/<option value="c1" selected="">/);
  });

  test("できた予約は受付番号と投函の日を一度だけ出す", () => {
    const html = page({ receipt: { number: "K2-0312", posting: "通知書 9月22日までに投函" } });
    expect(html).toContain("受付番号 K2-0312");
    expect(page()).not.toContain("受付番号 K2");
  });

  test("回がないときも壊れず、次にすることを言う", () => {
    const html = page({ cells: [] });
    expect(html).toContain("この条件の講習会はありません");
    expect(html).not.toContain("f-classId");
  });

  test("style 属性も、行内の script もない。指す id はみな在る", () => {
    const html = page({ faults: [{ field: "name", message: "氏名をお聞きしてください。" }] });
    expect(html).not.toMatch(/ style=|<script|onclick/i);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, list = ""] of html.matchAll(/ (?:for|aria-labelledby|aria-describedby|form)="([^"]+)"/g)) {
      for (const id of list.split(" ")) expect(ids).toContain(id);
    }
    expect(deskIcons).toEqual(expect.arrayContaining(iconsIn(html)));
  });
});
