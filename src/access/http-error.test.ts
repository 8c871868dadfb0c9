import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { failureOf, type Incident, incidentLine } from "./http-error.ts";
import { contentDisposition, readCookie, setCookie } from "./http-headers.ts";
import { parseInput } from "./zod-message.ts";

test("不具合の一行に、例外の文も、原因の値も残らない", () => {
  const incidents: Incident[] = [];
  const cause = new TypeError("検査　花子 011-000-4471 を読めない");
  const failure = failureOf(cause, { method: "GET", route: "booking.page" }, (one) => incidents.push(one));
  const [incident] = incidents;
  if (!incident) throw new Error("nothing was reported");
  const line = incidentLine(incident, "2025-09-17T04:40:00.000Z");
  expect(line).not.toMatch(/花子|011/);
  expect(JSON.parse(line)).toMatchObject({
    incident: failure.incident,
    route: "booking.page",
    error: "TypeError",
  });
  expect(line).toContain("http-error.test.ts");
  expect(failure.incident).toMatch(/^[A-Z]\d[A-Z]-\d{3}$/);
});

test("ファイル名は、どんな字でも見出しを壊さない", () => {
  const header = contentDisposition("attachment", '予約\r\nX: "a";%/\\\ud800.xlsx');
  expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~!%-]+$/);
  expect(new Headers({ "Content-Disposition": header }).get("content-disposition")).toBe(header);
});

test("TLS の合い鍵は、ほかの名の機械からも、画面の中の処理からも触れない", () => {
  expect(setCookie("__Host-madoguchi", "t", true)).toBe(
    "__Host-madoguchi=t; Path=/; HttpOnly; SameSite=Strict; Secure",
  );
  expect(readCookie("a=1; madoguchi=tok; b=2", "madoguchi")).toBe("tok");
  expect(readCookie("xmadoguchi=1", "madoguchi")).toBeUndefined();
});

test("入力の指摘は、どの種類も日本語で、値を写さない", () => {
  const schema = z.strictObject({
    a: z.string().max(3),
    b: z.array(z.int()).min(1),
    c: z.enum(["x", "y"]),
    d: z.number().max(5),
    e: z.iso.date(),
    f: z.string().refine(() => false, "独自の文です。"),
  });
  const faults = faultsOf(() =>
    parseInput(schema, { a: "花子さんです", b: [], c: "z", d: 9, e: "x", f: "", g: 1 }),
  );
  expect(faults).toEqual([
    { field: "a", message: "3字までで入れてください。" },
    { field: "b", message: "1つ以上選んでください。" },
    { field: "c", message: "次のどれかを入れてください: x、y" },
    { field: "d", message: "5以下で入れてください。" },
    { field: "e", message: "日付を「2025-09-17」の形で入れてください。" },
    { field: "f", message: "独自の文です。" },
    { message: "知らない項目があります: g" },
  ]);
});

function faultsOf(run: () => unknown): AppError["faults"] {
  try {
    run();
  } catch (cause) {
    if (cause instanceof AppError) return cause.faults;
    throw cause;
  }
  throw new Error("nothing was refused");
}
