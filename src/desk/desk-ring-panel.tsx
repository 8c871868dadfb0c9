import { useEffect, useState } from "react";
import type { DeskRing } from "./desk-api.ts";
import type { DeskClient } from "./desk-client.ts";

const POLL_MS = 2000;

/** 鳴っている電話。二秒ごとに尋ね、つながらなければ前のまま（空席の更新がそれを言う）。 */
export function useRings(client: DeskClient): readonly DeskRing[] {
  const [rings, setRings] = useState<readonly DeskRing[]>([]);
  useEffect(() => {
    let timer = 0;
    let stopped = false;
    async function ask() {
      if (!document.hidden) {
        const found = await client.rings().catch(() => undefined);
        if (stopped) return;
        if (found) setRings((before) => (sameRings(before, found) ? before : found));
      }
      timer = window.setTimeout(ask, POLL_MS);
    }
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client]);
  return rings;
}

function sameRings(a: readonly DeskRing[], b: readonly DeskRing[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** この席の電話。話していればその電話、話していなければ、いちばん長く鳴っている電話。 */
export function ringOf(rings: readonly DeskRing[], talking: boolean): DeskRing | undefined {
  const own = rings.find((ring) => ring.state === "talking");
  if (own !== undefined || talking) return own;
  return [...rings].sort((a, b) => (a.arrivedAt < b.arrivedAt ? -1 : 1))[0];
}

/** 着信の札。伏せた番号と、前の予約の数。 */
export function Ring({ ring }: { ring: DeskRing | undefined }) {
  if (ring === undefined) return null;
  const { caller, earlier } = ring;
  return (
    <span className="ring nb" data-ring={ring.id}>
      <b>{caller ?? "番号なし"}</b>
      <span className="dim">
        {ring.state === "waiting" ? "着信中" : "この電話"}
        {earlier.length > 0 && `・前の予約${earlier.length}件`}
      </span>
    </span>
  );
}
