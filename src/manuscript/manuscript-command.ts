import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { TextBinder } from "./bound-text.ts";
import { checkManuscript } from "./check-manuscript.ts";
import { checkPlainManuscript } from "./check-plain.ts";
import { checkDigest, freshDigest, readDigest } from "./digest.ts";
import { digestDocument } from "./digest-document.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { type PlainProfile, plainTargets } from "./plain-rule.ts";
import { planDocument } from "./plan-document.ts";
import { themeOf } from "./plan-theme.ts";
import { readPlanFolder } from "./read-plan-folder.ts";
import { refiguredLines, refigurePlanFile } from "./refigure-plan-file.ts";

function folderOf(io: CommandIo, at = 0): string {
  const path = io.args[at];
  if (path === undefined) throw new AppError("BAD_INPUT", "原稿のフォルダーをご指定ください。");
  return path;
}

/** plan plain: 原稿の整いと、平易さ。 */
const plainCommand: Command = {
  name: "plan plain",
  usage: "DIR",
  summary: "原稿の整い（参照、データ、用語、指標、権利、色）と、公用文の書き方・読みやすさを調べます。",
  options: [{ name: "profile", value: "body|digest|children", help: "文章の種類（既定は body）" }],
  async run(io: CommandIo): Promise<void> {
    const profile = io.option("profile") ?? "body";
    if (!Object.hasOwn(plainTargets, profile))
      throw new AppError("BAD_INPUT", "--profile は body、digest、children のどれかです。");
    const manuscript = readManuscript(await readPlanFolder(folderOf(io)));
    const binder = new TextBinder(manuscript);
    planDocument(manuscript, binder, new Date().toISOString());
    const warnings = [
      ...manuscript.warnings,
      ...themeOf(manuscript).warnings,
      ...checkManuscript(manuscript),
      ...binder.warnings,
    ];
    const plain = checkPlainManuscript(manuscript, profile as PlainProfile);
    const { score } = plain.readability;
    io.result(
      { warnings, plain },
      [
        ...warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
        ...plain.remarks.map(
          ({ place, quote, why, instead }) =>
            `文章 ${place.file}:${place.line}  「${quote}」${why} → ${instead}`,
        ),
        `読みやすさ ${score === undefined ? "（文がありません）" : score.toFixed(1)}、一文の平均 ${plain.readability.length.toFixed(1)} 字。${plain.met ? "目標に届いています。" : plain.unmet.join("")}`,
      ].join("\n"),
    );
  },
};

/** plan digest: 概要版・子ども版。元が変わったところを知らせる。 */
const digestCommand: Command = {
  name: "plan digest",
  usage: "DIR",
  summary: "概要版・子ども版（views/*.yaml）を Word にし、元の原稿が変わったところと読みやすさを知らせます。",
  options: [
    {
      name: "view",
      value: "FILE",
      help: "見え方のファイル（原稿のフォルダーの中の名。既定は views/gaiyou.yaml）",
    },
    { name: "stamp", help: "いまの元の指紋を書き込んだ見え方を JSON で返す（元を読み直したあとで）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const files = await readPlanFolder(folderOf(io));
    const name = io.option("view") ?? "views/gaiyou.yaml";
    const bytes = files.get(name);
    if (!bytes)
      throw new AppError("BAD_INPUT", `見え方のファイル「${name}」が、原稿のフォルダーにありません。`);
    const manuscript = readManuscript(files);
    const digest = readDigest(bytes, name);
    const report = checkDigest(manuscript, digest);
    const out = io.option("out");
    const binder = new TextBinder(manuscript);
    const created = new Date().toISOString();
    if (out) await io.writeFile(out, writeWordDocument(digestDocument(manuscript, binder, digest, created)));
    const { stale, missing, unstamped, plain, ready } = report;
    io.result(
      {
        ...report,
        warnings: binder.warnings,
        ...(io.flag("stamp") ? { stamped: freshDigest(manuscript, digest) } : {}),
      },
      [
        `${digest.title}: ${ready ? "出せます。" : "出す前に、直すか、責任者の承認が要ります。"}`,
        ...stale.map(({ block }) => `元が変わりました: ${block}`),
        ...missing.map((block) => `元がありません: ${block}`),
        ...unstamped.map((block) => `元の指紋（parent）がありません: ${block}。--stamp で書き込めます。`),
        ...plain.unmet,
        ...plain.remarks.map(({ block, quote, why, instead }) => `${block}  「${quote}」${why} → ${instead}`),
      ].join("\n"),
    );
  },
};

/** plan refigure: デザインされた Word の図を、いまの数に。 */
const refigureCommand: Command = {
  name: "plan refigure",
  usage: "RESTYLED.docx DIR",
  summary: "デザインされた Word の図の値だけを、原稿のいまの数に入れ替えます（色と書体はそのまま）。",
  options: [],
  async run(io: CommandIo): Promise<void> {
    const path = io.args[0];
    const out = io.option("out");
    if (path === undefined || out === undefined)
      throw new AppError(
        "BAD_INPUT",
        "Word のファイルと、--out 新しいファイル をご指定ください。元のファイルは書き換えません。",
      );
    const docx = await readFile(path).catch(() => {
      throw new AppError("BAD_INPUT", "Word のファイルが開けません。場所をご確認ください。");
    });
    const made = refigurePlanFile(new Uint8Array(docx), await readPlanFolder(folderOf(io, 1)));
    await io.writeFile(join(out), made.bytes);
    const { bytes: _bytes, ...told } = made;
    io.result(told, [`${out} に書きました。`, ...refiguredLines(made)].join("\n"));
  },
};

export const manuscriptCommands: Command[] = [plainCommand, digestCommand, refigureCommand];
