import { joinedVerbs, listActions } from "./action-list.ts";
import { actionAtEnd } from "./action-word.ts";
import { canonical, readActor, readTopicActor } from "./actor.ts";
import type { Due, DueContext } from "./due.ts";
import { readDue } from "./due-rule.ts";
import { type DutySegment, segmentDuties } from "./duty-segment.ts";
import type { Sentence } from "./masked-text.ts";
import { readObject } from "./object.ts";
import { grantVerb, readVerb } from "./verb.ts";

/** 一文から読んだ一つの務め。 */
export interface Duty {
  actor: string | undefined;
  verb: string;
  object: string;
  due: Due;
  prohibited: boolean;
  /** 言い切り（「行う。」）だけの務め。背景や目的の条項では、務めとしない。 */
  plain: boolean;
}

/** その語だけでは何をするか分からず、目的語が行いの名になる動詞。 */
const LIGHT = /^(?:行う|実施|実行|図る|する|なす|遂行|努力)$/;
/** 務めでなく、あり方を述べる動詞。 */
const STATIVE =
  /^(?:ある|なる|できる|いる|おる|関する|対する|よる|係る|準用|施行|存続|及ぶ|消滅|優先|妨げる|許容|想定|予定|見込む|意味|認める|限る|違う|同じ|異なる|言う|いう|除く|伴う|在る|準じる|準ずる)$/;
/** 言い切りならあり方を述べ、「こと。」なら資格や条件を求める動詞（経験を有すること）。 */
const QUALITY = /^(?:有する|属する|帰属|含む|該当|要する|得る|持つ|生じる)$/;

/** 一文の務めのすべて。一つの文に四つの行いがあれば、四つ。 */
export function readDuties(given: Sentence, context: DueContext = {}): Duty[] {
  const out: Duty[] = [];
  // 「受託者持ちとする」は「受託者負担とする」。
  const sentence = { ...given, masked: given.masked.replace(/(?<=[一-龠])持ち(?=と(?:する|し))/, "負担") };
  if (speaksOfItself(sentence.masked)) return out;
  const forbidden = readForbidden(sentence);
  if (forbidden) return [...dutiesBefore(sentence, forbidden.from, context), forbidden.duty];
  const shared = sharedPredicate(sentence, context) ?? termOfTopic(sentence, context);
  if (shared) return shared;
  const parts = splitConcession(sentence);
  if (parts) return parts.flatMap((one) => readDuties(one, context));
  const whole = readTopicActor(sentence.masked);
  for (const segment of segmentDuties(sentence)) {
    const own = segmentActor(sentence, segment);
    const previous = out.at(-1);
    for (const duty of dutiesOf(sentence, segment, context)) {
      const chained = segment.chained && previous?.due.kind === "before";
      const shares = previous && (chained || isGrantPair(previous, duty));
      const granted = previous && isGrantPair(previous, duty) ? previous : undefined;
      out.push({
        ...duty,
        actor: own ?? previous?.actor ?? whole,
        object:
          duty.object === "" || (granted && duty.object === "その") ? (previous?.object ?? "") : duty.object,
        due: shares && duty.due.kind === "none" && duty.due.text === "" ? previous.due : duty.due,
      });
    }
  }
  return out;
}

/** 「使用料は市が、端末の費用は受託者が負担する」: 二人が一つの動詞を分け合う。 */
function sharedPredicate({ text, masked, from, to }: Sentence, context: DueContext): Duty[] | undefined {
  const found =
    /^([^、。はが]{1,40})は、?([一-龠]{1,8})が?、(?=[^。]{2,60}は、?[一-龠]{1,8}が[^、。]{2,12}。?$)/.exec(
      masked,
    );
  const actor = canonical(found?.[2] ?? "");
  if (!found || readTopicActor(`${actor}は`) === undefined) return undefined;
  const cut = found[0].length;
  const later = readDuties(
    { text: text.slice(cut), masked: masked.slice(cut), from: from + cut, to },
    context,
  );
  const last = later.at(-1);
  return last && [{ ...last, actor, object: text.slice(0, (found[1] ?? "").length) }, ...later];
}

