import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import { draftMinutesFile } from "../minutes/draft-minutes-file.ts";
import { readSpeakerMap } from "../minutes/speaker-map.ts";
import type { Command, CommandIo } from "../platform/command.ts";

/** minutes draft: 文字起こし → 会議録の案。事務所を開かない。 */
const draftCommand: Command = {
  name: "minutes draft",
  usage: "FILE",
  summary: "文字起こし（.vtt、.srt、.docx、.txt）から、会議録の案（.docx）を作ります。",
  options: [
    { name: "speakers", value: "FILE", help: "札 → 名の対応表（二列の CSV・Excel、または JSON）" },
    { name: "style", value: "full|tidy", help: "full は全文（既定）、tidy は言いよどみを除く" },
    { name: "title", value: "TEXT", help: "会議録の題" },
    { name: "author", value: "NAME", help: "文書の作成者の欄（事業者の名）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const [path] = io.args;
    if (path === undefined) throw new AppError("BAD_INPUT", "文字起こしのファイルをご指定ください。");
    const map = io.option("speakers");
    const title = io.option("title");
    const { draft, docx } = draftMinutesFile(await io.readFile(path), {
      ...(map ? { speakers: readSpeakerMap(await io.readFile(map), basename(map)) } : {}),
      ...(title ? { title } : {}),
      style: readStyle(io.option("style")),
      ...{ created: new Date().toISOString(), author: io.option("author") ?? "受託者" },
    });
    const out = io.option("out");
    if (out) await io.writeFile(out, docx);
    const { lines: _lines, ...counts } = draft;
    io.result(
      counts,
      [
        `発言 ${draft.utterances}、発言者 ${draft.speakers}、発言者不明 ${draft.unattributed}`,
        ...draft.list.map(({ label, name, utterances }) => `  ${label} → ${name}（${utterances}）`),
        ...draft.warnings.map((one) => `注意: ${one}`),
        out ? `${out} に書きました。` : "--out FILE.docx を付けると、会議録の案を Word で書きます。",
      ].join("\n"),
    );
  },
};

export const minutesCommands: Command[] = [draftCommand];

function readStyle(text = "full"): "full" | "tidy" {
  if (text === "full" || text === "tidy") return text;
  throw new AppError("BAD_INPUT", "--style は full（全文）か tidy（言いよどみを除く）です。");
}
