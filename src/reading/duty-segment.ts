import { actionAtEnd, isAction } from "./action-word.ts";
import { CONNECTORS } from "./duty-connector.ts";
import type { Sentence } from "./masked-text.ts";
import { type Modality, readModality } from "./modality.ts";
import { type ReadVerb, readTe, readVerb } from "./verb.ts";

/** 一つの述語を持つ、文の一部。 */
export interface DutySegment {
  /** 文の中の [from, to)。to は述語の終わり。 */
  from: number;
  to: number;
  /** 条件や話題を除いた、述語のある部分の始まり。 */
  main: number;
  verb: ReadVerb;
  prohibit: boolean;
  /** 前の部分と「して」「の上」で続く。前の期限が、ここにも掛かる。 */
  chained: boolean;
  /** 文の終わりの形。途中の述語も、文の終わりの形に従う。 */
  modality: Modality["kind"];
}

interface Boundary {
  /** 述語の終わり（活用語尾まで）と、次の部分の始まり。 */
  end: number;
  next: number;
  form: Modality["form"];
  /** 「ものとし、」など、そこだけで務めを言い切っている。 */
  strong: boolean;
  /** 「複写せず、」。 */
  prohibit?: boolean;
}

/** 読点の前にあっても、述語でなく助詞の働きをする語。 */
const POSTPOSITION =
  /(?:踏まえ|に備え|基づき|基き|もとづき|応じ|準じ|順じ|従い|したがい|伴い|あたり|当たり|際し|通じ|通し|含め|除き|限り|関し|対し|おき|おいて|つき|より|よって|経て|のっとり|則り|則し|即し|鑑み|かんがみ|加え|わたり|渡り|先立ち|及び|並び|ともない|問わず|かかわらず|あり|なり|でき|もち|もって|代わり|ならい|倣い|目的とし|前提とし|指示を受け|求めを受け|依頼を受け|のように|ごとに|場合に|ときに|際に|特に|次に|さらに|直ちに|速やかに|事前に|ため|とき|の時|原則とし|必要に応じ|はじめ|始め|よび|基本とし|例とし|限度とし|想定し|予定し|見込み)$/;

/** 一文を述語ごとに分ける。務めでない文では、言い切っている部分だけ。 */
export function segmentDuties(sentence: Sentence): DutySegment[] {
  const { masked } = sentence;
  const final = readModality(masked);
  const bounds = boundaries(masked.slice(0, final.end));
  const segments: DutySegment[] = [];
  let from = 0;
  for (const [at, bound] of bounds.entries()) {
    const next = masked.slice(bound.next, bounds[at + 1]?.end ?? masked.length);
    const part = masked.slice(from, bound.end);
    const apart = final.kind === "none" && standsApart(part, next);
    const owned = final.kind !== "none" || bound.strong || apart;
    // 「貸与され、又は収集した個人情報」は、名詞に掛かる。
    if (/^(?:又は|若しくは)[^、]{1,40}ならないこと、/.test(next)) {
      from = bound.next;
      continue;
    }
    if (/[さら]れ$/.test(part) && /^(?:又は|若しくは|または|もしくは)/.test(next)) {
      continue;
    }
    if (
      owned &&
      (bound.strong || !isInsideCondition(part, next, masked.slice(bound.next))) &&
      !isInsideNoun(next)
    ) {
      const alternative = /^(?:又は|若しくは|及び|かつ又は)/.test(next);
      push(segments, part, from, bound.form, {
        chained: chains(masked, bounds[at - 1]),
        kind: final.kind !== "none" ? final.kind : bound.strong ? "must" : "plain",
        prohibit: bound.prohibit === true || (alternative && final.kind === "prohibit"),
      });
    }
    from = bound.next;
  }
  if (final.kind !== "none") {
    const prohibit = final.kind === "prohibit";
    const chained = chains(masked, bounds.at(-1));
    push(segments, masked.slice(from, final.end), from, final.form, { kind: final.kind, prohibit, chained });
  }
  return segments;
}

