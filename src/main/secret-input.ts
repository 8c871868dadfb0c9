import { createInterface, type Interface } from "node:readline/promises";
import { Writable } from "node:stream";

/** 秘密を尋ねる口。標準入力は一度だけ開き、閉じるまで続けて読む（パイプで渡された次の行を失わないため）。 */
export class SecretInput {
  #lines: { terminal: Interface; answers: AsyncIterator<string> } | undefined;

  /** 打った言葉は画面に残さない。入力が終わっていれば空。 */
  async ask(question: string): Promise<string> {
    process.stderr.write(question);
    this.#lines ??= openLines();
    const next = await this.#lines.answers.next();
    process.stderr.write("\n");
    return next.done ? "" : next.value.trim();
  }

  close(): void {
    this.#lines?.terminal.close();
    this.#lines = undefined;
  }
}

function openLines(): { terminal: Interface; answers: AsyncIterator<string> } {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: silent,
    terminal: process.stdin.isTTY === true,
  });
  // 端末の Ctrl+C は readline が受け取るので、止まる合図として渡し直す。
  terminal.on("SIGINT", () => {
    terminal.close();
    process.kill(process.pid, "SIGINT");
  });
  return { terminal, answers: terminal[Symbol.asyncIterator]() };
}
