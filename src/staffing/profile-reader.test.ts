import fc from "fast-check";
import { expect, test } from "vitest";
import { readProfile } from "./profile-reader.ts";

const read = (text: string) => readProfile(new TextEncoder().encode(text), "profile.csv");
const refused = (part: string) =>
  expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) });

test("６(5)ウ 割合、百分率、件数のどれで書いても、和が1の割合になる", () => {
  const wanted = [
    { start: "09:00", share: 0.75 },
    { start: "09:30", share: 0.25 },
  ];
  for (const text of [
    "start,share\n09:00,0.75\n09:30,0.25\n",
    "\ufeffstart,share\r\n9:00,0.75\r\n9:30,0.25\r\n",
    "start,share\n09:30,25\n09:00,75\n",
    "時間帯,割合\n９：００,７５％\n9時30分,25%\n",
    "表２,\n時間帯,件数\n9:00〜9:30,300件\n09:30～10:00,100件\n",
    "start\tcalls\n09:00:00\t3\n09:30:00\t1\n",
  ])
    expect(read(text)).toEqual(wanted);
});

test("読めないものは、行と直し方を言って断る", () => {
  expect(() => read("a,b\n1,2\n")).toThrowError(refused("start の列"));
  expect(() => read("start,x\n09:00,1\n")).toThrowError(refused("share（割合）"));
  expect(() => read("start,share\n09:10,1\n")).toThrowError(refused("2行目の時刻"));
  expect(() => read("start,share\n09:00,-1\n")).toThrowError(refused("2行目の割合"));
  expect(() => read("start,share\n09:00,0.5\n9:00,0.5\n")).toThrowError(refused("二度"));
  expect(() => read("start,share\n09:00,0.5\n09:30,0.2\n")).toThrowError(refused("和が 0.7"));
  expect(() => read("start,share\n09:00,0\n")).toThrowError(refused("すべて0"));
  expect(() => read("start,share\n")).toThrowError(refused("一つも"));
});

test("どんな文字を渡しても、割合の和は1か、断りの一文になる", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.array(fc.tuple(fc.string(), fc.string())),
      (noise, rows) => {
        try {
          const parts = read(`start,share\n${rows.map((row) => row.join(",")).join("\n")}\n${noise}`);
          expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
        } catch (cause) {
          expect(cause).toMatchObject({ name: "AppError" });
        }
      },
    ),
    { numRuns: 300 },
  );
});
