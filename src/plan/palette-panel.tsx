import { visionNames } from "../manuscript/chart-palette.ts";
import { inkOn } from "../office/colour.ts";
import { seenAs, visions } from "../office/colour-vision.ts";

const ROW = 17;
const LEFT = 128;

/** 図の色の、見え方ごとの並び（ふつう、白黒の印刷、P・D・T型）。 */
export function PaletteStrip({ palette, label }: { palette: readonly string[]; label: string }) {
  const step = (330 - LEFT) / Math.max(1, palette.length);
  return (
    <svg
      className="design-preview"
      viewBox={`0 0 330 ${visions.length * ROW}`}
      role="img"
      aria-label={`${label}の図の色の見え方: ${palette.join("、")}`}
    >
      {visions.map((vision, row) => (
        <g key={vision}>
          <text x="0" y={row * ROW + 11} fontSize="8" className="palette-name">
            {visionNames[vision]}
          </text>
          {palette.map((rgb, at) => {
            const seen = seenAs(rgb, vision);
            return (
              <g key={rgb}>
                <rect x={LEFT + at * step} y={row * ROW} width={step} height={ROW - 2} fill={`#${seen}`} />
                {vision === "normal" && (
                  <text x={LEFT + at * step + 3} y={row * ROW + 11} fontSize="6.5" fill={`#${inkOn(rgb)}`}>
                    {`${at + 1} ${rgb}`}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
