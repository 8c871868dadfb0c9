import { expect, test } from "vitest";
import { lastLine, readArguments } from "./run-stages.mjs";
import { belongs, stageFiles, stages } from "./stages.mjs";

test("最後の行は「N passed, N failed」。飛ばした試験があるときだけ続ける", () => {
  expect(lastLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(lastLine({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});

test("段階の時間は合わせて 55 分以内", () => {
  expect(stages.reduce((sum, stage) => sum + stage.minutes, 0)).toBeLessThanOrEqual(55);
});

test("引数なしはすべての段階、名指しは check を省き、知らない名は断る", () => {
  expect(readArguments([]).stages).toEqual(stages);
  expect(readArguments(["--stage", "rules,browser"]).stages.map((stage) => stage.name)).toEqual([
    "rules",
    "browser",
  ]);
  const named = readArguments(["./src/japan", "-t", "祝日"]);
  expect(named).toMatchObject({ paths: ["src/japan"], pattern: "祝日", narrowed: true });
  expect(named.stages.map((stage) => stage.name)).not.toContain("check");
  expect(() => readArguments(["--stage", "rule"])).toThrow("「rule」という段階はありません");
  expect(() => readArguments(["--watch"])).toThrow("知らない引数");
});

test("事務所を開く試験は PostgreSQL でも、LibreOffice を使う試験は documents だけで動く", () => {
  const desk = "const desk = await openDesk();";
  expect(["rules", "postgres", "documents"].map((stage) => belongs(stage, desk))).toEqual([
    true,
    true,
    false,
  ]);
  const paper = 'execFile("soffice", []); openDesk();';
  expect(["rules", "postgres", "documents"].map((stage) => belongs(stage, paper))).toEqual([
    false,
    false,
    true,
  ]);
  expect(["rules", "postgres"].map((stage) => belongs(stage, "test()"))).toEqual([true, false]);
});

test("一つの試験が rules と documents の両方に入ることはない", () => {
  const rules = new Set(stageFiles("rules"));
  expect(rules.size).toBeGreaterThan(5);
  expect(stageFiles("documents").filter((file) => rules.has(file))).toEqual([]);
});
