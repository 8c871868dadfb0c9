import type { Member, Paper } from "./meeting.ts";

export interface PrintLine {
  paper: Paper;
  /** 一部の枚数と、全部の枚数。 */
  sheets: number;
  all: number;
  /** カラーで刷る面（全部数）。 */
  colour: number;
  /** 両面に刷って減った枚数（全部数）。 */
  duplexSaved: number;
}

export interface PrintList {
  lines: PrintLine[];
  sheets: number;
  /** うち両面に刷った紙。 */
  duplex: number;
  colour: number;
  /** 両面で減った紙と、電子データで渡して刷らなかった紙（枚）。 */
  duplexSaved: number;
  dataSaved: number;
}

/**
 * 印刷の一覧: 部数×枚数、両面、カラー。電子データで渡す人（ウェブ参加の委員）の分は刷らず、節約に数える。
 * 両面で減った紙 = 片面の枚数 − 両面の枚数（端数の一枚は片面）。
 */
export function printList(papers: readonly Paper[], electronic: number): PrintList {
  const lines = papers.map((paper): PrintLine => {
    const sheets = paper.duplex ? Math.ceil(paper.pages / 2) : paper.pages;
    return {
      ...{ paper, sheets, all: sheets * paper.copies, colour: paper.colour * paper.copies },
      duplexSaved: (paper.pages - sheets) * paper.copies,
    };
  });
  const sum = (of: (line: PrintLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    ...{ lines, sheets: sum((line) => line.all), colour: sum((line) => line.colour) },
    duplex: sum(({ paper }) => (paper.duplex ? Math.floor(paper.pages / 2) * paper.copies : 0)),
    duplexSaved: sum((line) => line.duplexSaved),
    dataSaved: sum((line) => line.sheets) * electronic,
  };
}

/** 刷る部数の目安: 会場の委員と、事務局・市・予備。 */
export function copiesFor(members: readonly Pick<Member, "remote">[], spare: number): number {
  return members.filter(({ remote }) => !remote).length + spare;
}
