import type { ReactNode } from "react";
import type { z } from "zod";
import type { Actor } from "../base/actor.ts";
import type { Day, Instant } from "../base/time.ts";
import type { Office } from "./office.ts";

/** 着席している人とそのセッション。 */
export interface Seated {
  readonly actor: Actor;
  /** 従業者番号と氏名（画面の左下に出す）。 */
  readonly number: string;
  readonly name: string;
  readonly csrf: string;
  /** 最後に第二の要素を確かめた時（システムの時計）。書き出しなどの前に五分以内を求める。 */
  readonly steppedAt: Instant | null;
}

/** 画面の部品。枠（左の業務メニューなど）は main が付ける。 */
export interface PageParts {
  readonly title: string;
  /** 左のメニューのどこにいるか（route の id）。 */
  readonly current?: string;
  readonly body: ReactNode;
  /** ブラウザーで動く島の名（desk なら desk-island.tsx）。 */
  readonly islands?: readonly string[];
  /** 島だけが描く絵の名。 */
  readonly icons?: readonly string[];
  /** 枠を付けない（受付デスクと印刷）。 */
  readonly bare?: boolean;
  /** デモの札を、この画面が自分で描く（bare のとき）。 */
  readonly ownDemoMark?: boolean;
  readonly flash?: { readonly tone?: "done" | "due" | "late" | "info"; readonly text: string };
  readonly status?: number;
}

/** アップロードされたファイル。 */
export interface UploadedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** 一つの要求。室の route はこれだけを見る（HTTP の部品は見ない）。 */
export interface Ask {
  readonly office: Office;
  readonly actor: Actor;
  readonly seated: Seated;
  readonly today: Day;
  readonly now: Instant;
  param(name: string): string;
  query(name: string): string | undefined;
  header(name: string): string | undefined;
  /** JSON の本文。schema に合わなければ BAD_INPUT（faults に欄の名）。 */
  json<T extends z.ZodType>(schema: T): Promise<z.infer<T>>;
  /** フォームの本文。同じ名が重なれば最後のもの。 */
  form(): Promise<ReadonlyMap<string, string>>;
  /** フォームの本文で、同じ名の全部（チェックの並び）。 */
  formAll(name: string): Promise<readonly string[]>;
  file(name: string): Promise<UploadedFile | undefined>;
  page(parts: PageParts): Promise<Response>;
  reply(value: unknown, status?: number): Response;
  /** 書き換えたあとの移動（303）。flash は次の画面に一度だけ出る。個人情報を入れない。 */
  go(path: string, flash?: string): Response;
  /** ファイルを渡す。fileName に個人情報を入れない。 */
  download(file: { fileName: string; media: string; bytes: Uint8Array }): Response;
  /** 画面に出さない画像など（同じ画面の中で使う）。 */
  inline(file: { media: string; bytes: Uint8Array }): Response;
}

/** 一つの道。室がこの一覧を出し、main が集めて router と OpenAPI と役割の表に渡す。 */
export interface Route {
  /** 役割の表での名。「desk.page」の形。 */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** 「/classes/:id」の形。 */
  readonly path: string;
  readonly kind: "page" | "api" | "file";
  /** 何をするか（OpenAPI と一覧に出す）。 */
  readonly summary: string;
  readonly input?: z.ZodType;
  readonly output?: z.ZodType;
  /** 五分以内に第二の要素を確かめていなければ STEP_UP。 */
  readonly stepUp?: boolean;
  /** 本文の上限（バイト）。省けば 256 KiB、ファイルを受けるものは大きく。 */
  readonly bodyLimit?: number;
  handle(ask: Ask): Promise<Response> | Response;
}

/** 左のメニューの一項目。 */
export interface MenuEntry {
  readonly routeId: string;
  readonly label: string;
  readonly icon: string;
  readonly href: string;
  /** 上の項目との間を空ける。 */
  readonly gap?: boolean;
  /** まとまりの名。続く項目が同じ名なら、たたんで一つにまとめる。 */
  readonly group?: string;
  /** この室（設計図の services）を使う契約にだけ出す。省けば、どの契約にも。 */
  readonly service?: string;
  /** 右に出す数（待っているものの数）。 */
  count?(office: Office, actor: Actor): Promise<number | undefined>;
}