/** 「封筒は受託者が用意し、発送費用も委託費に含む」: 後ろが自分の話題を持てば、前は一つの言い切り。 */
function standsApart(part: string, next: string): boolean {
  const own = part.slice(conditionEnd(part)).trim();
  return (
    (/^[^、]{2,40}は[^、]{0,24}が[^、]{2,40}$/.test(own) ||
      /^[^、は]{1,12}[者員市町村県区乙甲]が[^、は]{2,40}$/.test(own)) &&
    /^[^、。]{1,24}(?:も|は)(?!じめ)[^、]/.test(next)
  );
}

/** 「作成の上」「更新して」で続いているか。 */
function chains(masked: string, before: Boundary | undefined): boolean {
  return (
    before !== undefined &&
    /^(?:を?し?て|の?上で?、?|の?うえで?、?|た)/.test(masked.slice(before.end, before.next))
  );
}

function push(
  segments: DutySegment[],
  part: string,
  from: number,
  form: Modality["form"],
  { kind, prohibit, chained }: { kind: Modality["kind"]; prohibit: boolean; chained: boolean },
): void {
  const read = readPredicate(part, form);
  if (!read) return;
  const main = conditionEnd(part.slice(0, read.at));
  const negative = prohibit || read.negative;
  segments.push({
    from,
    to: from + part.length,
    main: from + main,
    verb: read,
    prohibit: negative,
    chained,
    modality: kind,
  });
}

/** 述語。「できるようにする」「漏らさないようにする」は、中の動詞を読む。 */
function readPredicate(part: string, form: Modality["form"]): ReadVerb | undefined {
  const plain = part.replace(/[\s\u3000、]+$/, "");
  const able = /^(.*?)(?:できる|できるような|できるように)$/.exec(plain);
  if (able) return readVerb(`${able[1] ?? ""}し`, "stem");
  const prevent = /^(.*)ないように(?:する|し)$/.exec(plain);
  const prevented = prevent ? readVerb(prevent[1] ?? "", "negative") : undefined;
  if (prevented) return { ...prevented, negative: true };
  const made = /^(.*)ように(?:する|し|しておく|しておき)$/.exec(plain);
  if (made) return readPredicate(made[1] ?? "", "plain");
  // 「お渡しします」。
  const polite = form === "stem" ? /お([一-龠][ぁ-ん]{0,2})(?:いた)?し$/.exec(plain) : null;
  if (polite) {
    const read = readVerb(`${plain.slice(0, polite.index)}${polite[1] ?? ""}`, "stem");
    return read && { ...read, at: polite.index };
  }
  // 「一部提出のこと」「整理の上」は、名詞のまま。
  if (
    form === "stem" &&
    /[一-龠々ァ-ヶー]$/.test(plain) &&
    (actionAtEnd(plain) || /(?<![一-龠])(?!業務|事項|内容|作業)[一-龠]{2,4}$/.test(plain))
  )
    return readNoun(plain);
  if (form === "te") return readTe(plain, "て");
  if (form !== "plain") return readVerb(plain, form);
  // 「読みやすいものとすること」は、あり方を決める。
  if (/(?:やす|にく)い$/.test(plain)) return { verb: "とする", at: plain.length, negative: false };
  if (/いもの(?:と(?:する|し))?$/.test(plain) && !/(?:ない|らい|かい)もの/.test(plain))
    return { verb: "とする", at: plain.length, negative: false };
  // 「可能なものとすること」は、あり方を決める。
  if (/[なの]$/.test(plain)) return { verb: "とする", at: plain.length, negative: false };
  const noun = actionAtEnd(plain) ? readNoun(plain) : undefined;
  return noun ?? readVerb(plain, "plain") ?? readVerb(plain, "stem") ?? readNoun(plain);
}

/** 「協議の上」「厳守のこと」: 名詞のままの述語。 */
function readNoun(part: string): ReadVerb | undefined {
  return /[一-龠々ァ-ヶー]$/.test(part) ? readVerb(`${part}し`, "stem") : undefined;
}

