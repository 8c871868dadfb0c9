import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo, CommandOption } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { verifyCertificate } from "./certificate.ts";
import { certifyErasure, readTombstoneFile } from "./certify-erasure.ts";
import type { ErasureHand } from "./erasure-hand.ts";
import { fillMonth } from "./fill-month.ts";
import { listIncidents } from "./list-incidents.ts";
import { listPersonalData } from "./list-personal-data.ts";
import { listErasures, type OpenErasure } from "./open-erasure.ts";
import { drawPlan } from "./plan-erasure.ts";
import { monthFields, readMonth } from "./read-month.ts";
import { runDrill } from "./run-drill.ts";
import { resumeErasures } from "./run-erasure.ts";
import { verifierHtml } from "./verifier-document.ts";

const contractOption: CommandOption = {
  name: "contract",
  value: "ID",
  help: "契約（一つしかなければ要らない）",
};
const numberOption: CommandOption = { name: "number", value: "N", required: true, help: "消去の番号" };

/** 消去・証明書・事故・月次報告・訓練のコマンド。承諾と消去の実行は、人が着席して画面か JSON で行う。 */
export function erasureCommands(hand: ErasureHand): Command[] {
  return [...fileCommands, ...officeCommands(hand), ...watchCommands(hand)];
}

const fileCommands: Command[] = [
  {
    name: "erasure verify",
    usage: "FILE",
    summary: "消去の証明書（JSON）の署名と、控えの始末を確かめる（ファイルだけでできる）",
    options: [{ name: "fingerprint", value: "番号", help: "事務所の公開鍵の指紋（別の経路で知ったもの）" }],
    async run(io) {
      const [path] = io.args;
      if (!path) throw new AppError("BAD_INPUT", "確かめる証明書のファイルを指定してください。");
      const text = Buffer.from(await io.readFile(path)).toString("utf8");
      const found = verifyCertificate(text, io.option("fingerprint"));
      const state = found.complete
        ? "完了しています"
        : `未完です（控え ${found.openCopies ?? 0}組、会議の録音 ${found.openRecordings ?? 0}回）`;
      io.result(
        found,
        found.ok
          ? `${found.number}: 署名は正しく、変えられていません。壊した鍵 ${found.keys}件、消去は${state}。\n公開鍵の指紋 ${found.fingerprint}`
          : `確かめられません。${found.reason ?? ""}`,
      );
      if (!found.ok) throw new AppError("REFUSED", "証明書は確かめられませんでした。");
    },
  },
  {
    name: "erasure verifier",
    usage: "",
    summary: "記録と証明書を確かめる、一つの HTML を書き出す",
    options: [],
    async run(io) {
      const out = outOf(io);
      await io.writeFile(out, Buffer.from(verifierHtml(), "utf8"));
      io.result({ file: out }, `${out} に書き出しました。ブラウザーで開くだけで使えます。`);
    },
  },
];

type Opened = (io: CommandIo) => Promise<{ office: Office; actor: Actor }>;

function openedBy(hand: ErasureHand): Opened {
  return async (io) => {
    const office = await io.office();
    return { office, actor: systemActor(await hand.contract(office, io.option("contract"))) };
  };
}

