import type { About, AboutPlace } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { callBackAct } from "../calls/call-right.ts";
import { countSlots } from "../calls/count-slots.ts";
import { traceAnswers } from "../comments/trace-answers.ts";
import { listEvidence } from "../contract/list-evidence.ts";
import { listFiledDuties } from "../contract/list-filed-duties.ts";
import { blockedBy, readOwed } from "../contract/read-owed.ts";
import { listRaised } from "../council/place-action.ts";
import { listFinalMinutes } from "../council/read-minutes.ts";
import type { DeliveryHand } from "../delivery/delivery-hand.ts";
import { listPhoneFigures } from "../figures/list-phone-figures.ts";
import { listNoticeFigures } from "../notices/list-figures.ts";
import { listSentDays } from "../notices/list-sent-days.ts";
import type { Office } from "../platform/office.ts";
import { openHoldings } from "../privacy/list-lines.ts";
import { readSourceText } from "../reading/read-spec-file.ts";
import { listReceptionFigures } from "../reception/list-figures.ts";
import { countStaff } from "../registers/count-staff.ts";
import { listEntries } from "../registers/list-entries.ts";
import { listRegisterFigures } from "../registers/list-register-figures.ts";
import type { StaffingHand } from "../staffing/staffing-hand.ts";
import type { SurveyHand } from "../survey/survey-hand.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { drillHand } from "./drill-hand.ts";
import { labelOfEvent } from "./rooms.ts";
import { listStrategyFigures } from "./strategy-figures.ts";

/** 「室/種類」→ 画面での名と場所。室を足したら、ここに一行足す。 */
const places: Readonly<Record<string, { label: string; href: (id: string) => string }>> = {
  "reception/class": { label: "講習会の予約者リスト", href: (id) => `/lists/${id}` },
  "reception/booking": { label: "予約", href: (id) => `/bookings/${id}` },
  "reception/wait": { label: "待機", href: (id) => `/waits/${id}` },
  "notices/batch": { label: "受講通知書の束", href: (id) => `/notices/${id}` },
  "notices/own-card": { label: "受講通知書の様式", href: () => "/notices/agreed" },
  "notices/dispatch-window": { label: "発送の期間", href: () => "/notices/agreed" },
  "filings/filing": { label: "協議・届出", href: (id) => `/filings/${id}` },
  "delivery/deliverable": { label: "成果品", href: (id) => `/deliverables/${id}` },
  "contract/duty": { label: "条項と義務", href: (id) => `/contract/duties/${id}` },
  "answers/complaint": { label: "クレーム", href: (id) => `/complaints/${id}` },
  "answers/question": { label: "委託者への確認", href: (id) => `/questions/${id}` },
  "answers/faq": { label: "ＦＡＱ", href: (id) => (id === "all" ? "/faq/entries" : `/faq/entries/${id}`) },
  "answers/inquiry": { label: "問い合わせの記録", href: () => "/inquiries" },
  "calls/call": { label: "電話の記録", href: (id) => `/calls/${id}` },
  "staffing/pass": { label: "要員", href: () => "/staffing/people" },
  "registers/entry": { label: "登録簿", href: (id) => `/registers/${id}` },
  "registers/member": { label: "業務の体制", href: (id) => `/team/${id}` },
  "registers/assignment": { label: "業務の体制", href: () => "/team" },
  "registers/staff": { label: "業務の体制", href: (id) => `/team?day=${id}` },
  "registers/environment": { label: "環境への配慮", href: (id) => `/environment?month=${id}` },
  "plan/change": { label: "計画の変更", href: (id) => `/plans/changes/${id}` },
  "plan/inquiry": { label: "庁内照会", href: (id) => `/plans/${id.replace(".", "/inquiries/")}` },
  "plan/plan": { label: "計画書", href: (id) => `/plans/${id}` },
  "workplan/version": { label: "工程表", href: () => "/workplan" },
  "council/meeting": { label: "有識者会議", href: (id) => `/council/meetings/${id}` },
  "council/action": { label: "委員の指摘", href: () => "/council/actions" },
  "privacy/line": { label: "個人情報の帳簿", href: (id) => `/privacy/lines/${id}` },
  "privacy/glass": { label: "緊急の閲覧", href: () => "/privacy/gate" },
  "privacy/status": { label: "取扱状況の報告", href: () => "/privacy/status" },
  "survey/survey": { label: "調査", href: (id) => `/surveys/${id}` },
  "figures/daily": { label: "日報", href: (id) => `/figures/report?kind=daily&day=${id}` },
  "figures/week": { label: "日別集計", href: (id) => `/figures/report?kind=week&term=${id}` },
  "watch/alert": { label: "閲覧の見張り", href: () => "/watch" },
  "comments/round": { label: "意見への考え方の確認", href: () => "/comments/rounds" },
  "comments/answer": { label: "意見への答え", href: (id) => `/comments/answers/${id}` },
  "tasks/task": { label: "仕事", href: (id) => `/tasks/${id}` },
};

