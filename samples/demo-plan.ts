import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readTables } from "../src/office/table-reader.ts";
import { reviewPlanBlock } from "../src/plan/arrange-block.ts";
import { changePlanBlock } from "../src/plan/change-block.ts";
import { commentPlanBlock } from "../src/plan/comment-block.ts";
import { importPlan } from "../src/plan/import-plan.ts";
import { writeAssetRight } from "../src/plan/list-assets.ts";
import { listDesigns } from "../src/plan/list-designs.ts";
import { importUpper, matchUpper } from "../src/plan/list-uppers.ts";
import { answerDesign, askDesign, chooseDesign, proposeDesign } from "../src/plan/propose-design.ts";
import { listDigests } from "../src/plan/read-digest.ts";
import { listPlanBlocks } from "../src/plan/read-plan.ts";
import { sendInquiry, writeInquiry } from "../src/plan/send-inquiry.ts";
import { takeInquiry } from "../src/plan/take-inquiry.ts";
import { takePlanVersion } from "../src/plan/take-version.ts";
import { releaseDigest } from "../src/plan/write-digest.ts";
import type { Office } from "../src/platform/office.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { StrategyStaff } from "./demo-workplan.ts";

const folder = fileURLToPath(new URL("./plan/", import.meta.url));

/** 原稿のフォルダー（架空の市の、二つ目の戦略）。 */
async function readSample(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join("/"), new Uint8Array(await readFile(path)));
  }
  return files;
}

/** 上位計画の項目の一覧（市が持っている Excel の形）。指標の目標年度は、一つだけ本計画と違う。 */
const uppers: readonly { code: string; name: string; shortName: string; csv: string }[] = [
  {
    ...{ code: "A", name: "第２次雪見市まちづくりビジョン", shortName: "まちづくりビジョン" },
    csv: `記号,項目,本文,ページ,始期,終期
A-1,誰もがつながりを持てるまち,年齢や障がいの有無にかかわらず、人とのつながりを持てるまちを目指します。,24,令和５年度,令和14年度
A-2,安全に、安心して暮らせるまち,災害や雪に強く、安心して暮らせるまちを目指します。,31,令和５年度,令和14年度
A-3,子どもが健やかに育つまち,子どもの育ちを地域の全体で支えます。,38,令和５年度,令和14年度
A-4,市民が使いやすい市役所,手続の負担を減らし、市民が使いやすい市役所を実現します。,45,令和５年度,令和14年度`,
  },
  {
    ...{ code: "B", name: "雪見市まちづくりアクションプラン2023", shortName: "アクションプラン" },
    csv: `記号,項目,本文,ページ,始期,終期,指標,目標値,目標年度
B-1,行政手続のデジタル化,申請の多い手続から、来庁しない手続に改めます。,62,令和５年度,令和９年度,オンラインでの申請の割合,60.0％,令和９年度
B-2,除雪と防災の高度化,センサーと位置の情報を使い、除雪と避難の判断を早めます。,66,令和５年度,令和９年度,,,
B-3,地域の支え合いの強化,見守りと相談の場を、全ての地区に設けます。,70,令和５年度,令和９年度,,,
B-4,行政運営の効率化,定型の作業を見直し、職員の時間を市民のための仕事に振り向けます。,74,令和５年度,令和９年度,,,`,
  },
  {
    ...{ code: "C", name: "第２次雪見市産業ビジョン", shortName: "産業ビジョン" },
    csv: `記号,項目,本文,ページ,始期,終期
C-1,中小企業の生産性の向上,デジタルの道具の導入を支え、一人当たりの付加価値を高めます。,18,令和５年度,令和14年度
C-2,人材の確保と育成,働きながら学べる場を設け、担い手を増やします。,22,令和５年度,令和14年度
C-3,新しい産業の創出,大学と企業の連携により、新しい事業を生み出します。,27,令和５年度,令和14年度`,
  },
];

