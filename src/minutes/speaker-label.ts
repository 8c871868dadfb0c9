import type { Cue } from "./transcript.ts";

/** 行の頭の飾り（箇条書きの印、○、太字の **）。 */
const HEAD = String.raw`^[\s　]*(?:[○◯〇●◎・•■◆▪*\-–—→][\s　]*)?(?:\*\*)?`;
/** 行の頭の「札：」。札は、句読点や数字だけでない、短いことば。「.」は英字の名（A.Suzuki）の中だけ。 */
const SHAPE = new RegExp(
  String.raw`${HEAD}((?:[^：:。、，,．.？！?!「」『』\t\n*]|(?<=[A-Za-z])\.(?!\.)|(?<=[A-Za-z]),(?= )|(?<=\S)、(?=\S{1,4}委員)){1,40}?)(?:\*\*)?[\s　]*[：:](?:\*\*)?(?!\/\/)[\s　]*(.*)$`,
  "su",
);
/** 「【委員長】」「＜事務局＞」「[SPEAKER_00]:」の札。「（山田座長）」「[話者A]」「**山田座長**」は、役の名だけ。 */
const BOXED =
  /^[\s　]*(?:【([^】\n]{1,30})】|＜([^＞\n]{1,30})＞|［([^］\n]{1,30})］|\[([^\]\n]{1,30})\](?=\s*[：:]))\s*[：:]?\s*(.*)$/su;
const BOXED_ROLE =
  /^[\s　]*(?:[（([]([^（）()[\]\n]{1,30})[）)\]]|\*\*([^*\n]{1,30})\*\*)[\s　]*(?![：:])(\S.*)?$/su;
const ROUND = /^[\s　]*[○◯〇●◎]\s*([^\s　。、：:]{1,30})[\s　]+(\S.*)$/su;
/** 表のます（タブ）で分けた札。 */
const TABBED = /^[\s　]*[○◯〇●◎]?([^\t。、：:\n]{1,30}?)[ 　]*\t+[\s　]*(\S.*)$/su;
/** 「山田座長　　それでは…」。 */
const SPACED = /^[\s　]*([^\s　。、：:]{2,14})(?:　+|\s{2,})(\S.*)$/su;
/** 「・佐藤委員「対面も必要」」。 */
const QUOTED = new RegExp(String.raw`${HEAD}([^\s　。、：:「」]{2,14})[\s　]*(「.+)$`, "su");
/** 役と敬称。一度しか出なくても、これで終われば札とみなす。 */
const ROLE =
  /(委員長?|会長|座長|議長|部長|課長|係長|局長|次長|室長|主査|主任|主事|教授|准教授|講師|理事|事務局|司会|進行|オブザーバー|傍聴者|アドバイザー|市長|副市長|受託者|事業者|さん|様|氏|先生)$|^(話者|発言者|参加者|委員|speaker|SPEAKER|Speaker)[\s_]*[\dA-ZＡ-Ｚ]{1,3}$/u;
/** コロンも○もなくても札とみなす、会議の役。 */
const SEAT =
  /(?:委員長?|会長|座長|議長|部長|課長|係長|局長|次長|室長|事務局|司会者?|オブザーバー|アドバイザー|受託者)$/u;
/** 道具の付けた札。 */
const MACHINE_NAME = /^(?:話者|発言者|speaker)[\s_]*[\dA-ZＡ-Ｚ]{1,3}$/iu;
/** だれのことばかわからない、と書いた札。 */
const NOBODY_NAME = /^(?:(?:話者|発言者)?不明(?:な話者)?|unknown(?: speaker)?)$/iu;
/** 札の形をしていても、話し手の名ではないことば。 */
const TOPIC =
  /^(結論|目的|議題|議事|日時|場所|会場|出席者?|欠席者?|参加者|資料\d*|別紙\d*|参考資料\d*|注\d*|例|備考|概要|課題|対応|回答|質問|問|答|補足|参考|理由|背景|方針|案|提案|意見|まとめ|次回|決定事項|報告|件名|内容|期限|担当|目標|指標|現状|論点|ポイント|注意|結果|効果|時間|名称|発言者|話者|話し手|氏名|名前|休憩|開会|閉会|配布資料|記録|Q\d*|A\d*|URL|TEL|FAX|メール|E-?mail|[\d.]+点目|[その一二三四五]+つ目|第?\d+[章節回条項]?)$/iu;
/** 文の終わりの形。札ではない。 */
const SENTENCE =
  /(?:です|ます|でした|ました|ません|ですね|ますね|ですよ|ですが|ください|でしょう|でしょうか|ですか|ますか|という|こと|とか|けど|から|まで|ので)$|^[※＊→・]/u;

export interface Labelled {
  label: string;
  text: string;
  /** 札の形。colon と box のほかは、役の名か、繰り返しが要る。 */
  by: "colon" | "box" | "round" | "tab" | "space" | "quote";
}

/** 役の名で終わる札か（「事務局（田中課長）」の括弧の前でも中でもよい）。 */
export function isRole(label: string): boolean {
  const [, outer = label, inner = ""] = /^(.*?)\s*[(（]([^()（）]*)[)）]$/.exec(label) ?? [];
  return ROLE.test(outer) || (inner !== "" && ROLE.test(inner));
}

