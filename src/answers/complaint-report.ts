import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { minutesText, type StepKind, stepLabels } from "./answer-step.ts";
import {
  type ComplaintChannel,
  type ComplaintTopic,
  complaintChannels,
  complaintTopics,
  type Severity,
  severities,
} from "./complaint.ts";

/** クレーム日次報告の種（業務仕様書６(9)）。 */
export interface ReportSource {
  number: number;
  severity: Severity;
  topic: ComplaintTopic;
  channel: ComplaintChannel;
  receivedAt: Instant;
  content: string;
  response: string;
  prevention: string;
  steps: readonly { kind: StepKind; at: Instant; minutes: number | undefined; note: string | null }[];
}

export const reportTitle = (number: number): string => `クレーム日次報告書（第${number}号）`;

/** 日次報告の本文の案。責任者が読み、直してから提出する。 */
export function reportBody(given: ReportSource): string {
  const calls = given.steps.filter((step) => step.kind === "called");
  const parts: [string, string][] = [
    [
      "受付",
      `${writeMoment(given.receivedAt)}　${complaintChannels[given.channel]}\n区分 ${complaintTopics[given.topic]}（${severities[given.severity]}）`,
    ],
    ["内容", given.content],
    ["対応", given.response],
    ["再発防止", given.prevention],
  ];
  if (given.severity === "emergency")
    parts.push([
      "委託者への緊急の連絡",
      calls.length === 0
        ? "まだ記録がありません。"
        : calls.map((step) => `${writeMoment(step.at)}　${step.note ?? ""}`).join("\n"),
    ]);
  parts.push([
    "経過",
    given.steps
      .map(
        (step) =>
          `${writeMoment(step.at)}　${stepLabels[step.kind]}${step.minutes === undefined ? "" : `（営業時間で${minutesText(step.minutes)}）`}`,
      )
      .join("\n"),
  ]);
  return parts.map(([head, text], at) => `${wide(at + 1)}　${head}\n${text.trim()}`).join("\n\n");
}

/** 「令和7年9月16日（火）10時20分」。 */
export function writeMoment(at: Instant): string {
  const [hour = "0", minute = "0"] = minuteOf(at).split(":");
  return `${formatWareki(dayOf(at), { weekday: true })}${Number(hour)}時${minute}分`;
}

function wide(n: number): string {
  return String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