/** 計画: 骨子・素案・パブリックコメント用の版と、直している途中の最終原稿。 */
export async function fillPlan(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<string> {
  const { manager, planner, client } = staff;
  clock.set("2024-07-26T16:30:00");
  const { id } = await importPlan(office, planner, await readSample(), "骨子の原稿");
  for (const { csv, ...upper } of uppers)
    await importUpper(office, planner, id, {
      ...{ ...upper, fileName: `${upper.name}.csv` },
      bytes: new TextEncoder().encode(csv),
    });
  clock.set("2024-07-31T10:20:00");
  await takePlanVersion(office, manager, id, {
    stage: "outline",
    name: "骨子",
    note: "納品 令和６年７月31日",
  });
  const edit = async (block: string, change: (text: string) => string, reason: string) => {
    const now = (await listPlanBlocks(office, planner, id)).find((one) => one.id === block);
    if (!now) return;
    const given = { text: change(now.text), expectedVersion: now.version, reason };
    await changePlanBlock(office, planner, id, block, {
      ...given,
      tracked: clock.officeNow() > "2024-11-30",
    });
  };
  clock.set("2024-08-21T13:40:00");
  await edit(
    "m01.p2",
    (text) => text.replace("迷いの原因です。", "迷いの原因となっています。"),
    "第１回有識者会議の意見",
  );
  clock.set("2024-09-19T15:05:00");
  await edit("c5.p1", (text) => `${text}指標の一覧も、同じ資料に載せています。`, "第２回有識者会議の意見");
  await fillDesigns(office, clock, staff, id);
  clock.set("2024-09-30T11:00:00");
  await takePlanVersion(office, manager, id, { stage: "draft", name: "素案" });
  clock.set("2024-11-20T09:30:00");
  await edit(
    "m02.p2",
    (text) => text.replace("窓口を間違えて並び直す方もいます。", "窓口を間違えて、並び直す方もいます。"),
    "庁内の確認",
  );
  clock.set("2024-11-28T10:30:00");
  for (const { name, hash, report } of await listDigests(office, planner, id))
    if (report.ready) await releaseDigest(office, client, id, name, hash);
  clock.set("2024-11-29T14:00:00");
  await takePlanVersion(office, manager, id, { stage: "comment", name: "パブコメ用" });
  clock.set("2025-01-08T11:10:00");
  const blocks = (await listPlanBlocks(office, planner, id))
    .filter(({ chapter }) => chapter.includes("推進の体制"))
    .map((one) => one.id);
  await sendInquiry(office, planner, id, {
    ...{
      department: "総務課",
      subject: "推進の体制の記載内容の確認について（照会）",
      due: "2025-01-17",
      blocks,
    },
  });
  await fillReturned(office, clock, planner, id);
  clock.set("2025-01-09T14:00:00");
  await askDesign(office, client, id, {
    text: "最終版では、表紙に市章を入れてください。図案は市から渡します。",
  });
  await liveDraft(office, clock, staff, id, edit);
  await commentPlanBlock(office, client, id, "m01.p1", "件数は、３月末の確定値に差し替えてください。");
  for (const block of ["c1", "s1-1", "s1-2"])
    await reviewPlanBlock(office, manager, id, block, "agreed").catch(() => undefined);
  return id;
}

const icon = (name: string, ...blocks: string[]) =>
  Object.fromEntries(blocks.map((block) => [block, `images/icon-${name}.svg`]));
/** 章と施策のアイコン（原稿のフォルダーの plan.yaml と同じ）。 */
const demoIcons: Readonly<Record<string, string>> = {
  ...{ ...icon("outline", "c1"), ...icon("flag", "c3"), ...icon("star", "c4"), ...icon("parts", "c5") },
  ...{ ...icon("loop", "c6"), ...icon("people", "c2", "m04", "m05"), ...icon("snow", "m06") },
  ...{ ...icon("phone", "m01", "m02", "m03"), ...icon("chart", "m07", "m08", "m09") },
  ...icon("gear", "m10", "m11", "m12"),
};

/** 財政課から返った照会: 直し一つ、意見だけ一つ、返らなかった行、書き足された行がある。 */
async function fillReturned(
  office: Office,
  clock: DemoClock,
  planner: StrategyStaff["planner"],
  id: string,
): Promise<void> {
  const blocks = (await listPlanBlocks(office, planner, id))
    .filter(({ heading }) => /費用の考え方|想定される危険/.test(heading))
    .map((one) => one.id);
  const { number } = await sendInquiry(office, planner, id, {
    ...{ department: "財政課", subject: "費用の記載内容の確認について（照会）", due: "2025-01-15", blocks },
  });
  const paper = await writeInquiry(office, planner, id, number, "xlsx");
  const rows = (readTables(paper.bytes, paper.fileName)[0]?.rows ?? []).map((row) =>
    row.map(({ text }) => text),
  );
  const answered = rows.flatMap(([mark = "", place = "", text = "", remark = ""]) => {
    if (mark === "s6-6.p1")
      return [
        [mark, place, text.replace("効果を高めるため", "確かな効果を上げるため"), "総合計画の文に合わせる"],
      ];
    if (mark === "t-risk") return [[mark, place, text, "財源が確保できない場合も挙げてください。"]];
    if (mark === "s6-7.p1") return [];
    return [[mark, place, text, remark]];
  });
  const added = ["", "", "新たな財源として、ふるさと納税の活用も検討します。", "企画課と調整済み"];
  const csv = [...answered, added].map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","),
  );
  clock.set("2025-01-09T11:30:00");
  await takeInquiry(office, planner, id, number, {
    ...{ fileName: "回答（財政課）.csv", bytes: new TextEncoder().encode(csv.join("\r\n")) },
  });
}

