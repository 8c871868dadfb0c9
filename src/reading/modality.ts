import { actionAtEnd } from "./action-word.ts";

/** 文の終わりが言っていること。 */
export interface Modality {
  /** must 務め、prohibit 禁止、plain 言い切り（「行う。」）、none 務めでない（できる、目的とする、…ている）。 */
  kind: "must" | "prohibit" | "plain" | "none";
  /** 活用語尾を残した、動詞までの長さ（文の中の位置）。 */
  end: number;
  form: "stem" | "negative" | "plain" | "te";
}

/** 務めでない終わり方。許し、可能性、説明、権利の所在。 */
const NOT_DUTY =
  /(?:ことができる|ことができます|ことが可能|できるものとする|できる|可能(?:である|とする|です)?|差し支えない|さしつかえない|差支えない|支障ない|妨げない(?:ものとする)?|妨げるものではない|許容する|認める(?:ものとする|こととする)?|場合がある|ことがある|場合もある|こともある|可能性がある|おそれがある|この限りで(?:は)?ない|限りではない|同様とする|同様である|同じとする|同じである|変わらない|準用する|例による|定めるところによる|による(?:ものとする)?|よるものとする|ものである|ところである|ためのものである|必要となる|不要(?:とする|である)|要しない(?:ものとする)?|必要はない|しなくてもよい|なくてよい|てもよい|ても良い|て(?:も)?構わない|てもかまわない|で(?:も)?(?:構わ|かまわ)ない|で(?:も)?(?:構い|かまい)ません|て(?:も)?(?:構い|かまい)ません|結構です|自由です|目的とする|目的としている|目的である|対象とする|をもって[^、。る]{1,16}とする|という|をいう|を指す|とおりである|とおりとする|である|であること(?:から)?|だ|です|予定(?:である|とする|です|している)|見込(?:む|んでいる|みである)|想定(?:する|している)|帰属する(?:ものとする)?|(?<![一-龠])属する(?:ものとする)?|(?<![一-龠])有する(?:ものとする)?|含む(?:ものとする)?|含まれる|除く|該当する|なる|なっている|生じる|発生する|(?<![一-龠])存する|基本とする|標準とする|以下同じ|解除することができる|られる)$/;

const MUST_FORMS: { pattern: RegExp; form: Modality["form"]; kind: "must" | "prohibit" }[] = [
  {
    pattern: /(?:て|で)は(?:ならない|なりません|いけない|いけません)(?:ものとする|こと)?$/,
    form: "te",
    kind: "prohibit",
  },
  {
    pattern:
      /こと(?:の|が)ない(?:よう(?:に)?(?:する|努める|注意する|配慮する|留意する|します)?)(?:こと|ものとする)?$/,
    form: "plain",
    kind: "prohibit",
  },
  {
    pattern:
      /(?:ない|ぬ)(?:ものとする|こととする|ものとします|こととします|こと|よう(?:に)?(?:する|努める|注意する|配慮する|留意する|してください|して下さい|お願いします|します)(?:こと|ものとする)?|ように(?:しなければならない))$/,
    form: "negative",
    kind: "prohibit",
  },
  { pattern: /(?<=請求|主張|要求|譲渡)できない(?:ものとする|こととする)?$/, form: "stem", kind: "prohibit" },
  { pattern: /ないで(?:ください|下さい|いただく|いただきます)$/, form: "negative", kind: "prohibit" },
  { pattern: /こと(?:は|が)?できない(?:ものとする|こととする)?$/, form: "plain", kind: "prohibit" },
  {
    pattern: /(?:なければ|ねば|なくては)(?:ならない|なりません|いけない)(?:ものとする|こと)?$/,
    form: "negative",
    kind: "must",
  },
  { pattern: /(?:なければならぬ|ざるを得ない)$/, form: "negative", kind: "must" },
  {
    pattern:
      /(?:必要がある|必要がある(?:もの|こと)とする|(?<=[うくすつぶむる])義務を負う(?:ものとする)?|義務がある|べきである|べきものとする|べし)$/,
    form: "plain",
    kind: "must",
  },
  {
    pattern:
      /(?:ものとする|こととする|ものとします|こととします|ものとすること|こととすること|ものとし|こととし)$/,
    form: "plain",
    kind: "must",
  },
  { pattern: /(?:こと|事)$/, form: "plain", kind: "must" },
  {
    pattern: /(?:て|で)(?:ください|下さい|いただく|頂く|もらう|いただきます)(?:こと|ものとする)?$/,
    form: "te",
    kind: "must",
  },
];

/** 「置き換えない」「使わない」: 言い切りの禁止。 */
const NEGATIVE =
  /(?:(?<=[ぁ-ん])(?<!こと|もの|ところ|わけ|はず|ため)が|[わかさたなばまらえけげせてねべめれじみびりぎちし])ない$/;
