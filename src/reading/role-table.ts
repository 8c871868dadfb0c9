import { listActions } from "./action-list.ts";
import { canonical } from "./actor.ts";
import { maskBrackets } from "./masked-text.ts";

/** 役割の表の一つの務め。 */
export interface RoleDuty {
  actor: string;
  verb: string;
  object: string;
}

/** 「職名 役割」のような、役割の表の見出しか。 */
export function isRoleHeading(text: string): boolean {
  const cells = splitCells(text);
  return (
    cells.length >= 2 &&
    cells.length <= 4 &&
    /^(?:主な|主たる)?(?:役割|職務|業務内容|担当業務|業務|職務内容|役割等|責務)$/.test(cells.at(-1) ?? "") &&
    /(?:職|役|担当|要員|区分|体制|者|名称|ポスト)/.test(cells[0] ?? "")
  );
}

/** 役割の表の一行。actor は、行に役の名がなければ前の行のもの。表が終わったら undefined。 */
export function readRoleRow(
  text: string,
  actor: string | undefined,
): { actor: string; duties: RoleDuty[] } | undefined {
  const bulleted = /^(.{0,20}?)[\s\u3000]*[・●○･](.+)$/.exec(text.trim());
  const cells = splitCells(text);
  const name = bulleted ? (bulleted[1] ?? "").trim() : cells.length >= 2 ? (cells[0] ?? "") : "";
  const words = bulleted ? (bulleted[2] ?? "") : cells.length >= 2 ? cells.slice(1).join("、") : "";
  const holder = name === "" ? actor : canonical(name);
  if (holder === undefined || words === "" || /[。]/.test(words)) return undefined;
  const actions = words
    .split(/[●○]|(?<=[一-龠])[\s\u3000]*・(?=[^・]{4,}の)/)
    .flatMap((one) => listActions(one, maskBrackets(one)));
  return { actor: holder, duties: actions.map((one) => ({ actor: holder, ...one })) };
}

export function splitCells(text: string): string[] {
  return text
    .trim()
    .split(/\t|[\s\u3000]{2,}|(?<=[^\s・●○･])[ \u3000](?=[^\s])/)
    .map((cell) => cell.trim());
}
