import type { CallOutcome } from "./call-definition.ts";

/** AMI の一つの知らせ。名は小文字。 */
export type AmiMessage = ReadonlyMap<string, string>;

/** 空行の来ない知らせを、際限なく溜めない（文字）。 */
const MOST = 256 * 1024;

/** 届いた切れ端から、知らせを一つずつ取り出す。 */
export class AmiReader {
  #rest = "";
  #carry = "";
  /** 最初の行（「Asterisk Call Manager/11.0.0」）。 */
  greeting: string | undefined;
  /** 読めずに捨てた知らせの数。 */
  dropped = 0;

  read(chunk: string): AmiMessage[] {
    // 改行の途中（CR と LF の間）で切れて届くことがある。
    const text = this.#carry + chunk;
    this.#carry = text.endsWith("\r") ? "\r" : "";
    this.#rest += text.slice(0, text.length - this.#carry.length).replaceAll("\r\n", "\n");
    if (this.greeting === undefined) {
      const end = this.#rest.indexOf("\n");
      if (end < 0) return [];
      this.greeting = this.#rest.slice(0, end).trim();
      this.#rest = this.#rest.slice(end + 1);
    }
    const messages: AmiMessage[] = [];
    for (;;) {
      const end = this.#rest.indexOf("\n\n");
      if (end < 0) break;
      const message = parse(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end + 2);
      if (message.size > 0) messages.push(message);
    }
    if (this.#rest.length > MOST) {
      this.#rest = "";
      this.dropped += 1;
    }
    return messages;
  }
}

function parse(block: string): AmiMessage {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    if (at <= 0) continue;
    const name = line.slice(0, at).toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

/** 命令を書く。値の改行は、命令を分けてしまうので断つ。 */
export function amiAction(fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]+/g, " ")}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** AMI の流れから分かった、電話の一歩。 */
export interface AmiStep {
  kind: "ring" | "answer" | "end";
  callId: string;
  caller: string | undefined;
  queue: string | undefined;
  desk: string | undefined;
  outcome: CallOutcome | undefined;
  /** 待ち行列に入れなかった訳。 */
  refused: "full" | "join-empty" | undefined;
}

interface Live {
  caller: string | undefined;
  entered: boolean;
  connected: boolean;
  hungUp: boolean;
  /** 待ち行列を出たときの終わり方。 */
  ending: CallOutcome | undefined;
}

/**
 * AMI の知らせを、電話の一歩に直す。内線が自分で始めた電話と、席を鳴らす線は数えない。
 * 待ち行列は、席なしで終わったときも QueueCallerAbandon を送るので、かけた方が切ったか（HangupRequest）で見分ける。
 */
export class AmiCalls {
  readonly #live = new Map<string, Live>();
  readonly #members = new Map<string, boolean>();

  take(message: AmiMessage): AmiStep[] {
    const at = (name: string) => message.get(name) ?? "";
    const id = at("uniqueid");
    const call = this.#live.get(id);
    const step = (kind: AmiStep["kind"], more: Partial<AmiStep> = {}): AmiStep[] => [
      {
        kind,
        callId: id,
        caller: call?.caller,
        queue: at("queue") || undefined,
        desk: undefined,
        outcome: undefined,
        refused: undefined,
        ...more,
      },
    ];
    switch (at("event")) {
      case "Newchannel":
        return this.#arrive(message, step);
      case "QueueMemberPause":
      case "QueueMemberStatus":
        this.#members.set(at("interface"), at("paused") !== "1");
        return [];
      case "QueueCallerJoin": {
        const known = call ?? this.#open(message);
        known.entered = true;
        known.ending = undefined;
        return call ? [] : step("ring", { caller: known.caller });
      }
      case "AgentConnect":
        if (!call) return [];
        call.connected = true;
        return step("answer", { desk: at("membername") || at("interface") });
      case "HangupRequest":
        if (call) call.hungUp = true;
        return [];
      case "QueueCallerAbandon":
        if (call && !call.connected) call.ending = call.hungUp ? "abandoned" : "empty";
        return [];
      case "Hangup":
        if (!call) return [];
        this.#live.delete(id);
        return step("end", this.#ended(call));
      default:
        return [];
    }
  }

  /** 外からの線で、まだ呼び出し中のもの（席を鳴らす線は Down で始まり、もとの電話の番号を持つ）。 */
  #arrive(message: AmiMessage, step: (kind: "ring", more: Partial<AmiStep>) => AmiStep[]): AmiStep[] {
    const at = (name: string) => message.get(name) ?? "";
    const own = at("linkedid") === "" || at("linkedid") === at("uniqueid");
    if (!own || at("channelstatedesc") !== "Ring" || at("channel").startsWith("Local/")) return [];
    if (/^(local|internal|from-internal)/i.test(at("context"))) return [];
    return step("ring", { caller: this.#open(message).caller });
  }

  #open(message: AmiMessage): Live {
    const number = message.get("calleridnum") ?? "";
    const caller = /\d{3}/.test(number) ? number : undefined;
    const call: Live = { caller, entered: false, connected: false, hungUp: false, ending: undefined };
    this.#live.set(message.get("uniqueid") ?? "", call);
    return call;
  }

  #ended(call: Live): Partial<AmiStep> {
    if (call.connected) return { outcome: "answered" };
    if (call.ending) return { outcome: call.ending };
    if (call.entered) return { outcome: call.hungUp ? "abandoned" : "timeout" };
    if (call.hungUp) return { outcome: "ivr-hangup" };
    const anyone = [...this.#members.values()].some((ready) => ready);
    return { outcome: "refused", refused: this.#members.size > 0 && !anyone ? "join-empty" : "full" };
  }
}
