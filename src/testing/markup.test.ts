import { expect, test } from "vitest";
import { markupFaults } from "./markup.ts";

test.each([
  ["style 属性", '<h1>あ</h1><p style="color:red">い</p>'],
  ["埋め込みの処理", '<h1>あ</h1><p onclick="x()">い</p>'],
  ["埋め込みの script", "<h1>あ</h1><script>x()</script>"],
  ["外へのつながり", '<h1>あ</h1><a href="https://example.com/">い</a>'],
  ["二つある id", '<h1 id="a">あ</h1><p id="a">い</p>'],
  ["ない id への参照", '<h1>あ</h1><section aria-labelledby="b">い</section>'],
  ["名のない欄", '<h1>あ</h1><input id="q" name="q"/>'],
  ["h1 が一つでない", "<h2>あ</h2>"],
  ["見出しの段が飛ぶ", "<h1>あ</h1><h3>い</h3>"],
  ["合い札のない投稿", '<h1>あ</h1><form method="post" action="/x"><button>出す</button></form>'],
])("%s を見つける", (fault, html) => {
  expect(markupFaults(html)).toEqual([expect.stringContaining(fault)]);
});

test("欠けのない HTML には何も言わない", () => {
  const html =
    '<h1 id="t">あ</h1><section aria-labelledby="t"><label for="q">い</label><input id="q" name="q"/></section>';
  expect(markupFaults(html)).toEqual([]);
});
