import { appendFileSync } from "node:fs";

/** 終わった試験を一行ずつファイルへ残す。途中で止められても、そこまでの数が数えられる。 */
export default class TallyReporter {
  #file = process.env.MADOGUCHI_TEST_TALLY;

  onTestModuleEnd(module) {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    const count = (state) => states.filter((one) => one === state).length;
    const broken = count("failed") === 0 && module.errors().length > 0 ? 1 : 0;
    this.#write({ passed: count("passed"), failed: count("failed") + broken, skipped: count("skipped") });
  }

  onTestRunEnd(_modules, unhandledErrors) {
    this.#write({ passed: 0, failed: unhandledErrors.length, skipped: 0, ended: true });
  }

  #write(line) {
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}
