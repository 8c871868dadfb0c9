import { dayOf } from "../base/time.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { type Design, type DesignRequest, designChanges, originLabels } from "./design.ts";

const text = (values: readonly string[]) => values.map((value) => ({ value, look: "text" as const }));
const head = (values: readonly string[]) => values.map((value) => ({ value, look: "head" as const }));

/**
 * デザインの記録の Excel（委託者に渡す）: 出した案と選定、都度の要望と応え（業務仕様書 3(1)(ｲ)）。
 * 要望は、出た日・出どころ・記録した人、応えは、いつ誰が何を替えたか。応えのないものも、そう書く。
 */
export function designWorkbook(
  title: string,
  designs: readonly Design[],
  requests: readonly DesignRequest[],
): Uint8Array {
  const labels = new Map(designs.map(({ number, label }) => [number, label]));
  const asked = requests.toSorted((one, other) => one.number - other.number);
  return writeTableWorkbook([
    {
      ...{
        name: "要望と応え",
        landscape: true,
        headRows: 2,
        widths: [6, 12, 16, 40, 16, 12, 40, 14, 40, 14],
      },
      rows: [
        [{ value: `${title}　デザインへの要望と応え`, look: "title" }],
        head([
          "番号",
          "出た日",
          "出どころ",
          "要望",
          "記録した人",
          "応えた日",
          "応え",
          "応えた人",
          "替えたところ",
          "応えた案",
        ]),
        ...asked.flatMap((one, at) => {
          const own = [String(at + 1), one.day, originLabels[one.origin], one.text, one.by];
          if (one.answers.length === 0) return [text([...own, "", "（応えるところ）", "", "", ""])];
          return one.answers.map((answer) =>
            text([
              ...own,
              ...[dayOf(answer.at), answer.text, answer.by, answer.changed.join("\n")],
              answer.design === null ? "" : (labels.get(answer.design) ?? ""),
            ]),
          );
        }),
      ],
    },
    {
      ...{ name: "案と選定", landscape: true, headRows: 2, widths: [8, 26, 44, 50, 12, 14, 40] },
      rows: [
        [{ value: `${title}　デザインの案と選定`, look: "title" }],
        head(["案", "名", "ねらい", "前の案と違うところ", "出した日", "出した人", "選定（日・人・理由）"]),
        ...designs.map((one, at) => {
          const before = designs[at - 1];
          return text([
            ...[one.label, one.title, one.aim],
            before ? designChanges(before.theme, one.theme).join("\n") : "",
            ...[dayOf(one.at), one.by],
            one.selections
              .map(({ at: when, by, reason }) => `${dayOf(when)} ${by} ${reason}`.trim())
              .join("\n"),
          ]);
        }),
      ],
    },
  ]);
}
