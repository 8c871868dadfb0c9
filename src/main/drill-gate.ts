import { createAccount } from "../access/create-account.ts";
import { requireFacts } from "../access/handler-fact.ts";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { endContract } from "../contract/end-contract.ts";
import { type DrillAttempt, drillStories, type Throwaway } from "../erasure/erasure-hand.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { findForm } from "../filings/filing-form.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { enterLine } from "../privacy/enter-line.ts";
import { listLines, openHoldings } from "../privacy/list-lines.ts";
import { registerOf } from "../privacy/register.ts";
import { closeLine } from "../privacy/step-line.ts";

const paper = { fileName: "訓練.pdf", bytes: new TextEncoder().encode("%PDF-1.7 drill") };

/** 訓練の登場人物。 */
interface Cast {
  room: Throwaway;
  today: string;
  privacy: Actor;
  client: Actor;
  /** 名簿にも誓約書にも載っていない人。 */
  stranger: string;
}

/**
 * 帳簿の関門（様式、承認、写しの始末、立会い、資格）を、事件の場面ごとに試みる。
 * どの段も、関門のほかは何も足りなくない要求なので、関門がなければ通ってしまう。
 */
export async function gateAttempts(room: Throwaway): Promise<DrillAttempt[]> {
  const cast = await castOf(room);
  return [...usbAttempts(cast), ...hiddenAttempts(cast), ...copyAttempts(cast), ...unlistedAttempts(cast)];
}

async function castOf(room: Throwaway): Promise<Cast> {
  const { office, contract } = room;
  const { id } = await createAccount(office, systemActor(contract), {
    ...{ number: "0001", name: "訓練　架空" },
    roles: [{ role: "operator", from: dayOf(office.clock.officeNow(contract)) }],
  });
  return {
    ...{ room, stranger: id, today: dayOf(office.clock.officeNow(contract)) },
    privacy: { id: "drill-privacy", contract, roles: ["privacy"] },
    client: { id: "drill-client", contract, roles: ["client"] },
  };
}

function usbAttempts(cast: Cast): DrillAttempt[] {
  const { usb } = drillStories;
  return [
    attempt(usb, "承認のない行き先へ、媒体を持ち出す", "持出しは、承認された申請を指す（特記 第4条3）", () =>
      enter(cast, "takeout"),
    ),
    attempt(
      usb,
      "資格のある従業者が、許可なしに予約者リストを書き出す",
      "目的と渡す先の許可（特記 第11条）",
      () => facts(cast, ["listed", "pledged", "trained"], "export"),
    ),
  ];
}

function hiddenAttempts(cast: Cast): DrillAttempt[] {
  const { hidden } = drillStories;
  return [
    attempt(
      hidden,
      "承諾のない会社を、再委託先の帳簿に書く",
      "再委託は、承諾された申請を指す（特記 第7条2）",
      () => enter(cast, "subcontract"),
    ),
    attempt(
      hidden,
      "申請しただけで、承諾を待たずに再委託先を使う",
      "承諾されるまで効かない（基準5(12)）",
      async () => {
        const filing = await filed(cast, "subcontract-request");
        await ready(enter(cast, "subcontract", {}, filing));
        const { office, contract } = cast.room;
        const [line] = await listLines(office, { contract }, "subcontract");
        return line?.standing === "waiting" ? "「承認待ち」で、効いていません。" : false;
      },
    ),
  ];
}

function copyAttempts(cast: Cast): DrillAttempt[] {
  const { copies } = drillStories;
  return [
    attempt(copies, "許諾なしに、預かった名簿を複写する", "写しは、許諾一件に一つ（特記 第8条）", async () =>
      enter(cast, "copy", { loan: await loan(cast) }),
    ),
    attempt(
      copies,
      "写しを残したまま、もとの媒体を返したことにする",
      "写しの始末が先（特記 第13条）",
      async () => {
        const original = await loan(cast);
        await ready(enter(cast, "copy", { loan: original }, await filed(cast, "copy-permission", true)));
        const { office } = cast.room;
        const close = registerOf("loan").close;
        await closeLine(office, cast.privacy, original, filledFields(cast, close?.fields ?? []));
        return false;
      },
    ),
    attempt(
      copies,
      "預かったものを返さずに、契約を終える",
      "開いた台帳があれば終われない（7(2)）",
      async () => {
        await loan(cast);
        const { office, contract } = cast.room;
        const manager: Actor = { id: "drill-manager", contract, roles: ["manager"] };
        await endContract(office, manager, { on: cast.today, early: false }, { holdings: openHoldings });
        return false;
      },
    ),
  ];
}

