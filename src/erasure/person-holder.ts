import type { Office } from "../platform/office.ts";

/** 申し出た方を探す言葉。覚えず、記録にもアドレスにも残さない。 */
export interface SoughtPerson {
  name: string;
  /** 電話、メール、住所のどれか。 */
  contact: string;
}

/** どこまで消すか。identity=その方の氏名などだけ、whole=文書の全部。 */
export const pickHows = { identity: "この方の分だけを消す", whole: "文書の全部を消す" } as const;
export type PickHow = keyof typeof pickHows;

/** 見つかった一つ。氏名は持たない（探した人が、もう知っている）。 */
export interface PersonHit {
  /** 「letter」。 */
  holder: string;
  ref: string;
  /** 「意見書 第0012号（9月1日 郵送、差出人3人の2人め）」。 */
  label: string;
  /** 「氏名と連絡先が同じ」。 */
  basis: string;
  hows: readonly PickHow[];
  /** 選ぶ前に知っておくこと。 */
  note: string;
}

/** 消すと決めた一つ。 */
export interface PersonPick {
  holder: string;
  ref: string;
  how: PickHow;
}

/** 選んだものの鍵と、申請・証明書に書く言葉。 */
export interface PickedKeys {
  keys: string[];
  labels: { ref: string; label: string }[];
  /** 鍵は同じだが消さない行（表 → 行の数）。鍵を壊す前に、release が新しい鍵に移す。 */
  spared: Readonly<Record<string, number>>;
}

/**
 * 申込みのほかに、一人の方の分を持つ所（意見書、委員の名簿）。上の階が渡す。
 * 申請のとき find と keysOf、実行のとき keysOf でもう一度確かめ、鍵を壊す直前に release を呼ぶ。
 */
export interface PersonHolder {
  code: string;
  /** 「意見書」。 */
  label: string;
  /** 記憶の中だけで開いて比べる（平文を SQL に渡さない）。 */
  find(office: Office, contract: string, sought: SoughtPerson): Promise<PersonHit[]>;
  /** @throws AppError REFUSED（消すと、残すものに氏名が残る、ほかの方の分まで消える）、NOT_FOUND */
  keysOf(office: Office, contract: string, picks: readonly PersonPick[]): Promise<PickedKeys>;
  /** 鍵を壊す前に、残す方の分を新しい鍵に移す。何度呼んでも同じ。 */
  release(
    office: Office,
    contract: string,
    picks: readonly PersonPick[],
    doomed: ReadonlySet<string>,
  ): Promise<void>;
}