/** 「委託料の支払は、請求書を受け取ってから30日以内とする」: 話題が行いの名で、期限だけを述べる。 */
function termOfTopic({ text, masked }: Sentence, context: DueContext): Duty[] | undefined {
  const found =
    /^(?:なお、|また、|ただし、)?([^、。は]{2,40})は、?([^。から]*(?:から|より)?[^。]{2,60}(?:以内|[日末]まで|[日月]後))と(?:する|します)(?:こと|ものとする)?。?$/.exec(
      masked.trim(),
    );
  const noun = (found?.[1] ?? "").replace(/(?<=払)い$/, "");
  const verb = actionAtEnd(noun);
  if (!found || !verb) return undefined;
  const at = masked.indexOf(noun);
  const due = readDue(`${found[2]}に`, context);
  if (due.kind === "none") return undefined;
  const object = text.slice(at, at + noun.length - verb.length).replace(/の$/, "");
  const written = { ...due, text: text.includes(due.text) ? due.text : due.text.replace(/に$/, "") };
  return [{ actor: readActor(masked), verb, object, due: written, prohibited: false, plain: false }];
}

/** 「電気代は町の負担とするが、節約を心がける」「町が支給するので、…申し出る」: 主体の違う二つの文。 */
function splitConcession({ text, masked, from, to }: Sentence): Sentence[] | undefined {
  const found = /(?<=負担とする|(?:負担|支給|貸与|提供|用意|準備|手配)する|行う|定める)(?:が|ので)、/.exec(
    masked,
  );
  if (!found) return undefined;
  const cut = found.index;
  const next = cut + found[0].length;
  return [
    { text: text.slice(0, cut), masked: masked.slice(0, cut), from, to: from + cut },
    { text: text.slice(next), masked: masked.slice(next), from: from + next, to },
  ];
}

/** 「この仕様書は、…必要な事項を定めるものとする」: 文書が自分のことを述べる。 */
function speaksOfItself(masked: string): boolean {
  return /^(?:この|本)(?:業務|特記|要求水準|委託)?(?:仕様書|約款|契約約款|特記事項|特約条項|特約|要領|要綱|基準|水準書|書)〓*は、?[^。]*(?:定める|示す|規定する|まとめる|適用する|記載する)(?:もの|こと)?(?:とする|である)?。?$/.test(
    masked.trim(),
  );
}

/** 「再委託は原則として認めない」「火気の使用を禁ずる」「全部を委託することは認めない」。 */
function readForbidden({ text, masked }: Sentence): { duty: Duty; from: number } | undefined {
  const found =
    /(?:は|を|も)、?(?:[^、。をは]{0,12}として、?|一切|固く|厳に|これを|[^、。は]{2,20}後も、?|[^、。は]{2,36}を除(?:き|いて)、?)*(?:認めない|認めません|認められない|許可しない|許さない|禁じる|禁ずる|禁じます|禁止する|禁止します|厳禁とする|禁止とする|不可とする)(?:もの|こと)?(?:とする)?。?$/.exec(
      masked.trim(),
    ) ?? /(?<=の[一-龠]{2,4})(?:厳禁|禁止)。$/.exec(masked.trim());
  if (!found) return undefined;
  const lead = masked.length - masked.trimStart().length;
  const head = masked.slice(0, lead + found.index);
  const act = /^(.*)こと$/s.exec(head);
  const read = act ? readVerb(act[1] ?? "", "plain") : readNounAct(head);
  if (!read) return undefined;
  const from = lastTopic(head.slice(0, read.at));
  const object = withoutParty(readObject(text.slice(from, read.at), masked.slice(from, read.at)));
  const duty: Duty = {
    actor: readActor(head),
    verb: read.verb,
    object,
    due: { kind: "none", text: "" },
    prohibited: true,
    plain: false,
  };
  return { duty, from };
}

function readNounAct(head: string): { verb: string; at: number } | undefined {
  const noun = head.replace(/等$/, "");
  const verb = actionAtEnd(noun) ?? /(?<=の)(?!行為|事項|場合)[一-龠]{2}$/.exec(noun)?.[0];
  return verb ? { verb, at: noun.length - verb.length } : undefined;
}

