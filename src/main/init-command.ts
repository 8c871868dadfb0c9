import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command } from "../platform/command.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { type CreatedOffice, createFolder } from "../platform/office-folder.ts";
import { issueCertificate, makeAuthority } from "../sealing/tls-certificate.ts";
import { bundleBlueprint } from "../terms/blueprint.ts";
import { startContract } from "../terms/start-contract.ts";
import { firstAccount } from "./first-account.ts";
import { dataFolder, openFolderWith, requireFolder } from "./open-folder.ts";

const HOLDERS = ["保護管理者", "責任者", "予備"];

/** 事務所を作る・証明書を作る。 */
export const initCommands: Command[] = [
  {
    name: "init",
    usage: "",
    summary: "本物の事務所を作る（鍵の保管者の言葉、契約、はじめの従業者）",
    options: [
      { name: "name", value: "名", required: true, help: "事務所の名" },
      { name: "blueprint", value: "FILE", required: true, help: "契約の設計図（YAML）" },
      { name: "contract", value: "ID", help: "契約の id（既定 contract-1）" },
      {
        name: "holder",
        value: "役職",
        many: true,
        help: "鍵の保管者（くり返す。既定は保護管理者・責任者・予備の3人）",
      },
      { name: "needed", value: "N", help: "開封に要る人数（既定 2）" },
      { name: "hostname", value: "名", many: true, help: "開くときの名（証明書と同じ名。くり返す）" },
    ],
    async run(io) {
      const data = dataFolder(io.option("data"));
      const path = io.option("blueprint") ?? "";
      const read = async (file: string) => new TextDecoder().decode(await io.readFile(file));
      // フォルダーを作る前に、設計図の誤りを断る。準用する文書は、設計図と同じ場所から添える。
      const yaml = await bundleBlueprint(await read(path), (name) =>
        read(join(dirname(path), `${name}.yaml`)).catch(() => undefined),
      );
      const holders = io.options("holder").length > 0 ? io.options("holder") : HOLDERS;
      const made = await createFolder(data, {
        name: io.option("name") ?? "",
        mode: "real",
        holders,
        needed: Number(io.option("needed") ?? 2),
        hostnames: io.options("hostname"),
        nowMs: Date.now(),
      });
      const contract = io.option("contract") ?? "contract-1";
      const account = await furnish(data, made, contract, yaml);
      const words = made.words.map((w) => `  ${w.holder}: ${w.words.join(" ")}`).join("\n");
      io.result(
        { id: made.folder.id, words: made.words, account },
        `事務所を作りました。\n\n開封の言葉（この一度だけ表示します。一人ずつ紙に書き、封をして別々に保管してください）\n${words}\n\nはじめの従業者（責任者）\n  従業者番号 ${account.number}　はじめのパスワード ${account.password}\n  着席すると、新しいパスワードと第二の要素の登録が始まります。\n\n次は madoguchi start --data で開きます。`,
      );
    },
  },
  {
    name: "certificate",
    usage: "",
    summary: "事務所の中だけの認証局と、窓口の証明書を作る（TLS）",
    options: [
      { name: "hostname", value: "名", many: true, help: "証明書に入れる名（省けば init で決めた名）" },
    ],
    async run(io) {
      const data = dataFolder(io.option("data"));
      const folder = await requireFolder(data);
      const names = io.options("hostname").length > 0 ? io.options("hostname") : folder.hostnames;
      if (names.length === 0)
        throw new AppError("BAD_INPUT", "--hostname で、開くときの名を指定してください。");
      const dir = join(data, "tls");
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await chmod(dir, 0o700);
      const authority = await authorityIn(dir, folder.name);
      const issued = await issueCertificate(authority, names);
      await writeFile(join(dir, "server.key"), issued.privateKey, { mode: 0o600 });
      await writeFile(join(dir, "server.crt"), issued.certificate, { mode: 0o600 });
      io.result(
        { names, authority: join(dir, "authority.crt") },
        `証明書を作りました（${names.join("、")}）。\n端末のブラウザーに ${join(dir, "authority.crt")} を登録してください。\n${join(dir, "authority.key")} は、持ち出せる媒体に移して金庫にしまい、この機械から消してください。`,
      );
    },
  },
];

/** 契約とはじめの従業者を置く。途中で失敗したら、言葉をだれにも渡していない表札を残さず、初めからやり直せるようにする。 */
async function furnish(
  data: string,
  made: CreatedOffice,
  contract: string,
  yaml: string,
): Promise<{ number: string; password: string }> {
  try {
    const office = await openFolderWith(data, made.folder, localKeyHolder(made.root));
    try {
      await startContract(office, systemActor(contract), yaml);
      return await firstAccount(office, contract);
    } finally {
      await office.close();
    }
  } catch (cause) {
    for (const name of [
      "office.json",
      "app.db",
      "app.db-wal",
      "app.db-shm",
      "keys.db",
      "keys.db-wal",
      "keys.db-shm",
    ])
      await rm(join(data, name), { force: true });
    throw cause;
  }
}

async function authorityIn(dir: string, name: string): Promise<{ certificate: string; privateKey: string }> {
  const read = (file: string) => readFile(join(dir, file), "utf8").catch(() => undefined);
  const [certificate, privateKey] = await Promise.all([read("authority.crt"), read("authority.key")]);
  if (certificate && privateKey) return { certificate, privateKey };
  const made = await makeAuthority(`${name} 認証局`);
  await writeFile(join(dir, "authority.crt"), made.certificate, { mode: 0o644 });
  await writeFile(join(dir, "authority.key"), made.privateKey, { mode: 0o600 });
  return made;
}
