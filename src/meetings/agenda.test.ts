import { expect, test } from "vitest";
import { agendaText, buildAgenda, readAgenda } from "./agenda.ts";

test("3(2) 答えていない指摘は次の次第に現れ、答えたものは報告になる", () => {
  const sources = {
    topics: "・最終原稿の構成\n\n 指標の立て方",
    remarks: [
      { number: 2, remark: "高齢者への支援を書き込むこと", answered: false },
      { number: 1, remark: "図の凡例", answered: true },
    ],
    duties: [{ key: "minutes-submission", title: "会議録の提出" }],
    plans: [{ id: "p1", label: "第２次戦略 第3版" }],
    papers: [{ number: "資料1", title: "最終原稿の構成" }],
  };
  const agenda = buildAgenda(sources);
  expect(agenda.map(({ title, source }) => [title, source])).toEqual([
    ["開会", ""],
    ["前回までのご指摘への対応（指摘2）: 高齢者への支援を書き込むこと", "action/2"],
    ["対応済みのご指摘の報告（指摘1）", "action/1"],
    ["第２次戦略 第3版について", "plan/p1"],
    ["最終原稿の構成", "topic"],
    ["指標の立て方", "topic"],
    ["報告: 会議録の提出", "duty/minutes-submission"],
    ["その他（次回の日程など）", ""],
    ["閉会", ""],
  ]);
  expect(agenda[4]?.paper).toBe("資料1");
  // 画面で直しても、どこから来た議題かは残る。
  expect(readAgenda(agendaText(agenda), agenda)).toEqual(agenda);
  expect(readAgenda("挨拶｜３分\n\n", agenda)).toEqual([
    { title: "挨拶", minutes: 3, paper: "", source: "" },
  ]);
});