function unlistedAttempts(cast: Cast): DrillAttempt[] {
  const { unlisted } = drillStories;
  return [
    attempt(unlisted, "立会いも札もない部外者の入室を書く", "部外者には札と立会者（基準4(2)）", async () => {
      const area = await enterApproved(cast, "area");
      return enter(cast, "entry", { area, kind: "visitor", badge: "", attendant: "" });
    }),
    attempt(
      unlisted,
      "名簿・誓約書・研修のない従業者が、受付デスクを開く",
      "扱う資格（特記 第3条・第5条・第6条）",
      () => facts(cast, [], "personal"),
    ),
    attempt(unlisted, "研修を受けていない従業者が、受付デスクを開く", "扱う資格（基準3(3)）", () =>
      facts(cast, ["listed", "pledged"], "personal"),
    ),
    attempt(
      unlisted,
      "委託者に報告せずに、従業者を名簿に載せる",
      "名簿は、出した報告を指す（特記 第3条4）",
      () => enter(cast, "handler"),
    ),
  ];
}

function attempt(
  story: DrillAttempt["story"],
  tried: string,
  gate: string,
  run: DrillAttempt["run"],
): DrillAttempt {
  return { story, tried, gate, run };
}

type Facts = Parameters<typeof requireFacts>[0]["rows"][number]["fact"];

async function facts(
  { room, today, stranger }: Cast,
  held: Facts[],
  use: "personal" | "export",
): Promise<false> {
  const rows = held.map((fact) => ({
    account_id: stranger,
    fact,
    from_day: today,
    to_day: null,
    until: null,
  }));
  const now = room.office.clock.officeNow(room.contract);
  requireFacts({ use, isRead: true, roles: ["operator"], rows, now, today });
  return false;
}

/** 欄を全部埋めて書く。関門のほかの誤りで断られたら、訓練の作りの誤りなので投げる。 */
async function enter(
  cast: Cast,
  code: string,
  more: Record<string, string> = {},
  filing?: string,
): Promise<false> {
  const register = registerOf(code);
  const fields = { ...filledFields(cast, register.fields), ...more };
  const file = register.file?.required ? paper : undefined;
  try {
    await enterLine(cast.room.office, cast.privacy, { register: code, fields, filing, file });
  } catch (cause) {
    const gates = new Set(["filing", ...Object.keys(more).map((name) => `f.${name}`)]);
    if (cause instanceof AppError && cause.faults.some((fault) => !gates.has(fault.field ?? "")))
      throw new Error(`the drill filled ${code} badly: ${cause.faults.map((one) => one.field).join(", ")}`);
    throw cause;
  }
  return false;
}

async function enterApproved(cast: Cast, code: string): Promise<string> {
  const register = registerOf(code);
  const { first } = register;
  const filing = first ? await filed(cast, first.form, first.need === "approved") : undefined;
  const { id } = await ready(
    enterLine(cast.room.office, cast.privacy, {
      ...{ register: code, fields: filledFields(cast, register.fields), filing },
      file: register.file?.required ? paper : undefined,
    }),
  );
  return id;
}

function loan(cast: Cast): Promise<string> {
  return enterApproved(cast, "loan");
}

/** どの欄にも、決まりに合う値を。 */
function filledFields(cast: Cast, fields: ReturnType<typeof registerOf>["fields"]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      if (field.type === "line-of") return [];
      if (field.type === "choice") return [[field.name, Object.keys(field.choices ?? {})[0] ?? ""]];
      const text = {
        ...{ handler: cast.stranger, day: cast.today, time: "10:00", number: "1" },
        ...{ line: "訓練", text: "訓練", check: "yes" },
      }[field.type];
      return [[field.name, text]];
    }),
  );
}

/** 様式を出し、approved なら委託者が承諾する。 */
async function filed(cast: Cast, form: string, approved = false): Promise<string> {
  const { office } = cast.room;
  const fields = Object.fromEntries(
    (findForm(form)?.fields ?? []).map(({ name, type }) => [
      name,
      type === "day" ? cast.today : type === "number" ? "1" : "訓練",
    ]),
  );
  const { id } = await ready(prepareFiling(office, cast.privacy, { form, fields, title: `${form}（訓練）` }));
  await ready(submitFiling(office, cast.privacy, id));
  if (approved) await ready(answerFiling(office, cast.client, id, { outcome: "approved", text: "" }));
  return id;
}

/** 試みの前の用意。ここで断られたのを「関門が止めた」と数えないように、断りを不具合として投げる。 */
async function ready<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Error("the drill could not be prepared", { cause });
  }
}
