/** 返った紙の一つのます目。 */
export interface CameCell {
  text: string;
  /** 上や左のます目と結合されていて、自分の文を持たない。 */
  joined?: "down" | "across";
  /** ます目に付いたコメント。 */
  note?: string;
  /** 取消線の字を除いて読んだ。 */
  struck?: boolean;
}

/** 返った紙の一つの表。where は、人に言う所（「シート「照会」」「表2」）。 */
export interface CameTable {
  where: string;
  rows: CameCell[][];
}

/** 返った紙の中身。outside は、表の外に書かれていた文とコメント。 */
export interface CamePaper {
  tables: CameTable[];
  outside: string[];
}

/** 返った紙から読んだ一行。 */
export interface CameLine {
  /** 「部分の印」の列に書かれていたとおり。 */
  block: string;
  place: string;
  text: string;
  remark: string;
  /** 「シート「照会」の5行目」。 */
  where: string;
  /** 読み方について、人に言うこと。 */
  told: string[];
  /** 文のます目が上の行と結合されていて、どの部分の文か分からない。 */
  broken?: boolean;
}

/** 印を比べるための形（全角、大文字、空白のちがいを見ない）。 */
export function plainMark(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
}

interface Columns {
  mark: number;
  place: number;
  text: number;
  /** 「修正案」など、部署が足した、直した文の列。 */
  proposed: number;
  remarks: { at: number; name: string }[];
  /** 見出しの次の行の番号。 */
  start: number;
}

/**
 * 紙の表から、行を読む。列は見出しの名で見分けるので、列を足しても動かしてもよい。
 * 見出しが消えていれば、known（送った部分の印）のある列から推し量る。見出しのない続きの表（分けた表）は、前の表の列で読む。
 * 照会の表が一つもなければ undefined。
 */
export function linesOf(tables: readonly CameTable[], known: ReadonlySet<string>): CameLine[] | undefined {
  const marks = new Set([...known].map(plainMark));
  let last: Columns | undefined;
  let found = false;
  const lines: CameLine[] = [];
  for (const { where, rows } of tables) {
    const columns: Columns | undefined =
      headed(rows) ?? (hasMark(rows, marks) ? (guessed(rows, marks) ?? last) : undefined);
    if (!columns) continue;
    found = true;
    last = { ...columns, start: 0 };
    for (const [at, row] of rows.entries())
      if (at >= columns.start) {
        const line = lineOf(row, columns, `${where}の${at + 1}行目`);
        const above = lines.findLast(({ broken }) => !broken);
        if (line.broken) above?.told.push("下の行と、文のます目が結合されています。");
        lines.push(line);
      }
  }
  return found
    ? lines.filter(
        ({ block, text, remark, broken }) => broken || block !== "" || text !== "" || remark !== "",
      )
    : undefined;
}

/** 見出しの行から。案内の文（一つのます目）も列の名を言うので、別々のます目にある行を見出しとする。 */
function headed(rows: readonly (readonly CameCell[])[]): Columns | undefined {
  for (const [at, row] of rows.slice(0, 60).entries()) {
    const names = row.map(({ text, joined }) => (joined ? "" : text.replace(/\s/g, "")));
    const find = (pattern: RegExp, not = -1) =>
      names.findIndex((name, column) => column !== not && name.length <= 40 && pattern.test(name));
    const text = find(/原稿の文/);
    const mark = find(/部分の印/, text);
    const place = find(/^場所$/);
    if (text < 0 || (mark < 0 && place < 0) || text === mark) continue;
    const proposed = find(/修正案|修正後|変更後|改正案|改正後|直した文|回答案/);
    const own = new Set([text, mark, place, proposed]);
    const remarks = names.flatMap((name, column) =>
      own.has(column) || name === "" ? [] : [{ at: column, name }],
    );
    return { mark, place, text, proposed, remarks, start: at + 1 };
  }
  return undefined;
}

function hasMark(rows: readonly (readonly CameCell[])[], marks: ReadonlySet<string>): boolean {
  return rows.some((row) => row.some(({ text }) => marks.has(plainMark(text))));
}

/** 見出しのない表: 印のいちばん多い列を印とし、その右を、場所・文・意見と読む。 */
function guessed(rows: readonly (readonly CameCell[])[], marks: ReadonlySet<string>): Columns | undefined {
  const wide = Math.max(0, ...rows.map((row) => row.length));
  const counts = Array.from(
    { length: wide },
    (_, at) => rows.filter((row) => marks.has(plainMark(row[at]?.text ?? ""))).length,
  );
  const mark = counts.indexOf(Math.max(...counts));
  if (mark < 0 || mark + 2 >= wide) return undefined;
  const remarks = Array.from({ length: wide - mark - 3 }, (_, at) => ({
    at: mark + 3 + at,
    name: at === 0 ? "意見・理由" : "",
  }));
  return { mark, place: mark + 1, text: mark + 2, proposed: -1, remarks, start: 0 };
}

function lineOf(row: readonly CameCell[], columns: Columns, where: string): CameLine {
  const cell = (at: number): CameCell => row[at] ?? { text: "" };
  const own = (at: number) => (cell(at).joined ? "" : cell(at).text.trim());
  const told: string[] = [];
  const proposed = columns.proposed < 0 ? "" : own(columns.proposed);
  if (proposed !== "") told.push("部署が足した列の文を、直した文として読みました。");
  if (row.some(({ struck }) => struck)) told.push("取消線の字は、消したものとして読みました。");
  const broken = cell(columns.text).joined === "down" && proposed === "";
  if (broken) told.push("文のます目が上の行と結合されていて、どの部分の文か分かりません。");
  const remark = [
    ...columns.remarks.flatMap(({ at, name }) => {
      const text = own(at);
      return text === "" ? [] : [/意見|理由/.test(name) || name === "" ? text : `${name}: ${text}`];
    }),
    ...row.flatMap(({ note }) => (note ? [`コメント: ${note}`] : [])),
  ].join("\n");
  return {
    ...{ block: own(columns.mark), place: own(columns.place), text: proposed || own(columns.text) },
    ...{ remark, where, told },
    ...(broken ? { broken } : {}),
  };
}
