/** 読んで気になったところ。数は全部を数え、行は初めのほうだけを残す。個人情報を含まない。 */
export interface ImportProblem {
  file?: string;
  /** 1 から。 */
  line?: number;
  message: string;
}

const MOST_LINES = 200;

/** 気になったところを集める。 */
export class ProblemList {
  readonly problems: ImportProblem[] = [];
  count = 0;

  add(problem: ImportProblem): void {
    this.count += 1;
    if (this.problems.length < MOST_LINES) this.problems.push(problem);
  }
}
