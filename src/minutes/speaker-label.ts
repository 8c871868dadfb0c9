import type { Cue } from "./transcript.ts";

/** 行の頭の「札：」。札は、句読点や数字だけでない、短いことば。 */
const SHAPE = /^[\s　]*[○◯●◎・]?\s*([^：:。、，,．.？！?!「」『』\n]{1,40}?)\s*[：:](?!\/\/)\s*(.*)$/su;
/** 「【委員長】」「（事務局）」「○山田委員　」の札。 */
const BOXED = /^[\s　]*(?:【([^】\n]{1,30})】|＜([^＞\n]{1,30})＞|［([^］\n]{1,30})］)\s*[：:]?\s*(.*)$/su;
const ROUND = /^[\s　]*[○◯●◎]\s*([^\s　。、：:]{1,20})[\s　]+(\S.*)$/su;

/** 役と敬称。一度しか出なくても、これで終われば札とみなす。 */
const ROLE =
  /(委員長?|会長|座長|議長|部長|課長|係長|局長|次長|室長|主査|主任|主事|教授|准教授|講師|理事|事務局|司会|進行|オブザーバー|傍聴者|アドバイザー|市長|副市長|受託者|事業者|さん|様|氏|先生)$|^(話者|発言者|参加者|speaker|SPEAKER|Speaker)[\s_]*[\dA-Z]{1,3}$/u;

/** 札の形をしていても、話し手の名ではないことば。 */
const TOPIC =
  /^(結論|目的|議題|議事|日時|場所|会場|出席者?|欠席者?|資料\d*|別紙\d*|注\d*|例|備考|概要|課題|対応|回答|質問|問|答|補足|参考|理由|背景|方針|案|提案|意見|まとめ|次回|決定事項|報告|件名|内容|期限|担当|目標|指標|現状|論点|ポイント|注意|結果|効果|時間|Q\d*|A\d*|URL|TEL|FAX|メール|E-?mail)$/iu;

export interface Labelled {
  label: string;
  text: string;
}

/** 行の頭に札の形があれば、分ける。時刻（10:30）、数字だけ、URL は札ではない。 */
export function splitLabel(line: string): Labelled | undefined {
  const boxed = BOXED.exec(line);
  if (boxed) return labelled(boxed[1] ?? boxed[2] ?? boxed[3] ?? "", boxed[4] ?? "");
  const shape = SHAPE.exec(line);
  if (shape) return labelled(shape[1] ?? "", shape[2] ?? "");
  const round = ROUND.exec(line);
  return round && ROLE.test(round[1] ?? "") ? labelled(round[1] ?? "", round[2] ?? "") : undefined;
}

function labelled(given: string, text: string): Labelled | undefined {
  const label = given.normalize("NFKC").replace(/\s+/g, " ").trim();
  // 数字・時刻・URL の頭、文の一部らしい長い日本語（助詞で終わる）は札ではない。
  if (label === "" || /^[\d\s:./-]+$/.test(label) || /^(https?|ftp|mailto|www)$/i.test(label))
    return undefined;
  if (/\d{1,2}$/.test(label) && /^[時第午前後]/.test(label)) return undefined;
  if ([...label].length > 8 && /[はがをにでとのへも]$/.test(label)) return undefined;
  return { label, text };
}

/**
 * 札の形をした行のうち、どれを本当の札とみるか。
 *
 * 「結論：…」のような言い回しも札の形をしている。次のどれかのときだけ札とする。
 * 対応表にある、役や敬称で終わる、同じ札が二度以上出る、行の半分以上が札の形をしている（Zoom）。
 * あとの二つでは、話し手の名ではないことば（目的、議題など）を除く。
 */
export function trustedLabels(lines: readonly string[], known: ReadonlySet<string>): Set<string> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const label = splitLabel(line)?.label;
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const shaped = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const everywhere =
    lines.length >= 2 && (shaped === lines.length || (shaped * 2 >= lines.length && lines.length >= 3));
  return new Set(
    [...counts].flatMap(([label, n]) =>
      known.has(label) || ROLE.test(label) || ((everywhere || n >= 2) && !TOPIC.test(label)) ? [label] : [],
    ),
  );
}

/** 札でないものは、もとの行のまま本文に残す。 */
export function applyLabels(cues: readonly Cue[], known: ReadonlySet<string>): Cue[] {
  // 話し手の印（<v>、「氏名　0:03」の行）があるファイルでは、文の中の「札：」は、ことばである。
  const marked = cues.some(({ label }) => label !== undefined);
  const trusted = marked
    ? known
    : trustedLabels(
        cues.flatMap(({ text }) => text.split("\n")),
        known,
      );
  return cues.flatMap((cue) => (cue.label === undefined ? splitLines(cue, trusted) : [cue]));
}

/** 一つの字幕に、二人のことばが入っていることがある。行の頭の札で分ける。 */
function splitLines(cue: Cue, trusted: ReadonlySet<string>): Cue[] {
  const parts: Cue[] = [];
  const lines = cue.text.split("\n");
  for (const [at, line] of lines.entries()) {
    const found = splitLabel(line);
    // 「札：」だけで終わる行は、続く行がなければ、ことばとして残す。
    const split = found && (found.text.trim() !== "" || at + 1 < lines.length) ? found : undefined;
    const last = parts.at(-1);
    if (split && trusted.has(split.label)) parts.push({ ...cue, label: split.label, text: split.text });
    else if (last) last.text += `\n${line}`;
    else parts.push({ ...cue, text: line });
  }
  return parts;
}
