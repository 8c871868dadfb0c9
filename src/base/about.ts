import { AppError } from "./error.ts";

/** 何についてか。上の階のものも指せるように、中身を知らない印（室・種類・id）だけを持つ。 */
export interface About {
  readonly room: string;
  readonly kind: string;
  readonly id: string;
}

/** 画面での名と場所。act は、そこへ移らずにできる一つの行い（電話をかけるなど）と、できる役割。 */
export interface AboutPlace {
  readonly label: string;
  readonly href: string;
  readonly act?: { readonly label: string; readonly path: string; readonly roles: readonly string[] };
}

/** 印から、画面での名と場所。知らない印なら undefined（main が室ごとの場所を集めて渡す）。 */
export type ResolveAbout = (about: About) => AboutPlace | undefined;

/** 表の一列に入れる形。 */
export function aboutText(about: About | undefined): string | null {
  if (about === undefined) return null;
  const parts = [about.room, about.kind, about.id];
  if (!parts.every((part) => /^\w[\w.-]{0,63}$/.test(part)))
    throw new AppError(
      "BAD_INPUT",
      "何についてかの印の形が違います。元の画面から、もう一度お試しください。",
      {
        faults: [{ field: "about", message: "「室/種類/番号」の形で入れてください。" }],
      },
    );
  return parts.join("/");
}

/** 「reception/class/c1」を印に。形が違えば undefined。 */
export function readAbout(text: string | null | undefined): About | undefined {
  const found = /^(\w[\w.-]{0,63})\/(\w[\w.-]{0,63})\/(\w[\w.-]{0,63})$/.exec(text ?? "");
  const [, room, kind, id] = found ?? [];
  return room === undefined || kind === undefined || id === undefined ? undefined : { room, kind, id };
}
