import { actionAtEnd } from "./action-word.ts";
import type { Due, DueContext } from "./due.ts";
import { ANCHOR, N, S, SPAN, UNIT } from "./due-pattern.ts";
import { halfWidth, numberOf } from "./mark.ts";
import { absolute } from "./written-due.ts";

/** 文から期限を読む。分からなければ kind は none（text は空）。 */
export function readDue(words: string, context: DueContext = {}, verb = ""): Due {
  // 「繁忙期（３月15日から４月10日まで）」は、期限でなく時期。
  const text = words
    .replace(/[（(][^（()）年]*月[^（()）年]*から[^（()）年]*まで[）)]/g, (span) => "〓".repeat(span.length))
    // 「誤差0.1秒以内」は、精度。
    .replace(/(?:誤差|精度)[^、。はをに]{0,12}以内|[0-9０-９][.．][0-9０-９]+[\s\u3000]*秒以内/g, (span) =>
      "〓".repeat(span.length),
    );
  return (
    retain(text, verb) ??
    recurring(text) ??
    absolute(text, context) ??
    periodEnd(text, context) ??
    relative(text) ??
    immediate(text) ??
    before(text) ??
    eventTime(text) ??
    periodClose(text) ??
    vague(text) ??
    afterAct(text) ?? { kind: "none", text: "" }
  );
}

/** 「契約期間終了後、１年以上保管」「業務終了時まで保管」。 */
function retain(text: string, verb: string): Due | undefined {
  if (verb !== "" && !/^(保管|保存|保持|維持|保有|備える|備え付ける|残す|とる|とっておく)$/.test(verb))
    return undefined;
  const span = new RegExp(
    `(?:(${ANCHOR})(?:後|から|より|以降)、?${S}(?:起算して${S})?)?(?:少なくとも|最低|最低でも)?${S}(${N})${S}(年|か月|ヶ月|カ月|箇月|日|週)間?${S}(?:以上|は)?(?:を?下らない期間)?、?[^。]{0,20}(?:保管|保存|保持|保有|残[しす]|備え|とって)`,
  ).exec(text);
  if (span) {
    const anchor = span[1] ?? "";
    const length = new RegExp(
      `^[^]*${escaped(span[2] ?? "")}${S}${escaped(span[3] ?? "")}間?(?:${S}以上)?`,
    ).exec(span[0]);
    const head = length?.[0] ?? span[0];
    const period = isoSpan(span[2] ?? "", span[3] ?? "");
    return {
      kind: "retain",
      text: head.trim(),
      ...ruleOf(period && `${period} keep${anchor ? ` after ${anchor}` : ""}`),
    };
  }
  const until = new RegExp(
    `(${ANCHOR}(?:時|日|終了|満了|完了))まで(?:の間)?(?=[^。]{0,16}(?:保管|保存|保持|保有))`,
  ).exec(text);
  return until ? { kind: "retain", text: until[0], rule: `keep until ${until[1] ?? ""}` } : undefined;
}

const EVERY =
  /(?:毎(?:営業日|日|朝|晩|夕|週|月|年度?|回|期|四半期|学期)|各(?:月|期|四半期|年度|週|日|回)|月(?:に|間)?[0-9０-９一二三四]回|年(?:に|間)?[0-9０-９一二三四]回|週(?:に|間)?[0-9０-９一二三四五]回|(?:四半期|半期|半年|学期|期|[0-9０-９一二三四六]{1,2}(?:か月|ヶ月|カ月|箇月|週間?|年))(?:間)?に?[0-9０-９一二三四]{1,2}[回度]|[日月年週](?:に|間)?(?:約|最低)?[0-9０-９一二三四五]{1,2}[回度]|四半期(?:ごと|毎)|(?:[0-9０-９一二三四六]{1,2}(?:日|週間?|か月|ヶ月|カ月|年)|日|週|月|期|年度?|半期|四半期)(?:ごと|毎)に|定期的?に|定期的な|[0-9０-９一二三四]{1,2}(?:時間|分|日|週間?|か月|ヶ月)おきに?|(?:日次|週次|月次|年次)(?=で|に[^て]|、))/;
const EVERY_NAMES: [RegExp, string][] = [
  [/^毎(営業)?[日朝晩夕]|^日(ごと|毎)|日次|各日/, "daily"],
  [/週/, "weekly"],
  [/四半期/, "quarterly"],
  [/半期/, "half-yearly"],
  [/^毎月|^各月|^月|月次/, "monthly"],
  [/^毎年|^年|年次|各年度/, "yearly"],
  [/^日[^次ご毎]/, "daily"],
  [/^毎回|各回/, "each time"],
  [/期/, "each term"],
];

