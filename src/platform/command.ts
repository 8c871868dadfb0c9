import type { Office } from "./office.ts";

/** コマンドの選択肢。値は一つの文字列、または（値なしの）旗。 */
export interface CommandOption {
  readonly name: string;
  readonly value?: string;
  readonly required?: boolean;
  /** 何度でも書ける。 */
  readonly many?: boolean;
  readonly help: string;
}

/** コマンドが外と話すところ。標準出力には結果だけ、進み具合は標準エラーへ。 */
export interface CommandIo {
  readonly args: readonly string[];
  option(name: string): string | undefined;
  options(name: string): readonly string[];
  flag(name: string): boolean;
  /** --json のとき一つの JSON、そうでなければ text を出す。 */
  result(value: unknown, text: string): void;
  progress(text: string): void;
  /** 秘密を尋ねる。打っても画面に出ない。標準入力が端末でなければ、一行ずつ読む。 */
  secret(question: string): Promise<string>;
  readFile(path: string): Promise<Uint8Array>;
  /** 半端なファイルを残さない（書き終えてから名をつける）。 */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** --data の事務所を開く。封印されていれば SEALED。 */
  office(): Promise<Office>;
  /** 中断（Ctrl+C）を伝える。 */
  readonly signal: AbortSignal;
}

/** 一つのコマンド。室がこの一覧を出し、main が集める。 */
export interface Command {
  /** 「classes read」の形。 */
  readonly name: string;
  /** 引数の書き方（「FILE」など）。 */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly CommandOption[];
  run(io: CommandIo): Promise<void>;
}
