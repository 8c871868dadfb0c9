import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import { localMinuteOf } from "../base/time.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { type FilledNotice, fillNoticeFile } from "./fill-notice-file.ts";
import { printNoticeFile } from "./print-notice-file.ts";

/** notices fill: 委託者の Word のひな形に、一覧の全員を差し込む。事務所を開かない。 */
export const fillNoticeCommand: Command = {
  name: "notices fill",
  usage: "",
  summary: "委託者の Word のひな形（.docx）に、名簿（.xlsx、.csv）の全員を差し込む",
  options: [
    {
      name: "template",
      value: "FILE",
      required: true,
      help: "ひな形（差し込みフィールドか {氏名} のような波括弧）",
    },
    {
      name: "list",
      value: "FILE",
      required: true,
      help: "名簿（一行目が見出し。見出しがひな形の項目名に当たる）",
    },
    { name: "sheet", value: "NAME", help: "名簿の使うシート（省けば、見出しの合うシートの全部）" },
    {
      name: "pdf",
      help: "印刷用の PDF も作る（LibreOffice が要る。名は --out の .docx を .pdf に替えたもの）",
    },
  ],
  run,
};

async function run(io: CommandIo): Promise<void> {
  const out = io.option("out");
  if (!out || !/\.docx$/i.test(out))
    throw new AppError("BAD_INPUT", "--out FILE.docx で、書き出し先の Word のファイルを指定してください。");
  const listPath = io.option("list") ?? "";
  const sheet = io.option("sheet");
  const input = {
    template: await io.readFile(io.option("template") ?? ""),
    list: await io.readFile(listPath),
    listName: basename(listPath),
    now: localMinuteOf(new Date().toISOString()),
    ...(sheet === undefined ? {} : { sheet }),
  };
  if (!io.flag("pdf")) {
    const filled = fillNoticeFile(input);
    await io.writeFile(out, filled.docx);
    tell(io, filled, "");
    return;
  }
  const printed = await printNoticeFile(input, {
    signal: io.signal,
    onProgress: (done, all) => io.progress(`PDF にしています ${done} / ${all}`),
  });
  await io.writeFile(out, printed.docx);
  await io.writeFile(out.replace(/\.docx$/i, ".pdf"), printed.pdf);
  tell(io, printed, "PDF も作りました。");
}

function tell(io: CommandIo, { people, pages, warnings }: FilledNotice, more: string): void {
  for (const warning of warnings) io.progress(warning);
  io.result({ people, pages, warnings }, `${people}人を差し込みました（${pages}ページ）。${more}`);
}
