import { actionAtEnd, GRANTS } from "./action-word.ts";

/** 文の終わりや連用形から読んだ動詞。 */
export interface ReadVerb {
  /** 漢語は語幹（提出）、和語は終止形（定める）。 */
  verb: string;
  /** 動詞が始まる位置（渡した文の中）。 */
  at: number;
  negative: boolean;
}

const SINGLE_SAHEN = "関対有要付供属達発接反帰資課察処罰称属即";
/** 一字の漢字に「する」が付く語のうち、「し」「す」でも五段の語と紛れないもの。 */
const SINGLE_SURE = "徴付配復課処達供期有要反発接";
const A_ROW = "わかがさただなばまら";
const I_ROW = "いきぎしちぢにびみり";
const U_ROW = "うくぐすつづぬぶむる";
const E_ROW = "えけげせてでねべめれ";
/** い段で終わるが一段活用の語。 */
const ICHIDAN = /(?:用い|率い|報い|強い|試み|顧み|鑑み|省み|[一-龠]じ|過ぎ|できる?|見|得|経|居|似|煮|着|出)$/;
/** 二つの動詞が続く語の、前半。 */
const COMPOUND =
  "やり|仕|支|請け|請|届け|届|問い合わ|聞き|引き|引|持ち|取り|取|申し|受け|受|見|立ち|立|差し|貸し|借り|繰り|打ち|割り|買い|書き|切り|組み|読み|呼び|折り|払い|振り|積み|締め|突き|付け|追い|掘り|作り|使い|言い|問い|送り|拭き|掃き|入れ|置き|据え|塗り|張り|貼り|閉じ|運び|持|落ち|織り|盛り|話し|元|備え|書き写し";
/** 二つ続く和語の前半（備え付ける、譲り渡す）。「基づき定める」のように、やり方を述べる語は除く。 */
const JOINED =
  "(?<![一-龠])(?!基づ|従|応|関|際|対|伴|準|則|沿|通|除|含|限|当|踏|兼|及|並|用|先立)[一-龠][とかさたならわ]?[いきぎしちびみりえけげせねべめれ](?=[一-龠])";
const WAGO = new RegExp(
  `(?:(?:${COMPOUND}|${JOINED})?[一-龠々](?:(?![をにはへ])[ぁ-ん]){0,3}|目指|位置[付づ]け|義務[付づ]け|関連[付づ]け|手掛け|心掛け|裏[付づ]け|片付け|名付け|取りまとめ?|とりまとめ?|まとめ?|おこな|つとめ?|つく|はか|こころが|心が|あらた|あわ|もう|たも|まも|そな|さだ|ふ)$`,
);

/**
 * 「…を提出し」「…を定め」「…に従わ」「…を漏らし」のような、活用語尾までの文から動詞を読む。
 * form は、その後に何が続いていたか（連用形か、「ない」の前の未然形か、終止形か）。
 */
export function readVerb(text: string, form: "stem" | "negative" | "plain"): ReadVerb | undefined {
  // 「点検し直す」は、もう一度の点検。
  const trimmed = text
    .replace(/[\s\u3000]+$/, "")
    .replace(/(?<=[一-龠]{2})し直[すしさせ]$/, form === "plain" ? "する" : "し");
  return (
    readPolite(trimmed, form) ?? readCausal(trimmed) ?? readSuru(trimmed, form) ?? readNative(trimmed, form)
  );
}

/** 「しており」「していること」「されてい」「していただ」などの助動詞を外す。 */
function readPolite(text: string, form: string): ReadVerb | undefined {
  const te =
    /^(.*[^\s])(て|で)(?:いる|い|おり|おる|おい|おく|おか|おき|いただく|いただき|もらう|もらい|くださる)$/s.exec(
      text,
    );
  if (te) return readTe(te[1] ?? "", te[2] ?? "て");
  const past = /^(.*[^\s])(た|だ)$/s.exec(text);
  if (past && form === "plain") return readTe(past[1] ?? "", past[2] === "だ" ? "で" : "て");
  return undefined;
}

/** て形の前から: 「行っ」→ 行う、「定め」→ 定める、「記し」→ 記す。 */
export function readTe(words: string, te: string): ReadVerb | undefined {
  // 「伝えたり利用したりして」。
  const text = words.replace(/(?:たり|だり)し?$/, "");
  const tail = text.slice(-1);
  if (te === "で") return swapEnd(text, tail === "い" ? "ぐ" : "む");
  if (tail === "っ") {
    const before = text.slice(0, -1);
    return swapEnd(
      text,
      /[行従習払扱伴担失補追願縫負襲使言買会合洗争奪問誓迷賄養繕装構救整疑救敬漂倣歌]$|おこな$|もら$|したが$|つか$/.test(
        before,
      )
        ? "う"
        : /[持立待勝打建放保育]$/.test(before)
          ? "つ"
          : "る",
    );
  }
  if (tail === "ん") return swapEnd(text, /[呼運学選結及並飛浮叫喜]ん$/.test(text) ? "ぶ" : "む");
  if (tail === "い" && !ICHIDAN.test(text)) return swapEnd(text, "く");
  // 「供し」は「供する」。
  const single = new RegExp(`(?<=[にを])[${SINGLE_SURE}]し$`).test(text);
  if (single) return { verb: `${text.at(-2)}する`, at: text.length - 2, negative: false };
  return readVerb(text, "stem");
}

