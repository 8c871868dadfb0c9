import { asHandler } from "../access/act-as.ts";
import { parseInput } from "../access/zod-message.ts";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { type AssetRight, blankRight } from "./asset-right.ts";
import { originLabels } from "./design.ts";
import { answerBody, chooseBody, designBody, designInput, requestBody } from "./design-ask.ts";
import { designWorkbook } from "./design-document.ts";
import { addPicture, listAssets, openAssets, writeAssetRight } from "./list-assets.ts";
import { openDesigns } from "./list-designs.ts";
import type { PlanHand } from "./plan-hand.ts";
import { planOf } from "./plan-office-command.ts";
import { answerDesign, askDesign, chooseDesign, proposeDesign } from "./propose-design.ts";
import { listDigests } from "./read-digest.ts";
import { openPlan } from "./read-plan.ts";
import { rightsWorkbook } from "./right-document.ts";
import { releaseDigest, signDigest } from "./write-digest.ts";

type Hand = Pick<PlanHand, "contract">;
const common = [
  { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" },
  { name: "plan", value: "ID", help: "計画（一つしかなければ要らない）" },
  {
    name: "as",
    value: "STAFF",
    help: "行う人の従業者番号（一覧のほかは要る。パスワードと確認コードを尋ねる）",
  },
];

/** 読むだけなら事務所として、行うときは名指しした従業者として（画面と同じ確かめ、同じ役割）。 */
async function inPlan<T>(
  io: CommandIo,
  hand: Hand,
  reads: boolean,
  act: (office: Office, actor: Actor, plan: string) => Promise<T>,
): Promise<T> {
  const office = await io.office();
  const contract = await hand.contract(office, io.option("contract"));
  const run = async (actor: Actor) => act(office, actor, await planOf(io, office, actor));
  if (reads) return run(systemActor(contract));
  return asHandler(office, { contract, number: io.option("as") }, io.secret, run);
}

function wordAt(io: CommandIo, at: number, what: string): string {
  const word = io.args[at];
  if (word !== undefined) return word;
  throw new AppError("BAD_INPUT", `${what}を言ってください。`);
}

function numberAt(io: CommandIo): number {
  return Number(wordAt(io, 1, "番号").normalize("NFKC"));
}

function unknownAct(act: string, known: readonly string[]): AppError {
  return new AppError("BAD_INPUT", `「${act}」という行いはありません。${known.join("、")} のどれかです。`);
}

const designOptions = [
  { name: "title", value: "TEXT", help: "propose: 案の名" },
  { name: "aim", value: "TEXT", help: "propose: ねらい" },
  { name: "base", value: "office・yukimi・midori", help: "propose: もとにする見た目（既定 office）" },
  { name: "accent", value: "17508C", help: "propose: 見出しの色" },
  { name: "second", value: "8A4A12", help: "propose: 囲みの色" },
  { name: "ink", value: "1A1A1A", help: "propose: 本文の色" },
  {
    name: "palette",
    value: '"17508C DE7A33 …"',
    help: "propose: 図の色を使う順に。accent なら、見出しの色から作る",
  },
  { name: "opener", value: "band・line", help: "propose: 章の始まり" },
  { name: "head-font", value: "NAME", help: "propose: 見出しの書体" },
  { name: "cover", value: "images/F", help: "propose: 表紙の絵" },
  { name: "icon", value: "部分=images/F", many: true, help: "propose: 章か施策のアイコン（くり返す）" },
  { name: "reason", value: "TEXT", help: "choose: 選んだ理由。委託者でなければ、いつ、どの協議で決まったか" },
  {
    name: "origin",
    value: Object.keys(originLabels).join("・"),
    help: "ask: 要望の出どころ（既定 client 委託者）",
  },
  { name: "day", value: "DAY", help: "ask: 要望の出た日（既定 きょう）" },
  { name: "text", value: "TEXT", help: "answer: 応え" },
  { name: "design", value: "番号", help: "answer: 応えて出した案の番号" },
];

function iconsOf(io: CommandIo): Record<string, string> {
  return Object.fromEntries(
    io.options("icon").map((one): [string, string] => {
      const at = one.indexOf("=");
      if (at > 0) return [one.slice(0, at), one.slice(at + 1)];
      throw new AppError("BAD_INPUT", `--icon は「部分の id=画像の名」の形で（「${one}」）。`);
    }),
  );
}

async function actDesign(
  io: CommandIo,
  act: string,
  office: Office,
  actor: Actor,
  plan: string,
): Promise<void> {
  switch (act) {
    case "propose": {
      const names = ["title", "aim", "base", "accent", "second", "ink", "palette", "opener", "cover"];
      const given = Object.fromEntries(
        names.flatMap((name) => (io.option(name) === undefined ? [] : [[name, io.option(name)]])),
      );
      const body = { title: "", ...given, headFont: io.option("head-font"), icons: iconsOf(io) };
      await proposeDesign(office, actor, plan, designInput(parseInput(designBody, body)));
      return;
    }
    case "choose": {
      const { reason } = parseInput(chooseBody, { reason: io.option("reason") });
      await chooseDesign(office, actor, plan, numberAt(io), reason);
      return;
    }
    case "ask": {
      const [origin, day] = [io.option("origin"), io.option("day")];
      await askDesign(
        office,
        actor,
        plan,
        parseInput(requestBody, { text: wordAt(io, 1, "要望"), origin, day }),
      );
      return;
    }
    case "answer": {
      const body = { text: io.option("text") ?? "", design: io.option("design") };
      await answerDesign(office, actor, plan, numberAt(io), parseInput(answerBody, body));
      return;
    }
    default:
      throw unknownAct(act, ["list", "propose", "choose", "ask", "answer"]);
  }
}

function designCommand(hand: Hand): Command {
  return {
    name: "plan design",
    usage: "[list|propose|choose 番号|ask 要望|answer 番号]",
    summary:
      "計画のデザインの案・選定・要望を並べ（--out で記録の Excel）、案を出し、選び、要望を残し、応える",
    options: [...common, ...designOptions],
    async run(io) {
      const act = io.args[0] ?? "list";
      await inPlan(io, hand, act === "list", async (office, actor, plan) => {
        if (act !== "list") await actDesign(io, act, office, actor, plan);
        const open = await openPlan(office, actor, plan);
        const told = await openDesigns(office, open);
        const { designs, requests } = told;
        const out = io.option("out");
        if (out) await io.writeFile(out, designWorkbook(open.row.title, designs, requests));
        io.result(
          told,
          [
            ...designs.map(
              ({ number, label, title, chosen }) =>
                `案 ${number}  ${label}  ${title}${chosen ? "  選定" : ""}`,
            ),
            ...requests.map(
              ({ number, day, origin, text, answers }) =>
                `要望 ${number}  ${day}  ${originLabels[origin]}  ${text}  ${answers.length > 0 ? "応えた" : "応えるところ"}`,
            ),
          ].join("\n") || "デザインの案はまだありません。",
        );
      });
    },
  };
}

const rightNames = ["source", "holder", "licence", "scope", "expiry", "alt"] as const;

/** 言わなかった欄は、いまの権利のまま。 */
function rightOf(io: CommandIo, now: AssetRight): AssetRight {
  return Object.fromEntries(
    rightNames.map((name) => [name, io.option(name) ?? now[name]]),
  ) as unknown as AssetRight;
}

function rightsCommand(hand: Hand): Command {
  const labels = ["出所", "権利者", "利用の条件", "使ってよい範囲", "期限（2030-03-31）", "代わりの文"];
  return {
    name: "plan rights",
    usage: "[list|write 名|add F]",
    summary:
      "計画の画像・図の権利を並べ（--out で権利一覧の Excel。足りなければ終了コード 1）、書き、画像を入れる",
    options: [...common, ...rightNames.map((name, at) => ({ name, value: "TEXT", help: labels[at] ?? "" }))],
    async run(io) {
      const act = io.args[0] ?? "list";
      await inPlan(io, hand, act === "list", async (office, actor, plan) => {
        if (act === "write") {
          const name = wordAt(io, 1, "ファイルの名");
          const now = (await listAssets(office, actor, plan)).find((one) => one.name === name)?.right;
          await writeAssetRight(office, actor, plan, name, rightOf(io, now ?? blankRight));
        } else if (act === "add") {
          const fileName = wordAt(io, 1, "画像のファイル");
          const bytes = await io.readFile(fileName);
          await addPicture(office, actor, plan, { fileName, bytes }, rightOf(io, blankRight));
        } else if (act !== "list") throw unknownAct(act, ["list", "write", "add"]);
        const open = await openPlan(office, actor, plan);
        const assets = await openAssets(office, open);
        const out = io.option("out");
        if (out) await io.writeFile(out, rightsWorkbook(open.row.title, assets));
        const lines = assets.map(
          ({ name, uses, lacks }) =>
            `${name}  ${uses.map(({ label }) => label).join("、") || "使っていない"}  ${lacks.length > 0 ? `足りない: ${lacks.join("・")}` : "揃っている"}`,
        );
        io.result({ assets }, lines.join("\n") || "画像も図も、まだありません。");
        const lacking = assets.filter(({ uses, lacks }) => uses.length > 0 && lacks.length > 0);
        if (act === "list" && lacking.length > 0)
          throw new AppError("REFUSED", `権利の足りない画像・図が${lacking.length}件あります。`);
      });
    },
  };
}

function viewsCommand(hand: Hand): Command {
  return {
    name: "plan views",
    usage: "[list|sign 名|release 名]",
    summary: "計画の概要版・子ども版を並べ、読みやすさを認め（責任者・委託者）、公開してよいとする",
    options: [...common, { name: "reason", value: "TEXT", help: "sign: 認めるわけ" }],
    async run(io) {
      const act = io.args[0] ?? "list";
      await inPlan(io, hand, act === "list", async (office, actor, plan) => {
        if (act !== "list" && act !== "sign" && act !== "release")
          throw unknownAct(act, ["list", "sign", "release"]);
        if (act !== "list") {
          const name = wordAt(io, 1, "概要版の名");
          const view = (await listDigests(office, actor, plan)).find((one) => one.name === name);
          if (!view)
            throw new AppError("NOT_FOUND", "その概要版はありません。plan views で名を確かめてください。");
          const { hash } = view;
          if (act === "sign")
            await signDigest(office, actor, plan, name, { hash, reason: io.option("reason") ?? "" });
          else await releaseDigest(office, actor, plan, name, hash);
        }
        const views = (await listDigests(office, actor, plan)).map(
          ({ name, digest, hash, report, signed, released, outdated }) => ({
            ...{ name, title: digest.title, kind: digest.kind, hash, signed, released, outdated },
            ...{ ready: report.ready, stale: report.stale.length, unmet: report.plain.unmet },
          }),
        );
        const state = (one: (typeof views)[number]) =>
          one.released
            ? "公開してよい"
            : one.outdated
              ? "公開のあとに変わった"
              : one.signed
                ? "認めた"
                : "まだ";
        io.result(
          { views },
          views.map((one) => [one.name, one.title, state(one), ...one.unmet].join("  ")).join("\n") ||
            "概要版はまだありません。",
        );
      });
    },
  };
}

/** デザイン・権利・概要版の、事務所の中のコマンド。 */
export function planDesignCommands(hand: Hand): Command[] {
  return [designCommand(hand), rightsCommand(hand), viewsCommand(hand)];
}
