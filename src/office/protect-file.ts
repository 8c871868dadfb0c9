import { randomInt } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "../base/error.ts";
import { findProgram, runProgram } from "./office-program.ts";

const TIME_LIMIT_MS = 60_000;

/** パスワードを付けられる形式。拡張子で言う。 */
export const protectable = ["xlsx", "xlsm", "docx", "pptx", "pdf"] as const;
export type Protectable = (typeof protectable)[number];

/** ファイル名の拡張子が、パスワードを付けられるものか。 */
export function protectableFormat(fileName: string): Protectable | undefined {
  const extension = /\.([a-z]{3,4})$/i.exec(fileName)?.[1]?.toLowerCase();
  return protectable.find((one) => one === extension);
}

/** 読み間違えない字（0O1lI などを除く）だけの、4字ずつ5組（約98ビット）。電話でも伝えられる。 */
export function generatePassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: 5 }, group).join("-");
}

/**
 * パスワードを付ける（どれも AES-256）。Office は別の糸で、PDF は qpdf で。
 * @throws AppError UNAVAILABLE（PDF に qpdf がない、時間切れ、失敗）、BAD_INPUT（空のパスワード）
 */
export async function protectFile(
  file: { format: Protectable; bytes: Uint8Array },
  password: string,
): Promise<Uint8Array> {
  if (password.length < 8 || password.length > 127)
    throw new AppError("BAD_INPUT", "パスワードは8字から127字までにしてください。");
  return file.format === "pdf" ? protectPdf(file.bytes, password) : protectOffice(file.bytes, password);
}

/**
 * パスワード付きの Office ファイルを、書き換えられていないか確かめて開く。鍵を作る回数はファイルが言うので、
 * 別の糸で行い、一分で打ち切る（窓口は止まらない）。
 * @throws AppError BAD_INPUT（形式が違う、パスワードが違う、書き換えられている、時間切れ）
 */
export async function openLockedFile(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const answer = await askWorker({ work: "open", bytes, password });
  if (answer !== undefined && "made" in answer) return answer.made;
  throw new AppError(
    "BAD_INPUT",
    answer?.refused ??
      "パスワードを確かめるのに時間がかかりすぎるため、やめました。送り直しを頼んでください。",
  );
}

async function protectOffice(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const answer = await askWorker({ work: "lock", bytes, password });
  if (answer !== undefined && "made" in answer) return answer.made;
  throw new AppError("UNAVAILABLE", "ファイルにパスワードを付けられませんでした。もう一度お試しください。");
}

type WorkerAnswer = { made: Uint8Array } | { refused: string };

/** 別の糸の答え。時間切れと失敗は undefined。 */
function askWorker(workerData: {
  work: "lock" | "open";
  bytes: Uint8Array;
  password: string;
}): Promise<WorkerAnswer | undefined> {
  const worker = new Worker(new URL("./protect-worker.ts", import.meta.url), { workerData });
  return new Promise<WorkerAnswer | undefined>((done) => {
    const timer = setTimeout(() => done(undefined), TIME_LIMIT_MS);
    const end = (answer?: WorkerAnswer) => {
      clearTimeout(timer);
      done(answer);
    };
    worker.once("message", end);
    worker.once("error", () => end());
    worker.once("exit", () => end());
  }).finally(() => worker.terminate());
}

/** PDF にパスワードを付けられる機械か（qpdf があるか）。 */
export function canProtectPdf(): boolean {
  return findProgram(["qpdf"]) !== undefined;
}

async function protectPdf(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const program = findProgram(["qpdf"]);
  if (!program)
    throw new AppError(
      "UNAVAILABLE",
      "PDF にパスワードを付けるには qpdf が要ります（Debian・Ubuntu では apt-get install qpdf）。Word のファイルなら、qpdf がなくても付けられます。",
    );
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-protect-"));
  try {
    const [input, output, args] = ["in.pdf", "out.pdf", "args"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(input, bytes, { mode: 0o600 });
    // パスワードは引数に書かず（ほかの利用者の ps に出る）、本人だけが読めるファイルで渡す。読み上げは妨げない。
    const lines = [
      "--encrypt",
      password,
      password,
      "256",
      "--modify=none",
      "--accessibility=y",
      "--",
      input,
      output,
    ];
    await writeFile(args, `${lines.join("\n")}\n`, { mode: 0o600 });
    await runProgram(program, [`@${args}`], { timeLimitMs: TIME_LIMIT_MS });
    return new Uint8Array(await readFile(output));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
