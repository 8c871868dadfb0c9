import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import type { Office } from "../platform/office.ts";
import { insertPerson } from "../platform/person-store.ts";
import { certifyErasure } from "./certify-erasure.ts";
import { type DrillAttempt, drillStories, type ErasureHand, type Throwaway } from "./erasure-hand.ts";
import { refuseRight } from "./erasure-right.ts";
import { planErasure } from "./plan-erasure.ts";
import { requestErasure } from "./request-erasure.ts";
import { runErasure } from "./run-erasure.ts";

/** 試みた一段。stopped が真なら、どこかの関門が止めた。 */
export interface DrillStep {
  story: string;
  tried: string;
  gate: string;
  stopped: boolean;
  /** 止めた関門の言葉。 */
  said: string;
}

export interface Drill {
  steps: DrillStep[];
  stopped: number;
}

/**
 * 「尼崎の訓練」: 電話受付の個人情報が持ち出された実際の事件の各段を、使い捨ての事務所で試み、どの関門が止めたかを答える。
 * 使い捨ての事務所は、終われば鍵ごと消える。この事務所の個人情報には触れない。
 */
export async function runDrill(office: Office, actor: Actor, hand: ErasureHand): Promise<Drill> {
  refuseRight("handle", actor);
  const room = await hand.throwaway();
  try {
    const steps: DrillStep[] = [];
    const attempts = [...attemptsIn(room, hand), ...(await hand.gateAttempts(room))];
    const stories: readonly string[] = Object.values(drillStories);
    for (const attempt of attempts.sort((a, b) => stories.indexOf(a.story) - stories.indexOf(b.story)))
      steps.push(await tryOne(attempt));
    const stopped = steps.filter((step) => step.stopped).length;
    await office.act(actor, (tx) =>
      tx.record({ kind: "privacy-drill.run", payload: { steps: steps.length, stopped } }),
    );
    return { steps, stopped };
  } finally {
    await room.close();
  }
}

async function tryOne({ story, tried, gate, run }: DrillAttempt): Promise<DrillStep> {
  try {
    const answer = await run();
    const stopped = answer !== false;
    return { ...{ story, tried, gate, stopped }, said: typeof answer === "string" ? answer : "" };
  } catch (cause) {
    if (cause instanceof AppError)
      return { ...{ story, tried, gate, stopped: true }, said: cause.faults[0]?.message ?? cause.message };
    throw cause;
  }
}

function attemptsIn(room: Throwaway, hand: ErasureHand): DrillAttempt[] {
  const { office, contract } = room;
  const as = (id: string, ...roles: Role[]): Actor => ({ id, contract, roles });
  const manager = as("drill-manager", "manager");
  const privacy = as("drill-privacy", "privacy");
  const client = as("drill-client", "client");
  const { usb, hidden, copies, unlisted } = drillStories;
  return [
    {
      ...{ story: usb, tried: "オペレーターが予約者リストの Excel を書き出す", gate: "役割と道の表" },
      run: async () => {
        const open = ["lists.workbook", "lists.workbook.api"].some((id) => hand.mayOpen(id, ["operator"]));
        return open ? false : "オペレーターには、書き出しの道がありません。";
      },
    },
    {
      ...{
        story: usb,
        tried: "データのフォルダーを写し、別の機械で本体のファイルを開く",
        gate: "ファイルの暗号と、分けて持つ鍵",
      },
      run: async () => ((await room.stolen()) ? false : "鍵のないファイルは、暗号文としてしか読めません。"),
    },
    {
      ...{
        story: hidden,
        tried: "責任者が出した再委託の申請を、同じ人が「承諾」にする",
        gate: "両方の側に立てない（特記事項 第7条2）",
      },
      run: async () => {
        const id = await subcontract(office, manager);
        await answerFiling(office, manager, id, heard(office, contract, "letter"));
        return false;
      },
    },
    {
      ...{
        story: hidden,
        tried: "電話で聞いたことにして、再委託の承諾を記録する",
        gate: "書面による承諾だけを受ける（10(2)ア）",
      },
      run: async () => {
        const id = await subcontract(office, manager);
        await answerFiling(office, as("drill-sv", "supervisor"), id, heard(office, contract, "telephone"));
        return false;
      },
    },
    {
      ...{
        story: copies,
        tried: "承諾を待たずに個人情報を消して、なかったことにする",
        gate: "承諾のない消去はできない（特記事項 第13条2）",
      },
      run: async () => {
        await runErasure(office, privacy, await plan(office, manager));
        return false;
      },
    },
    {
      ...{
        story: copies,
        tried: "控えを残したまま、消去の完了を証明する",
        gate: "証明書は、残った控えをすべて挙げて「未完」のまま（第13条5）",
      },
      run: async () => {
        await office.act(privacy, (tx) => tx.record({ kind: "backup.made", payload: { set: "drill-copy" } }));
        const id = await plan(office, manager);
        const { filing } = await requestErasure(office, manager, id);
        await submitFiling(office, manager, filing);
        await answerFiling(office, client, filing, { outcome: "approved", text: "" });
        await runErasure(office, privacy, id);
        const certificate = await certifyErasure(office, manager, id);
        return certificate.complete
          ? false
          : `${certificate.number}は「未完」です（残った控え drill-copy）。`;
      },
    },
    {
      ...{
        story: unlisted,
        tried: "名簿にない人が、着席せずに予約者リストを開く",
        gate: "着席と役割（基準5(3)）",
      },
      run: async () => (hand.mayOpen("list.page", []) ? false : "役割のない人に開く道は、一つもありません。"),
    },
    {
      ...{ story: unlisted, tried: "名簿にない人が、消去を行う", gate: "保護管理者だけが行える" },
      run: async () => {
        await runErasure(office, as("drill-nobody"), newId());
        return false;
      },
    },
  ];
}

async function plan(office: Office, manager: Actor): Promise<string> {
  const key = await office.keys.fresh(manager.contract);
  await office.act(manager, async (tx) => {
    await insertPerson(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, name: "訓練　架空", kana: "クンレン カクウ", postal: "" },
      ...{ address: "札幌市架空区訓練条1丁目", building: "", phone: "011-000-0000" },
      ...{ phone_hmac: null, kana_hmac: null, created_at: tx.now, changed_at: tx.now },
    });
    await tx.record({ kind: "office.opened", subject: key.id });
  });
  const plannedDay = dayOf(office.clock.officeNow(manager.contract));
  return (await planErasure(office, manager, { selection: { scope: "contract" }, plannedDay })).id;
}

async function subcontract(office: Office, manager: Actor): Promise<string> {
  const { id } = await draftFiling(office, manager, {
    ...{ kind: "consent", form: "subcontract-request", title: "再委託の申請（訓練）", clause: "特記7(3)" },
    body: "",
    fields: {
      ...{ name: "訓練商事", reason: "訓練", work: "入力", information: "氏名", safety: "訓練" },
      supervision: "訓練",
    },
  });
  await submitFiling(office, manager, id);
  return id;
}

function heard(office: Office, contract: string, channel: "letter" | "telephone") {
  const at = office.clock.officeNow(contract);
  return { outcome: "approved", text: "", heard: { channel, at, from: "訓練 係長" } } as const;
}
