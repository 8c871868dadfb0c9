import type { Slide, SlideItem } from "../office/slide-model.ts";
import type { CrossView } from "../tabulation/cross-view.ts";
import { testWords } from "./explore-state.ts";
import { figureNote } from "./survey-figure.ts";
import { chartAlt, viewChart } from "./view-chart.ts";

/** 集計一枚のスライド: 言えること、図、検定と注。図は PowerPoint の中で直せる。 */
export function viewSlide(view: CrossView, title: string, finding: string): Slide {
  const [test] = view.blocks.flatMap((block) => (block.test ? [testWords(block.test)] : []));
  const items: SlideItem[] = [
    {
      ...{ kind: "box", x: 18, y: 30, width: 302, height: 26, size: 18, align: "left" },
      ...{ text: finding, color: "1a1a1a", alt: "言えること" },
    },
    {
      ...{ kind: "chart", x: 18, y: 58, width: 302, height: 106 },
      ...{ chart: { ...viewChart(view), letters: 1.4 }, alt: chartAlt(view) },
    },
    {
      ...{ kind: "box", x: 18, y: 165, width: 302, height: 12, size: 11, align: "left", color: "4d4d4d" },
      ...{
        text: `${test ? `${test.differs ? "差がある" : "差があるとは言えない"}: ${test.line}` : ""}${figureNote(view)}`,
        alt: "注",
      },
    },
  ];
  return { title, items, notes: `${finding}\n${test?.line ?? ""}\n${figureNote(view)}` };
}
