import { answerGroup, answerGroups } from "../src/comments/answer-group.ts";
import { joinOpinions } from "../src/comments/join-opinions.ts";
import { readBlocks, reviseForAnswer } from "../src/comments/link-plan.ts";
import { changeFrame, closePeriod, openPeriod, savePeriod } from "../src/comments/open-period.ts";
import { prepareAnswers } from "../src/comments/prepare-answers.ts";
import { readBook } from "../src/comments/read-book.ts";
import { receiveLetters } from "../src/comments/receive-letters.ts";
import { sendRound } from "../src/comments/send-round.ts";
import { takeSorted } from "../src/comments/take-sorted.ts";
import type { Office } from "../src/platform/office.ts";
import { topics } from "./comment-texts.ts";
import type { DemoClock } from "./demo-clock.ts";
import { inventLetters } from "./demo-letters.ts";
import type { StrategyStaff } from "./demo-workplan.ts";
import { Random } from "./random.ts";

export const DEMO_PERIOD = { from: "2024-12-02", to: "2024-12-31" } as const;

export const demoChecklist = {
  draft: "（仮称）第２次雪見市ICT活用戦略（素案）　令和6年11月版",
  purpose:
    "第１次戦略の期間が終わるため、市民生活・経済・行政のデジタル化を進める次の八年間の計画を定めます。",
  summary: "四つの基本目標と12の施策、三つの重点プロジェクト。概要版（A4 8頁）を添えます。",
  issues:
    "・窓口と紙の手続を残しながら、オンラインをどこまで広げるか\n・デジタルに不安のある人をどう支えるか\n・AIの利用で、人が確かめることをどう決めるか",
  places: "市のホームページ\n市役所本庁舎 総合案内\n各区役所・各まちづくりセンター\n市立図書館",
  form: "郵送・持参　〒000-0000 雪見市中央1条1丁目 デジタル推進課\nFAX　011-000-0001\n電子メール　ikenn@example.jp\n意見用紙は、素案と一緒に置いています。",
};

export const demoFrame = topics.map(({ code, title, chapter, page, description }) => ({
  ...{ code, title, chapter, page, description },
}));

/** 案を直すことになった意見の言葉。 */
const nearby = "まちづくりセンターでも";

/** 意見公募: 12月2日から31日まで。300通を受け、三分の二を整理し、三分の一に答えたところ。 */
export async function fillComments(
  office: Office,
  clock: DemoClock,
  { planner, manager }: Pick<StrategyStaff, "planner" | "manager">,
): Promise<void> {
  clock.set("2024-11-28T10:00:00");
  const title = "（仮称）第２次雪見市ICT活用戦略（素案）";
  await savePeriod(office, planner, { title, ...DEMO_PERIOD, checklist: demoChecklist });
  await changeFrame(office, planner, { frame: demoFrame });
  clock.set("2024-12-02T09:00:00");
  await openPeriod(office, manager);
  clock.set("2025-01-08T15:00:00");
  const invented = inventLetters(20241202, 300, DEMO_PERIOD.from, DEMO_PERIOD.to);
  const { letters } = await receiveLetters(
    office,
    planner,
    invented.map(({ letter }) => letter),
  );
  await closePeriod(office, manager);
  clock.set("2025-01-10T16:00:00");
  const random = new Random(20250110);
  const sorted = invented.flatMap(({ letter, opinions }, at) => {
    const made = letters[at];
    // はじめの五十通はみな、あとは六割ほどを整理した。二つ目の通は、机で見せるために残す。
    if (!made || at === 1 || (at >= 50 && !random.chance(0.6))) return [];
    return [
      {
        letter: made.id,
        opinions: opinions.map((one) => ({
          words: one.text,
          from: letter.text.indexOf(one.text),
          code: one.code,
        })),
      },
    ];
  });
  await takeSorted(office, planner, sorted);
  await joinCampaign(office, clock, planner);
  await answerSome(office, clock, planner);
}

