// 家の壁のうち、移行と条項の表を見るもの。

/** 移行：番号は 0001 から欠けなく、all.ts が全部を挙げ、公開済みのものは変えない。 */
export function migrationFaults(files, released) {
  const migrations = files.filter((file) => file.top === "migrations");
  const numbered = migrations.filter((file) => file.name !== "all.ts");
  const list = migrations.find((file) => file.name === "all.ts");
  const faults = numbered.flatMap((file, index) => {
    const expected = String(index + 1).padStart(4, "0");
    if (!/^\d{4}-[a-z0-9-]+\.ts$/.test(file.name) || !file.name.startsWith(expected))
      return [{ path: file.path, message: `移行の番号は欠けなく続きます（ここは ${expected}-…）。` }];
    if (!list?.imports.some(({ from }) => from === `./${file.name}`))
      return [{ path: file.path, message: "migrations/all.ts が挙げていません。" }];
    return [];
  });
  for (const [path, text] of released) {
    const now = migrations.find((file) => file.path === path);
    if (now?.text !== text)
      faults.push({ path, message: "公開した移行は変えません。新しい移行を足してください。" });
  }
  return faults;
}

/** docs/clauses.md が指すファイルと試験が本当にあるか。`道` のすぐ後の `試験の名` は、その道のファイルの中にあること。 */
export function clauseFaults(text, contentsOf) {
  const path = "docs/clauses.md";
  if (text === undefined)
    return [{ path, message: "ありません。仕様書の条項 → 部屋 → 試験 の表を書きます。" }];
  const faults = [];
  let count = 0;
  text.split("\n").forEach((line, index) => {
    const spans = [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    spans.forEach((span, at) => {
      if (!/^(src|e2e|samples|migrations|blueprints)\/[\w./-]+$/.test(span)) return;
      count += 1;
      const content = contentsOf(span);
      const next = spans[at + 1];
      if (content === undefined) faults.push({ path, line: index + 1, message: `${span} がありません。` });
      else if (/\.(test|e2e)\.tsx?$/.test(span) && next && !isPath(next) && !content.includes(next))
        faults.push({ path, line: index + 1, message: `${span} に「${next}」という試験がありません。` });
    });
  });
  if (count === 0) faults.push({ path, message: "ファイルを一つも指していません。" });
  return faults;
}

function isPath(span) {
  return /^[\w./-]+\/[\w./-]+$/.test(span);
}
