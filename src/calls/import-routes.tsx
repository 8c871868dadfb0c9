import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { readPbxMap } from "../telephony/pbx-map.ts";
import { refuseCall } from "./call-right.ts";
import { importCalls } from "./import-calls.ts";
import { ImportPage } from "./import-page.tsx";

/** 一度に受け取る大きさ（バイト）。これより大きいものは calls keep で。 */
const MOST_BYTES = 64 * 1024 * 1024;
const text = z.string().max(MOST_BYTES);
const importBody = z.object({
  queueLog: text.optional(),
  cdr: text.optional(),
  pbx: text.optional(),
  /** 列の対応表（YAML）。 */
  pbxMap: z.string().max(20_000).optional(),
});

async function uploaded(ask: Ask) {
  const list = async (name: string) => {
    const file = await ask.file(name);
    return file === undefined || file.bytes.length === 0 ? [] : [{ name, bytes: file.bytes }];
  };
  const [map] = await list("pbxMap");
  const files = { queueLogs: await list("queueLog"), cdrs: await list("cdr"), pbx: await list("pbx") };
  if (files.queueLogs.length + files.cdrs.length + files.pbx.length === 0)
    throw new AppError("BAD_INPUT", "取り込むファイルを、どれか一つ選んでください。", {
      faults: [{ field: "pbx", message: "ファイルを選んでください。" }],
    });
  return { files, pbxMap: map === undefined ? undefined : readPbxMap(new TextDecoder().decode(map.bytes)) };
}

/** 電話機の記録を取り込む道。 */
export const importRoutes: Route[] = [
  {
    id: "calls.import",
    method: "GET",
    path: "/calls/import",
    kind: "page",
    summary: "電話機の記録を取り込む画面",
    handle: (ask) => {
      refuseCall("keep", ask.actor);
      return ask.page({
        title: "電話機の記録の取り込み",
        current: "calls.figures",
        body: <ImportPage csrf={ask.seated.csrf} result={undefined} />,
      });
    },
  },
  {
    id: "calls.import.take",
    method: "POST",
    path: "/calls/import",
    kind: "page",
    summary: "queue_log・CDR・ほかの電話機の CSV を取り込む（何度でも同じ）",
    bodyLimit: MOST_BYTES,
    handle: async (ask) => {
      const { files, pbxMap } = await uploaded(ask);
      const result = await importCalls(ask.office, ask.actor, files, { pbxMap });
      return ask.page({
        title: "電話機の記録の取り込み",
        current: "calls.figures",
        body: <ImportPage csrf={ask.seated.csrf} result={result} />,
      });
    },
  },
  {
    id: "calls.import.api",
    method: "POST",
    path: "/api/calls/import",
    kind: "api",
    summary: "電話機の記録（queueLog、cdr、pbx、pbxMap の文字）を取り込む（何度でも同じ）",
    input: importBody,
    bodyLimit: MOST_BYTES,
    handle: async (ask) => {
      const { queueLog, cdr, pbx, pbxMap } = await ask.json(importBody);
      const list = (name: string, content: string | undefined) =>
        content === undefined ? [] : [{ name, bytes: new TextEncoder().encode(content) }];
      const files = {
        queueLogs: list("queueLog", queueLog),
        cdrs: list("cdr", cdr),
        pbx: list("pbx", pbx),
      };
      const map = pbxMap === undefined ? undefined : readPbxMap(pbxMap);
      return ask.reply(await importCalls(ask.office, ask.actor, files, { pbxMap: map }));
    },
  },
];
