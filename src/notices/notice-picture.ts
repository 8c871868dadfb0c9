/** 一通のはがきの絵。様式か内容が変われば使わない。 */
export interface NoticePictures {
  mark: string;
  template: string;
  /** ページごとの、封じたファイルの id。 */
  pages: string[];
  /** 様式のページの数。これより多ければ、内容が入りきっていない。 */
  expected: number;
}

/** 今の内容と今の様式の絵なら、それを。 */
export function currentPictures(
  stored: string | null,
  mark: string,
  templateIds: readonly (string | undefined)[],
): NoticePictures | undefined {
  if (!stored) return undefined;
  const pictures = JSON.parse(stored) as NoticePictures;
  return pictures.mark === mark && templateIds.includes(pictures.template) ? pictures : undefined;
}
