import { expect, test } from "vitest";
import { readMail } from "./mail-reader.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const raw = (...parts: (string | Buffer)[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((one) => (typeof one === "string" ? Buffer.from(one, "latin1") : one))),
  );
/** 「意見です」の ISO-2022-JP。 */
const jis = Buffer.from([0x1b, 0x24, 0x42, 0x30, 0x55, 0x38, 0x2b, 0x24, 0x47, 0x24, 0x39, 0x1b, 0x28, 0x42]);
/** 「意見です」の Shift_JIS。 */
const sjis = Buffer.from([0x88, 0xd3, 0x8c, 0xa9, 0x82, 0xc5, 0x82, 0xb7]);

test("ISO-2022-JP の本文と件名、日本の日付、差出人の名を読む", () => {
  const subject = `=?ISO-2022-JP?B?${jis.toString("base64")}?=`;
  const mail = readMail(
    raw(
      `From: ${subject} <a@example.jp>\r\nSubject: ${subject}\r\n ${subject}\r\nDate: Thu, 12 Dec 2024 20:30:00 +0000\r\nMessage-ID: <x@example.jp>\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n`,
      jis,
      "\r\n",
    ),
  );
  expect(mail).toMatchObject({
    ...{ subject: "意見です意見です", day: "2024-12-13", text: "意見です", messageId: "<x@example.jp>" },
    from: { name: "意見です", address: "a@example.jp" },
  });
});

test("文字のない切替えが続く JIS（ESC ( B ESC $ B）も読む", () => {
  const twice = raw("From: a@b.jp\nContent-Type: text/plain; charset=iso-2022-jp\n\n", jis, jis);
  expect(readMail(twice).text).toBe("意見です意見です");
  expect(readMail(raw("From: a@b.jp\n\n", jis, jis)).text).toBe("意見です意見です");
});

test("charset の書き間違い・書き忘れでも、Shift_JIS と UTF-8 を見分ける", () => {
  for (const head of [
    "Content-Type: text/plain; charset=us-ascii\n",
    "Subject: x\n",
    "Content-Type: text/plain; charset=cp932\n",
  ])
    expect(readMail(raw(`From: a@b.jp\n${head}\n`, sjis)).text).toBe("意見です");
  expect(readMail(raw("From: a@b.jp\nContent-Type: text/plain; charset=utf-8\n\n", sjis)).text).toBe(
    "意見です",
  );
  expect(readMail(raw("From: a@b.jp\n\n", Buffer.from("意見です☃️"))).text).toBe("意見です☃️");
});

test("quoted-printable、base64、multipart の平文だけ、添付の名（RFC 2231 と 2047）を読む", () => {
  const qp = [...Buffer.from("窓口を残して")].map((one) => `=${one.toString(16).toUpperCase()}`).join("");
  const mail = readMail(
    bytes(
      [
        'From: "Taro" <t@example.jp>',
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b1"',
        "",
        "前書きは読まない",
        "--b1",
        'Content-Type: multipart/alternative; boundary="b2"',
        "",
        "--b2",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        `${qp}=\r\n${[...Buffer.from("ください。")].map((one) => `=${one.toString(16)}`).join("")}`,
        "--b2",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<p>HTML</p>",
        "--b2--",
        "--b1",
        "Content-Type: application/pdf",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename*0*=utf-8''%E6%84%8F; filename*1*=%E8%A6%8B.pdf",
        "",
        Buffer.from("%PDF-1").toString("base64"),
        "--b1",
        `Content-Type: image/png; name="=?UTF-8?B?${Buffer.from("絵.png").toString("base64")}?="`,
        "Content-Transfer-Encoding: base64",
        "",
        Buffer.from("png").toString("base64"),
        "--b1--",
        "",
      ].join("\r\n"),
    ),
  );
  expect(mail.text).toBe("窓口を残してください。");
  expect(
    mail.attachments.map(({ fileName, bytes: file }) => [fileName, Buffer.from(file).toString()]),
  ).toEqual([
    ["意見.pdf", "%PDF-1"],
    ["絵.png", "png"],
  ]);
});

test("HTML だけのメールは平文になり、台本と書体は捨て、format=flowed の行はつながる", () => {
  const html = "From: a@b.jp\nContent-Type: text/html; charset=utf-8\n\n";
  const body = Buffer.from(
    "<style>p{}</style><p>窓口&amp;紙を<br>残す</p><script>alert(1)</script><p>&#x6B21;</p>",
  );
  expect(readMail(raw(html, body)).text).toBe("窓口&紙を\n残す\n次");
  const flowed = "From: a@b.jp\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n";
  expect(readMail(raw(flowed, Buffer.from("窓口を \n残す\n次の行"))).text).toBe("窓口を残す\n次の行");
});

test("メールでないもの、大きすぎるものは断り、壊れた multipart と空の本文でも倒れない", () => {
  expect(() => readMail(bytes("ただの文です"))).toThrow("電子メール");
  expect(() => readMail(new Uint8Array(41 * 1024 * 1024))).toThrow("大きすぎ");
  expect(readMail(bytes('From: a@b.jp\nContent-Type: multipart/mixed; boundary="zz"\n\n--zz\n')).text).toBe(
    "",
  );
  expect(readMail(bytes("From: a@b.jp\n\n")).text).toBe("");
  const deep = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(50);
  expect(readMail(bytes(`From: a@b.jp\n${deep}`)).text).toBe("");
});

test("転送されたメールは、中の文ともとの差出人を読む（message/rfc822 でも、本文に写したものでも）", () => {
  const inner = "From: a@example.jp\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nnaka no iken\r\n";
  const parts = readMail(
    bytes(
      `From: k@example.jp\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nfw\r\n--B\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n${inner}\r\n--B--\r\n`,
    ),
  );
  expect(parts).toMatchObject({ text: "fw\n\nnaka no iken", origin: { address: "a@example.jp" } });
  const quoted = readMail(
    bytes(
      "From: k@example.jp\r\n\r\nfw\r\n\r\n-----Original Message-----\r\nFrom: Hana <h@example.jp>\r\nSent: x\r\n\r\nwalk\r\n",
    ),
  );
  expect(quoted.origin).toEqual({ name: "Hana", address: "h@example.jp" });
  expect(readMail(bytes("From: k@example.jp\r\n\r\nplain\r\n")).origin).toBeUndefined();
});

test("winmail.dat は中を読めないと言い、.msg は断って直し方を言い、base64 のあとの生の文で文が崩れない", () => {
  const tnef = readMail(
    bytes(
      "From: k@example.jp\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgAA\r\n--B--\r\n",
    ),
  );
  expect(tnef).toMatchObject({ text: "", unread: ["winmail.dat"] });
  expect(() => readMail(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toThrow(".msg");
  const coded = Buffer.from("意見です", "utf8").toString("base64");
  const footed = readMail(
    bytes(
      `From: k@example.jp\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${coded}\r\n-- \r\nfooter ???\r\n`,
    ),
  );
  expect(footed.text).toBe("意見です");
});