/** 行の頭に札の形があれば、分ける。時刻（10:30）、数字だけ、URL は札ではない。 */
export function splitLabel(line: string): Labelled | undefined {
  const boxed = BOXED.exec(line);
  if (boxed) {
    const found = labelled(boxed[1] ?? boxed[2] ?? boxed[3] ?? boxed[4] ?? "", boxed[5] ?? "", "box");
    return found && (found.text !== "" || isRole(found.label)) ? found : undefined;
  }
  const named = BOXED_ROLE.exec(line);
  const role = (named?.[1] ?? named?.[2] ?? "").normalize("NFKC");
  if (named && (SEAT.test(role) || MACHINE_NAME.test(role)) && (named[3] || named[2]))
    return labelled(role, named[3] ?? "", "box");
  const tab = TABBED.exec(line);
  if (tab) return labelled(tab[1] ?? "", tab[2] ?? "", "tab");
  const round = ROUND.exec(line);
  if (round && isRole((round[1] ?? "").normalize("NFKC")))
    return labelled(round[1] ?? "", round[2] ?? "", "round");
  const shape = SHAPE.exec(line);
  if (shape) return labelled(shape[1] ?? "", shape[2] ?? "", "colon");
  const quoted = QUOTED.exec(line);
  if (quoted && SEAT.test(quoted[1] ?? "")) return labelled(quoted[1] ?? "", bare(quoted[2] ?? ""), "quote");
  const spaced = SPACED.exec(line);
  if (!spaced || !SEAT.test(spaced[1] ?? "")) return undefined;
  // 「座長　北雪大学教授　架空一郎」のような名簿の行は、ことばではない。
  return /[。、？！]/u.test(spaced[2] ?? "")
    ? labelled(spaced[1] ?? "", spaced[2] ?? "", "space")
    : undefined;
}

/** 全体を囲む「」だけを外す。 */
function bare(text: string): string {
  const inner = /^「([^「」]*)」[。\s]*$/su.exec(text);
  return inner?.[1] ?? text;
}

function labelled(given: string, text: string, by: Labelled["by"]): Labelled | undefined {
  const label = given.normalize("NFKC").replace(/\s+/g, " ").trim();
  // 数字・時刻・URL の頭、文の一部らしい長い日本語（助詞で終わる）は札ではない。
  if (label === "" || /^[\d\s:./-]+$/.test(label) || /^(https?|ftp|mailto|www)$/i.test(label))
    return undefined;
  if (/\d{1,2}$/.test(label) && /^[時第午前後]/.test(label)) return undefined;
  if (SENTENCE.test(label) || ([...label].length > 8 && /[はがをにでとのへも]$/.test(label)))
    return undefined;
  return { label, text, by };
}

/**
 * 札の形をした行のうち、どれを本当の札とみるか。
 *
 * 「結論：…」のような言い回しも札の形をしている。次のどれかのときだけ札とする。
 * 対応表か出席者の行にある、役や敬称で終わる、同じ札が二度以上出る、初めの札からあとの行の半分以上が札の形をしている（Zoom）。
 * あとの二つでは、話し手の名ではないことば（目的、議題など）を除く。
 */
export function trustedLabels(lines: readonly string[], known: ReadonlySet<string>): Set<string> {
  const counts = new Map<string, number>();
  const named = attendees(lines);
  const found = lines.map((line) => splitLabel(line));
  const topic = (label: string) => TOPIC.test(label) && !(label === "A" && !counts.has("Q"));
  for (const one of found) if (one) counts.set(one.label, (counts.get(one.label) ?? 0) + 1);
  const coloned = found.map((one) => one !== undefined && (one.by === "colon" || one.by === "box"));
  const begin = found.findIndex((one, at) => coloned[at] && one && !topic(one.label));
  const rest = begin < 0 ? [] : coloned.slice(begin);
  const shaped = rest.filter(Boolean).length;
  const everywhere =
    rest.length >= 2 && (shaped === rest.length || (shaped * 2 >= rest.length && rest.length >= 3));
  const inColon = new Set(found.flatMap((one, at) => (one && coloned[at] ? [one.label] : [])));
  const tabbed = found.length >= 2 && found.every((one) => one?.by === "tab");
  return new Set(
    [...counts].flatMap(([label, n]) => {
      if (known.has(label) || isRole(label) || named.has(plainName(label))) return [label];
      return !topic(label) && ((everywhere && inColon.has(label)) || tabbed || n >= 2) ? [label] : [];
    }),
  );
}

/** 「出席者」の行（かその次の行）に並ぶ名。 */
function attendees(lines: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const head = /^[\s　]*(?:出席者?|出席委員|参加者|Attendees|Participants)[\s　]*[:：]?[\s　]*(.*)$/iu.exec(
      line,
    );
    if (!head) continue;
    for (const name of (head[1] || lines[at + 1] || "").split(/[、,，・\t]/u)) {
      const plain = plainName(name);
      if (plain !== "" && [...plain].length <= 20) found.add(plain);
    }
  }
  return found;
}

function plainName(name: string): string {
  return name.normalize("NFKC").replace(/\s/g, "");
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
  return cues
    .flatMap((cue) => (cue.label === undefined ? splitLines(cue, trusted) : [cue]))
    .map(({ label, ...cue }) => (label === undefined || NOBODY_NAME.test(label) ? cue : { ...cue, label }));
}

/** 役の名だけの行（「山田座長」）か。 */
export function isSeatName(line: string): boolean {
  return /^[\s　]*[^\s　。、：:「」（）()]{2,14}[\s　]*$/u.test(line) && SEAT.test(line.trim());
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
