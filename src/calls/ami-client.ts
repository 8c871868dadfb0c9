import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { AppError } from "../base/error.ts";
import { type AmiMessage, AmiReader, amiAction } from "../telephony/ami-message.ts";

export interface AmiPlace {
  host: string;
  port: number;
  user: string;
  secret: string;
}

export interface AmiHooks {
  /** 新しくつながった。前のつながりで覚えたことは捨てる（知らせより先に呼ぶ）。 */
  fresh(): void;
  /** 着席できた（つなぎ直しのたび）。抜けたあいだを queue_log で埋める。 */
  ready(client: AmiClient): Promise<void>;
  message(message: AmiMessage): Promise<void>;
  /** 動かしている人への一行（番号や名は含めない）。 */
  report(line: string): void;
}

/** つなぎ直すまでの間（ミリ秒）。失敗のたびに倍に。 */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** 返事を待つ長さと、何も届かないときに切る長さ（ミリ秒）。 */
const ANSWER_MS = 10_000;
const SILENT_MS = 90_000;

/** Asterisk の管理の口（AMI）につなぎ、切れたら間を空けてつなぎ直す。 */
export class AmiClient {
  readonly #place: AmiPlace;
  readonly #hooks: AmiHooks;
  readonly #answers = new Map<string, (message: AmiMessage) => void>();
  #socket: Socket | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(place: AmiPlace, hooks: AmiHooks) {
    this.#place = place;
    this.#hooks = hooks;
  }

  /** stop されるまで続ける。合い言葉が違うときだけ、つなぎ直さずに FORBIDDEN。 */
  async run(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!this.#stopped) {
      const seated = await this.#once();
      if (this.#stopped) return;
      wait = seated ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, wait * 2);
      this.#hooks.report(`電話機との接続が切れました。${wait / 1000}秒あとに、つなぎ直します。`);
      await new Promise<void>((next) => {
        this.#wake = next;
        setTimeout(next, wait);
      });
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.destroy();
    this.#wake?.();
  }

  /** 命令を送り、返事を待つ。つながっていなければ UNAVAILABLE。 */
  async send(fields: Readonly<Record<string, string>>): Promise<AmiMessage> {
    const socket = this.#socket;
    if (!socket || socket.destroyed)
      throw new AppError("UNAVAILABLE", "電話機とつながっていません。しばらくしてからお試しください。");
    const id = randomBytes(8).toString("hex");
    return new Promise((answered, failed) => {
      const late = setTimeout(() => {
        this.#answers.delete(id);
        failed(new AppError("UNAVAILABLE", "電話機の返事がありません。しばらくしてからお試しください。"));
      }, ANSWER_MS);
      this.#answers.set(id, (message) => {
        clearTimeout(late);
        answered(message);
      });
      socket.write(amiAction({ ...fields, ActionID: id }));
    });
  }

  /** 席の電話を鳴らし、出たら相手にかける（画面からの発信）。 */
  async originate(channel: string, number: string, context: string): Promise<boolean> {
    if (
      !/^[A-Za-z0-9]+\/[\w.@-]+$/.test(channel) ||
      !/^[0-9+*#]{2,20}$/.test(number) ||
      !/^[\w-]+$/.test(context)
    )
      throw new AppError("BAD_INPUT", "かける先の形が違います。席の内線と番号を確かめてください。");
    const call = { Channel: channel, Exten: number, Context: context, Priority: "1", Async: "true" };
    const answer = await this.send({ Action: "Originate", ...call });
    return answer.get("response") === "Success";
  }

  /** 一度つなぐ。着席できていたら真。 */
  async #once(): Promise<boolean> {
    const { host, port, user, secret } = this.#place;
    const socket = connect({ host, port });
    this.#socket = socket;
    const reader = new AmiReader();
    let [seated, refused] = [false, false];
    let working = Promise.resolve();
    socket.setEncoding("utf8").setTimeout(SILENT_MS, () => socket.destroy());
    socket.on("connect", () => {
      this.#hooks.fresh();
      this.send({ Action: "Login", Username: user, Secret: secret, Events: "on" }).then(
        (answer) => {
          seated = answer.get("response") === "Success";
          refused = !seated;
          if (!seated) return socket.destroy();
          working = working.then(() => this.#hooks.ready(this));
          return undefined;
        },
        () => socket.destroy(),
      );
    });
    socket.on("data", (chunk: string) => {
      for (const message of reader.read(chunk)) {
        const id = message.get("actionid") ?? "";
        if (message.has("response")) this.#answers.get(id)?.(message);
        if (message.has("response")) this.#answers.delete(id);
        else if (message.has("event")) working = working.then(() => this.#handle(message));
      }
    });
    await new Promise<void>((closed) => {
      socket.on("error", () => socket.destroy());
      socket.on("close", () => closed());
    });
    await working;
    if (refused)
      throw new AppError(
        "FORBIDDEN",
        "電話機が名と合い言葉を受け付けませんでした。manager.conf を確かめてください。",
      );
    return seated;
  }

  /** 一つの知らせの失敗で、あとの知らせを止めない。 */
  async #handle(message: AmiMessage): Promise<void> {
    try {
      await this.#hooks.message(message);
    } catch {
      this.#hooks.report("電話の知らせを一つ残せませんでした。queue_log の取り込みで埋まります。");
    }
  }
}