/** ひな形の写しの一部を、人が見てまとめた。 */
async function joinCampaign(
  office: Office,
  clock: DemoClock,
  planner: StrategyStaff["planner"],
): Promise<void> {
  clock.set("2025-01-11T11:00:00");
  const { opinions } = await readBook(office, planner.contract);
  const copies = opinions.filter(({ text }) =>
    text.startsWith("デジタル化を進めること自体には反対しませんが、窓口の縮小には反対です。"),
  );
  const wished = opinions.filter(({ text, code }) => code === "2-1" && text.includes(nearby));
  if (wished.length > 1)
    await joinOpinions(
      office,
      planner,
      wished.map(({ id }) => id),
    );
  if (copies.length > 1)
    await joinOpinions(
      office,
      planner,
      copies.map(({ id }) => id),
    );
  clock.set("2025-01-11T11:30:00");
  await prepareAnswers(office, planner);
}

const answers: Readonly<Record<string, readonly [status: string, answer: string]>> = {
  "1-1": [
    "C",
    "オンラインでできる手続を、利用の多いものから順に増やします。画面の言葉も、利用された方の声を聞いて直します。",
  ],
  "1-2": [
    "B",
    "窓口・電話・紙の申請書は、これからも残します。案の41頁に、書かなくてよい窓口と合わせて書いています。",
  ],
  "1-3": [
    "C",
    "ホームページの作り直しのときに参考にします。字の大きさと読み上げは、国の基準に合わせて確かめます。",
  ],
  "2-1": [
    "A",
    "ご意見の趣旨を踏まえ、身近な相談の場にまちづくりセンターを加えます。区役所まで来られない方も聞けるようにするためです。",
  ],
  "2-3": [
    "B",
    "除雪の情報を地図で知らせることは、案の53頁に書いています。停電のときの知らせ方も合わせて進めます。",
  ],
  "4-2": [
    "D",
    "個人情報の守り方は、条例と委託の基準で定めています。案のとおりとし、守り方を市のホームページで分かりやすく知らせます。",
  ],
  "9": ["E", "この計画の対象ではありませんが、いただいたご意見は担当の部署に伝えました。"],
};

async function answerSome(
  office: Office,
  clock: DemoClock,
  planner: StrategyStaff["planner"],
): Promise<void> {
  clock.set("2025-01-13T14:00:00");
  const { groups } = await readBook(office, planner.contract);
  const chosen = groups
    .filter(({ code }) => answers[code] !== undefined && code !== "2-1")
    .slice(0, Math.ceil(groups.length / 3));
  const revised = groups.find(
    ({ code, members }) => code === "2-1" && members.some(({ text }) => text.includes(nearby)),
  );
  await answerGroups(
    office,
    planner,
    chosen.map(({ id, code }) => {
      const [status, answer] = answers[code] ?? ["", ""];
      return { id, change: { status, answer } };
    }),
  );
  if (revised) await revise(office, planner, revised.id);
  clock.set("2025-01-14T09:30:00");
  const window = chosen.filter(({ code }) => code === "1-2").slice(0, 6);
  if (window.length > 0)
    await sendRound(office, planner, { department: "市民課", groups: window.map(({ id }) => id) });
}

/** 一つは「修正する」: 計画書の身近な相談の文に、まちづくりセンターを加えた。 */
async function revise(office: Office, planner: StrategyStaff["planner"], id: string): Promise<void> {
  const [status = "", answer = ""] = answers["2-1"] ?? [];
  await answerGroup(office, planner, id, {
    ...{ status, answer },
    summary: "スマートフォンの相談を、まちづくりセンターなど身近な場所でもできるようにしてほしい。",
  });
  const block = (await readBlocks(office, planner)).find(
    ({ id: own, kind, text }) => own.startsWith("m04") && kind === "paragraph" && text.includes("相談"),
  );
  const reason = "身近な場所で相談したいという意見を踏まえるため";
  if (block)
    await reviseForAnswer(office, planner, id, {
      ...{ block: block.id, version: block.version, reason },
      text: `${block.text.trimEnd()}相談は、区役所のほか、まちづくりセンターでも受け付けます。`,
    });
  else
    await answerGroup(office, planner, id, {
      change: {
        place: "2-1 デジタルの利用に不安のある人への支援",
        before: "区役所で相談を受け付けます。",
        after: "区役所のほか、まちづくりセンターでも相談を受け付けます。",
        reason,
      },
    });
}
