import type { About } from "../base/about.ts";
import type { DeliveryHand } from "../delivery/delivery-hand.ts";
import { listFilings } from "../filings/list-filings.ts";
import { listNoticeFigures } from "../notices/list-figures.ts";
import { listSentDays } from "../notices/list-sent-days.ts";
import type { Office } from "../platform/office.ts";
import { listReceptionFigures } from "../reception/list-figures.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickContract } from "../terms/pick-contract.ts";

/** 「室/種類」→ 画面での名と場所。室を足したら、ここに一行足す。 */
const places: Readonly<Record<string, { label: string; href: (id: string) => string }>> = {
  "reception/class": { label: "講習会の予約者リスト", href: (id) => `/lists/${id}` },
  "reception/booking": { label: "予約", href: (id) => `/bookings/${id}` },
  "reception/wait": { label: "待機", href: (id) => `/waits/${id}` },
  "notices/batch": { label: "受講通知書の束", href: (id) => `/notices/${id}` },
  "filings/filing": { label: "協議・届出", href: (id) => `/filings/${id}` },
  "delivery/deliverable": { label: "成果品", href: (id) => `/deliverables/${id}` },
  "tasks/task": { label: "仕事", href: (id) => `/tasks/${id}` },
};

/** 下の階の室（tasks、filings）に渡すもの。 */
export const roomHand = {
  terms: async (office: Office, contract: string): Promise<Blueprint> =>
    (await openContract(office, contract)).blueprint,
  resolve: ({ room, kind, id }: About): { label: string; href: string } | undefined => {
    const place = places[`${room}/${kind}`];
    return place && { label: place.label, href: place.href(encodeURIComponent(id)) };
  },
  contract: pickContract,
  parties: async (office: Office, contract: string) => {
    const { blueprint } = await openContract(office, contract);
    const { title, client, clientUnit, sender, hours, calendar } = blueprint;
    return { title, client, clientUnit, contractor: sender.name, close: hours.close, calendar };
  },
};

/** 予約者リストに渡すもの: 受講通知書を発送した日。 */
export const listHand = { sentOn: listSentDays };

/** 成果品の室に渡すもの: 引渡しを止めるもの（期限を過ぎた届出）、期別の数、条項ごとの証跡。 */
export const deliveryHand: DeliveryHand = {
  contract: pickContract,
  blockers: async (office, contract, { clause }) => {
    const filings = await listFilings(office, { contract, roles: ["system"] });
    return filings
      .filter((one) => clause !== "" && one.clause === clause && one.urgency === "late")
      .map((one) => ({
        text: `第${one.number}号の${one.kindLabel}が遅れています。`,
        href: `/filings/${one.id}`,
      }));
  },
  figures: async (office, contract) =>
    (await Promise.all([listReceptionFigures(office, contract), listNoticeFigures(office, contract)])).flat(),
  proofs: async () => [],
};