/** 切れ目のすべて。前から順に、重なりを除いて。 */
function boundaries(text: string): Boundary[] {
  const found: Boundary[] = [];
  for (const { pattern, form, strong } of CONNECTORS) {
    for (const hit of text.matchAll(pattern)) {
      const particle = /^(?:た(?!り)|の)/.test(hit[0]) ? 1 : 0;
      if (particle === 1 && !isLegitimateAfter(text, hit)) continue;
      // 「調整の上」は名詞の後、「予測をしたうえで」は「た」まで述語。
      const end = hit.index + (/^た(?!り)/.test(hit[0]) ? 1 : 0);
      if (/^を?して?$/.test(hit[0]) && pattern.source.includes("する|し|さ") && !joinsActions(text, hit))
        continue;
      const prohibit = hit[0] === "ずに" || /はなら/.test(hit[0]);
      found.push({ end, next: hit.index + hit[0].length, form, strong, ...(prohibit ? { prohibit } : {}) });
    }
  }
  for (const hit of text.matchAll(/、/g)) {
    const head = text.slice(Math.max(0, hit.index - 40), hit.index);
    const not = /(?:せ|[わかがさたなばまられえけげてねべめ])ずに?$/.exec(head);
    if (not && !NOT_NEGATIVE.test(head))
      found.push({
        end: hit.index - (not[0].endsWith("に") ? 2 : 1),
        next: hit.index + 1,
        form: "negative",
        strong: false,
        prohibit: true,
      });
    else if (NOUN_STOP.test(head) && !/^[一-龠]{2}(?:する|し|さ)/.test(text.slice(hit.index + 1)))
      found.push({ end: hit.index, next: hit.index + 1, form: "plain", strong: false });
    else if (isContinuative(head))
      found.push({ end: hit.index, next: hit.index + 1, form: "stem", strong: false });
  }
  found.sort((a, b) => a.next - b.next);
  return found.filter((one, at) => one.end > (found[at - 1]?.next ?? -1));
}

function isLegitimateAfter(text: string, hit: RegExpMatchArray): boolean {
  const before = text.slice(0, hit.index);
  if (hit[0].startsWith("た")) return true;
  // 「乙の立会いの上」は、やり方。
  if (/の(?:立会い|立会|立ち会い)$/.test(before)) return false;
  return actionAtEnd(before) !== undefined;
}

function joinsActions(text: string, hit: RegExpMatchArray): boolean {
  const after = hit.index === undefined ? 0 : hit.index + hit[0].length;
  return (
    isAction(text.slice(Math.max(0, (hit.index ?? 0) - 2), hit.index)) &&
    isAction(text.slice(after, after + 2))
  );
}

/** 「調査を実施、報告書を作成する」の名詞止め。 */
const NOUN_STOP =
  /を(?:実施|作成|提出|報告|設置|配置|確認|整備|策定|調整|発送|把握|集計|分析|実行|送付|記録|保管|管理|運営|準備|用意)$/;

/** 「ず」で終わっても、しない務めでない語。 */
const NOT_NEGATIVE =
  /(?:かかわら|関わら|拘ら|問わ|とわ|限ら|のみなら|やむを得|止むを得|必|まず|置か|おか|足ら|たら|なら|得|思わ|知ら|絶え)ずに?$/;

/** 「苦情には親身に応じ、」: 何かに沿うのでなく、応えること自体が務め。 */
const ANSWERS =
  /(?:(?:これ|それ)に応じ|(?:照会|相談|問合せ|問い合わせ|質問|苦情|調査|検査|監査|立会い?|取材)に(?:[はも])?(?:[^、]{0,6}に)?応じ)$/;
/** 「溶解処理とし、」の前の、務めでない語。 */
const NOT_MADE = /(?:目的|前提|基本|例|限度|想定|予定|計画|措置|組織|構成|参考|対象|契約|委託|業務)とし$/;

