/** 主体の言い方を、仕様書に共通の名にそろえる。知らない役の名はそのまま。 */
const NAMES: [RegExp, string][] = [
  [
    /^(?:受託者|受注者|受託事業者|受託業者|受託会社|請負者|請負業者|契約業者|委託業者|事業者|業者|乙|受託者等|受託者側|契約の相手方|指定管理者)$/,
    "受託者",
  ],
  [
    /^(?:委託者|発注者|注文者|甲|本市|当市|市|本県|当県|県|本町|町|村|本村|当町|区|本区|当区|都|府|道|本府|委託者側|発注者側|.{1,8}[市町村区県]|局|本局|当局|.{1,12}(?:局|部|課|室|事務局))$/,
    "委託者",
  ],
  [/^(?:SV|スーパーバイザー|スーパーバイザ)$/, "SV"],
  [/^(?:OP|オペレーター|オペレータ)$/, "OP"],
];
const NOUN =
  "[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]{0,14}(?:者|員|人|長|役|甲|乙|本市|当市|市|県|町|村|区|局|部|課|会社|委員会|協議会|審議会|事務局|自治会|町内会|業者|士|師|司書|SV|ＳＶ|OP|ＯＰ|スーパーバイザー?|オペレーター?|マネージャー?|リーダー|ディレクター|担当)(?:側)?(?:等|ら)?";
const ACTORS = `((?:${NOUN})(?:(?:及び|並びに|又は|若しくは|と|、|・)(?:${NOUN})){0,3})`;
const TOPIC = new RegExp(
  `(?:^|[、。，]|(?:なお|また|ただし|さらに)、?|において|場合|とき|、)(?:当該|各|その|(?:[甲乙]|受[託注]者|事業者)の)?${ACTORS}〓*(?:は|においては|も|にあっては)、?`,
  "g",
);
const SUBJECT = new RegExp(`(?:^|[、。，はてに])(?:当該|各)?${ACTORS}〓*(?:が|において)(?=[^、。]{0,40}$)`);
const SOURCE = new RegExp(
  `(?:^|[、。，])${ACTORS}〓*(?:から(?=[^、。]{0,10}(?:へ|に|に対し)[^、。]{0,4}(?:連絡|報告|通知|提出|お?渡|提供|貸与|支給|引き渡))|を通じて|を通して|を経由して)`,
);
/** 「者」で終わっても、主体でなく相手や対象。 */
const NOT_ACTOR =
  /^(?:前者|後者|第三者|部外者|希望者|受講者|利用者|来場者|参加者|対象者|予約者|申込者|申請者|相談者|応募者|来庁者|市民|住民|個人|本人|使用人|法人|費用負担|権利者|著作権者|回答者|被験者|高齢者|障害者|該当者|納税者|患者|委員|会員|一部|全部|内部|外部|部|課|人|者|員|役|長)$/;

/**
 * 文の主体。「受託者は」「責任者から委託者へ」「委託者と受託者が協議の上」。見当たらなければ undefined。
 * text は括弧の中を隠した文。
 */
export function readActor(text: string): string | undefined {
  // 「光熱水費は甲の負担とし」。
  const bearer = /(?:^|[は、])([一-龠]{1,6}?)の?負担(?:と|$)/.exec(text);
  if (bearer && /^(?:受託者|委託者)$/.test(canonical(bearer[1] ?? ""))) return canonical(bearer[1] ?? "");
  if (/(?:甲乙|双方|両者)(?:が|で|間で|間の|による|の)?(?:別途)?協議/.test(text)) return "委託者・受託者";
  // 「市の担当職員が参加する」。
  if (
    /(?:^|[、はてに])(?:本|当)?(?:市|町|村|県|区|甲|発注者|委託者)の[^、。はがをの]{0,8}(?:職員|担当者|担当課|課長)が/.test(
      text,
    )
  )
    return "委託者";
  const source = SOURCE.exec(text);
  const named = source ? nameOf(source[1] ?? "") : undefined;
  if (named) return named;
  const subject = SUBJECT.exec(text);
  const inner = subject ? nameOf(subject[1] ?? "") : undefined;
  // 「委託者が運用する仕組みに」のように名詞に掛かる「が」は、主体でない。
  if (inner && subject && !isRelative(text.slice(subject.index + subject[0].length))) return inner;
  return readTopicActor(text);
}

/** 「受託者は」の主体だけ。文の全体に掛かる。 */
export function readTopicActor(text: string): string | undefined {
  const topics = [...text.matchAll(TOPIC)].map((found) => nameOf(found[1] ?? ""));
  return topics.findLast((one) => one !== undefined);
}

/** 「が」の後、文の終わりまでに名詞に掛かる動詞があるか。 */
function isRelative(rest: string): boolean {
  return /とき、|場合、|ときは|場合は|(?:する|した|される|された|る|た|う|く)(?:[一-龠ァ-ヶ]|もの|こと(?!$|と))/.test(
    rest,
  );
}

function nameOf(words: string): string | undefined {
  const parts = words
    .normalize("NFKC")
    .split(/及び|並びに|又は|若しくは|、|・|と(?=[一-龠])/)
    .map((one) => one.replace(/(?:等|ら)$/, ""));
  const names = parts.filter((one) => one !== "" && !NOT_ACTOR.test(one)).map(canonical);
  if (names.length === 0) return undefined;
  const unique = [...new Set(names)];
  const both = unique.length === 2 && unique.includes("受託者") && unique.includes("委託者");
  return both ? "委託者・受託者" : unique.join("及び");
}

/** 役の名を一つの言い方に。 */
export function canonical(name: string): string {
  const plain = name.normalize("NFKC").trim();
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? plain;
}
