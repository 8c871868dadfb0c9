import { expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { renderDocument } from "../ui/render-document.tsx";
import { HomePage, type HomePageProps } from "./home-page.tsx";

const assets = { "madoguchi.css": "/assets/m.css" };
const plain: HomePageProps = { date: "令和7年9月17日（水）", now: "13:40現在" };

const full: HomePageProps = {
  ...plain,
  deadlines: {
    late: 1,
    today: 0,
    total: 21,
    href: "/obligations",
    rows: [
      {
        id: "1",
        state: "late",
        stateText: "1日遅れ",
        title: "様式１",
        href: "/o/1",
        clause: "7(3)",
        clauseHref: "/spec/c1",
        holder: "三浦",
        due: "9月16日（火）",
      },
    ],
  },
  calls: {
    href: "/calls/hours",
    calls: {
      offered: 1000,
      answered: 999,
      hasForecast: true,
      bars: [{ label: "9時", actual: 14, forecast: 16, state: "past" }],
    },
    desks: { open: 3, planned: 4 },
  },
  strip: {
    today: "2025-09-17",
    end: { href: "/schedule", label: "工程表" },
    days: [
      { day: "2025-09-17", weekday: "水", href: "/d/1", items: [{ text: "本日 3件" }] },
      { day: "2025-09-20", weekday: "土", off: { short: "土", name: "土曜日" } },
      { day: "2025-09-22", weekday: "月" },
    ],
  },
  booking: {
    href: "/today",
    figures: [{ name: "本日の予約", value: 33, unit: "件", href: "/today" }],
    hours: [{ hour: 9, booked: 14, state: "past" }],
  },
  heat: {
    title: "予約の入り具合",
    sub: "第二期",
    end: { href: "/classes", label: "すべて" },
    hrefOf: (cell) => (cell.free > 0 ? `/lists/${cell.classes[0]}` : undefined),
    heat: {
      days: ["2025-10-01", "2025-10-02"],
      rows: ["北", "麻生", "屯田", "中央", "西", "東", "南"].map((venue) => ({
        venueId: venue,
        venue,
        ward: "北区",
        cells: [{ day: "2025-10-01", free: venue === "北" ? 0 : 3, capacity: 10, classes: ["c1"] }, null],
      })),
      moreDays: 0,
      moreVenues: 0,
      free: 18,
      capacity: 70,
    },
  },
  deliverables: {
    total: 9,
    href: "/deliverables",
    rows: [
      { id: "1", title: "予約者リスト", href: "/x", state: "done", stateText: "受領済み", due: "7月28日" },
    ],
  },
  evidence: {
    href: "/spec",
    groups: [
      { label: "7 個人情報", href: "/spec?g=7", cells: ["yes", "yes", "no"] },
      { label: "9 成果品", href: "/spec?g=9", cells: ["part", "later"] },
    ],
  },
};

function render(props: HomePageProps): string {
  return renderDocument({
    title: "業務ホーム",
    assets,
    children: (
      <main id="main">
        <HomePage {...props} />
      </main>
    ),
  });
}

test.each<[string, HomePageProps]>([
  ["何もない", plain],
  ["すべてある", full],
  ["行がない", { ...plain, deadlines: { rows: [], late: 0, today: 0, total: 0, href: "/o" } }],
  ["証跡だけ", { ...plain, evidence: full.evidence }],
])("%s 業務ホームに、方針に触れる所も宙に浮いた参照もない", (_name, props) => {
  expect(markupFaults(render(props))).toEqual([]);
});

test("渡されなかった区画は置かない", () => {
  const html = render({ ...plain, deadlines: full.deadlines });
  expect(html).toContain("期限のある業務");
  for (const absent of ["本日の電話と席", "10営業日", "成果品", "証跡"]) expect(html).not.toContain(absent);
});

test.each<[number, number, string]>([
  [0, 0, "遅れはありません。本日が期限の業務もありません。"],
  [1, 0, "1件遅れています。本日が期限の業務はありません。"],
  [0, 3, "遅れはありません。本日の期限は3件です。"],
  [2, 3, "2件遅れています。本日の期限は3件です。"],
])("遅れ %i 件、本日 %i 件を一文で言う", (late, today, sentence) => {
  const html = render({ ...plain, deadlines: { rows: [], late, today, total: 9, href: "/o" } });
  const title = /<h1 class="headline">(.*?)<\/h1>/.exec(html)?.[1]?.replaceAll(/<[^>]+>/g, "");
  expect(title).toBe(sentence);
});

test("証跡の凡例の数は、並べた升の数と同じ", () => {
  const html = render(full);
  expect(html).toContain("全5条項");
  expect(html.match(/class="mo no"/g)).toHaveLength(2);
  expect(html).toContain("：あり2、なし1");
});

test("一件でも取り逃した日の応答率は 100% と言わない", () => {
  expect(render(full)).toContain("件 99%");
});
