import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type CallOutcome, callOutcomes } from "./call-definition.ts";

/** ほかの電話機の CSV の、列の役目。date は日だけの列（ほかの列が時刻だけのとき）、length は着信から終わりまで。 */
const pbxColumns = [
  ..."id date start answer end wait talk length caller called result operator queue direction".split(" "),
] as const;
type PbxColumn = string;

/** 列の役目 → 見出しの名（または 1 からの番号）、値の読み替え、日時の書き方、地域。 */
export interface PbxMap {
  columns: ReadonlyMap<PbxColumn, string | number>;
  /** 結果の言葉（整えた形）→ 終わり方。 */
  results: ReadonlyMap<string, CallOutcome>;
  /** 向きの言葉（整えた形）→ 入り・出・内。 */
  directions: ReadonlyMap<string, "in" | "out" | "inside">;
  dateFormat: string | undefined;
  timezone: string | undefined;
}

const text = z.string().max(120);
const shape = z.strictObject({
  columns: z.record(z.string().max(40), z.union([text, z.number().int().min(1).max(500)])),
  values: z.record(z.string().max(40), z.array(z.union([text, z.number()])).max(200)).optional(),
  dateFormat: text.optional(),
  timezone: text.optional(),
});

/** 見出しと値を見比べる形（全角半角、大小、空白、記号の違いをなくす）。 */
export function plainWord(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\(.*?\)|[\s_\-・:：/.#"']/g, "");
}

/** 対応表（YAML）を読む。 @throws AppError BAD_INPUT（どこがどう違うか） */
export function readPbxMap(source: string): PbxMap {
  let value: unknown;
  try {
    value = parse(source.replace(/^\uFEFF/, ""), { maxAliasCount: 10 });
  } catch {
    throw mapError("YAML として読めません。字下げと「:」を確かめてください。");
  }
  const read = shape.safeParse(value);
  if (!read.success) {
    const place = read.error.issues[0]?.path.join(".") ?? "";
    throw mapError(
      `「${place === "" ? "全体" : place}」の形が違います。columns（役目: 見出しの名か番号）、values（終わり方: [言葉]）、dateFormat、timezone を書けます。`,
    );
  }
  const { columns, values = {}, dateFormat, timezone } = read.data;
  const strange = Object.keys(columns).find((name) => !pbxColumns.includes(name));
  if (strange !== undefined)
    throw mapError(`columns の「${strange}」は使えません。使える役目: ${pbxColumns.join("、")}`);
  if (columns.start === undefined && columns.date === undefined)
    throw mapError("columns に start（着信の日時の列）を書いてください。");
  const own = ownValues(values);
  return {
    columns: new Map(
      Object.entries(columns).map(([name, at]) => [name, typeof at === "number" ? at : plainWord(at)]),
    ),
    results: new Map([...defaultResults, ...own.results]),
    directions: new Map([...defaultDirections, ...own.directions]),
    dateFormat,
    timezone,
  };
}

function ownValues(values: Readonly<Record<string, readonly (string | number)[]>>) {
  const results = new Map<string, CallOutcome>();
  const directions = new Map<string, "in" | "out" | "inside">();
  for (const [name, words] of Object.entries(values))
    for (const word of words) {
      const plain = plainWord(String(word));
      if (Object.hasOwn(callOutcomes, name)) results.set(plain, name as CallOutcome);
      else if (name === "in" || name === "out" || name === "inside") directions.set(plain, name);
      else
        throw mapError(
          `values の「${name}」は使えません。使える名: ${Object.keys(callOutcomes).join("、")}、in、out、inside`,
        );
    }
  return { results, directions };
}

function mapError(message: string): AppError {
  return new AppError("BAD_INPUT", `電話機の CSV の対応表: ${message}`);
}

const words: readonly (readonly [column: string, names: string])[] = [
  ["id", "通話id 呼id コールid 通番 通話番号 callid uniqueid sessionid calluuid uuid id"],
  ["date", "日付 着信日 入電日 年月日 date day"],
  [
    "start",
    "着信日時 入電日時 開始日時 発生日時 受信日時 受付日時 着信時刻 着信時間 入電時刻 開始時刻 呼出開始 呼出開始日時 呼出開始時刻 日時 start starttime startdate startdatetime calldate callstart callstarttime calltime datetime timestamp arrival arrivaltime receivedat time",
  ],
  [
    "answer",
    "応答日時 応答時刻 通話開始 通話開始日時 通話開始時刻 answer answertime answeredat answered answerdatetime connecttime connectedat",
  ],
  [
    "end",
    "終了日時 終話日時 終話時刻 切断日時 切断時刻 終了時刻 通話終了 通話終了日時 通話終了時刻 end endtime enddate enddatetime endedat hanguptime disconnecttime",
  ],
  [
    "wait",
    "待ち時間 待時間 待機時間 待ち秒数 呼出時間 呼出秒数 応答待ち時間 wait waittime waitseconds holdtime ringtime ringduration queuetime",
  ],
  [
    "talk",
    "通話時間 通話秒数 会話時間 応対時間 talk talktime talkduration talkseconds billsec conversationtime",
  ],
  ["length", "総時間 接続時間 合計時間 duration callduration totaltime length"],
  [
    "caller",
    "発信者番号 発信番号 発信元 発信元番号 発信者 発番号 電話番号 相手番号 相手先番号 着信元 着信元番号 caller callerid callernumber callingnumber callingparty from fromnumber src source ani phonenumber",
  ],
  [
    "called",
    "着信番号 着番号 着信先 着信先番号 宛先 宛先番号 ダイヤル番号 代表番号 called callednumber calledparty to tonumber dst destination dnis",
  ],
  [
    "result",
    "結果 通話結果 着信結果 応答結果 呼結果 状態 ステータス 通話状態 終了理由 終了区分 応答区分 応答有無 result callresult status callstatus disposition outcome state reason",
  ],
  [
    "operator",
    "オペレーター オペレータ オペレーター名 オペレータ名 担当者 担当者名 担当 応対者 応答者 エージェント エージェント名 内線 内線番号 応答内線 席 席番号 agent agentname operator operatorname extension ext answeredby user username",
  ],
  [
    "queue",
    "グループ グループ名 着信グループ 着信グループ名 キュー キュー名 スキル スキル名 待ち行列 窓口 窓口名 queue queuename group groupname skill huntgroup ringgroup department",
  ],
  [
    "direction",
    "方向 発着 発着信 発着区分 発着種別 発着信区分 種別 通話種別 呼種別 direction calldirection calltype type",
  ],
];
const known = new Map(words.flatMap(([column, names]) => names.split(" ").map((name) => [name, column])));

const resultWords: readonly (readonly [CallOutcome, string])[] = [
  [
    "answered",
    "応答 応答済 応答済み 応答あり 通話 通話済 通話済み 通話完了 完了 接続 成立 対応済 対応済み 正常終了 有 ○ answered answer complete completed connected success successful ok handled normal normalclearing yes",
  ],
  [
    "abandoned",
    "放棄 放棄呼 途中放棄 途中切断 不在着信 不在 未応答 無応答 応答なし 応答無し 不応答 無 × abandoned abandon noanswer notanswered missed missedcall unanswered cancelled canceled cancel lost no",
  ],
  [
    "timeout",
    "タイムアウト 時間切れ 待ち時間切れ 留守電 留守番電話 timeout timedout expired overflow voicemail",
  ],
  ["refused", "話中 ビジー 混雑 満員 拒否 失敗 接続失敗 busy congestion failed rejected full blocked"],
  ["closed", "時間外 営業時間外 受付時間外 開設時間外 休業 休日 afterhours closed outofhours"],
  ["ivr-hangup", "案内中切断 案内中に切断 ガイダンス中切断 ガイダンス切断 ivr ivrhangup ivrabandoned"],
];
const defaultResults = new Map(
  resultWords.flatMap(([outcome, names]) => names.split(" ").map((name) => [name, outcome] as const)),
);
const defaultDirections = new Map<string, "in" | "out" | "inside">([
  ..."着信 着 受信 入電 外線着信 in inbound incoming received 応答 不在着信"
    .split(" ")
    .map((w) => [w, "in"] as const),
  ..."発信 発 架電 外線発信 out outbound outgoing dialed placed".split(" ").map((w) => [w, "out"] as const),
  ..."内線 内線通話 内線着信 内線発信 internal inside local".split(" ").map((w) => [w, "inside"] as const),
]);

/** 見出しから列を見分ける。着信の日時の列がなければ undefined。 */
export function guessPbxMap(header: readonly string[]): PbxMap | undefined {
  const columns = new Map<string, string>();
  for (const name of header.map(plainWord)) {
    const column = known.get(name);
    if (column !== undefined && !columns.has(column)) columns.set(column, name);
  }
  // 「通話開始」だけで着信の列がなければ、それが始まり。
  const answer = columns.get("answer");
  if (!columns.has("start") && !columns.has("date") && answer?.startsWith("通話開始")) {
    columns.set("start", answer);
    columns.delete("answer");
  }
  const telling = ["answer", "end", "wait", "talk", "length", "caller", "result"].some((one) =>
    columns.has(one),
  );
  if (!(columns.has("start") || columns.has("date")) || !telling) return undefined;
  return {
    columns,
    results: defaultResults,
    directions: defaultDirections,
    dateFormat: undefined,
    timezone: undefined,
  };
}
