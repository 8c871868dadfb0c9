import { localMinuteOf } from "../base/time.ts";

/** 調べたことの一つ。good よい、care 気をつける（まだ動く）、bad 直す（終了コード 1）、unknown 確かめられない。 */
export interface Finding {
  id: string;
  state: "good" | "care" | "bad" | "unknown";
  /** 何がどうか、よくなければどうするか。個人情報も鍵も含まない。 */
  text: string;
}

const marks: Record<Finding["state"], string> = {
  good: "よい　",
  care: "注意　",
  bad: "直す　",
  unknown: "不明　",
};

/** 動かしている人が読む一覧。 */
export function healthText(findings: readonly Finding[]): string {
  const lines = findings.map(({ state, text }) => `  ${marks[state]}${text}`);
  const bad = findings.filter(({ state }) => state === "bad").length;
  const care = findings.filter(({ state }) => state === "care").length;
  const end =
    bad > 0
      ? `直すところが${bad}件あります。`
      : care > 0
        ? `動いています。注意が${care}件あります。`
        : "健康です。";
  return [...lines, end].join("\n");
}

const DAY_MS = 24 * 60 * 60 * 1000;
const GB = 1024 ** 3;
const MB = 1024 ** 2;

/** 空き容量。記録も予約も書けなくなる前に知らせる。 */
export function diskFinding(freeBytes: number): Finding {
  const free = `空き容量は ${(freeBytes / GB).toFixed(1)} GB です。`;
  if (freeBytes < 0.5 * GB)
    return { id: "disk", state: "bad", text: `${free}書けなくなる前に、空きを作ってください。` };
  if (freeBytes < 5 * GB) return { id: "disk", state: "care", text: `${free}5 GB を切りました。` };
  return { id: "disk", state: "good", text: free };
}

/** 本体へ移し終えていない書き込み（WAL）の大きさ。 */
export function walFinding(bytes: number): Finding {
  const size = `WAL は ${(bytes / MB).toFixed(1)} MB です。`;
  if (bytes < 256 * MB) return { id: "wal", state: "good", text: size };
  return { id: "wal", state: "care", text: `${size}事務所を一度閉じると、本体へ移ります。` };
}

/** 番号のない葉の古さ。番号つけは毎秒なので、開いているのに一分を過ぎたら止まっている。 */
export function leafFinding(oldest: string | undefined, nowMs: number): Finding {
  if (oldest === undefined) return { id: "leaves", state: "good", text: "番号のない記録はありません。" };
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(oldest)) / 1000));
  if (seconds <= 60)
    return { id: "leaves", state: "good", text: `番号のない記録は、古いもので${seconds}秒前です。` };
  return {
    id: "leaves",
    state: "care",
    text: `番号のない記録が${seconds}秒前からあります。事務所が閉じていれば、次に開くと番号がつきます。開いているなら start をやり直してください。`,
  };
}

/** 最後の検査点と時計。検査点より前の時刻を指す時計は、戻されている。 */
export function clockFinding(lastCheckpoint: string | undefined, nowMs: number): Finding {
  if (lastCheckpoint === undefined) return { id: "clock", state: "good", text: "検査点は、まだありません。" };
  const last = `最後の検査点は ${localMinuteOf(lastCheckpoint).replace("T", " ")} です。`;
  if (Date.parse(lastCheckpoint) > nowMs + 60_000)
    return {
      id: "clock",
      state: "bad",
      text: `${last}この機械の時計はそれより前を指しています。時計を合わせてください。`,
    };
  return { id: "clock", state: "good", text: `${last}時計は進んでいます。` };
}

/** 最後の控えと、最後に戻してみた時。 */
export function backupFinding(made: string | undefined, drilled: string | undefined, nowMs: number): Finding {
  const id = "backup";
  const days = (at: string) => Math.floor((nowMs - Date.parse(at)) / DAY_MS);
  if (made === undefined)
    return {
      id,
      state: "care",
      text: "控えが一度も取られていません。madoguchi backup で取ってください。",
    };
  const ago = (at: string) => (days(at) === 0 ? "この一日のうち" : `${days(at)}日前`);
  const last = `最後の控えは、${ago(made)}です。`;
  if (days(made) >= 2) return { id, state: "care", text: `${last}madoguchi backup で取り直してください。` };
  if (drilled === undefined || days(drilled) >= 31)
    return {
      id,
      state: "care",
      text: `${last}戻せることを、ひと月以上確かめていません。madoguchi restore --drill で試してください。`,
    };
  return { id, state: "good", text: `${last}${ago(drilled)}に、戻せることを確かめました。` };
}

/** サーバーの証明書の期限。 */
export function certificateFinding(expiresAtMs: number | undefined, nowMs: number): Finding {
  if (expiresAtMs === undefined)
    return { id: "certificate", state: "good", text: "証明書はありません（この機械からだけ開けます）。" };
  const days = Math.floor((expiresAtMs - nowMs) / DAY_MS);
  if (days < 0)
    return {
      id: "certificate",
      state: "bad",
      text: "証明書の期限が切れています。madoguchi certificate で作り直してください。",
    };
  if (days < 30)
    return {
      id: "certificate",
      state: "care",
      text: `証明書はあと${days}日で切れます。madoguchi certificate で作り直してください。`,
    };
  return { id: "certificate", state: "good", text: `証明書はあと${days}日使えます。` };
}

/**
 * 外へ出られる既定の経路（別紙1 5(1) 個人情報を扱う機械を、外のネットワークにつながない）。
 * routes は既定の経路を持つ口の名。undefined は、この機械では確かめられないこと。
 */
export function routeFinding(
  routes: readonly string[] | undefined,
  interfaces: readonly string[],
  mode: "demo" | "real",
): Finding {
  const id = "network";
  const ports =
    interfaces.length === 0
      ? "ループバックのほかに口はありません。"
      : `外とつながる口: ${interfaces.join("、")}。`;
  if (routes === undefined)
    return {
      id,
      state: interfaces.length === 0 ? "good" : "unknown",
      text: `${ports}既定の経路は、この機械では確かめられません。外へ出られないことを、経路の表でご確認ください（別紙1 5(1)）。`,
    };
  if (routes.length === 0)
    return { id, state: "good", text: `${ports}外へ出る既定の経路はありません（別紙1 5(1)）。` };
  return {
    id,
    state: mode === "real" ? "bad" : "care",
    text: `${ports}${[...new Set(routes)].join("、")} に外へ出る既定の経路があります。このままでは別紙1 5(1)（個人情報を扱う機械を外のネットワークにつながない）に反します。経路を消すか、線を抜いてください。`,
  };
}

/** Linux の経路の表（/proc/net/route と ipv6_route）から、既定の経路を持つ口の名。 */
export function defaultRoutes(v4: string, v6: string): string[] {
  const words = (text: string) => text.split("\n").map((line) => line.trim().split(/\s+/));
  const four = words(v4).flatMap(([port, to, , , , , , mask]) =>
    port && to === "00000000" && mask === "00000000" ? [port] : [],
  );
  const six = words(v6).flatMap((row) => {
    const port = row.at(-1);
    return port && port !== "lo" && /^0{32}$/.test(row[0] ?? "") && row[1] === "00" ? [port] : [];
  });
  return [...four, ...six];
}
