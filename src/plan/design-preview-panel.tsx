import type { PlanTheme } from "../manuscript/plan-theme.ts";
import { tint } from "../office/colour.ts";

/** 案の見え方: 表紙、章の扉と本文、図。書類と同じ色を、同じ場所に置く（書体は、書類の中で効く）。 */
export function DesignPreview({ theme, title, label }: { theme: PlanTheme; title: string; label: string }) {
  const { accent, second, ink, palette, opener } = theme;
  const hex = (rgb: string) => `#${rgb}`;
  const short = title.replace(/^（仮称）/, "");
  const [line1, line2] = [short.slice(0, 13), short.slice(13, 26)];
  return (
    <svg
      className="design-preview"
      viewBox="0 0 330 148"
      role="img"
      aria-label={`${label}の見え方: 表紙、章の扉、図`}
    >
      <g stroke="#b3b3b3" strokeWidth="0.6" fill="#ffffff">
        <rect x="1" y="1" width="102" height="146" />
        <rect x="114" y="1" width="102" height="146" />
        <rect x="227" y="1" width="102" height="146" />
      </g>
      <rect x="1.3" y="38" width="101.4" height="46" fill={hex(accent)} />
      <rect x="1.3" y="84" width="101.4" height="3" fill={hex(second)} />
      <text x="52" y="60" fontSize="7" fontWeight="700" fill="#ffffff" textAnchor="middle">
        {line1}
      </text>
      <text x="52" y="70" fontSize="7" fontWeight="700" fill="#ffffff" textAnchor="middle">
        {line2}
      </text>
      {opener === "band" ? (
        <>
          <rect x="122" y="12" width="86" height="15" fill={hex(accent)} />
          <text x="126" y="22.5" fontSize="6.8" fontWeight="700" fill="#ffffff">
            第１章　策定に当たって
          </text>
        </>
      ) : (
        <>
          <text x="122" y="22.5" fontSize="6.8" fontWeight="700" fill={hex(accent)}>
            第１章　策定に当たって
          </text>
          <rect x="122" y="26" width="86" height="1.2" fill={hex(accent)} />
        </>
      )}
      <rect x="122" y="36" width="2" height="8" fill={hex(accent)} />
      <text x="127" y="42.5" fontSize="6" fontWeight="700" fill={hex(accent)}>
        １　策定の背景
      </text>
      {["本市を取り巻く環境は、大きく", "変わっています。デジタルの力で", "暮らしと経済を支えます。"].map(
        (text, at) => (
          <text key={text} x="122" y={54 + at * 9} fontSize="5.6" fill={hex(ink)}>
            {text}
          </text>
        ),
      )}
      <rect
        x="122"
        y="84"
        width="86"
        height="34"
        fill={hex(tint(second, 0.08))}
        stroke={hex(second)}
        strokeWidth="0.8"
      />
      <text x="127" y="94" fontSize="6" fontWeight="700" fill={hex(second)}>
        コラム　雪の日の手続
      </text>
      <text x="127" y="104" fontSize="5.2" fill={hex(ink)}>
        窓口に行かずに済みます。
      </text>
      <text x="235" y="16" fontSize="5.6" fontWeight="700" fill={hex(ink)}>
        図１　利用の割合
      </text>
      {palette.slice(0, 5).map((colour, at) => (
        <rect
          key={colour}
          x={236 + at * 17}
          y={84 - (58 - at * 9)}
          width="13"
          height={58 - at * 9}
          fill={hex(colour)}
        />
      ))}
      <rect x="234" y="84" width="88" height="0.8" fill={hex(ink)} />
      <rect x="235" y="96" width="87" height="9" fill={hex(tint(accent, 0.16))} />
      <text x="238" y="102.5" fontSize="5" fontWeight="700" fill={hex(ink)}>
        指標　　　現状　　　目標
      </text>
      <rect x="235" y="105" width="87" height="0.5" fill={hex(ink)} />
      <text x="238" y="113" fontSize="5" fill={hex(ink)}>
        申請の割合　27.4　　60.0
      </text>
    </svg>
  );
}
