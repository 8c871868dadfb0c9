// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  citizenAnswers,
  citizenCodebook,
  citizenCsv,
  citizenMargins,
  citizenQuestionnaire,
} from "../../samples/demo-citizens.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { surveyRoutes } from "./survey-routes.tsx";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  const routes = surveyRoutes({
    contract: async () => desk.contract,
    text: async (bytes) => new TextDecoder().decode(bytes),
  });
  const app = roomApp(desk.office, routes);
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

const file = (text: string, name = "a.csv") => new File([text], name);
const place = (response: Response) => response.headers.get("location") ?? "";
const text = async (path: string) => (await planner.get(path)).text();
const version = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";

/** 調査を作り、回答を読んで使う。 */
async function imported(csv: string): Promise<string> {
  const made = await planner.post("/surveys", { title: "市民アンケート", from: "2025-09-01" });
  const at = place(made).replace("/imports", "");
  const read = await planner.post(`${at}/imports`, { file: file(csv) });
  const page = await text(place(read));
  await planner.post(`${place(read)}/use`, { version: version(page) });
  return at;
}

test("3(1)(ｱ)① 作る → 読む → 列の見立て → コードブックの案 → 確かめ → 直す → ウエイト → 集計できます", async () => {
  const made = await planner.post("/surveys", { title: "市民アンケート" });
  const at = place(made).replace("/imports", "");
  const read = await planner.post(`${at}/imports`, { file: file(citizenCsv(citizenAnswers(400))) });
  const preview = await text(place(read));
  expect(preview).toContain("CSV（UTF-8） から 401件");
  expect(preview).toContain("いくつでも選ぶ（一つのます目に区切って）");
  expect(place(await planner.post(`${place(read)}/use`, { version: version(preview) }))).toBe(
    `${at}/codebook`,
  );
  const book = JSON.stringify(citizenCodebook());
  const put = await planner.post(`${at}/codebook`, { codebook: file(book, "c.json") });
  expect(place(put)).toBe(`${at}/codebook`);
  const check = await text(`${at}/check?rule=duplicate`);
  expect(check).toContain("番号も答えも同じです");
  const all = await planner.post(`${at}/fixes`, {
    by: "list",
    all: "duplicate",
    rule: "duplicate",
    reason: "二通目",
  });
  expect(place(all)).toBe(`${at}/check`);
  const weights = await planner.post(`${at}/weights`, {
    ...{
      method: "margins",
      margins: file(citizenMargins(), "m.csv"),
      version: version(await text(`${at}/weights`)),
    },
    ...{ trim: "1", min: "0.2", max: "5", strata: "層", fpc: "層の人口", random: "1" },
  });
  expect(place(weights)).toBe(`${at}/weights`);
  expect(await text(`${at}/weights`)).toContain("ウエイトを付けると");
  const page = await text(at);
  expect(page).toContain("集計できます");
  expect(page).toContain(`href="${at}/explore"`);
  const log = await (await planner.get(`${at}/fixes.csv`)).text();
  expect(log).toContain("二通目");
});

test("3(1)(ｱ)① 設問を画面で直し、足し、外せる。誤りは打ったままで返る", async () => {
  const at = await imported("番号,Q1,Q2\n1,1,a\n2,2,b\n3,1,c\n4,2,d\n");
  const page = await text(`${at}/codebook/Q1`);
  expect(page).toContain("回答にある値");
  const form = {
    ...{ type: "sa", text: "賛成ですか", short: "賛否", columns: "Q1", version: version(page) },
    ...{ "o.0.code": "1", "o.0.label": "賛成", "o.1.code": "2", "o.1.label": "反対", nets: "答え（計）=1,2" },
  };
  const wrong = await planner.post(`${at}/codebook/Q1`, { ...form, nets: "満足=9" });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("設問 Q1 のまとめの「9」は、選択肢にありません。");
  expect(place(await planner.post(`${at}/codebook/Q1`, form))).toBe(`${at}/codebook`);
  expect(await text(`${at}/codebook`)).toContain("賛成、反対");
  const next = version(await text(`${at}/codebook/new`));
  await planner.post(`${at}/codebook/new`, { id: "N", type: "number", columns: "番号", version: next });
  expect(await text(`${at}/codebook`)).toContain('codebook/N"');
  await planner.post(`${at}/codebook/N/remove`, { version: version(await text(`${at}/codebook/N`)) });
  expect(await text(`${at}/codebook`)).not.toContain('codebook/N"');
  const axes = await planner.post(`${at}/codebook/settings`, [
    ...(Object.entries({ version: version(await text(`${at}/codebook`)), smallBase: "30", nests: "" }) as [
      string,
      string,
    ][]),
    ["axes", "Q1"],
  ]);
  expect(place(axes)).toBe(`${at}/codebook`);
});

test("3(1)(ｱ)① 合わないコードブックは、どの設問のどの列・値かを言い、集計に進ませない", async () => {
  const at = await imported("番号,Q1\n1,1\n2,2\n");
  const book = { questions: [{ id: "Q9", type: "sa", columns: ["ない列"], options: ["はい"] }] };
  await planner.post(`${at}/codebook`, { codebook: file(JSON.stringify(book), "c.json") });
  expect(await text(`${at}/codebook`)).toContain("列「ない列」が、回答の表にありません");
  expect(await text(at)).toContain("集計の前に、直すところがあります");
  const broken = await planner.post(`${at}/codebook`, { codebook: file("設問文,選択肢\nあ,い\n", "c.csv") });
  expect(broken.status).toBe(422);
  expect(await broken.text()).toContain("見出し「設問」がありません");
  const table = "設問,設問文,種類,コード,選択肢\nQ1,賛否,単一,1,賛成\n,,,2,反対\n";
  await planner.post(`${at}/codebook`, { codebook: file(table, "c.csv") });
  expect(await text(`${at}/codebook`)).toContain("賛成、反対");
});

