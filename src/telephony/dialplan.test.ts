import { expect, test } from "vitest";
import { lastMinute, writeAnnouncement, writeClosedDays, writeDialplan } from "./dialplan.ts";

const given = {
  title: "スマートフォン講習会",
  hours: { open: "09:00", close: "16:00" },
  closed: [{ day: "2025-09-23", reason: "秋分の日" }],
  terms: [{ label: "第二期", from: "2025-09-11", to: "2025-09-26" }],
};

test("６(6)ウ GotoIfTime の終わりの分は含まれるので、16時に閉めるなら 15:59 まで", () => {
  expect(lastMinute("16:00")).toBe("15:59");
  expect(lastMinute("00:00")).toBe("23:59");
  expect(writeDialplan(given)).toContain("GotoIfTime(09:00-15:59,");
  expect(writeDialplan(given).indexOf("OFFERED")).toBeLessThan(writeDialplan(given).indexOf("DB_EXISTS"));
});

test("６(6)ウ 休みの表と、時間外の案内の文", () => {
  expect(writeClosedDays(given, ["2025-09-22"])).toContain('database put closed 20250923 1"');
  expect(writeClosedDays(given, ["2025-09-22"])).toContain('database put open 20250922 1"');
  const text = writeAnnouncement(given);
  expect(text).toContain("午前9時から午後4時まで");
  expect(text).toContain("9月11日から9月26日まで");
});
