/** 一通を様式に組んだ結果。様式か内容が変われば使わない。 */
export interface NoticePictures {
  mark: string;
  template: string;
  /** ページごとの絵（封じたファイルの id）。組んだだけで絵を作っていなければ空。 */
  pages: string[];
  /** 組んだページの数。 */
  made: number;
  /** 様式のページの数。made がこれより多ければ、内容が入りきっていない。 */
  expected: number;
}

/** 今の内容と今の様式で組んだものなら、それを。 */
export function currentPictures(
  stored: string | null,
  mark: string,
  templateIds: readonly (string | undefined)[],
): NoticePictures | undefined {
  if (!stored) return undefined;
  const pictures = JSON.parse(stored) as NoticePictures;
  return pictures.mark === mark && templateIds.includes(pictures.template) ? pictures : undefined;
}