/** 「鍵は責任者が管理し、複製を禁ずる」: 禁止の前にある務め。 */
function dutiesBefore(sentence: Sentence, from: number, context: DueContext): Duty[] {
  const cut = /[いきぎしちにびみりえけげせてねべめれ]、$/.test(sentence.masked.slice(0, from)) ? from : 0;
  if (cut === 0) return [];
  const text = `${sentence.text.slice(0, cut - 1)}する。`;
  const masked = `${sentence.masked.slice(0, cut - 1).replace(/し$/, "する")}。`;
  return masked.length <= text.length
    ? readDuties(
        { text: text.slice(0, masked.length), masked, from: sentence.from, to: sentence.from + cut },
        context,
      )
    : [];
}

/** 目的語の始まり: 最後の話題や条件の後。 */
function lastTopic(head: string): number {
  let from = 0;
  for (const found of head.matchAll(/(?:は|ため|場合|とき|保存し|[しりみき])、/g))
    from = found.index + found[0].length;
  return from;
}

/** 「事前に申請し、その承認を得る」の期限は、二つに掛かる。 */
function isGrantPair(previous: Duty, duty: Pick<Duty, "verb">): boolean {
  return (
    /^(?:申請|届出|協議|申し出る|依頼|報告|通知)$/.test(previous.verb) &&
    /^(?:承認|承諾|許可|許諾|同意|確認|了解|了承)$/.test(duty.verb)
  );
}

function segmentActor(sentence: Sentence, segment: DutySegment): string | undefined {
  return readActor(sentence.masked.slice(segment.from, segment.to));
}

function dutiesOf(sentence: Sentence, segment: DutySegment, context: DueContext): Omit<Duty, "actor">[] {
  const { from, main, to } = segment;
  const verbAt = from + segment.verb.at;
  const before = sentence.masked.slice(main, verbAt);
  const text = sentence.text.slice(main, verbAt);
  const read = grantVerb(sentence.masked.slice(from, verbAt), { ...segment.verb, at: segment.verb.at });
  const words = termWords(dueWords(sentence), { from, main, to });
  const shared = {
    due: readDue(words, context, read.verb),
    prohibited: segment.prohibit,
    plain: segment.modality === "plain",
  };
  const pair = pairedObjects(sentence, { main, at: from + read.at }, context);
  if (pair) return pair.map((one) => ({ ...shared, ...one, verb: read.verb }));
  if (LIGHT.test(read.verb)) {
    const listed = lightActions(text, before);
    if (listed.length > 0) return listed.map((one) => ({ ...shared, ...one }));
    const topics = read.verb === "行う" ? topicActions(text, before) : [];
    if (topics.length > 0) return topics.map((one) => ({ ...shared, ...one }));
    const topic =
      read.verb === "行う" || (read.verb === "する" && /では$/.test(before))
        ? topicAction(text, before)
        : undefined;
    if (topic) return [{ ...shared, ...topic }];
  }
  if (STATIVE.test(read.verb)) return [];
  if (shared.plain && (read.verb === "とする" || QUALITY.test(read.verb))) return [];
  const joined = joinedVerbs(sentence.masked, from + read.at);
  const objectText = sentence.text.slice(main, from + read.at);
  const objectMask = sentence.masked.slice(main, from + read.at);
  // 「この規定は…に適用する」は、決まりの範囲を述べる。
  if (
    read.verb === "適用" &&
    /(?:規定|条|項|約款|規則|基準)[^、]{0,8}$|(?:規定|約款|規則|仕様書|要領|要綱|基準書)は/.test(objectMask)
  )
    return [];
  const object = ownObject(objectText, objectMask, { due: shared.due.text, verb: read.verb });
  // 「本業務終了後、速やかに返還する」の「本業務終了後」は、期限であって目的語でない。
  const own = shared.due.text.includes(object) ? "" : object;
  return [...joined, read.verb].map((verb) => ({ ...shared, verb, object: own }));
}

/**
 * 期限の違う二つが、一つの動詞を分け合う。「研修Ａを半年に１回、研修Ｂを毎年４月に行う」「検便は毎月、健診は年に１回行う」
 * 「就業前に初任者研修を、年２回専門研修を受講させる」。
 */
