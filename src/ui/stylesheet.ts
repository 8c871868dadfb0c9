/** 書体。可変書体ひとつ（400 と 700 を含む）を unicode-range の断片で、同じ源から配る。 */
export const fontStylesheet = "@fontsource-variable/noto-sans-jp/wght.css";

/** src/ui/ の様式。並びは意味を持つ: 役割 → 部品 → 画面 → 狭い画面 → 広い画面 → 印刷。 */
export const stylesheetFiles: readonly string[] = [
  "roles.css",
  "ground.css",
  "control.css",
  "status.css",
  "frame.css",
  "table.css",
  "home.css",
  "desk.css",
  "reception.css",
  "notice.css",
  "contract.css",
  "crosstab.css",
  "analysis.css",
  "comments.css",
  "specification.css",
  "answers.css",
  "calls.css",
  "staffing.css",
  "registers.css",
  "workplan.css",
  "survey.css",
  "plan.css",
  "research.css",
  "council.css",
  "erasure.css",
  "entrance.css",
  "paper.css",
  "narrow.css",
  "wide.css",
  "print.css",
];

/**
 * 束ねる入口になる CSS。esbuild に stdin（resolveDir は src/ui、loader は css）として渡し、
 * `.woff2` と `.svg` を file loader にすると、/assets/ に置ける一枚と付属の断片になる。
 */
export function stylesheetSource(): string {
  return [fontStylesheet, ...stylesheetFiles.map((file) => `./${file}`)]
    .map((path) => `@import "${path}";`)
    .join("\n");
}