/** デザインの三つの案、市の選定、その後の要望と応え。表紙の絵の権利。 */
async function fillDesigns(
  office: Office,
  clock: DemoClock,
  { planner, client }: StrategyStaff,
  id: string,
): Promise<void> {
  clock.set("2024-08-26T15:10:00");
  await writeAssetRight(office, planner, id, "images/yukimi.png", {
    ...{ source: "本業務のために作成（雪見市の冬の風景の絵）", holder: "雪見市（納品のときに譲渡）" },
    ...{ licence: "著作権の譲渡（業務仕様書10）", scope: "計画・概要版・ウェブ・印刷物の全て", expiry: "" },
    alt: "雪の積もった街並みと山の絵",
  });
  for (const name of new Set(Object.values(demoIcons)))
    await writeAssetRight(office, planner, id, name, {
      ...{
        source: "本業務のために作成",
        holder: "雪見市（納品のときに譲渡）",
        licence: "著作権の譲渡（業務仕様書10）",
      },
      ...{ scope: "計画・概要版・ウェブ・印刷物の全て", expiry: "", alt: "" },
    });
  const cover = "images/yukimi.png";
  const propose = (title: string, aim: string, theme: Parameters<typeof proposeDesign>[3]["theme"]) =>
    proposeDesign(office, planner, id, { title, aim, theme });
  await propose("あいの線", "白黒で刷っても分かる、落ち着いた報告書の形。印刷費が最も安い。", {
    base: "office",
  });
  const second = await propose("ゆきみの青", "雪と空の青。章の始まりを帯で見せ、めくって探しやすい。", {
    ...{ base: "yukimi", cover, icons: demoIcons },
  });
  await propose("みどりの街", "公園と山の緑。やわらかく、子ども版とそろえやすい。", {
    ...{ base: "midori", cover, palette: "accent" as const },
  });
  clock.set("2024-09-03T13:30:00");
  await chooseDesign(office, client, id, second.number, "市のほかの計画の色とも合い、章を探しやすいため。");
  clock.set("2024-09-12T09:40:00");
  await askDesign(office, client, id, {
    ...{ text: "コラムの囲みの橙が強すぎるので、もう少し落ち着いた色にしてください。", origin: "office" },
    day: "2024-09-10",
  });
  const { requests } = await listDesigns(office, planner, id);
  clock.set("2024-09-13T16:20:00");
  const third = await propose(
    "ゆきみの青（囲みを茶に）",
    "囲みの色を、橙から茶に替えた。ほかはＢ案のまま。",
    {
      ...{ base: "yukimi", second: "8A4A12", cover, icons: demoIcons },
    },
  );
  await answerDesign(office, planner, id, requests[0]?.number ?? 0, {
    ...{ text: "囲みの色を茶に替えた案を出しました。", design: third.number },
  });
  clock.set("2024-09-17T11:00:00");
  await chooseDesign(office, client, id, third.number, "要望のとおりになったため。");
}

/** 意見募集のあとの、最終原稿の途中。 */
async function liveDraft(
  office: Office,
  clock: DemoClock,
  { manager, planner }: StrategyStaff,
  id: string,
  edit: (block: string, change: (text: string) => string, reason: string) => Promise<void>,
): Promise<void> {
  clock.set("2025-01-10T16:12:00");
  await edit(
    "m01.p3",
    (text) =>
      text.replace(
        "質問に答えるだけで必要な手続が分かる案内を設け、",
        "市役所に加え、支所や図書館など身近な場所でも手続を相談できるようにし、質問に答えるだけで必要な手続が分かる案内を設け、",
      ),
    "意見募集で、身近な場所での相談を求める意見があったため",
  );
  // 概要版の元が変わる: 公開してよいとした概要版と子ども版が、閉じる。
  await edit(
    "s4-3.p1",
    (text) => text.replace("公民館、図書館、商店などの", "公民館、図書館、商店、郵便局などの"),
    "意見募集で、郵便局でも聞きたいという意見があったため",
  );
  clock.set("2025-01-14T09:35:00");
  await edit(
    "m02.p1",
    (text) =>
      `${text}開催に当たっては、地域の団体や大学、携帯電話事業者などと連携しながら、参加者の習熟度や関心に応じた内容を用意するとともに、外出が難しい方には出前講座を行うなど、誰もが参加しやすい環境を整えます。`,
    "",
  );
  await commentPlanBlock(office, manager, id, "m02.p1", "講座の文は、長いので二つに分けてはどうでしょう。");
  await matchUpper(office, planner, id, {
    ...{
      measure: "m02",
      upperId: "law:digital",
      mark: "partial",
      note: "形成基本法５条（ゆとりと豊かさ）に一部で応える。",
    },
  });
}
