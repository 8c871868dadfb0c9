import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logCommands } from "./log-command.ts";
import { runCommand } from "./run-command.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function said(text: string): Promise<string> {
  const file = join(folder, "log.jsonl");
  writeFileSync(file, text);
  let out = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  await expect(runCommand(logCommands, ["log", "verify", file])).rejects.toMatchObject({ code: "REFUSED" });
  write.mockRestore();
  return out;
}

test("別紙1 5(6) 空のファイル・違うファイルは、変えられた記録ではなく、記録でないファイルと言う", async () => {
  for (const text of ["", "%PDF-1.7", "{}", '{"format":"madoguchi-erasure/1"}\n']) {
    const words = await said(text);
    expect(words).toContain("このファイルは、記録として読めません。");
    expect(words).not.toContain("変えられています");
  }
});

test("別紙1 5(6) 見出しの署名が合わない記録は、変えられていると言う", async () => {
  const header = {
    ...{ exportedAt: "2025-09-17T04:40:00.000Z", format: "madoguchi-log/1", office: "o", size: 0 },
    publicKey: "MCowBQYDK2VwAyEAovT3vCzTGVxFp/T1KImdbAPwXKhj7JiY92M3xMGtTLs=",
    signature: "AAAA",
  };
  expect(await said(`${JSON.stringify(header)}\n`)).toContain("記録は変えられています。1行目");
});
