/** 名の字数の上限。 */
const LABEL = 40;
const boxes = "□☐◻▢";
const TICKED = "☑";
const CIRCLED = "○";
const MONTH_MARK = "＠";

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
    return this.once(`${plainLabel(label)} ${TICKED}${plainLabel(option)}`);
  }
  /** 「有・無」の有。値が当たれば、前に ○ が付く。 */
  addCircle(label: string, option: string): string {
    return this.once(`${plainLabel(label)} ${CIRCLED}${plainLabel(option)}`);
  }
  /** 月が横に並ぶ表の、その月の欄。 */
  addMonth(label: string, month: number): string {
    return this.once(`${plainLabel(label)}${MONTH_MARK}${month}月`);
  }
  /** 「　　　件」の欄。数だけが入る。 */
  addCount(label: string, unit: string): string {
    return this.add(`${[...plainLabel(label)].slice(0, LABEL - 4).join("")}（${unit}）`);
  }
  private once(name: string): string {
    if (!this.list.includes(name)) this.list.push(name);
    return name;
  }
}

function plainLabel(label: string): string {
  const plain = label
    .normalize("NFKC")
    .replace(/[\s{}｛｝#/^:：☑○＠]+/g, " ")
    .replace(/^[(（]?\d{1,2}[)）.、 ]\s*/, "")
    .trim();
  return [...plain].slice(0, LABEL).join("");
}

/** 見出しになる文か（数・単位・選ぶ印・空の日付は、見出しではない）。 */
export function isLabel(text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  if (plain === "" || [...plain].length > LABEL || hasBox(plain) || isBlankDate(plain)) return false;
  if (circlesIn(plain).length > 0 || blankUnit(text) !== undefined || plain.includes("{")) return false;
  return !/^([\d.,]+|人|件|名|回|円|年|月|日|%)$/.test(plain);
}

export function hasBox(text: string): boolean {
  return [...boxes].some((box) => text.includes(box));
}

/** 「令和　　年　　月分」のように、数のない日付か月か、その二つを結んだ期間。 */
export function isBlankDate(text: string): boolean {
  const one = "(令和|平成|西暦)?[\\s　_＿]*年[\\s　_＿]*月([\\s　_＿]*日|分)?";
  return new RegExp(`^${one}([\\s　]*(～|〜|~|から|－|-)[\\s　]*${one})?[\\s　]*(まで)?$`).test(text.trim());
}

/** 「　　　件」「（　　）回」「＿＿人」の単位。数を書く空きがなければ undefined。 */
export function blankUnit(text: string): string | undefined {
  return /^(?=.*[\s　_＿])[\s　_＿(（]*[)）]?[\s　]*(件|人|名|回|部|枚|冊|点)[)）]?[\s　]*$/.exec(text)?.[1];
}

const YES = "有|あり|ある|適正|適合|適|済|実施|良|はい|可";
const NO = "無|なし|ない|不適正|不適合|不適|否|未実施|未済|未|不良|いいえ|不可";

/** 「有・無」のように、○ で囲む言葉の場所。 */
export function circlesIn(text: string): { at: number; option: string }[] {
  const found = new RegExp(
    `(?<=^|[\\s　(（:：】])(${YES})([\\s　]*[・･/／][\\s　]*)(${NO})(?=$|[\\s　)）])`,
  ).exec(text);
  if (!found) return [];
  const [, yes = "", between = "", no = ""] = found;
  return [
    { at: found.index, option: yes },
    { at: found.index + yes.length + between.length, option: no },
  ];
}

/** 「適」「否」だけの見出し（その下の欄を選ぶ）。 */
export function isOption(text: string): boolean {
  return new RegExp(`^(${YES}|${NO})$`).test(text.normalize("NFKC").trim());
}

/** 「８月」「8月分」の月。 */
export function monthHead(text: string): number | undefined {
  const found = /^(\d{1,2})月(分)?$/.exec(text.normalize("NFKC").trim());
  const month = Number(found?.[1] ?? 0);
  return month >= 1 && month <= 12 ? month : undefined;
}

/** 月の欄なら、その見出しと月。 */
export function splitMonthName(name: string): { base: string; month: number } | undefined {
  const found = /^(.*)＠(\d{1,2})月$/s.exec(name);
  return found ? { base: found[1] ?? "", month: Number(found[2]) } : undefined;
}

/** 数だけの欄なら、見出し。 */
export function splitCountName(name: string): string | undefined {
  return /^(.*)[（(](件|人|名|回|部|枚|冊|点)[）)]( \d+)?$/s.exec(name)?.[1];
}

/** 「□実施　□未実施」の □ の場所（文字の番号）と、その後ろの言葉。 */
export function boxesIn(text: string): { at: number; option: string }[] {
  return [...text.matchAll(/[□☐◻▢][\s　]*([^□☐◻▢\s　・、／/(（)）]{1,16})/g)].map((found) => ({
    at: found.index,
    option: found[1] ?? "",
  }));
}

/** □ か ○ の名なら、見出しと言葉に分ける。 */
export function splitBoxName(name: string): { label: string; option: string; circle: boolean } | undefined {
  const found = /^(.*) ([☑○])([^☑○]+)$/s.exec(name);
  return found ? { label: found[1] ?? "", option: found[3] ?? "", circle: found[2] === CIRCLED } : undefined;
}

/** ○ で囲む代わりに、当たる言葉の前に ○ を付ける。 */
export function circleOf(option: string, value: string): string {
  return tickOf(option, value) === TICKED ? CIRCLED : "";
}

/** 値が言葉に当たれば ☑、当たらないか値がなければ □。数は 0 なら「無」、0 でなければ「有」。 */
export function tickOf(option: string, value: string): string {
  const text = value.normalize("NFKC").trim();
  if (text === "") return "□";
  const numbers = [...text.replace(/[,，]/g, "").matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const none = /^(なし|無|該当なし)/.test(text) || (numbers.length > 0 && numbers.every((one) => one === 0));
  if (/^(無|なし|ない|未|否|不|いいえ|該当なし)/.test(option)) return none ? TICKED : "□";
  if (/^(有|あり|ある|済|実施|適|良|はい|可)/.test(option)) return none ? "□" : TICKED;
  return text.includes(option) ? TICKED : "□";
}
