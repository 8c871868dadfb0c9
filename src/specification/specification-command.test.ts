import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import type { CommandIo } from "../platform/command.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { specificationCommands } from "./specification-command.ts";

const sample = (name: string) =>
  fileURLToPath(new URL(`../../samples/specifications/${name}`, import.meta.url));
const shipped = fileURLToPath(new URL("../../blueprints/sapporo-class-booking.yaml", import.meta.url));

interface Given {
  args: string[];
  options?: Record<string, string[]>;
  /** ディスクにない、試しのファイル。 */
  files?: Record<string, string>;
}

/** 事務所を開かずに動かし、出したものと書いたものを受け取る。 */
async function run(name: string, { args, options = {}, files = {} }: Given) {
  const out = { value: undefined as unknown, text: "", written: new Map<string, string>() };
  const io: CommandIo = {
    args,
    option: (one) => options[one]?.[0],
    options: (one) => options[one] ?? [],
    flag: () => false,
    result: (value, text) => {
      out.value = value;
      out.text = text;
    },
    progress: () => undefined,
    secret: () => Promise.reject(new Error("秘密を訊かない")),
    readFile: async (path) =>
      files[path] === undefined ? new Uint8Array(readFileSync(path)) : new TextEncoder().encode(files[path]),
    writeFile: async (path, bytes) => {
      out.written.set(path, new TextDecoder().decode(bytes));
    },
    office: () => Promise.reject(new Error("事務所を開かない")),
    signal: new AbortController().signal,
  };
  const command = specificationCommands.find((one) => one.name === name);
  if (!command) throw new Error(`${name} がない`);
  await command.run(io);
  return out;
}

test("６(9) spec blueprint は、読んだ義務のすべてを設計図に書き、決められないものはそう書く", async () => {
  const { value, written } = await run("spec blueprint", {
    args: [sample("wakaba-ward-counter.docx")],
    options: { out: ["w.yaml"], from: ["2026-04-01"], client: ["若葉区"] },
  });
  const yaml = written.get("w.yaml") ?? "";
  const { blueprint } = readBlueprint(yaml);
  expect(value).toMatchObject({ obligations: blueprint.obligations.length, carried: 0 });
  expect(blueprint.performance).toEqual({ from: "2026-04-01", to: "2027-03-31" });
  expect(blueprint.client).toBe("若葉区");
  expect(blueprint.obligations.find((one) => one.object === "月間報告書")?.due?.text).toBe("翌月７日まで");
  const undecided = blueprint.obligations.filter((one) => one.note?.includes("決めていない")).length;
  expect(undecided).toBeGreaterThan(0);
  expect(value).toMatchObject({ undecided });
  expect(yaml).toContain("決めていない: いつ生じるか");
});

test("前の設計図を --known で渡すと、同じ文の義務は決まりを引き継ぐ", async () => {
  const { value, written } = await run("spec blueprint", {
    args: [sample("sapporo-class-booking.txt")],
    options: { out: ["b.yaml"], known: [shipped] },
  });
  const { blueprint } = readBlueprint(written.get("b.yaml") ?? "");
  expect(value).toMatchObject({ carried: blueprint.obligations.length, undecided: 0 });
  expect(blueprint.obligations.find((one) => one.id === "complaint-report")?.due?.rule).toEqual({
    businessDays: 1,
  });
});

test("spec compare は、期限だけが変わった義務を「期限」として並べる。同じなら、違いはない", async () => {
  const before = readFileSync(sample("sapporo-class-booking.txt"), "utf8");
  const files = { "new.txt": before.replace("翌営業日中に日次報告書", "当日中に日次報告書") };
  const old = sample("sapporo-class-booking.txt");
  const { value, text } = await run("spec compare", { args: [old, "new.txt"], files });
  expect(value).toMatchObject({
    clauses: [{ kind: "changed", before: { number: "6(9)" } }],
    duties: [{ kind: "due", before: { due: "翌営業日中に" }, after: { due: "当日中に" } }],
  });
  expect(text).toContain("翌営業日中に → 当日中に");
  expect((await run("spec compare", { args: [old, old] })).text).toBe("違いはありません。");
});

test("spec blueprint --model-url は、この機械のモデルに訊き、提案と書く。外の機械は断る", async () => {
  const quote = "掲示物の後始末は各自の責任。";
  const content = JSON.stringify([{ clause: "1", verb: "後始末", object: "掲示物", quote }]);
  const server = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify({ choices: [{ message: { content } }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const files = { "a.txt": `１ 会場\n会場は市内。${quote}\n` };
  const options = {
    ...{ out: ["b.yaml"], title: ["試し"], client: ["札幌市"], unit: ["試験課"] },
    ...{ from: ["2025-06-16"], to: ["2026-02-28"] },
  };
  const { value, written } = await run("spec blueprint", {
    args: ["a.txt"],
    files,
    options: { ...options, "model-url": [url], model: ["stub-1"] },
  });
  server.close();
  expect(value).toMatchObject({ proposed: 1, warnings: [] });
  expect(written.get("b.yaml")).toContain("手元のモデル（stub-1）の提案");
  const far = { ...options, "model-url": ["https://example.com/v1"] };
  await expect(run("spec blueprint", { args: ["a.txt"], files, options: far })).rejects.toThrow(/この機械/);
});

test("spec check は、義務の数と決めていないことを並べ、設計図でないものは断る", async () => {
  const { value, text } = await run("spec check", { args: [shipped] });
  const { blueprint } = readBlueprint(readFileSync(shipped, "utf8"));
  expect(value).toMatchObject({
    obligations: blueprint.obligations.length,
    missing: ["tokki-kojin-joho"],
    undecided: [],
  });
  expect(text).toContain("準用する文書 tokki-kojin-joho が、添えられていません。");
  for (const broken of ["", "- 1", "clauses: [", "\u0000", "a: &a [*a, *a]"])
    await expect(run("spec check", { args: ["x.yaml"], files: { "x.yaml": broken } })).rejects.toBeInstanceOf(
      AppError,
    );
});

test.each([
  ["spec blueprint", [], /--out/],
  ["spec compare", ["a.txt"], /この順で/],
  ["spec check", [], /設計図（YAML）のファイル/],
])("%s は、ファイルの名が足りなければ、そう言って断る", async (name, args, message) => {
  await expect(run(name, { args: [...args] })).rejects.toThrow(message);
});
