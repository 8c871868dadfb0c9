import { createRoot } from "react-dom/client";
import type { CallWall } from "./read-wall.ts";
import { WallBody } from "./wall-page.tsx";

const POLL_MS = 1000;

/** 一秒ごとに尋ねて描き替える。隠れている間と、切れている間は待つ。 */
function start(place: HTMLElement): void {
  const root = createRoot(place);
  const ask = async () => {
    if (!document.hidden) {
      const answer = await fetch("/api/calls/wall", { headers: { accept: "application/json" } }).catch(
        () => undefined,
      );
      if (answer?.ok) root.render(<WallBody wall={(await answer.json()) as CallWall} />);
    }
    window.setTimeout(ask, POLL_MS);
  };
  void ask();
}

const place = document.getElementById("call-wall");
if (place) start(place);
