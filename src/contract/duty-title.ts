import type { Obligation } from "../terms/obligation.ts";

type Named = Pick<Obligation, "object" | "verb"> & Partial<Pick<Obligation, "nature">>;

/**
 * 義務の名: 目的語と動詞、期間。動詞が名詞なら「の」、言い切りの形なら「を」か「に」でつなぐ。
 * してはならない義務は、しないことを名にする（「…を漏らさない」）。
 */
export function titleOf({ object, verb, nature }: Named, label = ""): string {
  const forbidden = nature === "prohibition" && !CARE.test(verb);
  const head = forbidden ? forbiddenTitle(object, verb) : positiveTitle(object, verb);
  return label === "" ? head : `${head}（${label}）`;
}

/** 禁止の条文にあっても、することを言う動詞。 */
const CARE = /^(?:守る|遵守|順守|厳守|守秘|保持|保つ|努める|避ける|慎む|控える|防ぐ|防止|禁止|禁じる)$/;

function positiveTitle(object: string, verb: string): string {
  return object === "" ? verb : `${object}${particleOf(verb)}${verb}`;
}

function particleOf(verb: string): string {
  if (verb.startsWith("とする")) return "";
  if (/(従う|応じる|努める|準じる|基づく)$/.test(verb)) return "に";
  return /[うくぐすつぬぶむる]$/.test(verb) ? "を" : "の";
}

function forbiddenTitle(object: string, verb: string): string {
  if (object === "") return negativeOf(verb);
  // 「第三者への委託（再委託）」のように、行いまで名にあるもの。
  if (object.replace(/（[^）]*）$/, "").endsWith(verb)) return `${object}をしない`;
  if (verb.startsWith("とする")) return `${object}としない`;
  const particle = /^(?:接続|従事|立ち入る|触れる|応じる|従う)$/.test(verb) ? "に" : "を";
  return `${object}${particle}${negativeOf(verb)}`;
}

const A_ROW: Readonly<Record<string, string>> = {
  う: "わ",
  く: "か",
  ぐ: "が",
  す: "さ",
  つ: "た",
  ぬ: "な",
  ぶ: "ば",
  む: "ま",
  る: "ら",
};
/** 漢字のすぐ後に「る」が来ても、一段に活用する語。 */
const SHORT_ICHIDAN = /[見着得出寝居煮似経]る$/;

/** 「漏らす」→「漏らさない」、「変える」→「変えない」、「提供」「提供する」→「提供しない」。 */
function negativeOf(verb: string): string {
  if (/する$/.test(verb)) return `${verb.slice(0, -2)}しない`;
  const tail = verb.slice(-1);
  if (!(tail in A_ROW)) return `${verb}しない`;
  const ichidan =
    tail === "る" &&
    (/[いきぎしじちにびみりえけげせぜてでねべめれ]る$/.test(verb) || SHORT_ICHIDAN.test(verb));
  return ichidan ? `${verb.slice(0, -1)}ない` : `${verb.slice(0, -1)}${A_ROW[tail]}ない`;
}
