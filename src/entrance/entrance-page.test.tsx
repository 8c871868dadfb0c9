import { expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { renderDocument } from "../ui/render-document.tsx";
import { SecondStepPage, SignInPage, type SignInPageProps, wrongPassword } from "./entrance-page.tsx";
import { LockedPage, SignedOutPage } from "./leave-page.tsx";
import { SealedPage, type SealedPageProps } from "./sealed-page.tsx";

const entrance = {
  office: "講習会受付センター",
  moment: "令和7年9月17日（水）8:42",
  facts: [
    { look: "done" as const, title: "事務所は開いています", sub: "8:31" },
    { look: "lock" as const, title: "外につながっていません", sub: "5(1)" },
  ],
  csrf: "t",
};
const signIn: SignInPageProps = {
  ...entrance,
  action: "/sign-in",
  number: "0107",
  desks: [{ value: "2", label: "2番席" }],
  desk: "2",
  help: "SVへ。",
  ways: [{ href: "/card", label: "ICカードで着席する" }],
};
const demo = {
  demo: { clock: "8:42" },
  demoAccounts: {
    validFor: 17,
    accounts: [
      { number: "0107", role: "OP", password: "demo-pass", code: "482913", href: "/sign-in?number=0107" },
    ],
  },
};
const sealed: SealedPageProps = {
  why: "停電のあと、再起動しました。",
  facts: entrance.facts,
  links: [{ href: "/paper", label: "紙の受付票", icon: "print" }],
  last: "5(3)",
  action: "/unseal",
  csrf: "t",
  confirmed: [],
  needed: 2,
  holders: [{ value: "1", label: "責任者" }],
  words: 12,
};

function render(children: React.ReactNode): string {
  return renderDocument({ title: "入口", assets: { "madoguchi.css": "/m.css" }, children });
}

test.each<[string, React.ReactNode]>([
  ["着席", <SignInPage key="1" {...signIn} />],
  [
    "違ったあとの着席",
    <SignInPage
      key="2"
      {...signIn}
      errors={{ password: wrongPassword(4, 30) }}
      notice={{ title: "入れません", text: "30分後に。" }}
    />,
  ],
  ["デモの着席", <SignInPage key="3" {...signIn} {...demo} />],
  [
    "確認コード",
    <SecondStepPage
      key="4"
      {...entrance}
      action="/code"
      number="0107"
      keyAction="/key"
      error="違います。"
      cancelHref="/sign-in"
    />,
  ],
  ["開封の一人目", <SealedPage key="5" {...sealed} />],
  [
    "開封の二人目",
    <SealedPage
      key="6"
      {...sealed}
      confirmed={[{ role: "保護管理者", at: "8:26" }]}
      error="合いません。"
      demoWords={[{ role: "責任者", words: "あ い" }]}
    />,
  ],
  ["退席", <SignedOutPage key="7" {...entrance} signInHref="/sign-in" />],
  [
    "閉じた画面",
    <LockedPage
      key="8"
      {...entrance}
      number="0107"
      idleMinutes={10}
      unlockAction="/unlock"
      signOutAction="/out"
      error="違います。"
    />,
  ],
])("%s の画面に、方針に触れる所も宙に浮いた参照もない", (_name, page) => {
  expect(markupFaults(render(page))).toEqual([]);
});

test("パスワードは誤りのあとも返さず、番号と席は残す", () => {
  const html = render(<SignInPage {...signIn} errors={{ password: wrongPassword(4, 30) }} />);
  expect(/<input[^>]*type="password"[^>]*>/.exec(html)?.[0]).not.toContain("value=");
  expect(html).toContain('value="0107"');
  expect(html).toContain('<option value="2" selected="">');
  expect(html).toContain("あと4回続けて違うと、30分間入れません。");
});

test("試せる回数が尽きたら、いつ試せるかを言う", () => {
  expect(wrongPassword(0, 30)).toMatchObject({ next: expect.stringContaining("30分たってから") });
});

test("デモの人と合い言葉は、渡されたときだけ、デモと書いて出す", () => {
  expect(render(<SignInPage {...signIn} />)).not.toMatch(/デモ|demo-pass/);
  expect(render(<SignInPage {...signIn} {...demo} />)).toMatch(/デモ.*demo-pass.*482913/s);
});

test("基準5(3) 開封は人数がそろうまで次の人を求め、そろえば欄を出さない", () => {
  expect(render(<SealedPage {...sealed} />)).toContain("1人目");
  const both = [
    { role: "保護管理者", at: "8:26" },
    { role: "責任者", at: "8:27" },
  ];
  expect(render(<SealedPage {...sealed} confirmed={both} />)).not.toContain("<form");
});
