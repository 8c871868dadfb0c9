/** 名の字数の上限。 */
const LABEL = 40;
const boxes = "□☐◻▢";
const TICKED = "☑";

/** 印のない様式で、差し込む所に付けた名。同じ見出しが二度あれば、二つめから番号を添える。 */
export class TemplateNames {
  readonly list: string[] = [];
  add(label: string): string {
    const plain = plainLabel(label);
    const again = this.list.filter((one) => one === plain || one.startsWith(`${plain} `)).length;
    const name = again === 0 ? plain : `${plain} ${again + 1}`;
    this.list.push(name);
    return name;
  }
  /** 「□有」の □。値が「有」に当たれば ☑ になる。 */
  addBox(label: string, option: string): string {
    const name = `${plainLabel(label)} ${TICKED}${plainLabel(option)}`;
    if (!this.list.includes(name)) this.list.push(name);
    return name;
  }
}

function plainLabel(label: string): string {
  const plain = label
    .normalize("NFKC")
    .replace(/[\s{}｛｝#/^:：☑]+/g, " ")
    .replace(/^[(（]?\d{1,2}[)）.、 ]\s*/, "")
    .trim();
  return [...plain].slice(0, LABEL).join("");
}

/** 見出しになる文か（数・単位・選ぶ印・空の日付は、見出しではない）。 */
export function isLabel(text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  if (plain === "" || [...plain].length > LABEL || hasBox(plain) || isBlankDate(plain)) return false;
  return !/^([\d.,]+|人|件|名|回|円|年|月|日|%)$/.test(plain);
}

export function hasBox(text: string): boolean {
  return [...boxes].some((box) => text.includes(box));
}

/** 「令和　　年　　月分」のように、数のない日付か月。 */
export function isBlankDate(text: string): boolean {
  return /^(令和|平成|西暦)?[\s　_]*年[\s　_]*月([\s　_]*日|分)?$/.test(text.trim());
}

/** 「□実施　□未実施」の □ の場所（文字の番号）と、その後ろの言葉。 */
export function boxesIn(text: string): { at: number; option: string }[] {
  return [...text.matchAll(/[□☐◻▢][\s　]*([^□☐◻▢\s　・、／/(（)）]{1,16})/g)].map((found) => ({
    at: found.index,
    option: found[1] ?? "",
  }));
}

/** □ の名なら、見出しと言葉に分ける。 */
export function splitBoxName(name: string): { label: string; option: string } | undefined {
  const found = /^(.*) ☑(.+)$/s.exec(name);
  return found ? { label: found[1] ?? "", option: found[2] ?? "" } : undefined;
}

/** 値が言葉に当たれば ☑、当たらないか値がなければ □。数は 0 なら「無」、0 でなければ「有」。 */
export function tickOf(option: string, value: string): string {
  const text = value.normalize("NFKC").trim();
  if (text === "") return "□";
  const numbers = [...text.replace(/[,，]/g, "").matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const none = /^(なし|無|該当なし)/.test(text) || (numbers.length > 0 && numbers.every((one) => one === 0));
  if (/^(無|なし|ない|未|否|不|いいえ|該当なし)/.test(option)) return none ? TICKED : "□";
  if (/^(有|あり|ある|済|実施|適|良|はい)/.test(option)) return none ? "□" : TICKED;
  return text.includes(option) ? TICKED : "□";
}
