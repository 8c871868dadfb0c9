import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPassword, hashPassword, needsRehash, requirePassword, verifyPassword } from "./password.ts";
import { inHashSlot } from "./stretch.ts";

const GOOD = "青い自転車で豆腐を買う朝焼け空";

test("別紙1 5(8) 15 字に足りないパスワードは、今の字数を言って断る", () => {
  expect(checkPassword("みじかい")).toEqual(["パスワードは 15 字以上にしてください（今は 4 字です）。"]);
  expect(checkPassword("みじかい", { minLength: 4 })).not.toContainEqual(expect.stringContaining("字以上"));
  expect(checkPassword("x".repeat(257))[0]).toMatch(/256 字まで/);
});

test("覚えやすく長いパスワードは通る（記号や数字を強いない）", () => {
  for (const good of [
    GOOD,
    "correct horse battery staple",
    "mizuumi de kajiki wo tsuru",
    "ゆきだるまと石炭とマフラーの写真",
    "Xk29vQ-pLm41-zRt",
  ]) {
    expect(checkPassword(good)).toEqual([]);
  }
});

test("ありがちな語・並び・年・くり返しばかりのパスワードは断る", () => {
  for (const weak of [
    "passwordpassword",
    "Password12345678",
    "P@ssw0rd-P@ssw0rd-1",
    "sapporo-hokkaido-2025",
    "qwertyuiopasdfgh",
    "1qaz2wsx3edc4rfv",
    "abcdefghijklmnop",
    "9876543210987654",
    "aaaaaaaaaaaaaaaa",
    "arigatou-arigatou!",
    "ｓａｋｕｒａ－ｓａｋｕｒａ－２０２５",
    "さくらさくらさくらさくらさくら",
    "iloveyou20250401sakura",
    "madoguchi-callcenter-1",
    "xyzxyzxyzxyzxyzxyz",
  ]) {
    expect(checkPassword(weak), weak).not.toEqual([]);
  }
});

test("従業者番号・事務所名・利用者名が入ったパスワードは断る（全角・大文字・カナの違いを越えて）", () => {
  const rule = { personal: ["OP-0417", "さくらコールセンター", "tanizaki"] };
  for (const weak of [`${GOOD}ｏｐ0417`, `サクラコールセンター${GOOD}`, `Tanizaki ${GOOD}`]) {
    expect(checkPassword(weak, rule)[0]).toMatch(/ほかの人に分かる語/);
  }
  expect(checkPassword(GOOD, { ...rule, personal: ["", "a"] })).toEqual([]);
});

test("断るときは BAD_INPUT で、打った値を繰り返さない", () => {
  try {
    requirePassword("sapporo-hokkaido-2025");
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "BAD_INPUT", faults: [{ field: "password" }] });
    expect(JSON.stringify(error) + String(error)).not.toContain("hokkaido");
  }
  expect(() => requirePassword(GOOD)).not.toThrow();
});

test("どんな文字列でも、検査は答える", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 10 }), (text, word) => {
      expect(Array.isArray(checkPassword(text, { personal: [word] }))).toBe(true);
    }),
  );
});

test("別紙1 5(8) 正しいパスワードだけが合い、全角と半角の打ち分けは区別しない", async () => {
  const stored = await hashPassword("Xk29vQ-pLm41-zRt");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  expect(await verifyPassword(stored, "Ｘｋ２９ｖＱ－ｐＬｍ４１－ｚＲｔ")).toBe(true);
  expect(await verifyPassword(stored, "Xk29vQ-pLm41-zRT")).toBe(false);
  expect(await verifyPassword(stored, "x".repeat(1_000_000))).toBe(false);
  expect(needsRehash(stored)).toBe(false);
  expect(
    needsRehash(
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzYWx0$RdescudvJCsgt3ub+b7dWRWJTmaaxObG0u0Vvb3tQ5o",
    ),
  ).toBe(true);
});

test("いない利用者でも、いる利用者と同じ手間をかける", async () => {
  const stored = await hashPassword(GOOD);
  const time = async (hash: string | undefined) => {
    const cpu = process.cpuUsage();
    expect(await verifyPassword(hash, "違うパスワード違うパスワード")).toBe(false);
    const used = process.cpuUsage(cpu);
    return used.user + used.system;
  };
  const known = Math.min(await time(stored), await time(stored));
  const unknown = Math.min(await time(undefined), await time(undefined));
  expect(unknown / known).toBeGreaterThan(0.5);
  expect(unknown / known).toBeLessThan(2);
});

test("ハッシュは同時に二つまで、待ちすぎは断り、失敗しても席は空く", async () => {
  let running = 0;
  let peak = 0;
  const release: (() => void)[] = [];
  const work = async () => {
    peak = Math.max(peak, ++running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
    throw new Error("work failed");
  };
  const all = Array.from({ length: 66 }, () => inHashSlot(work).catch((error: Error) => error.message));
  await expect(inHashSlot(work)).rejects.toMatchObject({ code: "TOO_MANY" });
  for (let done = 0; done < 66; ) {
    for (const free of release.splice(0)) {
      free();
      done += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(new Set(await Promise.all(all))).toEqual(new Set(["work failed"]));
  expect(peak).toBe(2);
  expect(await inHashSlot(async () => "空いている")).toBe("空いている");
});