/** 下の階の室（tasks、filings）に渡すもの。 */
export const roomHand = {
  terms: async (office: Office, contract: string): Promise<Blueprint> =>
    (await openContract(office, contract)).blueprint,
  resolve: ({ room, kind, id }: About): AboutPlace | undefined => {
    const place = places[`${room}/${kind}`];
    const own = encodeURIComponent(id);
    const act = room === "calls" ? { act: callBackAct(own) } : {};
    return place && { label: place.label, href: place.href(own), ...act };
  },
  duties: listFiledDuties,
  lateDuties: async (office: Office, contract: string, told: readonly string[]) => {
    const known = await listContracts(office);
    if (!known.some(({ id }) => id === contract)) return { count: 0, href: "/contract/board" };
    const { lines } = await readOwed(office, contract, { states: ["late"] });
    const own = lines.filter(({ nature, obligation }) => nature !== "client" && !told.includes(obligation));
    return { count: own.length, href: "/contract/board" };
  },
  contract: pickContract,
  /** 提出書の一式に添えるもの。会議録提出書には、確定した会議録の Word。 */
  papers: async (office: Office, contract: string, { room, kind, id }: About) =>
    room === "council" && kind === "meeting" ? listFinalMinutes(office, contract, id) : [],
  raised: listRaised,
  traced: async (office: Office, actor: Actor, refs: readonly string[]) => {
    const answers = new Map(
      refs.flatMap((ref) => (ref.startsWith("comments/answer/") ? [[ref.slice(16), ref] as const] : [])),
    );
    const found = await traceAnswers(office, actor, [...answers.keys()]);
    return new Map([...found].map(([id, one]) => [answers.get(id) ?? id, one]));
  },
  holdings: openHoldings,
  parties: async (office: Office, contract: string) => {
    const { blueprint } = await openContract(office, contract);
    const { title, client, clientUnit, sender, hours, calendar } = blueprint;
    return { title, client, clientUnit, contractor: sender.name, close: hours.close, calendar };
  },
};

/** 予約者リストに渡すもの: 受講通知書を発送した日。 */
export const listHand = { sentOn: listSentDays };

/** 調査の室に渡すもの: 契約の選び方、調査票の文。 */
export const surveyHand: SurveyHand = { contract: pickContract, text: readSourceText };

/** 席数の室に渡すもの: 契約の選び方、半時間ごとの入電、使い捨ての訓練の事務所。 */
export const staffingHand: StaffingHand = { ...drillHand, contract: pickContract, calls: countSlots };

/** 成果品の室に渡すもの: 引渡しを止める義務、期別の数、条項ごとの証跡。 */
export const deliveryHand: DeliveryHand = {
  contract: pickContract,
  // 成果品そのものの提出の義務は、引き渡すことで果たされるので、止めない。
  blockers: async (office, contract, { clause, obligation }) => {
    const [{ lines }, blocks] = await Promise.all([
      readOwed(office, contract, { states: ["late"] }),
      blockedBy(office, contract, "delivery"),
    ]);
    const own = lines.filter((line) => line.clause === clause);
    const all = new Map([...own, ...blocks].map((one) => [one.key, one]));
    return [...all.values()]
      .filter((one) => one.key !== obligation)
      .map((one) => ({
        text: `${one.clause}「${one.title}」が遅れています。`,
        href: `/contract/duties/${encodeURIComponent(one.key)}`,
      }));
  },
  figures: async (office, contract) =>
    (
      await Promise.all([
        listReceptionFigures(office, contract),
        listNoticeFigures(office, contract),
        listPhoneFigures(office, contract),
        listStrategyFigures(office, contract),
        listRegisterFigures(office, contract),
      ])
    ).flat(),
  proofs: (office, contract) => listEvidence(office, contract, labelOfEvent),
  staff: countStaff,
  proposals: async (office, contract) =>
    (await listEntries(office, { contract }, { book: "proposal" })).map((one) => ({
      ...{ number: one.numberText, title: one.title, state: one.stateText, on: one.heldOn },
    })),
};