function pairedObjects(
  { text, masked }: Sentence,
  { main, at }: { main: number; at: number },
  context: DueContext,
): { object: string; due: Due }[] | undefined {
  const part = masked.slice(main, at);
  const found = TIMES_AFTER.exec(part) ?? TIMES_BEFORE.exec(part);
  if (!found?.groups) return undefined;
  const { lead = "", first = "", gap = "", second = "" } = found.groups;
  const after = found.groups.when !== undefined;
  const dues = [after ? `${found.groups.when}に` : first, after ? (found.groups.then ?? "") : second].map(
    (words) => readDue(words, context),
  );
  if (dues.some((due) => due.kind === "none")) return undefined;
  const start = main + lead.length;
  const next = start + first.length + gap.length;
  const objects = [text.slice(start, start + first.length), text.slice(next, next + second.length)];
  return objects.map((object, index) => ({
    object: after ? object : readObject(`${object}を`, `${object}を`),
    due: dues[index] ?? { kind: "none", text: "" },
  }));
}

const TIMES_AFTER =
  /^(?<lead>(?:[^、。]*は、)?)(?<first>[^、。をは]{2,40})(?<gap>[をは](?<when>[^、。を]{2,24})、)(?<second>[^、。をは]{2,40})[をは](?<then>[^、。を]{2,24}?)(?:、[^、。をは]{2,16}(?:で|により))?$/;
const TIMES_BEFORE =
  /^(?<lead>(?:[^、。]*(?:は|対し)、)*)(?<first>[^、。を]{4,48})(?<gap>を、)(?<second>[^、。を]{4,48})を$/;

/** 渡す相手を取る動詞。目的語のない「委員会へ届ける」の「委員会」は、相手。 */
const HANDS =
  /^(?:提出|報告|送付|送信|発送|届ける|届け出る|届出|渡す|手渡す|引き渡す|引渡し|通知|連絡|知らせる|配る|配布|送る|伝える|返却|返還|納入|納品|納める|申請|差し出す|申し出る|一報|通報|説明)$/;
/** 目的語の頭に付く、時や様子の語。 */
const LEADS =
  /^(?:(?:その)?(?:都度|つど)、?|その場で|その後は?、?|毎[日週月年回朝晩](?:[^、をは]{1,6}に)?、?|(?:[^、をは]{1,24}(?:までに|以内に|時に|日に|なく|後に?、|前に|よう、?|について、))|随時、?|順次、?|直ちに、?|速やかに、?|すみやかに、?|ただちに、?|遅滞なく、?|必ず、?|適宜、?)/;

/** 期限や様子や相手を除いた、目的語。 */
function ownObject(text: string, masked: string, { due, verb }: { due: string; verb: string }): string {
  let object = withoutParty(readObject(text, masked));
  if (due !== "" && object.startsWith(due) && object !== due)
    object = object.slice(due.length).replace(/^(?:に|から|まで)?、?/, "");
  if (/^(?:[月年週日](?:に|間)?[0-9０-９一二三四五]{1,2}[回度](?:以上|程度)?)$/.test(object)) return "";
  const recipient = HANDS.test(verb) && !/[をはも]/.test(masked) && /[にへ][^にへ]{0,12}$/.test(masked);
  if (recipient) return "";
  // 「市に校正を」「受託者が別途」の、相手と主体。
  const party = /^([一-龠]{1,8}?)(?:側)?(?:に対し(?:て)?、?|[にへが])(?=.)/.exec(object);
  if (party && /^(?:委託者|受託者)$/.test(canonical(party[1] ?? ""))) object = object.slice(party[0].length);
  for (let lead = LEADS.exec(object); lead && lead[0].length < object.length; lead = LEADS.exec(object))
    object = object.slice(lead[0].length);
  return withoutParty(object);
}

/** 「市の承認を得る」の「市の」は、相手であって目的語でない。 */
function withoutParty(object: string): string {
  const name = object.replace(/(?:の|から|より|に|へ)$/, "").replace(/^書面による/, "");
  if (canonical(name) === "委託者") return "";
  // 「市と受託者が協議して定める」の二人も、目的語でない。
  const last = /([一-龠]+)と([一-龠]+)$/.exec(name);
  return last && /^(?:委託者|受託者)$/.test(canonical(last[2] ?? "")) ? "" : object;
}