function swapEnd(text: string, end: string): ReadVerb | undefined {
  return wago(text.slice(0, -1), end);
}

/** 受け身・使役を外す: 定められ、明記され、提出させ、終結させ。 */
function readCausal(text: string): ReadVerb | undefined {
  const sahen = /^(.*[一-龠々ァ-ヶー〓])(?:され|させ|せられ)(?:る|)$/s.exec(text);
  if (sahen) {
    const head = `${sahen[1] ?? ""}し`;
    // 「消させる」は「消す」。
    return readSuru(head, "stem") ?? readNative(head, "stem");
  }
  // 一段活用の使役: 受けさせる、生じさせる。
  const made = /^(.*[いきぎじちにびみりえけげせぜてねべめれ])させ(?:る|)$/s.exec(text);
  if (made) return readNative(made[1] ?? "", "stem");
  const passive = /^(.*[^\s])られ(?:る|)$/s.exec(text);
  if (passive) return readVerb(passive[1] ?? "", "stem");
  const godan = /^(.*[わかがさたなばまら])(?:れ|せ)(?:る|)$/s.exec(text);
  // 合わせる・知らせるは、それで一語。
  if (godan && !/(?:合わ|知ら|済ま)せる?$/.test(text)) return readNative(godan[1] ?? "", "negative");
  return undefined;
}

/** 漢語・カタカナ語＋する。「明確にする」「参考とする」も読む。 */
function readSuru(text: string, form: string): ReadVerb | undefined {
  const found = /^(.*?)(する|し|せ|さ|す)$/s.exec(text);
  if (!found) return undefined;
  // 「委託（以下「再委託」という。）して」の括弧は読み飛ばす。
  const head = (found[1] ?? "").replace(/〓+$/, "");
  const copula = /落と$/.test(head)
    ? null
    : (/((?:[一-龠][せちりきけえび])?[一-龠々ァ-ヶーA-Za-z]+)(に|と)$/.exec(head) ??
      /([一-龠](?:らか|やか|か|どおり|通り))(に)$/.exec(head) ??
      /((?:まで|から|など|[一-龠][みりきめけちえい]))(と)$/.exec(head));
  if (copula) return readCopula(head, copula[1] ?? "", copula[2] ?? "");
  // 「提供や使用をする」は、目的語のほうが行いの名。
  if (/を$/.test(head)) return { verb: "する", at: head.length, negative: false };
  if (/[もは]$/.test(head)) {
    const before = head.slice(0, -1).replace(/等$/, "");
    // 「喫煙は、所定の場所以外ではしない」: 話題が行いの名。
    if (/で$/.test(before)) return { verb: "する", at: head.length, negative: false };
    const action = actionAtEnd(before);
    return action ? { verb: action, at: before.length - action.length, negative: false } : undefined;
  }
  // 「経験を３年以上有する」。
  const single = /(?:以上|以下|以内|程度|常時|必ず)([有要供付])$/.exec(head);
  if (single) return { verb: `${single[1]}する`, at: head.length - 1, negative: false };
  const named = actionAtEnd(head);
  if (named) return { verb: named, at: head.length - named.length, negative: false };
  // 「手渡し」「差戻し」: 送り仮名を省いた和語。
  const plain = /(?:手渡|見直|引渡|言渡|明渡|売渡|突返|折返|繰返|差戻|払戻|取戻|取消|差出)$/.exec(head);
  if (plain && /[しすさせ]/.test(found[2] ?? ""))
    return { verb: `${plain[0]}す`, at: head.length - 2, negative: false };
  // 「２年間残し」の「年間」は、数の単位。
  const run = (/[一-龠々ァ-ヶーＡ-Ｚａ-ｚA-Za-z〓]+(?:り扱い|り)?$/.exec(head)?.[0] ?? "").replace(
    /^(?:年間|月間|日間|週間|時間|分間|.*(?:以上|以下|以内|程度|未満))(?=[一-龠]$)/,
    "",
  );
  if (run.length === 1 && SINGLE_SURE.includes(run))
    return { verb: `${run}する`, at: head.length - 1, negative: false };
  // 「除じんする」「掃き拭きする」: 仮名の混じる、行いの名。
  const mixed =
    /(?:(?<![0-9０-９一二三四])[一-龠]{1,2}[ぁ-ん]{0,2}ん|(?:[一-龠][きぎしちみりいえけげせてねべめれ]){2})$/.exec(
      head,
    )?.[0];
  if (mixed) return { verb: mixed, at: head.length - mixed.length, negative: false };
  if (run === "目指") return undefined;
  if (run === "" || (run.length === 1 && found[2] !== "する")) return undefined;
  if (run.length === 1)
    return SINGLE_SAHEN.includes(run) || form === "plain"
      ? { verb: `${run}する`, at: head.length - 1, negative: false }
      : undefined;
  const verb =
    actionAtEnd(head) ??
    (/[ァ-ヶー]$/.test(run) ? /[ァ-ヶー]+$/.exec(run)?.[0] : undefined) ??
    (run.length > 3 ? run.slice(-2) : run);
  if (verb === undefined || verb.includes("〓")) return undefined;
  return { verb, at: head.length - verb.length, negative: false };
}

