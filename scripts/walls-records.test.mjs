import { expect, test } from "vitest";
import { clauseFaults, migrationFaults } from "./walls-records.mjs";
import { describeFile } from "./walls-rules.mjs";

const one = describeFile("migrations/0001-ground.ts", "export const a = 1;\n");
const two = describeFile("migrations/0002-accounts.ts", "export const b = 1;\n");
const list = describeFile(
  "migrations/all.ts",
  'import { a } from "./0001-ground.ts";\nimport { b } from "./0002-accounts.ts";\n',
);

test("番号が続き、すべて挙げられ、変わっていなければ違反はない", () => {
  expect(migrationFaults([one, two, list], [["migrations/0001-ground.ts", one.text]])).toEqual([]);
});

test("番号の欠け、挙げ忘れ、公開後の変更と削除を見つける", () => {
  const three = describeFile("migrations/0004-notices.ts", "");
  expect(migrationFaults([one, two, three, list], [])).toHaveLength(1);
  const unlisted = describeFile("migrations/0003-notices.ts", "");
  expect(migrationFaults([one, two, unlisted, list], [])).toHaveLength(1);
  expect(migrationFaults([one, two, list], [["migrations/0001-ground.ts", "changed"]])).toHaveLength(1);
  expect(migrationFaults([one, two, list], [["migrations/0000-gone.ts", ""]])).toHaveLength(1);
});

const contents = { "src/a/b.test.ts": 'test("６(2) 満席", () => {})', "src/a/b.ts": "" };
const contentsOf = (path) => contents[path];

test("条項の表が指すファイルと試験があれば違反はない", () => {
  expect(clauseFaults("| 6(2) | `src/a/b.ts` | `src/a/b.test.ts` `６(2) 満席` |", contentsOf)).toEqual([]);
});

test("ないファイル、ない試験、空の表、ない文書を見つける", () => {
  expect(clauseFaults("| 6(2) | `src/a/gone.ts` |", contentsOf)).toMatchObject([{ line: 1 }]);
  expect(clauseFaults("`src/a/b.test.ts` `ない試験`", contentsOf)).toHaveLength(1);
  expect(clauseFaults("何もない", contentsOf)).toHaveLength(1);
  expect(clauseFaults(undefined, contentsOf)).toHaveLength(1);
});