test("3(1)(ｱ)① 取り込み直しは、違いを見せてから。列の意味が変わったら言う", async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `${at},${(at % 2) + 1},x${at}`);
  const at = await imported(`番号,Q1,Q2\n${rows.join("\n")}\n`);
  const turned = rows.map((row) => row.replace(/,(\d),/, (_, one) => `,${3 - Number(one)},`)).slice(1);
  const read = await planner.post(`${at}/imports`, {
    file: file(`番号,Q1,新\n${turned.join("\n")}\n30,1,y\n`),
  });
  const page = await text(place(read));
  expect(page).toContain("意味の変わったらしい列が1つあります");
  expect(page).toContain("残る回答 19件、増える 1件、なくなる 1件");
  expect(page).toContain("この列がなくなります");
  expect(await text(`${at}/imports`)).toContain("1回目に読んだ20件の回答を使っています");
});

test("読めない文字、列の数の違い、空のファイルは、行を言って断る", async () => {
  const made = await planner.post("/surveys", { title: "市民アンケート" });
  const at = place(made);
  const broken = new File([new Uint8Array([0x61, 0x0a, 0x82, 0xff, 0x0a])], "a.csv");
  const tries: [File, string][] = [
    [broken, "2 行目に読めない文字"],
    [file("a,b\n1,2,3\n"), "2行目の列が、見出しより多くあります"],
    [file("a,a\n1,2\n"), "列「a」が二つあります"],
    [file(""), "ファイルを選んでください"],
  ];
  for (const [upload, said] of tries) {
    const response = await planner.post(at, { file: upload });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(said);
  }
});

test("3(1)(ｱ)① 調査票を置くと、コードブックの言葉が違うところを言う", async () => {
  const at = await imported(citizenCsv(citizenAnswers(50)));
  const book = JSON.stringify(citizenCodebook()).replace("手続のオンライン化", "手続きのオンライン化");
  await planner.post(`${at}/codebook`, { codebook: file(book, "c.json") });
  await planner.post(`${at}/questionnaire`, { questionnaire: file(citizenQuestionnaire(), "q.txt") });
  const page = await text(`${at}/codebook`);
  expect(page).toContain("調査票に見つからない言葉が1つあります");
  expect(page).toContain("1 手続のオンライン化");
});

test("委託者は進み具合だけを見て、回答は開けない", async () => {
  const at = await imported("番号,Q1\n1,1\n2,2\n");
  const page = await (await client.get(at)).text();
  expect(page).toContain("回答を取り込んで、集計の支度をしています");
  expect(page).not.toContain("確かめるもの");
  for (const path of ["/check", "/imports", "/codebook", "/fixes", "/weights"])
    expect((await client.get(`${at}${path}`)).status, path).toBe(403);
  expect((await client.get("/surveys")).status).toBe(200);
});

test("JSON の道でも、作り、読み、使い、定め、確かめ、直し、取り消し、ウエイトを決める", async () => {
  const json = async (response: Promise<Response>) =>
    (await response).json() as Promise<Record<string, unknown>>;
  const { id } = await json(planner.send("POST", "/api/surveys", { title: "市民" }));
  const at = `/api/surveys/${String(id)}`;
  const form = new FormData();
  form.append("csrf", planner.csrf);
  const read = await planner.post(`${at}/imports`, { file: file("番号,Q1,Q2\n1,1,9\n2,2,1\n3,5,1\n") });
  expect(read.status).toBe(201);
  const { id: importId } = (await read.json()) as { id: string };
  expect(await json(planner.get(`${at}/imports/${importId}`))).toMatchObject({ proposed: true, rows: 3 });
  await planner.send("POST", `${at}/imports/${importId}/use`);
  const codebook = {
    id: "番号",
    questions: [
      { id: "Q1", type: "sa", options: ["甲", "乙"] },
      { id: "Q2", type: "number", range: { min: 1, max: 5 } },
    ],
  };
  expect((await planner.send("POST", `${at}/codebook`, { codebook })).status).toBe(200);
  expect(await json(planner.get(`${at}/check`))).toMatchObject({
    counts: { "unknown-code": 1, "out-of-range": 1 },
  });
  const fix = { respondent: "3", column: "Q1", after: "1", reason: "書き損じ" };
  expect((await planner.send("POST", `${at}/fixes`, { fixes: [fix] })).status).toBe(201);
  const { fixes } = (await json(planner.get(`${at}/fixes`))) as { fixes: { id: string; after: string }[] };
  expect(fixes).toMatchObject([{ after: "1", before: "5" }]);
  await planner.send("POST", `${at}/fixes/${fixes[0]?.id}/undo`);
  expect(await json(planner.get(`${at}/check`))).toMatchObject({ counts: { "unknown-code": 1 } });
  const weighed = await planner.send("POST", `${at}/weights`, { margins: "Q1,甲,10\nQ1,乙,30\n" });
  expect(await weighed.json()).toMatchObject({ rows: 3, weighting: { method: "rake" } });
  expect(await json(planner.get(at))).toMatchObject({ ready: true, figures: { answers: 3, findings: 2 } });
  expect((await client.send("POST", `${at}/fixes`, { fixes: [fix] })).status).toBe(403);
});
