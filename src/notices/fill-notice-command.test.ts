import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import { openZip } from "../office/zip.ts";
import type { CommandIo } from "../platform/command.ts";
import { fillNoticeCommand } from "./fill-notice-command.ts";

const template = new Uint8Array(readFileSync(new URL("../testing/postcard-braces.docx", import.meta.url)));
const list = new TextEncoder().encode(
  "氏名,郵便番号,住所１\n髙橋　次郎,060-0042,大通西1\n鈴木　花,001-0010,北10条西2\n",
);

async function run(options: Record<string, string>, pdf = false) {
  const files = new Map<string, Uint8Array>();
  const said: string[] = [];
  let told: unknown;
  const io: CommandIo = {
    args: [],
    option: (name) => options[name],
    options: () => [],
    flag: (name) => pdf && name === "pdf",
    result: (value) => {
      told = value;
    },
    progress: (text) => void said.push(text),
    secret: async () => "",
    readFile: async (path) => (path.endsWith(".docx") ? template : list),
    writeFile: async (path, bytes) => void files.set(path, bytes),
    office: () => Promise.reject(new Error("no office is needed")),
    signal: new AbortController().signal,
  };
  await fillNoticeCommand.run(io);
  return { files, said, told };
}

test("６(2)オ 事務所なしで差し込み、人数・ページ・知らせを JSON で返す", async () => {
  const { files, told, said } = await run({ template: "t.docx", list: "l.csv", out: "o.docx" });
  expect(told).toMatchObject({ people: 2, pages: 4, warnings: expect.any(Array) });
  const body = new TextDecoder().decode(
    openZip(files.get("o.docx") ?? new Uint8Array()).get("word/document.xml"),
  );
  expect(body).toContain("髙橋　次郎");
  expect(said.join()).not.toContain("髙橋");
});

test.runIf(canConvertToPdf())("--pdf は、同じ名の PDF も書く", async () => {
  const { files, told } = await run({ template: "t.docx", list: "l.csv", out: "o.docx" }, true);
  expect([...files.keys()]).toEqual(["o.docx", "o.pdf"]);
  expect(told).toMatchObject({ people: 2, pages: 4 });
});

test("書き出し先がなければ断る", async () => {
  await expect(run({ template: "t.docx", list: "l.csv" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run({ template: "t.docx", list: "l.csv", out: "o.pdf" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});
