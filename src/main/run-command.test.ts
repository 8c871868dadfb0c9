import { expect, test, vi } from "vitest";
import { commands } from "./commands.ts";
import { runCommand } from "./run-command.ts";

/** 標準出力に出たもの。断られれば投げる。 */
async function said(...argv: string[]): Promise<string> {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((part) => {
    text += String(part);
    return true;
  });
  try {
    await runCommand(commands, argv);
  } finally {
    write.mockRestore();
  }
  return text;
}

const groups = [
  ...new Set(commands.flatMap(({ name }) => (name.includes(" ") ? [name.split(" ")[0] ?? ""] : []))),
];

test("組の名に --help を付けると、その組のコマンドが一つ残らず並ぶ", async () => {
  expect(groups).toEqual(expect.arrayContaining(["owed", "plan", "survey"]));
  for (const group of groups) {
    const own = commands.filter(({ name }) => name.startsWith(`${group} `));
    for (const help of ["--help", "help"]) {
      const text = await said(group, help);
      for (const { name, summary } of own) expect(text).toContain(summary === "" ? name : summary);
    }
  }
  expect(await said("owed", "--help")).not.toContain("madoguchi help");
});

test("一つのコマンドの --help は使い方を出し、ない名は、その組の見方を言って断る", async () => {
  expect(await said("owed", "list", "--help")).toContain("madoguchi owed list");
  expect(await said("--help")).toContain("madoguchi コマンド --help");
  const unknown = runCommand(commands, ["owed", "lisst"]);
  await expect(unknown).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(unknown).rejects.toThrow("madoguchi owed --help");
  await expect(runCommand(commands, ["nothing"])).rejects.toThrow("madoguchi help");
});
