import { asHandler } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command } from "../platform/command.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { type AgreedChange, agreedStates, agreedWords } from "./agreed-change.ts";
import { listAgreed } from "./list-agreed.ts";
import { proposeChange } from "./propose-change.ts";
import { startChange } from "./start-change.ts";

/** notices agreed: 協議してから変えるもの（標準のはがき、発送の期間）。画面と同じ動詞。 */
export const agreedCommand: Command = {
  name: "notices agreed",
  usage: "ACTION [NUMBER]",
  summary:
    "協議してから変えるもの（list 一覧、card 標準のはがき、window 発送の期間、start 回答のとおり始める）",
  options: [
    { name: "contract", value: "ID", help: "契約（一つだけなら省ける）" },
    { name: "as", value: "STAFF", help: "行う人の従業者番号（list のほかで要る）" },
    { name: "direction", value: "WAY", help: "card: 宛名の向き（horizontal・vertical）" },
    { name: "term", value: "ID", help: "window: 期" },
    { name: "to", value: "DAY", help: "window: 発送を終える日" },
    { name: "reason", value: "TEXT", help: "window: 理由（個人のことは書かない）" },
  ],
  async run(io) {
    const [action = "list", number = ""] = io.args;
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const who = { contract, number: io.option("as") };
    if (action === "list") {
      const lines = await listAgreed(office, systemActor(contract));
      const { terms } = (await openContract(office, contract)).blueprint;
      const label = (id: string) => terms.find((term) => term.id === id)?.label ?? id;
      const said = lines.map(
        (line) => `第${line.number}号  ${agreedWords(line.change, label)}  ${agreedStates[line.state]}`,
      );
      io.result({ changes: lines }, said.join("\n") || "協議の要る変更はありません。");
      return;
    }
    if (!["card", "window", "start"].includes(action))
      throw new AppError("BAD_INPUT", `「${action}」はできません。list・card・window・start のどれかです。`);
    if (action === "start") {
      const done = await asHandler(office, who, io.secret, async (actor) => {
        const line = (await listAgreed(office, actor)).find((one) => String(one.number) === number);
        if (!line) throw new AppError("NOT_FOUND", "その番号の協議はありません。list でご確認ください。");
        return startChange(office, actor, line.filing);
      });
      io.result(done, `第${number}号の回答のとおり始めました。`);
      return;
    }
    const [term, to, reason] = ["term", "to", "reason"].map((name) => io.option(name) ?? "") as [
      string,
      string,
      string,
    ];
    const direction = io.option("direction") === "vertical" ? "vertical" : "horizontal";
    const change: AgreedChange =
      action === "card" ? { kind: "own-card", direction } : { kind: "dispatch-window", term, to, reason };
    const made = await asHandler(office, who, io.secret, (actor) => proposeChange(office, actor, change));
    io.result(made, `協議書（第${made.number}号）の下書きを作りました。回答があるまで、いまのままです。`);
  },
};
