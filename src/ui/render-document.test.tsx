import { expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { Button, Submit } from "./button.tsx";
import { CheckField, CheckGroup, SegmentedField, SegmentedLinks } from "./choice-field.tsx";
import { Csrf } from "./csrf.tsx";
import { ConfirmDialog, ConfirmLink, ConfirmPanel } from "./dialog.tsx";
import { ErrorPage } from "./error-page.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "./field.tsx";
import { Frame } from "./layout.tsx";
import { Flash, Note } from "./note.tsx";
import { renderDocument } from "./render-document.tsx";
import { PageHead, Section } from "./section.tsx";

const assets = {
  "madoguchi.css": "/assets/m.css",
  "page-island.js": "/assets/p.js",
  "desk-island.js": "/assets/d.js",
};

function frame(children: React.ReactNode, demo?: { clock: string }): React.ReactNode {
  return (
    <Frame
      menu={[
        { href: "/", label: "業務ホーム", icon: "home", current: true },
        { href: "/notices", label: "受講通知書", icon: "card", count: 84 },
        { href: "/calls", label: "応対記録", icon: "talk", count: 0 },
      ]}
      contract={{ title: "申込受付・受講通知", sub: "札幌市", href: "/contracts" }}
      me={{ role: "SV", name: "川村" }}
      signOut={{ action: "/sign-out", csrf: "tok<en" }}
      demo={demo}
      flash={<Flash>出しました。</Flash>}
    >
      {children}
    </Frame>
  );
}

const confirmation = {
  title: "取り消しますか",
  consequence: "席が空きます。",
  action: "/b/1/cancel",
  csrf: "t",
  confirm: "予約を取り消す",
  danger: true,
  hidden: { version: "3" },
};

function form(): React.ReactNode {
  return (
    <>
      <PageHead crumb="講習会" title="講習会を加える" actions={<Button>下書き</Button>} />
      <Note tone="due" title="休みの前日です">
        投函は15時までです。
      </Note>
      <ConfirmLink dialogId="cancel" pageHref="/b/1/cancel">
        取り消す
      </ConfirmLink>
      <form method="post" action="/classes">
        <Csrf token="t" />
        <TextField id="name" label="名称" required help="20字まで" defaultValue="入門" />
        <TextField
          id="capacity"
          label="定員"
          unit="人"
          error={{ what: "数ではありません。", next: "半角で入れてください。" }}
        />
        <SelectField
          id="venue"
          label="会場"
          choices={[{ value: "1", label: "麻生", group: "北区" }]}
          error="選ばれていません。"
        />
        <TextAreaField id="memo" label="備考" />
        <FileField id="file" label="日程表" />
        <SegmentedField
          id="slot"
          legend="時間帯"
          choices={[{ value: "am", label: "午前" }]}
          defaultValue="am"
          error="選んでください。"
        />
        <CheckGroup id="bring" legend="持ち物" choices={[{ value: "a", label: "充電器" }]} />
        <CheckField id="map" label="地図を付ける" help="別紙になります。" error="付けられません。" />
        <Submit>加える</Submit>
      </form>
      <Section id="views" title="見え方">
        <SegmentedLinks label="期間" links={[{ href: "?w", label: "週", current: true }]} />
      </Section>
      <ConfirmDialog id="cancel" {...confirmation} />
    </>
  );
}

test.each<[string, React.ReactNode]>([
  ["枠と form", frame(form(), { clock: "13:40" })],
  ["確認の画面", frame(<ConfirmPanel {...confirmation} backHref="/b/1" />)],
  [
    "失敗の画面",
    <ErrorPage
      key="e"
      title="読めませんでした"
      message="直してください。"
      faults={[
        { cell: "Sheet1!B4", message: "日付ではありません。" },
        { row: 12, field: "定員", message: "空欄です。" },
      ]}
      incident="K7Q-204"
      next={[{ href: "/", label: "業務ホームへ" }]}
    />,
  ],
])("%s に、方針に触れる所も宙に浮いた参照もない", (_name, children) => {
  expect(markupFaults(renderDocument({ title: "試し", assets, children }))).toEqual([]);
});

test("使った絵と島の絵だけが頭に入る", () => {
  const html = renderDocument({ title: "試し", assets, icons: ["lockf"], children: frame(<h1>あ</h1>) });
  const symbols = [...html.matchAll(/<symbol id="i-([a-z]+)"/g)].map((match) => match[1]);
  expect(symbols.toSorted()).toEqual(["card", "done", "home", "list", "lockf", "mark", "talk"]);
});

test("件数 0 は書かず、文字は必ず逃がす", () => {
  const html = renderDocument({ title: "<試し>", assets, children: frame(<h1>{"<b>"}</h1>) });
  expect(html).toContain("<title>&lt;試し&gt;｜まどぐち</title>");
  expect(html).toContain("&lt;b&gt;");
  expect(html).toContain('value="tok&lt;en"');
  expect(html.match(/<span class="n">/g)).toHaveLength(1);
});

test("島は名を言ったものと page だけを、module として読む", () => {
  const html = renderDocument({ title: "試し", assets, islands: ["desk"], children: <h1>あ</h1> });
  expect([...html.matchAll(/<script type="module" src="([^"]+)"/g)].map((match) => match[1])).toEqual([
    "/assets/p.js",
    "/assets/d.js",
  ]);
});

test("デモの札は、デモのときだけ時計とともに出る", () => {
  expect(
    renderDocument({ title: "あ", assets, children: frame(<h1>あ</h1>, { clock: "13時40分" }) }),
  ).toContain("13時40分");
  expect(renderDocument({ title: "あ", assets, children: frame(<h1>あ</h1>) })).not.toContain("デモ");
});
