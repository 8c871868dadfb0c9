import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutClosedDoors } from "./closed-door.ts";
import { mayReach } from "./route-path.ts";

const visit = (html: string, mayVisit: (href: string) => boolean) =>
  withoutClosedDoors(html, { mayVisit, mayPost: () => true });

test("開けない先のリンクは文字になり、開けるものはそのまま残る", () => {
  const html = '<p><a href="/a?x=1&amp;y=2">甲</a>と<a class="who" href="/b">乙</a></p>';
  expect(visit(html, (href) => href === "/a?x=1&y=2")).toBe(
    '<p><a href="/a?x=1&amp;y=2">甲</a>と<span class="who">乙</span></p>',
  );
});

test("開けないボタンは消え、文中の行い（link）は文字になる", () => {
  const html = '<a class="btn main" href="/a">作る</a><a class="btn link" href="/a">見る</a>';
  expect(visit(html, () => false)).toBe("<span>見る</span>");
});

test("断られる form は消え、探す form（get）と、出せる form は残る", () => {
  const html =
    '<form method="post" action="/a"><button>甲</button></form><form method="get" action="/a"></form><form method="post" action="/b">乙</form>';
  expect(withoutClosedDoors(html, { mayVisit: () => true, mayPost: (action) => action === "/b" })).toBe(
    '<form method="get" action="/a"></form><form method="post" action="/b">乙</form>',
  );
});

test("リンクのほかの文字は、一つも変わらない", () => {
  const word = fc.string({ unit: fc.constantFrom(..."甲乙 <b>&amp;\"'=/a1") });
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.boolean())), (parts) => {
      const safe = parts.map(([text, ok]) => [text.replace(/<a|<\/a/g, ""), ok] as const);
      const html = safe.map(([text, ok]) => `${text}<a href="/${ok ? "o" : "c"}">x</a>`).join("");
      expect(visit(html, (href) => href === "/o")).toBe(
        safe.map(([text, ok]) => `${text}${ok ? '<a href="/o">x</a>' : "<span>x</span>"}`).join(""),
      );
    }),
  );
});

test("先の役割は表から決まる。名前のままの道が、:id の道より先", () => {
  expect(mayReach("GET", "/figures/records?kind=x", ["supervisor"])).toBe(true);
  expect(mayReach("GET", "/figures/records", ["client"])).toBe(false);
  expect(mayReach("GET", "/incidents/new", ["auditor"])).toBe(false);
  expect(mayReach("GET", "/incidents/01a2", ["auditor"])).toBe(true);
  expect(mayReach("POST", "/privacy/glass", ["auditor"])).toBe(false);
  expect(mayReach("POST", "/privacy/glass", ["operator"])).toBe(true);
  expect(mayReach("GET", "/assets/x.css", ["auditor"])).toBe(true);
});
