import { formatWareki } from "../japan/wareki.ts";
import type { Slide, SlideDeck } from "../office/slide-model.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { freeFinding, freeNote } from "./free-text-document.ts";
import type { ReportBook, ReportFreeText } from "./report-book.ts";
import { overviewRows } from "./report-overview.ts";
import { viewSlide } from "./view-slide-document.ts";
import { waveSlides } from "./wave-document.ts";

/** 調査報告書のスライド（PowerPoint）。概要、設問ごとに一枚、クロス集計ごとに一枚。図は PowerPoint の中で直せる。 */
export function reportSlides(book: ReportBook): SlideDeck {
  const slides: Slide[] = [
    coverSlide(book),
    overviewSlide(book),
    ...book.sections
      .filter(({ view }) => view.total.people > 0)
      .flatMap((section) => [
        viewSlide(section.view, section.heading, section.finding.text),
        ...section.crosses.map((cross) => viewSlide(cross.view, cross.title, cross.finding.text)),
      ]),
    ...waveSlides(book.waves),
    ...book.free.filter(({ coded, codes }) => coded > 0 && codes.length > 0).map(freeSlide),
  ];
  return {
    ...{ title: `${book.title}　調査報告書`, author: book.author, created: book.created },
    ...{ footer: book.title, slides },
  };
}

/** 自由記述の設問一つ: 内容ごとの件数と、例を一つずつ。 */
function freeSlide(one: ReportFreeText): Slide {
  const codes = one.codes.filter(({ count }) => count > 0).slice(0, 10);
  return {
    title: `${one.heading}（自由記述 ${one.written.toLocaleString("ja-JP")}件）`,
    items: [
      {
        ...{ kind: "box", x: 18, y: 30, width: 302, height: 18, size: 14, align: "left" },
        ...{ text: freeFinding(one), alt: "所見" },
      },
      {
        ...{ kind: "table", x: 18, y: 52, width: 302, height: 110, size: 11 },
        ...{ shares: [6, 2, 2, 14], header: ["内容", "件数", "％", "記述の例"], alt: "内容ごとの件数" },
        rows: codes.map(({ label, count, examples }) => [
          label,
          count.toLocaleString("ja-JP"),
          shareText(count, one.coded),
          examples[0] === undefined ? "" : `「${examples[0]}」`,
        ]),
      },
    ],
    notes: freeNote(one),
  };
}

function coverSlide({ title, created, about, author }: ReportBook): Slide {
  const lines = [
    formatWareki(created.slice(0, 10)),
    about.owner,
    author === "" ? "" : `集計・分析　${author}`,
  ].filter((one) => one !== "");
  return {
    title: `${title}　調査結果`,
    items: [
      {
        ...{ kind: "box", x: 18, y: 40, width: 302, height: 50, size: 20, align: "left" },
        ...{ text: lines.join("\n"), alt: "日付と作成" },
      },
    ],
  };
}

function overviewSlide(book: ReportBook): Slide {
  return {
    title: "調査の概要",
    items: [
      {
        ...{ kind: "table", x: 18, y: 34, width: 302, height: 110, size: 14 },
        ...{ shares: [3, 12], header: ["項目", "内容"], alt: "調査の概要" },
        rows: overviewRows(book).map(({ name, text }) => [name, text]),
      },
    ],
    notes: book.notes.join("\n"),
  };
}