/** 期限を探すところ。「納品後に誤りが見つかった場合も」の中の時は、期限でない。 */
function termWords(words: string, { from, main, to }: { from: number; main: number; to: number }): string {
  const head = words
    .slice(from, main)
    .replace(/[^、]*(?:場合|とき)(?:に|において)?(?:は|も)?、?$/, (piece) => "〓".repeat(piece.length));
  return head + words.slice(main, to);
}

/** 期限を探す文。長い括弧（定義や書名）の中は見ない。「（予定）」は見る。 */
function dueWords({ text, masked }: Sentence): string {
  return masked.replace(/〓+/g, (run, at: number) =>
    run.length <= 18 ? text.slice(at, at + run.length) : run,
  );
}

/** 「支払は、請求書を受理した日から30日以内に行う」: 話題が行いの名。「検査を行う」は、話題でなく目的語が行い。 */
function topicAction(text: string, masked: string): { verb: string; object: string } | undefined {
  if (/[をもが]$/.test(masked)) return undefined;
  const found = /^([^、。はを]{2,40}?)は(?!じめ)/.exec(masked);
  const head = found?.[1] ?? "";
  const noun = head.replace(/(?<=払)い$/, "");
  const verb = actionAtEnd(noun) ?? /^[一-龠]{2}$/.exec(noun)?.[0];
  if (!verb) return undefined;
  return { verb, object: text.slice(0, noun.length - verb.length).replace(/の$/, "") };
}

/** 「開催通知の発送及び報酬の支払いは、市が行う」: 話題が、二つ以上の行いの名。 */
function topicActions(text: string, masked: string): { verb: string; object: string }[] {
  if (/[をも]$/.test(masked)) return [];
  const head = /^([^。はを]{4,60}?)は、?[^、。はを]{0,16}が?$/.exec(masked)?.[1] ?? "";
  // 「写真の撮影と紹介文の作成は、受託者が行う」。
  const pair = /^(.+の[一-龠]{2,4})と(.+の[一-龠]{2,4})$/.exec(head);
  if (pair && actionAtEnd(pair[1] ?? "") && actionAtEnd(pair[2] ?? ""))
    return [pair[1] ?? "", pair[2] ?? ""].flatMap((one) => listActions(one, one));
  const listed = /(?:及び|並びに|、|と)/.test(head) ? listActions(text.slice(0, head.length), head) : [];
  return listed.length > 1 && actionAtEnd(head) ? listed : [];
}

/** 「…の調整、…の作成及び…の手配等を行う」を、行いごとに。 */
function lightActions(text: string, masked: string): { verb: string; object: string }[] {
  const wo = /(?:を|も)(?:[^を]{0,24})$/.exec(masked);
  // 「停止を伴う作業は、閉庁日に行う」の「停止を」は、話題の中。
  if (!wo || /は、?/.test(masked.slice(wo.index + 1))) return [];
  const end = wo.index;
  const start = listStart(masked.slice(0, end));
  return listActions(text.slice(start, end), masked.slice(start, end));
}

/** 列挙の始まり。話題や条件の後。 */
function listStart(masked: string): number {
  let start = 0;
  const pattern =
    /(?:[^、。]{0,24}(?:者|員|市|甲|乙|業務|本業務)は、?|については、?|について、|に関しては、?|場合(?:に)?(?:は|、)|にあたり、?|に当たり、?|に際し(?:て)?、?|にあたって(?:は)?、?|により、|に基づき、|として、|(?:以内|まで|時|後|前)には?、?|直ちに、?|速やかに、?|に対し、|対して、?|において(?:は)?、|ために?、|(?:する|した|の)ため(?:に)?、?|ところにより、|ほか、|とともに、|等、(?=以下)|に加え、|必要に応じ(?:て)?、?|なお、|また、|ものとし、)/g;
  for (const found of masked.matchAll(pattern)) start = found.index + found[0].length;
  return start;
}