/** 打ち消しでも、しない務めでない語。 */
const NOT_FORBIDDEN =
  /(?:少|危|足り|満た|及ば|限ら|問わ|関わら|かかわら|含ま|要さ|異なら|変わら|負わ|行え|得|見られ|認められ|分から|わから|間に合わ|届か|やむを得)ない$/;

/** 文（括弧の中を隠したもの）の終わりを読む。 */
export function readModality(masked: string): Modality {
  const text = masked.replace(/[\s\u3000。．〓]+$/, "");
  if (
    NOT_DUTY.test(text) &&
    !/(?:なければならない|である(?:こと|ものとする)|できるようにすること)$/.test(text)
  ) {
    // 「設置は不可とする」なども含め、務めでない。ただし「できないものとする」は禁止。
    if (!/できない(?:ものとする)?$/.test(text)) return { kind: "none", end: text.length, form: "plain" };
  }
  // 「研修を修了した者であること」も、資格。
  if (/(?:者|もの|人|社|員|法人)である(?:こと|ものとする)$/.test(text))
    return { kind: "none", end: text.length, form: "plain" };
  // 「３年以上の経験を有する者でなければならない」は、資格。
  if (/(?:者|もの|人|社|員|法人)でなければならない$/.test(text))
    return { kind: "none", end: text.length, form: "plain" };
  for (const { pattern, form, kind } of MUST_FORMS) {
    const found = pattern.exec(text);
    if (found) return refine({ kind, end: found.index, form }, text);
  }
  const request = /(?:を)?(?:お願いします|願います|お願いいたします|求める(?:ものとする)?)$/.exec(text);
  if (request && /(?:お願い|願い)/.test(request[0]))
    return { kind: "must", end: request.index, form: "stem" };
  const polite = /(?:ます|ません)$/.exec(text);
  if (polite) return { kind: polite[0] === "ません" ? "prohibit" : "plain", end: polite.index, form: "stem" };
  const honorific = /(?:ご|御)([一-龠]{2})(?:ください|下さい)$/.exec(text);
  if (honorific)
    return {
      kind: "must",
      end: text.length - honorific[0].length + honorific[0].indexOf(honorific[1] ?? "") + 2,
      form: "stem",
    };
  if (/(?:てい|でい)る$/.test(text)) return { kind: "none", end: text.length, form: "plain" };
  if (NEGATIVE.test(text) && !NOT_FORBIDDEN.test(text))
    return { kind: "prohibit", end: text.length - 2, form: "negative" };
  if (/[うくぐすつぬぶむる]$/.test(text)) return { kind: "plain", end: text.length, form: "plain" };
  // 「５日以内に提出。」: 体言止め。
  const stop = /。[\s\u3000]*$/.test(masked);
  const lead = beforeAction(text);
  if (stop && /(?:[をにへ]|都度|以内|まで)(?:[一-龠]{2})?$/.test(lead))
    return { kind: "must", end: text.length, form: "stem" };
  // 「毎週月曜日に実行委員会へ送付」: 句点のない項目。
  if (
    !stop &&
    /(?:[をへ]|以内に|までに|都度)$/.test(lead) &&
    /[をへ].*[をへにで]|[をへ]$|[日週月年時]/.test(lead)
  )
    return { kind: "must", end: text.length, form: "stem" };
  if (/(?:のこと|とのこと)$/.test(text)) return { kind: "must", end: text.length, form: "stem" };
  return { kind: "none", end: text.length, form: "plain" };
}

/** 行いの名で終わる文の、その名の前。行いの名で終わらなければ空。 */
function beforeAction(text: string): string {
  const action = actionAtEnd(text);
  return action ? text.slice(0, -action.length) : "";
}

/** 「提出のこと」「厳守のこと」は名詞に付く。「努めるものとすること」は、もう一度外す。 */
function refine(modality: Modality, text: string): Modality {
  const head = text.slice(0, modality.end);
  if (modality.form === "plain") {
    const noun = /の$/.exec(head);
    if (noun) return { ...modality, end: head.length - 1, form: "stem" };
    const inner = /(?:ものとする|こととする|ようにする|ように努める|べき)$/.exec(head);
    if (inner?.[0].startsWith("も")) return readModalityInner(head);
    if (inner?.[0] === "ようにする") return { ...modality, end: inner.index, form: "plain" };
    if (inner?.[0] === "べき") return { ...modality, end: inner.index, form: "plain" };
  }
  return modality;
}

function readModalityInner(head: string): Modality {
  const inner = readModality(head);
  return inner.kind === "none" ? { kind: "must", end: head.length, form: "plain" } : inner;
}
