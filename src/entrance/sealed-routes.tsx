import type { SealedDrawer } from "../access/http-sealed.ts";
import { dayOf, instantFromMs, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { PASSPHRASE_WORDS } from "../sealing/passphrase.ts";
import { type Assets, renderDocument } from "../ui/render-document.tsx";
import { PaperIntake } from "./paper-intake-page.tsx";
import { SealedPage } from "./sealed-page.tsx";

/** 封印中の画面: 開封と、紙の受付票。startedAtMs は窓口を開いた時（システムの時計）。 */
export function sealedDrawer(assets: Assets, startedAtMs: number): SealedDrawer {
  return {
    paper: () => renderDocument({ title: "紙の受付票", assets, children: <PaperIntake backHref="/" /> }),
    sealed: (state, csrf, error) => {
      const now = instantFromMs(Date.now());
      const done = state.confirmed.map((c) => c.holder);
      const page = (
        <SealedPage
          why={`${clock(startedAtMs)}に起動しました。`}
          facts={[
            {
              look: "done",
              title: "予約も下書きも失われていません",
              sub: "書き終えたことだけを受け付けています。鍵が入ると、続きから始められます。",
            },
            {
              look: "due",
              title: "電話が鳴ったら、紙の受付票で始められます",
              sub: "開いたあとで、受付デスクから入力します。",
            },
          ]}
          links={[{ href: "/paper", label: "紙の受付票を印刷", icon: "print" }]}
          last={`${formatWareki(dayOf(now), { weekday: true })}${minuteOf(now)}　個人情報取扱安全管理基準 5(3)(6)(8)`}
          action="/unseal"
          csrf={csrf}
          confirmed={state.confirmed.map((c) => ({ role: c.holder, at: clock(Date.parse(c.at)) }))}
          needed={state.needed}
          holders={state.holders.filter((h) => !done.includes(h)).map((h) => ({ value: h, label: h }))}
          words={PASSPHRASE_WORDS}
          error={error}
        />
      );
      return renderDocument({ title: "開封", assets, children: page });
    },
  };
}

function clock(ms: number): string {
  return minuteOf(instantFromMs(ms)).replace(/^0/, "");
}