function recurring(text: string): Due | undefined {
  const found = EVERY.exec(text);
  if (!found) return undefined;
  // 「毎月の業務完了後に」「各期の開設期間終了時」まで含めて、元の言葉とする。
  const rest = text.slice(found.index);
  const whole = new RegExp(
    `^${escaped(found[0])}(?:の[^、。はがを]{1,24}(?:後|時|前|末)(?:において|までに|に)?|(?:${S}${N}回(?:以上)?)|(?:の)?${S}(?:${N}${S}月${S}(?:${N}${S}日|末日?)|${N}${S}日|末日?|初日|[月火水木金土日]曜日?)(?:まで(?:に)?)?)?`,
  ).exec(rest);
  const name = EVERY_NAMES.find(([pattern]) => pattern.test(found[0]))?.[1] ?? "periodic";
  const words = (whole?.[0] ?? found[0]).trim();
  const event = /の([^、。]{1,24}?(?:後|時|前|末))/.exec(words)?.[1];
  const day = new RegExp(`(?:${N}月)?(?:${N}日|末日?)|[月火水木金土日]曜日?`).exec(
    words.slice(found[0].length),
  )?.[0];
  const detail = day ? ` on ${halfWidth(day)}` : event ? ` at ${event}` : "";
  return { kind: "recurring", rule: `${name}${detail}`, text: words };
}

function relative(text: string): Due | undefined {
  const patterns: [RegExp, (found: RegExpExecArray) => string | undefined][] = [
    [
      new RegExp(
        `(?:(${ANCHOR})(?:後|の翌日|から|より|以降|時)の?)?翌々?(?:営業|開庁|業務|執務|勤務|稼働|平)日(?:中|まで|の[^、。はをが]{1,10}?(?:まで|中))?(?:に)?`,
      ),
      (f) => `next-business-day${afterOf(f[1])}`,
    ],
    [
      new RegExp(
        `(?:(${ANCHOR})(?:後|完了|終了)の)?翌々?月${S}の?${S}(末日?|${N}${S}(?:営業)?日|上旬|中旬|下旬|初)(?:以内(?:に)?|まで(?:に)?)?`,
      ),
      (f) =>
        `${/末|下旬/.test(f[2] ?? "") ? "end-of-next-month" : `next-month ${halfWidth(f[2] ?? "").replace(/\s/g, "")}`}${afterOf(f[1])}`,
    ],
    [
      new RegExp(
        `(?:${ANCHOR})?(?:当月|同月|その月の|(?<![0-9０-９一二三四五六七八九十])月)(?:末日?|${N}日)(?:まで(?:に)?|に)`,
      ),
      () => "end-of-month",
    ],
    [
      new RegExp(
        `(${ANCHOR})(?:の(?:日)?)?(?:後|から|より|以降|を?受けて(?:から)?|した日から)(?:起算して)?、?${S}(?:起算して)?、?(${SPAN})(?:以内|内|を目途|を目処|まで)(?:に)?`,
      ),
      (f) => within(f[2], f[1]),
    ],
    // 「納品から３か月が過ぎた後に」「納品の日から60日を経過した後」。
    [
      new RegExp(
        `(${ANCHOR})(?:から|より|後)、?${S}(${SPAN})(?:[がを])?${S}(?:過ぎ|経過し|経)た(?:後|のち|日|時点)(?:に|で|以降に?)?`,
      ),
      (f) => within(f[2], f[1]),
    ],
    // 「打合せの３日後までに」。
    [
      new RegExp(`(${ANCHOR}?)の?${S}(${SPAN})${S}後(?:まで(?:に)?|以内(?:に)?|に)(?!も)`),
      (f) => within(f[2], (f[1] ?? "").replace(/の$/, "")),
    ],
    [new RegExp(`(${ANCHOR})の${S}(${SPAN})${S}前(?:まで|の日)?(?:まで)?(?:に)?`), (f) => minus(f[2], f[1])],
    [new RegExp(`(${ANCHOR})の(前(?:営業)?日)(?:まで)?(?:に)?`), (f) => minus("1日", f[1])],
    [new RegExp(`(${SPAN})(?:以上)?${S}前(?:まで|から)?(?:に)?(?=[^提])`), (f) => minus(f[1])],
    [
      new RegExp(`(${ANCHOR})(?:、${S})?(${SPAN})以内(?:に)?`),
      (f) => within(f[2], (f[1] ?? "").replace(/(?:後|から|より)$/, "")),
    ],
    [
      /(?:発生|受付|受理|受信|実施|発見|判明|業務終了)?(?:した)?(?:の)?(?:当日中|同日中|その日のうち|[^、。はがを\s\u3000]{1,10}日のうち|即日中|当日の業務終了時まで|翌日中|翌日まで|前(?:営業|開庁)?日まで|翌日の[^、。]{1,8}まで|前(?:営業)?日の[^、。]{1,10}まで|翌週の?[月火水木金土日]曜日?(?:まで)?|当日(?=報告|連絡|提出|回答))(?:に)?/,
      () => undefined,
    ],
    // 「当日午前７時までに」「開催日の前日の17時まで」。日の語がなくても、時刻の期限。
    [
      new RegExp(
        `(?:(?:当日|前日|翌日|同日|翌朝|当夜|翌開庁日|翌営業日)の?)?${S}(?:午前|午後)?${S}(?:正午|${N}${S}(?:時${S}(?:${N}${S}分|半)?|[:：]${N}))${S}までに`,
      ),
      () => undefined,
    ],
    [
      /(?:当日|前日|翌日|同日|翌朝)の?[\s\u3000]*(?:午前|午後)?[^、。はをが]{1,8}(?:時|分|正午|半)[\s\u3000]*まで(?:に)?/,
      () => undefined,
    ],
  ];
  for (const [pattern, rule] of patterns) {
    const found = pattern.exec(text);
    if (found && found[0] !== "") return { kind: "relative", ...ruleOf(rule(found)), text: found[0].trim() };
  }
  return undefined;
}

