/** 途中の受付の、いま預かっている版。 */
export interface KeptDraft {
  version: number;
  /** 最後に書いた画面（開いた窓ごとの名）。名のない要求は空。 */
  screen: string;
  /** その画面の何通めか。 */
  save_no: number;
}

/** 届いた保存。saveNo は、画面が送るたびに一つずつ増やす（送り直しても増やす）。 */
export interface GivenSave {
  version: number;
  screen: string;
  saveNo: number;
}

/**
 * 届いた保存をどうするか。
 * - write: 書く。版が合うか、最後に書いたのが同じ画面の前の通（答えが届かなかっただけ）。
 * - known: 同じ画面の、もう書いたか追い越された通。新しい内容を消さずに、いまの版を答える。
 * - conflict: ほかの画面が、この画面の知らないうちに書いた（または消した）。
 */
export function judgeSave(before: KeptDraft | undefined, given: GivenSave): "write" | "known" | "conflict" {
  if (before === undefined) return given.version === 0 ? "write" : "conflict";
  if (given.screen !== "" && given.screen === before.screen)
    return given.saveNo > before.save_no ? "write" : "known";
  return given.version === before.version ? "write" : "conflict";
}
