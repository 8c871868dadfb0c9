/** 氏名を出さない会議録で、言いかえる人。 */
export interface NamedPerson {
  name: string;
  /** 「座長」「委員」。 */
  role: string;
}

const titles = "(?:委員長|副委員長|座長|副座長|委員|会長|副会長|先生|教授|准教授|さん|様|氏)";

/**
 * 発言の中の委員の名を、役の名に替える（「佐藤委員」→「委員」、「佐藤 花子さん」→「委員」）。
 * 敬称のない姓だけの言葉は、地名かもしれないので替えず、left に数える（人が確かめる）。
 */
export function maskNames(
  text: string,
  people: readonly NamedPerson[],
): { text: string; masked: number; left: number } {
  let masked = 0;
  let left = 0;
  let out = text;
  for (const { name, role } of people) {
    const [family = "", ...rest] = name.trim().split(/[\s　]+/);
    if (family === "") continue;
    const given = rest.join("");
    const full = given === "" ? "" : `${escaped(family)}[\\s　]*${escaped(given)}`;
    const shapes = [...(full === "" ? [] : [`${full}${titles}?`]), `${escaped(family)}${titles}`];
    out = out.replace(new RegExp(shapes.join("|"), "gu"), () => {
      masked += 1;
      return role;
    });
    left += out.split(family).length - 1;
  }
  return { text: out, masked, left };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