/** 「委託期間の末日までに」。期間の終わりが分かっていれば、その日。 */
function periodEnd(text: string, { within: period }: DueContext): Due | undefined {
  const found =
    /(?:本?(?:委託|契約|履行|業務|事業)期間|契約)の?(?:末日?|最終日|満了日|終了日|満了の日|終了の日)(?:まで(?:に)?|に)/.exec(
      text,
    );
  if (!found) return undefined;
  // 「契約終了日」は、契約が早く終われば動く。
  return period && found[0].includes("期間")
    ? { kind: "absolute", date: period.to, text: found[0] }
    : { kind: "relative", rule: "at end of contract", text: found[0] };
}

function immediate(text: string): Due | undefined {
  const found = new RegExp(
    `(?:[^、。はがをに〓\\s\\u3000]{0,20}(?:後|次第)、?${S})?(?:直ちに|ただちに|速やかに|すみやかに|遅滞なく|即時に?|即座に|至急|早急に|即刻|すぐに|すぐさま|すぐ(?=[一-龠、])|即日(?!中)|可及的速やかに|時を移さず|間を置かず)(?!申込)`,
  ).exec(text);
  const next = /[^、。はがをに〓\s\u3000]{1,20}(?<!の|式)次第(?=、|[一-龠])/.exec(text);
  if (!found && next) return { kind: "immediate", rule: "immediately", text: next[0].trim() };
  // 「円滑かつ速やかに対応する」は、様子を述べる。
  return found && !/かつ$/.test(text.slice(0, found.index))
    ? { kind: "immediate", rule: "immediately", text: found[0].trim() }
    : undefined;
}

function before(text: string): Due | undefined {
  const found = new RegExp(
    `(?:あらかじめ|予め|事前(?:に|の)|(${ANCHOR}?(?:着手|開始|開設|実施|締結|使用|利用|開催|施工|提出|納品|発送|印刷|公表|変更|作業|契約|始業|終業|就業|就労|配属|従事|稼働|移行|運用|入札|終了|満了|当日)${S})の?前(?:に|まで(?:に)?)|(${ANCHOR}(?:する|させる|[うくぐすつぶむる]))前(?:に|まで(?:に)?)|(${ANCHOR})に先立(?:ち|って)|(${ANCHOR}(?:締結|開始|開催|着手|開所|開館|稼働|供用|引渡し|検査|発送|施工|納品|納入))(?:日|の日)?までに)`,
  ).exec(text);
  // 「改修の前に」「作業前に」: 行いの名の前。「玄関の前に」は場所。
  const act = new RegExp(`(${ANCHOR}?)の?前に(?!あ|設|置|立|並|掲)`).exec(text);
  if (
    !found &&
    act &&
    (/(?:作業|業務|事業|行事|イベント)の?$/.test(act[1] ?? "") ||
      actionAtEnd((act[1] ?? "").replace(/の$/, "")))
  )
    return { kind: "before", rule: `before ${(act[1] ?? "").replace(/の$/, "")}`, text: act[0].trim() };
  if (!found) return undefined;
  const anchor = found[1] ?? found[2] ?? found[3] ?? found[4];
  return { kind: "before", rule: anchor ? `before ${anchor}` : "before", text: found[0].trim() };
}