function officeCommands(hand: ErasureHand): Command[] {
  const opened = openedBy(hand);
  return [
    {
      name: "erasure list",
      usage: "",
      summary: "消去の一覧（未完の控えの数つき）",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const erasures = (await listErasures(office, actor.contract)).map(
          ({ erasure, facts, stateText }) => ({
            ...{ id: erasure.id, number: erasure.number, label: erasure.label, state: erasure.state },
            ...{ stateText, openCopies: facts.openCopies },
          }),
        );
        const lines = erasures.map((one) => `第${one.number}号  ${one.stateText}  ${one.label}`);
        io.result({ erasures }, lines.join("\n") || "消去はありません。");
      },
    },
    {
      name: "erasure where",
      usage: "",
      summary: "個人情報がどの表に何件あり、消去でどう扱うか",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const [places, plan] = await Promise.all([
          listPersonalData(office, actor.contract),
          drawPlan(office, actor.contract, { scope: "contract" }),
        ]);
        const lines = places.map((one) => `${one.label}  鍵${one.keys}  行${one.rows}  ${one.why || "消す"}`);
        io.result({ places, erasable: plan.keys.length, undecided: plan.undecided }, lines.join("\n"));
      },
    },
    {
      name: "erasure resume",
      usage: "",
      summary: "途中で止まった消去を続け、記録の墓標と鍵の保管庫を突き合わせる",
      options: [],
      async run(io) {
        const resumed = await resumeErasures(await io.office(), 0, hand.holders);
        io.result(
          { resumed },
          resumed === 0 ? "途中の消去はありません。" : `${resumed}件の消去を続けました。`,
        );
      },
    },
    {
      name: "erasure certificate",
      usage: "",
      summary: "消去の証明書（署名つきの JSON）のいまの版を書き出す",
      options: [contractOption, numberOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const out = outOf(io);
        const { erasure } = await byNumber(io, office, actor);
        const certificate = await certifyErasure(office, actor, erasure.id);
        await io.writeFile(out, Buffer.from(`${JSON.stringify(certificate, null, 1)}\n`, "utf8"));
        const { number, complete } = certificate;
        io.result({ file: out, number, complete }, `${number}を ${out} に書き出しました。`);
      },
    },
    {
      name: "erasure tombstones",
      usage: "",
      summary: "墓標（restore --tombstones に渡す、壊した鍵の一覧）を書き出す",
      options: [contractOption, numberOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const out = outOf(io);
        const { erasure } = await byNumber(io, office, actor);
        await io.writeFile(out, Buffer.from(await readTombstoneFile(office, actor, erasure.id), "utf8"));
        io.result({ file: out }, `${out} に書き出しました。`);
      },
    },
  ];
}

function watchCommands(hand: ErasureHand): Command[] {
  const opened = openedBy(hand);
  return [
    {
      name: "incidents list",
      usage: "",
      summary: "事故と兆候の一覧",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const incidents = await listIncidents(office, actor);
        const lines = incidents.map(
          (one) => `第${one.number}号  ${one.kind}  ${one.state}${one.late ? "  遅れ" : ""}`,
        );
        io.result({ incidents }, lines.join("\n") || "事故の記録はありません。");
      },
    },
    {
      name: "privacy month",
      usage: "YYYY-MM",
      summary:
        "様式１（個人情報取扱状況報告書）の数を記録から数える（--out で、置いてある委託者の様式に差し込む）",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const out = io.option("out");
        if (out !== undefined) {
          const made = await fillMonth(office, actor, io.args[0] ?? "");
          await io.writeFile(out, made.bytes);
          return io.result({ file: out }, `${out} に書き出しました。`);
        }
        const open = await readMonth(office, actor.contract, io.args[0] ?? "");
        const figures = open.values.map(({ figure, value }) => ({
          key: figure.key,
          label: figure.label,
          value,
        }));
        const lines = figures.map((one) => `${one.label}  ${one.value}`);
        io.result({ month: open.month, fields: monthFields(open), figures }, lines.join("\n"));
      },
    },
    {
      name: "privacy drill",
      usage: "",
      summary: "情報流出の訓練（尼崎の訓練）を、使い捨ての事務所で行う",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await opened(io);
        const drill = await runDrill(office, actor, hand);
        const lines = drill.steps.map(
          (step) => `${step.stopped ? "止まった　" : "止まらない"}  ${step.tried}  ← ${step.gate}`,
        );
        io.result(drill, lines.join("\n"));
        if (drill.stopped < drill.steps.length)
          throw new AppError("REFUSED", "止まらなかった段があります。関門を確かめてください。");
      },
    },
  ];
}

async function byNumber(io: CommandIo, office: Office, actor: Actor): Promise<OpenErasure> {
  const number = io.option("number") ?? "";
  const found = (await listErasures(office, actor.contract)).find(
    (one) => String(one.erasure.number) === number,
  );
  if (!found)
    throw new AppError("NOT_FOUND", "その番号の消去はありません。erasure list でお確かめください。");
  return found;
}

function outOf(io: CommandIo): string {
  const out = io.option("out");
  if (!out) throw new AppError("BAD_INPUT", "--out FILE で書き出し先を指定してください。");
  return out;
}
