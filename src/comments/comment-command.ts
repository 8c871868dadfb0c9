import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import { groupCommentsFile } from "../opinions/group-comments-file.ts";
import type { GroupLevel } from "../opinions/group-opinions.ts";
import { suggestCommentsFile } from "../opinions/suggest-comments-file.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { CommentHand } from "./comment-hand.ts";
import { officeCommands } from "./office-command.ts";

const levelLabels: Record<GroupLevel, string> = {
  identical: "一字も違わない",
  normalised: "幅・空白・記号だけ違う",
  near: "似ている（五文字の組の Jaccard 0.7 以上）",
  template: "定型文の一部（八割が含まれる）",
};

/** comments group: 同じ文・似た文をまとめる。事務所を開かない。 */
const groupCommand: Command = {
  name: "comments group",
  usage: "",
  summary: "意見の表（CSV、Excel）を、人・通・意見・違う文で数え、同じ文と似た文をまとめます。",
  options: [
    {
      name: "in",
      value: "FILE",
      required: true,
      help: "意見の表（列 id, letter, person, text。要るのは id と text）",
    },
  ],
  async run(io: CommandIo): Promise<void> {
    const path = io.option("in") ?? "";
    const found = groupCommentsFile(await io.readFile(path), basename(path), (done, total) => {
      if (io.signal.aborted) throw new AppError("REFUSED", "途中で止めました。");
      if (done % 20_000 === 0 && done > 0) io.progress(`${done} / ${total} の違う文を比べました`);
    });
    const count = (level: GroupLevel) => {
      const groups = found.groups.filter((group) => group.level === level);
      const members = groups.reduce((sum, group) => sum + group.members.length, 0);
      return `  ${levelLabels[level]}: ${groups.length} まとまり（${members} 件）`;
    };
    const n = (value: number) => value.toLocaleString("ja-JP");
    io.result(
      found,
      [
        `${n(found.people)}人　${n(found.letters)}通　意見 ${n(found.opinions)}件　違う文 ${n(found.distinct)}`,
        ...(["identical", "normalised", "near", "template"] as const).map(count),
      ].join("\n"),
    );
  },
};

/** comments suggest: 符号の候補を五つずつ。事務所を開かない。 */
const suggestCommand: Command = {
  name: "comments suggest",
  usage: "",
  summary: "意見ごとに、符号の候補を五つ、わけとともに挙げます。決めるのは人です。",
  options: [
    { name: "in", value: "FILE", required: true, help: "意見の表。codes の列があれば、そこから学ぶ" },
    { name: "codes", value: "FILE", required: true, help: "符号の表（符号、題、説明）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const [path, codes] = [io.option("in") ?? "", io.option("codes") ?? ""];
    const found = suggestCommentsFile(
      { bytes: await io.readFile(path), name: basename(path) },
      { bytes: await io.readFile(codes), name: basename(codes) },
      (done, total) => {
        if (io.signal.aborted) throw new AppError("REFUSED", "途中で止めました。");
        if (done > 0) io.progress(`${done} / ${total}`);
      },
    );
    const hits = found.hits
      ? [
          `学んだ ${found.learned} 件を一つずつ抜いて当てると、はじめの候補 ${percent(found.hits.top1)}、五つまで ${percent(found.hits.top5)}`,
        ]
      : [];
    io.result(
      found,
      [
        ...found.suggestions.flatMap(({ id, codes: list }) => [
          `意見 ${id}`,
          ...list.map((one) => `  ${one.code}  ${one.score.toFixed(2)}  ${one.because}`),
        ]),
        ...hits,
      ].join("\n"),
    );
  },
};

/** 意見のコマンド。group と suggest は、事務所を開かない。 */
export function commentCommands(hand: CommentHand): Command[] {
  return [groupCommand, suggestCommand, ...officeCommands(hand)];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
