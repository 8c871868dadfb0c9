import { createHash } from "node:crypto";
import { asHandler } from "../access/act-as.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import type { DeliveryHand } from "./delivery-hand.ts";
import { checkFormat, formatInfo, isFileFormat } from "./file-format.ts";
import { listDeliverables } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { listRights } from "./list-rights.ts";
import { drawCompletion } from "./make-completion.ts";
import { readCompletion } from "./read-completion.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

/** 成果品のコマンド。人の行い（提出、検査、引渡し）は画面と JSON で行う。 */
export function deliveryCommands(hand: DeliveryHand): Command[] {
  const inOffice = async (io: CommandIo): Promise<{ office: Office; contract: string }> => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [
    {
      name: "deliverables list",
      usage: "",
      summary: "成果品の台帳",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const deliverables = await listDeliverables(office, { contract });
        io.result(
          { deliverables },
          deliverables
            .map((one) =>
              [one.code, one.stateText, one.due ?? "－", one.clause || "－", one.title].join("  "),
            )
            .join("\n") || "成果品はありません。",
        );
      },
    },
    {
      name: "deliverables check",
      usage: "FILE",
      summary: "ファイルの中身が、納める形式か（名前ではなく中身を見る）",
      options: [
        { name: "format", value: "docx|xlsx|pptx|pdf", many: true, help: "求められた形式（何度でも）" },
      ],
      async run(io) {
        const [path] = io.args;
        if (path === undefined) throw new AppError("BAD_INPUT", "ファイルを一つ指定してください。");
        const wanted = io.options("format");
        if (!wanted.every(isFileFormat))
          throw new AppError("BAD_INPUT", "--format は docx、xlsx、pptx、pdf のどれかです。");
        const bytes = await io.readFile(path);
        const format = checkFormat(bytes, wanted.filter(isFileFormat));
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        io.result({ format, sha256, size: bytes.length }, `${formatInfo[format].label}  ${sha256}`);
      },
    },
    {
      name: "rights list",
      usage: "",
      summary: "権利の台帳（だれの権利かは出さない）",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const rights = (await listRights(office, { contract })).map(
          ({ code, kind, kindLabel, state, signedOn }) => ({ code, kind, kindLabel, state, signedOn }),
        );
        io.result(
          { rights },
          rights.map((one) => [one.code, one.kindLabel, one.signedOn ?? "未確認"].join("  ")).join("\n") ||
            "権利の載った成果品はありません。",
        );
      },
    },
    {
      name: "disclosures list",
      usage: "",
      summary: "委託者に提供した文書の一覧（公開請求のため）",
      options: [contractOption, { name: "word", value: "TEXT", help: "管理番号・名・条項に含む言葉" }],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const documents = await listDisclosures(office, { contract }, io.option("word"));
        io.result(
          { documents },
          documents.map((one) => [one.mark, one.title, one.sha256].join("  ")).join("\n") ||
            "提供した文書はありません。",
        );
      },
    },
    {
      name: "completion report",
      usage: "",
      summary: "業務完了報告書（--out に Word、なければ JSON の中身）",
      options: [
        contractOption,
        { name: "out", value: "PATH", help: "Word（.docx）の書き出し先" },
        {
          ...{ name: "as", value: "STAFF" },
          help: "--out で書き出す人の従業者番号（パスワードと確認コードを尋ねる）",
        },
      ],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const out = io.option("out");
        if (out !== undefined)
          await asHandler(office, { contract, number: io.option("as") }, io.secret, async (actor) =>
            io.writeFile(out, await drawCompletion(office, actor, hand)),
          );
        const completion = await readCompletion(office, { contract }, hand);
        io.result(
          completion,
          out === undefined
            ? `成果品${completion.deliverables.length}件、届出${completion.filings.length}件、数${completion.figures.length}まとまり。--out で Word にします。`
            : `${out} に書き出しました。`,
        );
      },
    },
  ];
}
