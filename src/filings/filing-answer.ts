import type { Fault } from "../base/error.ts";
import { type FilingKind, filingLimits, kindInfo, type Outcome } from "./filing.ts";

/** 委託者の答えが、どう届いたか。site は委託者が自分で着席して答えたもの。 */
export const channels = {
  site: "画面で回答",
  package: "署名つきの回答ファイル",
  form: "回答の様式（電話で確認）",
  letter: "書面",
  mail: "電子メール",
  telephone: "電話",
  meeting: "打合せ",
} as const;
export type Channel = keyof typeof channels;
/** 受託者の側で記録するときに選べるもの。 */
export const heardChannels = ["letter", "mail", "telephone", "meeting"] as const satisfies Channel[];
export type HeardChannel = (typeof heardChannels)[number];
const writtenChannels: readonly Channel[] = ["site", "letter", "package", "form"];

/** 受けた答えの内容。 */
export interface GivenAnswer {
  outcome: Outcome;
  text: string;
  channel: Channel;
  /** 委託者のだれから（部署と職名）。画面での回答なら空。 */
  heardFrom: string;
}

/** 答えの直すところ。 */
export function answerFaults(kind: FilingKind, given: GivenAnswer): Fault[] {
  const info = kindInfo(kind);
  const faults: Fault[] = [];
  if (info.outcomes[given.outcome] === undefined)
    faults.push({
      field: "outcome",
      message: `${info.label}への答えは、${Object.values(info.outcomes).join("・")}のどれかです。`,
    });
  if (["returned", "refused", "answered"].includes(given.outcome) && given.text.trim() === "")
    faults.push({ field: "text", message: "回答の内容か理由を書いてください。" });
  if ([...given.text].length > filingLimits.answer)
    faults.push({ field: "text", message: `${filingLimits.answer}字までで書いてください。` });
  if (info.written && given.outcome === "approved" && !writtenChannels.includes(given.channel))
    faults.push({
      field: "channel",
      message: "この承諾は書面で得るものです（仕様書10(2)ア）。書面が届いてから記録してください。",
    });
  if (info.from === "contractor" && given.channel !== "site" && given.heardFrom.trim() === "")
    faults.push({
      field: "heardFrom",
      message: "委託者のどなたからの回答か（部署と職名）を書いてください。",
    });
  if ([...given.heardFrom].length > filingLimits.heardFrom)
    faults.push({ field: "heardFrom", message: `${filingLimits.heardFrom}字までで書いてください。` });
  return faults;
}
