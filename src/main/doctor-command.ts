import { AppError } from "../base/error.ts";
import type { Command } from "../platform/command.ts";
import { connectHolder } from "../platform/key-holder-client.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { checkDatabase } from "./check-database.ts";
import { checkMachine } from "./check-machine.ts";
import { type Finding, healthText } from "./health.ts";
import { dataFolder, requireFolder } from "./open-folder.ts";

/** doctor: 機械と事務所の健康診断。封印中でも、開けずに分かることは調べる。 */
export const doctorCommand: Command = {
  name: "doctor",
  usage: "",
  summary: "機械と事務所の健康診断（直すところがあれば終了コード 1）",
  options: [],
  async run(io) {
    const data = dataFolder(io.option("data"));
    const folder = await requireFolder(data);
    const { findings: machine, sealed } = await machineFindings(data, folder);
    const findings = sealed ? machine : [...machine, ...(await inside(() => io.office()))];
    const ok = findings.every(({ state }) => state !== "bad");
    io.result({ ok, sealed, findings }, healthText(findings));
    if (!ok) throw new AppError("REFUSED", "直すところがあります。上の一覧をご覧ください。");
  },
};

async function machineFindings(
  data: string,
  folder: OfficeFolder,
): Promise<{ findings: Finding[]; sealed: boolean }> {
  const holder = folder.mode === "demo" ? undefined : await connectHolder(data);
  const sealed = folder.mode === "real" && ((await holder?.state())?.sealed ?? true);
  holder?.close();
  const key: Finding = {
    id: "key-holder",
    state: sealed ? "care" : "good",
    text: keyText(folder.mode, holder !== undefined, sealed),
  };
  return { findings: [...(await checkMachine(data, folder, Date.now())), key], sealed };
}

function keyText(mode: "demo" | "real", held: boolean, sealed: boolean): string {
  if (mode === "demo") return "デモの事務所です（鍵の保持者は要りません）。";
  if (!sealed) return "鍵の保持者が動いていて、事務所は開封されています。";
  const how = held ? "鍵の保持者は動いていますが、" : "鍵の保持者が動いておらず、";
  return `${how}事務所は封印されています。データベースの中は確かめていません。`;
}

/** 開けないことも、調べた結果の一つ。 */
async function inside(open: () => ReturnType<Parameters<Command["run"]>[0]["office"]>): Promise<Finding[]> {
  try {
    return await checkDatabase(await open());
  } catch (cause) {
    const text =
      cause instanceof AppError
        ? cause.message
        : "データベースを調べられませんでした。控えから戻してください。";
    return [{ id: "integrity", state: "bad", text }];
  }
}