function readCopula(head: string, noun: string, particle: string): ReadVerb | undefined {
  const before = head.slice(0, -particle.length);
  const action = actionAtEnd(before);
  if (action && noun.endsWith(action) && !/^(予定|計画|目的|措置|組織|構成)$/.test(action))
    return { verb: action, at: before.length - action.length, negative: false };
  // 「直接雇用される者とする」「利用したものとする」は、前の動詞が務め。
  const inner = /^(.*(?:れる|せる|する|いる|た|う|く|る))(?:者|もの|こと)$/s.exec(before);
  const read = inner ? readVerb(inner[1] ?? "", "plain") : undefined;
  if (read) return read;
  return particle === "に"
    ? { verb: `${noun.slice(-4)}にする`, at: head.length - 1 - noun.length, negative: false }
    : { verb: "とする", at: head.length - 1, negative: false };
}

/** 和語。連用形・未然形・終止形から終止形へ。 */
function readNative(text: string, form: string): ReadVerb | undefined {
  const tail = text.slice(-1);
  const before = text.slice(0, -1);
  if (form === "plain") return U_ROW.includes(tail) && tail !== "" ? wago(before, tail) : undefined;
  if (E_ROW.includes(tail) && tail !== "") return wago(text, "る");
  if (ICHIDAN.test(text)) return wago(text, "る");
  const row = form === "negative" ? A_ROW : I_ROW;
  const at = tail === "" ? -1 : row.indexOf(tail);
  return at < 0 ? undefined : wago(before, endOf(row, at));
}

function endOf(row: string, at: number): string {
  const pairs: Record<string, string> = {
    わ: "う",
    か: "く",
    が: "ぐ",
    さ: "す",
    た: "つ",
    だ: "づ",
    な: "ぬ",
    ば: "ぶ",
    ま: "む",
    ら: "る",
    い: "う",
    き: "く",
    ぎ: "ぐ",
    し: "す",
    ち: "つ",
    ぢ: "づ",
    に: "ぬ",
    び: "ぶ",
    み: "む",
    り: "る",
  };
  return pairs[row.charAt(at)] ?? "る";
}

/** 語幹と語尾から和語の動詞。「講ずる」は「講じる」にそろえる。 */
function wago(stem: string, end: string): ReadVerb | undefined {
  // 「指揮にあたる」は、前の行いの名が務め。
  const charge = /^(.*)に(?:あた|当た)$/s.exec(stem);
  const named = charge && end === "る" ? actionAtEnd(charge[1] ?? "") : undefined;
  if (charge && named) return { verb: named, at: (charge[1] ?? "").length - named.length, negative: false };
  const found =
    /(?<=[年月日週]間)[ぁ-ん]{1,4}$/.exec(stem) ??
    WAGO.exec(stem) ??
    /(?<=ずつ)[ぁ-ん]{1,4}$|(?<=へ)(?!の|と)[ぁ-ん]{2,4}$|(?<=を)[ぁ-ん]{1,5}$|(?<=[0-9０-９][名人台個本枚部回式])(?!のみ|だけ|まで|から|より|とす|ずつ)[ぁ-ん]{1,4}$|(?<=に)(?!よ|つ[いき]|おい|おけ|おき|あた|かか|たい|かん|もと|な|す)[ぁ-ん]{2,5}$/.exec(
      stem,
    );
  if (!found) return undefined;
  // 助詞に続く漢字から始まる。「者に従」の「者に」を取り込まない。
  const word = found[0];
  const verb = `${word}${end}`.replace(/([一-龠])ずる$/, "$1じる").replace(/^おこなう$/, "行う");
  return { verb, at: stem.length - word.length, negative: false };
}

/** 「承認を得る」の動詞は「承認」。受ける・得る・取る・求める（許しの語のとき）だけ。 */
export function grantVerb(text: string, read: ReadVerb): ReadVerb {
  if (!/^(得る|受ける|取る|とる|経る|取得|いただく|もらう|求める|仰ぐ|要する|要す)$/.test(read.verb))
    return read;
  const before = text.slice(0, read.at).replace(/(?:等)?[をもは]$/, "");
  const grant = GRANTS.exec(before);
  if (!grant || (/^(求める|仰ぐ)$/.test(read.verb) && !/(承認|承諾|許可|同意|確認)$/.test(grant[0])))
    return read;
  return { verb: grant[0], at: before.length - grant[0].length, negative: read.negative };
}
