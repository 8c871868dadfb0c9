/**
 * 動詞の直前までの文から、目的語を読む。「…を」の前の名詞句、なければ話題（…は、…については）か「…に」。
 * text と masked は同じ長さ（masked は括弧の中を隠したもの）。
 */
export function readObject(text: string, masked: string): string {
  const before = masked.replace(ADVERB, "");
  const wo = [...before.matchAll(OBJECT_MARK)].at(-1)?.index ?? -1;
  if (wo >= 0) {
    const from = phraseStart(before, wo);
    const found = clean(text.slice(from, wo));
    if (found !== "") return found;
  }
  const topic =
    /(?:^|、)([^、]{1,60}?)(?:については|に関しては|にあっては|につき|について|(?<![又くた])は)(?:、|[^、]*$)/.exec(
      before,
    );
  if (topic) {
    const from = (topic.index ?? 0) + topic[0].indexOf(topic[1] ?? "");
    return clean(text.slice(from, from + (topic[1] ?? "").length));
  }
  const particle = /[にがとへ](?=[^にがとへを]*$)/.exec(before);
  const end = particle ? particle.index : before.length;
  const from = phraseStart(before, end);
  return TIME_PHRASE.test(before.slice(from, end)) ? "" : clean(text.slice(from, end));
}

/** 目的語の「を」。「…を踏まえ」「…を元に」は、やり方を述べる。 */
const OBJECT_MARK =
  /を(?!受け、|受けて|受けた|踏まえ|元に|もとに|基に|もって|通じ|通し|除[きい]|含め|用い|経て|兼ね|問わ|超え|目途|目処)/g;

/** 動詞のすぐ前の、様子を述べる語。 */
const ADVERB =
  /(?:(?:速やか|すみやか|適切|適正|十分|確実|誠実|丁寧|円滑|迅速|事前|直ち|常|厳重|積極的|定期的?|適宜|随時|遅滞なく|あらかじめ|必ず|都度)(?:に|、)?|[\s\u3000])+$/;
/** 目的語でなく、期限を述べる句。 */
const TIME_PHRASE =
  /(?:速やか|すみやか|以内|まで|[前後時中]|毎[日週月年回]|[0-9０-９一二三四][回度](?:以上)?|ごと)(?:〓+)?$/;

/** 名詞句の始まり。列挙の読点はまたぐが、話題や条件の後の読点で切る。 */
function phraseStart(masked: string, end: number): number {
  const head = masked.slice(0, end);
  const cut = Math.max(
    lastEnd(
      head,
      /(?:場合(?:に|において)?(?:は|も)?|とき(?:に)?は?|際(?:に)?は?|ため(?:に)?|ものとし|こととし|により|に基づき|に加え(?:て)?|に応じ(?:て)?|を(?:元|もと|基)に|を踏まえ(?:て)?|を受け(?:て)?|を通じ(?:て)?|を通して|をもって|を用いて|を除き|を含め|に際し(?:て)?|に当たり|に当たって|にあたり|にあたって|において|に対し(?:て)?|にて|として|までに|までは|以内に|前に|後に|時に|直ちに|速やかに|事前に|必ず|なお|また|ただし|さらに|併せて|かつ|及び|原則として|ともに|うえ|上|は|が)、/g,
    ),
    lastEnd(
      head,
      /(?:(?<![又くた])は(?!がき|じめ|さみ|しご|り紙)|にて|により|直ちに|速やかに|遅滞なく|事前に|あらかじめ|に対して|までに|以内に|ともに|場合には|場合は|ときは)(?=[^、。]+$)/g,
    ),
    lastEnd(head, /[。；;]/g),
  );
  return Math.max(0, cut);
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const found of text.matchAll(pattern)) end = found.index + found[0].length;
  return end;
}

function clean(text: string): string {
  return text
    .replace(/^[\s\u3000、。，．・]+|[\s\u3000、，]+$/g, "")
    .replace(/^(?:なお|また|ただし|さらに|併せて|及び|又は|その他|特に|必ず|その際|この場合)、?/, "")
    .trim();
}