/** 読点の前が、連用形で終わる述語か。「個人情報の取扱い、」「紛失、持出し、」は名詞。 */
function isContinuative(head: string): boolean {
  if (ANSWERS.test(head)) return true;
  if (POSTPOSITION.test(head)) return false;
  if (/(?:申し|届け|差し|願い|抜け)出$/.test(head)) return true;
  if (!/[いきぎしちにびみりえけげせてねべめれじ得]$/.test(head)) return false;
  if (/(?:[充当立建捨]て)$/.test(head)) return true;
  if (/とし$/.test(head) && !NOT_MADE.test(head) && actionAtEnd(head.slice(0, -2))) return true;
  if (/[0-9０-９]名は[^、は]{1,12}[者員人長]とし$/.test(head)) return true;
  if (/は[^、は]{0,24}[0-9０-９][^、は]{0,8}(?:以上|以下|以内|程度|まで)とし$/.test(head)) return true;
  if (/(?:て|で|に|兼ね|重ね|に対し|とし|等に|ほどに)$/.test(head) && !/(?:最小限|原則)とし$/.test(head))
    return false;
  const verb = readVerb(head, "stem");
  return (
    verb !== undefined &&
    verb.at >= 1 &&
    // 「戸締まり、消灯」の「戸締まり」は名詞。
    !(/[ぁ-ん]$/.test(verb.verb) && /、$/.test(head.slice(0, verb.at).replace(/[一-龠]$/, ""))) &&
    !((/[ぁ-ん]$/.test(verb.verb) || !isAction(verb.verb)) && /[のや、・]$/.test(head.slice(0, verb.at)))
  );
}

/** 次の部分が、すぐに条件で終わる（「消去し、又は廃棄した場合には」）。この部分も条件の中。 */
function isInsideCondition(part: string, next: string, rest: string): boolean {
  // 「媒体は、保管庫で保管し、持ち出す場合は…」: 物の話題があれば、そこで一つの務めが終わっている。
  const joined = /^(?:又は|若しくは|及び|かつ|または|もしくは)/.test(next);
  const topic = /(?:^|、)([^、は]{1,40})は(?!じめ)/.exec(part)?.[1] ?? "";
  const things = topic !== "" && !/(?:者|員|人|甲|乙|市|SV|OP|ＳＶ|ＯＰ|場合|とき|際)(?:に)?$/.test(topic);
  if (things && !joined) return false;
  // 「滅失し、若しくはき損し、又は…不可能となったときは」: 並んだ条件の初め。
  if (
    /^(?:(?:又は|若しくは|または|もしくは)[^、]{1,40}、)+(?:又は|若しくは|または|もしくは)?[^、]{0,40}?(?:場合|とき)/.test(
      rest,
    )
  )
    return true;
  const found = /^[^、]{0,40}?(?:(?<!の)場合|とき(?=[は、に])|(?<!の)際(?=[は、に])|後において)/.exec(next);
  if (found && joined) return true;
  // 「10日以内に体制表を提出し、変更するときは」: 自分の期限を持つ行いは、条件の中でない。
  if (found && /(?:以内|まで|前)に[^、]*を/.test(part)) return false;
  // 「退去を促し、従わない場合は」: したのに応じないとき。
  if (found && /[をが]/.test(part) && /ない(?:場合|とき)$/.test(found[0])) return false;
  // 「害虫を点検し、発生を認めたときは」: 条件が自分の目的語を持てば、前の行いは条件の中でない。
  if (found && /を[^、を]*$/.test(part) && !/が/.test(part) && /^[^これそ][^、]*を/.test(found[0]))
    return false;
  return found !== null && !/[がは]/.test(found[0].replace(/又は|若しくは|または|あるいは/g, ""));
}

/** 次の部分が「など、」「等により」で受けられる例示。 */
function isInsideNoun(next: string): boolean {
  return /^[^、]{0,40}(?:するなど|したものについて|[一-龠ぁ-ん]{1,8}(?:した|なかった)[一-龠]{1,6}について|ように、?(?:努め|配慮|留意|注意|心がけ|心掛け))/.test(
    next,
  );
}

/** 条件と前置きの終わり。「…場合は、」「…に際して、」。 */
function conditionEnd(part: string): number {
  let end = 0;
  const pattern =
    /(?:^(?:又は|若しくは|及び|並びに|かつ|または|もしくは)、?|場合(?:に|において|であって)?(?:は|も|、)|とき(?:に)?は|際(?:に)?(?:は|、)|に(?:当たり|当たって|当たっては|あたり|あたって|あたっては|際して|際しては)、?|ため(?:に)?、|が、|限り、|なお、|また、|ただし、|さらに、|なければ、|であれば、|ならば、|(?<=[一-龠しっんいえけせてめれ])[たで]ら、)、?/g;
  for (const found of part.matchAll(pattern)) {
    if (found[0] === "が、" && !/[るたいだすうくむん]$/.test(part.slice(0, found.index))) continue;
    end = found.index + found[0].length;
  }
  return end;
}
