import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Pairs } from "../ui/table.tsx";
import type { PrintedCheckpoint } from "./read-checkpoint.ts";

/** 検査点の QR と番号。日次報告の紙に置く。 */
export function CheckpointPanel({ point }: { point: PrintedCheckpoint | undefined }) {
  if (!point) return <p className="sub">記録の検査点は、まだありません。</p>;
  return (
    <div className="qr-line">
      <img
        className="qr"
        alt="記録の検査点（QRコード）"
        src="/erasures/checkpoint.svg"
        width="148"
        height="148"
      />
      <Pairs
        items={[
          { name: "照合番号", value: <b className="code">{point.collation}</b> },
          { name: "記録の件数", value: `${point.size.toLocaleString("ja-JP")}件` },
          { name: "検査点の時", value: `${formatWareki(dayOf(point.at))}${minuteOf(point.at)}` },
          { name: "公開鍵の指紋", value: <span className="code">{point.fingerprint}</span> },
        ]}
      />
    </div>
  );
}
