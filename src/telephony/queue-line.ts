import { keepText } from "./text-line.ts";
import { isPlausible, readWall, type ZoneClock } from "./zone-clock.ts";

/** queue_log の一行。 */
export interface QueueLine {
  /** UTC の通し秒。 */
  at: number;
  callId: string;
  queue: string;
  agent: string;
  event: string;
  params: readonly string[];
}

/** Asterisk が書く出来事の全部（書きかけの行を見分けるため）。 */
const knownEvents = [
  ..."ABANDON ADDMEMBER AGENTDUMP AGENTLOGIN AGENTCALLBACKLOGIN AGENTLOGOFF AGENTCALLBACKLOGOFF".split(" "),
  ..."ATTENDEDTRANSFER BLINDTRANSFER COMPLETEAGENT COMPLETECALLER CONFIGRELOAD CONNECT DID".split(" "),
  ..."ENTERQUEUE EXITEMPTY EXITWITHKEY EXITWITHTIMEOUT MEMBERPENALTY MEMBERRINGINUSE OFFERED".split(" "),
  ..."PAUSE PAUSEALL QUEUESTART REMOVEMEMBER RINGCANCELED RINGNOANSWER SYSCOMPAT TRANSFER".split(" "),
  ..."UNPAUSE UNPAUSEALL WITHDRAW INFO".split(" "),
];
const known = new Set(knownEvents);

/** 読む。読めなければ、なぜかの文。open は改行で終わらない最後の行。 */
export function readQueueLine(text: string, open: boolean, clock: ZoneClock): QueueLine | { fault: string } {
  const fields = text.split("|");
  const [time = "", callId = "", queue = "", agent = "", event = "", ...params] = fields;
  if (fields.length < 5) return { fault: "区切り（|）が足りません。途中で切れた行とみて、数えません。" };
  const at = readTime(time, clock);
  if (at === undefined) return { fault: "時刻が読めません。数えません。" };
  if (callId === "") return { fault: "電話の番号（callid）がありません。数えません。" };
  if (!known.has(event) && !/^[A-Z][A-Z0-9_]*$/.test(event))
    return { fault: "出来事の名が読めません。数えません。" };
  if (open && !known.has(event) && knownEvents.some((one) => one.startsWith(event)))
    return { fault: "最後の行が途中で切れています。数えません。" };
  return { at, callId, queue: oneText(queue), agent: oneText(agent), event, params };
}

const texts = new Map<string, string>();

/** 待ち行列と席の名は少ないので、同じ一つの文字列にする（行を覚えたままにしない）。 */
function oneText(text: string): string {
  const one = texts.get(text);
  if (one !== undefined) return one;
  const kept = keepText(text);
  if (texts.size > 5000) texts.clear();
  texts.set(kept, kept);
  return kept;
}

/** 覚えた待ち行列と席の名を忘れる。壊れた行では、名の所に番号が来ることがある。 */
export function forgetTexts(): void {
  texts.clear();
}

function readTime(text: string, clock: ZoneClock): number | undefined {
  if (/^\d{9,10}(\.\d+)?$/.test(text)) {
    const at = Math.floor(Number(text));
    return isPlausible(at) ? at : undefined;
  }
  const wall = readWall(text);
  return wall === undefined ? undefined : clock.secondsOf(wall);
}

/** 「pbx1-1765411186.0」→ チャネルができた通し秒。形が違えば undefined。 */
export function idSeconds(id: string): number | undefined {
  const found = /(?:^|[-_])(\d{9,10})\.\d+$/.exec(id);
  const at = Number(found?.[1]);
  return found && isPlausible(at) ? at : undefined;
}

/** queue_log らしい一行か。 */
export function looksQueueLine(text: string): boolean {
  return /^(\d{9,10}(\.\d+)?|\d{4}-\d\d-\d\d[ T][\d:.]+)\|[^|]*\|[^|]*\|[^|]*\|/.test(text);
}