/** 「業務の終了時に」「業務終了後に」。数のない起点。 */
function eventTime(text: string): Due | undefined {
  const found = new RegExp(
    `(${ANCHOR}(?:終了|完了|満了|締結|納品|解除|開始|検収|検査)(?:の)?)(時|後)(?:において|には|に|まで(?:に)?|、(?!も))`,
  ).exec(text);
  if (!found || /^も/.test(text.slice(found.index + found[0].length))) return undefined;
  return {
    kind: "relative",
    rule: `${found[2] === "後" ? "after" : "at"} ${found[1] ?? ""}`,
    text: found[0].replace(/、$/, "").trim(),
  };
}

/** 期日に直せない言葉。推し量らず、そのまま残す。 */
function vague(text: string): Due | undefined {
  const found =
    /適宜|随時|その都度|そのつど|都度|適時|適切な時期に|できるだけ早く|可能な限り早く|なるべく早く|早めに|逐次|(?:別途|委託者[がの]|本市[がの]|市[がの]|甲[がの]|発注者[がの])[^、。]{0,8}(?:指定|指示|定め)(?:する|した|る)(?:期日|期限|日|時期)(?:まで(?:に)?)?/.exec(
      text,
    );
  return found ? { kind: "none", text: found[0] } : undefined;
}

/** 「作業後に」「配布の後に」: 行いの名の後。 */
/** 「年度末までに」「年度の終わりに」「終了日までに」。 */
function periodClose(text: string): Due | undefined {
  const found = /年度(?:の終わり|の?末日?|の終了時?)(?:まで)?に?/.exec(text);
  if (found) return { kind: "relative", rule: "end-of-fiscal-year", text: found[0] };
  const close = /(?:業務|作業|契約|委託|履行|事業)?(?:の)?(?:完了|終了|満了)までに/.exec(text);
  if (close) return { kind: "relative", rule: "until the end", text: close[0] };
  const day =
    /(?:業務|契約|委託|履行|事業)?(?:の)?(?:終了|満了|完了|開始|着手|締結|稼働|開設)(?:の)?日(?:(?:まで|の前日まで)に?|に(?!は|お|係|関))/.exec(
      text,
    );
  return day ? { kind: "relative", text: day[0] } : undefined;
}

function afterAct(text: string): Due | undefined {
  const found = new RegExp(`(${ANCHOR}?)の?後に(?!も)`).exec(text);
  const anchor = (found?.[1] ?? "").replace(/の$/, "");
  if (!found || !(actionAtEnd(anchor) || /(?:作業|業務|事業|行事|イベント)$/.test(anchor))) return undefined;
  return { kind: "relative", rule: `after ${anchor}`, text: found[0].trim() };
}

function within(span: string | undefined, anchor: string | undefined): string | undefined {
  const period = isoOf(span ?? "");
  return period && `${period}${afterOf(anchor)}`;
}

function minus(span: string | undefined, anchor?: string): string | undefined {
  const period = isoOf(span ?? "");
  return period && `-${period}${anchor ? ` before ${anchor}` : ""}`;
}

function afterOf(anchor: string | undefined): string {
  const plain = anchor?.replace(/^原則(?:として)?/, "");
  return plain ? ` after ${plain}` : "";
}

function isoOf(span: string): string | undefined {
  const found = new RegExp(`(${N})${S}(${UNIT})`).exec(span);
  return found ? isoSpan(found[1] ?? "", found[2] ?? "") : undefined;
}

/** 「１週間」→ P7D、「５営業日」→ P5B（B は営業日）。 */
function isoSpan(number: string, unit: string): string | undefined {
  const n = numberOf(number);
  if (n === undefined) return undefined;
  if (/営業日|開庁日/.test(unit)) return `P${n}B`;
  if (/^日/.test(unit)) return `P${n}D`;
  if (/^週/.test(unit)) return `P${n * 7}D`;
  if (/月/.test(unit)) return `P${n}M`;
  if (/^年/.test(unit)) return `P${n}Y`;
  if (unit === "秒") return `PT${n}S`;
  return /時間/.test(unit) ? `PT${n}H` : `PT${n}M`;
}

function ruleOf(rule: string | undefined): { rule?: string } {
  return rule ? { rule } : {};
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
