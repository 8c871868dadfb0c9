import fc from "fast-check";
import { expect, test } from "vitest";
import { maskNames } from "./mask-names.ts";

const people = [
  { name: "髙橋 恒一", role: "座長", kana: "たかはし こういち" },
  { name: "山田　花子", role: "委員", kana: "ヤマダ ハナコ" },
  { name: "白石 慎", role: "委員" },
  { name: "柊 明日香", role: "委員" },
  { name: "林 みどり", role: "委員" },
];

test.each([
  [
    "山田委員がおっしゃった点ですが、髙橋座長の言うとおりです。",
    "委員がおっしゃった点ですが、座長の言うとおりです。",
  ],
  ["山田さん、山田 花子先生、山田花子", "委員、委員、委員"],
  // 文字起こしは、ふつうの字やかなで書く。
  ["高橋座長、たかはし先生、ヤマダさん、やまださんから", "座長、座長、委員、委員から"],
  // 敬称のない姓。
  ["先ほど山田が申し上げました。山田の意見、山田から", "先ほど委員が申し上げました。委員の意見、委員から"],
  ["委員の山田です。", "委員の委員です。"],
  ["恒一さんと明日香先生", "座長と委員"],
  // 地名でもある姓、一字の姓、続く字のあるものは、残して人が確かめる。
  ["白石の地下鉄駅と白石区。白石は賛成です。", "白石の地下鉄駅と白石区。委員は賛成です。"],
  ["山田町の山田線、小山田市長、柊の木、林は豊か", "山田町の山田線、小山田市長、柊の木、林は豊か"],
  ["柊です。よろしく。林と申します。柊委員", "委員です。よろしく。委員と申します。委員"],
])("12(4) 氏名を出さない版: %s", (given, masked) => {
  expect(maskNames(given, people).text).toBe(masked);
});

test("12(4) 言いかえた敬称のない姓と、残した同じ字は、まわりの言葉とともに挙げる", () => {
  const { left, spots } = maskNames("山田の意見と、白石区の話", people);
  expect(left).toBe(1);
  expect(spots).toEqual([
    { kind: "masked", around: "山田の意見と、白石区の話" },
    { kind: "left", around: "委員の意見と、白石区の話" },
  ]);
});

test("12(4) 敬称つきの名は、どこにあっても残らない。ほかの文字は一字も変わらない", () => {
  const name = fc.constantFrom("山田委員", "高橋座長", "山田 花子さん", "白石先生", "柊さん", "ヤマダ様");
  const word = fc.constantFrom("資料の", "。", "「", "は、", "市民", "A", "\n");
  fc.assert(
    fc.property(fc.array(fc.oneof(name, word), { maxLength: 12 }), (parts) => {
      const { text } = maskNames(parts.join("、"), people);
      expect(text).not.toMatch(/山田|髙橋|高橋|白石|柊さん|ヤマダ/);
      const plain = (given: string) => given.replace(/委員|座長/g, "");
      expect(plain(text)).toBe(
        plain(
          parts
            .map((one) => one.replace(/(?:山田|高橋|白石|柊|ヤマダ)(?: 花子)?(?:委員|座長|さん|先生|様)/, ""))
            .join("、"),
        ),
      );
    }),
  );
});
