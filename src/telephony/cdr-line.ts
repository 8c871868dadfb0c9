import { AppError } from "../base/error.ts";

/** CDR の列。 */
export const cdrColumns = [
  ..."accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end".split(" "),
  ..."duration billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence".split(" "),
] as const;

const orders: Readonly<Record<string, string>> = {
  default:
    "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags",
  "basic-pbx":
    "clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,sequence",
};

/** 列の名 → 何番目か。 */
export type CdrOrder = ReadonlyMap<string, number>;

/** --cdr-columns の値。「default」「basic-pbx」か、名の並び。 */
export function namedOrder(text: string): CdrOrder | undefined {
  const names = (orders[text.trim()] ?? text).split(",").map((name) => normalName(name));
  if (text.trim() === "default") return undefined;
  const order = orderOf(names);
  if (!order.has("start") || !(order.has("src") || order.has("clid")))
    throw new AppError(
      "BAD_INPUT",
      `--cdr-columns は default、basic-pbx か、列の名の並び（start と src を含む）で書いてください。使える名: ${cdrColumns.join(", ")}`,
    );
  return order;
}

function normalName(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  const also: Record<string, string> = {
    calldate: "start",
    source: "src",
    destination: "dst",
    destinationcontext: "dcontext",
    callerid: "clid",
    destinationchannel: "dstchannel",
    lastapplication: "lastapp",
    starttime: "start",
    answertime: "answer",
    endtime: "end",
    billableseconds: "billsec",
  };
  return also[plain] ?? plain;
}

function orderOf(names: readonly string[]): CdrOrder {
  return new Map(names.flatMap((name, at) => (name === "" ? [] : [[name, at] as const])));
}

/** 見出しの行か。 */
export function headerOrder(fields: readonly string[]): CdrOrder | undefined {
  const order = orderOf(fields.map(normalName));
  return order.has("start") && order.has("src") && order.has("disposition") ? order : undefined;
}

/** 並びを中身から見分ける。読めなければ undefined。 */
export function guessOrder(fields: readonly string[]): { name: string; order: CdrOrder } | undefined {
  const start = fields.findIndex((field) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(field));
  const disposition = fields.findIndex((field) => dispositions.has(field));
  if (start < 0 || disposition < start) return undefined;
  if (start === 9 && disposition === 14) return { name: "default", order: withTail(fields, 16) };
  if (start === 8 && disposition === 13) {
    const order = orderOf((orders["basic-pbx"] ?? "").split(","));
    return { name: "basic-pbx", order };
  }
  return undefined;
}

const dispositions = new Set(["ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"]);
const idShape = /(^|[-_])\d{9,10}\.\d+$/;

/** 標準の並びの後ろ（uniqueid、userfield、peeraccount・linkedid・sequence）は、設定によって付いたり付かなかったりする。 */
function withTail(fields: readonly string[], from: number): CdrOrder {
  const names = (orders.default ?? "").split(",");
  const order = new Map(names.map((name, at) => [name, at] as const));
  const tail = fields.length - from;
  if (tail >= 3 && idShape.test(fields[fields.length - 2] ?? "")) order.set("linkedid", fields.length - 2);
  const own = fields.findIndex((field, at) => at >= from && idShape.test(field));
  if (own >= 0 && own !== order.get("linkedid")) order.set("uniqueid", own);
  return order;
}

/** 一行の CSV。引用符が閉じていなければ undefined。 */
export function splitCdr(text: string, mark = ","): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const end = text.indexOf(mark, at);
      fields.push(text.slice(at, end < 0 ? text.length : end).trim());
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    let value = "";
    at += 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return undefined;
      value += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      value += '"';
      at += 1;
    }
    fields.push(value);
    if (at >= text.length) return fields;
    const comma = text.indexOf(mark, at);
    if (comma < 0) return fields;
    at = comma + 1;
  }
  return fields;
}
