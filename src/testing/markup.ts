/** 描いた HTML の、読む道具と方針（CSP）に関わる欠け。空なら良い。 */
export function markupFaults(html: string): string[] {
  return [
    ...found(html, /<[a-z][^>]*\sstyle=/g).map((at) => `style 属性: ${at}`),
    ...found(html, /<[a-z][^>]*\son[a-z]+=/g).map((at) => `埋め込みの処理: ${at}`),
    ...found(html, /<script(?![^>]*\ssrc=)[^>]*>/g).map((at) => `埋め込みの script: ${at}`),
    ...found(html, /(?:href|src|action)="(?:data|javascript):/g).map((at) => `同じ源でない: ${at}`),
    ...found(html, /(?:href|src|action)="https?:/g).map((at) => `外へのつながり: ${at}`),
    ...repeatedIds(html).map((id) => `二つある id: ${id}`),
    ...danglingIds(html).map((id) => `ない id への参照: ${id}`),
    ...unnamedControls(html).map((at) => `名のない欄: ${at}`),
    ...headingFaults(html),
    ...found(html, /<form(?=[^>]*method="post")[^>]*>(?!<input type="hidden" name="csrf")/g).map(
      (at) => `合い札のない投稿: ${at}`,
    ),
  ];
}

function found(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[0]);
}

function ids(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? "");
}

function repeatedIds(html: string): string[] {
  const all = ids(html);
  return all.filter((id, at) => all.indexOf(id) !== at);
}

/** 指す属性のすべて: aria の参照、label の for、用紙内のリンク、絵の use、確認の窓。 */
function danglingIds(html: string): string[] {
  const known = new Set(ids(html));
  const pointing =
    /\s(?:aria-(?:labelledby|describedby|controls|activedescendant|owns)|for|list|data-dialog)="([^"]+)"/g;
  const refs = [...html.matchAll(pointing)].flatMap((match) => (match[1] ?? "").split(/\s+/));
  const links = [...html.matchAll(/\shref="#([^"]+)"/g)].map((match) => match[1] ?? "");
  return [...refs, ...links].filter((id) => !known.has(id));
}

function unnamedControls(html: string): string[] {
  const labelled = new Set([...html.matchAll(/<label[^>]*\sfor="([^"]+)"/g)].map((match) => match[1]));
  return found(html, /<(?:input|select|textarea)\b[^>]*>/g).filter((tag) => {
    if (/type="hidden"/.test(tag) || /aria-label/.test(tag)) return false;
    const id = /\sid="([^"]+)"/.exec(tag)?.[1];
    return id === undefined || !labelled.has(id);
  });
}

/** h1 がちょうど一つ（確認の窓を除く）、見出しの段は飛ばさない。 */
function headingFaults(html: string): string[] {
  const body = html.replaceAll(/<dialog.*?<\/dialog>/gs, "");
  const levels = [...body.matchAll(/<h([1-6])[\s>]/g)].map((match) => Number(match[1]));
  const faults =
    levels.filter((level) => level === 1).length === 1 ? [] : [`h1 が一つでない: ${levels.join(" ")}`];
  levels.forEach((level, at) => {
    const before = levels[at - 1];
    if (before !== undefined && level > before + 1)
      faults.push(`見出しの段が飛ぶ: h${before} のあとに h${level}`);
  });
  return faults;
}
