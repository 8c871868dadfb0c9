/** 鍵を持つ者。root は この向こう側にだけある（開封中のプロセスの記憶の中）。 */
export interface KeyHolder {
  /** 目的ごとに導いた32バイトの鍵。 */
  derive(purpose: string): Promise<Uint8Array>;
  /** root で包む・開く。aad が違えば開かない。 */
  wrap(aad: string, key: Uint8Array): Promise<Uint8Array>;
  unwrap(aad: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

/** 一人（または一つの文書）の鍵。id はそのまま本人の仮名になる。 */
export interface SubjectKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** 鍵の出し入れ。行為（act）の外で使い、得た鍵を持って行為に入る。 */
export interface Keys {
  /** まだだれのものでもない鍵。使う前に鍵の保管庫へ書き終えている。 */
  fresh(contract: string): Promise<SubjectKey>;
  /** id の鍵。消去済みの id は結果に現れない。 */
  get(contract: string, ids: readonly string[]): Promise<Map<string, SubjectKey>>;
  /** 契約ごとの、突き合わせ用の鍵。 */
  lookupKey(contract: string): Promise<Uint8Array>;
  /** 記録の検査点に署名する Ed25519 の鍵（PKCS8 DER）。 */
  signingKey(): Promise<Uint8Array>;
  /** まだ壊していない鍵の、包んだ形の SHA-256（16進）。壊す前に控え、消去の証明書に載せる。 */
  fingerprints(contract: string, ids: readonly string[]): Promise<Map<string, string>>;
  /**
   * 鍵を壊す（元に戻せない）。何度呼んでも同じ。このプロセスの記憶からも消す。
   * @returns 今回壊した id
   */
  destroy(contract: string, ids: readonly string[]): Promise<string[]>;
  /** ほかのプロセスが壊した鍵に気づき、記憶から消す。新しく気づいた id を返す。 */
  forgetDestroyed(): Promise<string[]>;
  /** 鍵の保管庫のファイルから、壊した鍵の跡を消す。 */
  scrub(): Promise<void>;
}
