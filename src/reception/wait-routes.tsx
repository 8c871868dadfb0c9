import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { type TryResult, tryResults } from "../tasks/task.ts";
import { acceptOffer, declineOffer, tryOffer } from "./answer-offer.ts";
import { bookingNumber } from "./booking.ts";
import { contactMeans } from "./caller.ts";
import { countWaits, listWaits, openWaitDetail, revealWait } from "./list-waits.ts";
import { offerSeat, type SeatOutcome } from "./offer-seat.ts";
import { waitForClass } from "./wait-for-class.ts";
import { WaitListPage } from "./wait-list-page.tsx";
import { WaitPage, type WaitPageProps } from "./wait-page.tsx";
import { withdrawWait } from "./withdraw-wait.ts";

const text = (max: number) => z.string().max(max).default("");
const keysOf = <T extends string>(of: Readonly<Record<T, string>>) => Object.keys(of) as [T, ...T[]];
/** 待機に入れるときの本文。受付デスクも同じ。 */
export const waitBody = z.object({
  name: text(200),
  kana: text(200),
  postal: text(40),
  address: text(400),
  building: text(200),
  phone: text(100),
  needs: text(800),
  memo: text(4000),
  largePrint: z.boolean().default(false),
  companions: z.int().min(0).max(1).default(0),
  contact: z.enum(keysOf(contactMeans)).default("phone"),
  proxy: z
    .object({ name: text(200), relation: text(100), phone: text(100) })
    .nullable()
    .default(null),
  classId: z.string().min(1).max(64),
  wider: z.boolean().default(false),
  venueIds: z.array(z.string().min(1).max(64)).max(100).default([]),
  fromDay: z.string().max(10).nullable().default(null),
  toDay: z.string().max(10).nullable().default(null),
  reachFrom: text(10),
  reachTo: text(10),
  draftId: z.string().max(64).optional(),
});
const offerBody = z.object({ classId: z.string().min(1).max(64), byPhone: z.boolean().default(false) });
const answers = ["accepted", "stays", "declined", "tried"] as const;
const answerBody = z.object({
  offer: z.string().min(1).max(64),
  answer: z.enum(answers),
  result: z.enum(keysOf(tryResults)).optional(),
});

/** 空いた席に起きたことの一文（ほかの画面の知らせにも使う）。 */
export function seatWord(seat: SeatOutcome): string {
  if (seat.kind === "offered")
    return "空いた席は、次に待つ方のために押さえました。折り返しの仕事ができています。";
  if (seat.kind === "stopped")
    return `待つ方が${seat.waiting}人いますが、自動では案内しません。待機の画面をご確認ください。`;
  return "";
}

async function answer(ask: Ask, given: z.infer<typeof answerBody>): Promise<string> {
  const { office, actor } = ask;
  if (given.answer === "tried") {
    await tryOffer(office, actor, given.offer, given.result ?? ("other" satisfies TryResult));
    return "試みを記録しました。席は期限まで押さえてあります。";
  }
  if (given.answer === "accepted") {
    const { number, phoneOnly } = await acceptOffer(office, actor, given.offer);
    const card = phoneOnly ? "日時と会場を、この電話で案内してください。" : "受講通知書をお送りします。";
    return `予約になりました。受付番号 ${bookingNumber(number)}　${card}`;
  }
  const seat = await declineOffer(office, actor, given.offer, given.answer === "stays");
  return `断りを記録しました。${seatWord(seat)}`;
}

async function waitPage(ask: Ask, more: Pick<WaitPageProps, "revealed" | "fault"> = {}): Promise<Response> {
  return ask.page({
    title: "待機",
    current: "waits.page",
    status: more.fault === undefined ? 200 : 422,
    body: (
      <WaitPage
        csrf={ask.seated.csrf}
        detail={await openWaitDetail(ask.office, ask.actor, ask.param("id"))}
        {...more}
      />
    ),
  });
}

/** 断られたら、同じ画面に訳を出す。 */
async function orFault(ask: Ask, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code === "NOT_FOUND" || cause.code === "FORBIDDEN") throw cause;
    return waitPage(ask, { fault: cause.message });
  }
}

const pageRoutes: Route[] = [
  {
    id: "waits.page",
    method: "GET",
    path: "/waits",
    kind: "page",
    summary: "待機の一覧",
    handle: async (ask) =>
      ask.page({
        title: "待機",
        current: "waits.page",
        body: (
          <WaitListPage
            board={await listWaits(ask.office, ask.actor)}
            reachableOnly={ask.query("reach") === "now"}
          />
        ),
      }),
  },
  {
    id: "wait.page",
    method: "GET",
    path: "/waits/:id",
    kind: "page",
    summary: "待機（氏名と電話は伏せる）",
    handle: (ask) => waitPage(ask),
  },
  {
    id: "wait.reveal",
    method: "POST",
    path: "/waits/:id",
    kind: "page",
    summary: "待機の方の個人情報を、理由を記録して見る",
    handle: (ask) =>
      orFault(ask, async () => {
        const reason = (await ask.form()).get("reason") ?? "";
        return waitPage(ask, { revealed: await revealWait(ask.office, ask.actor, ask.param("id"), reason) });
      }),
  },
  {
    id: "wait.offer",
    method: "POST",
    path: "/waits/:id/offer",
    kind: "page",
    summary: "空席を押さえて案内する",
    handle: (ask) =>
      orFault(ask, async () => {
        const form = await ask.form();
        const given = { classId: form.get("classId") ?? "", byPhone: form.has("byPhone") };
        await offerSeat(ask.office, ask.actor, ask.param("id"), given);
        return ask.go(`/waits/${ask.param("id")}`, "席を押さえました。電話を掛けて、返事を入れてください。");
      }),
  },
  {
    id: "wait.answer",
    method: "POST",
    path: "/waits/:id/answer",
    kind: "page",
    summary: "案内の返事を入れる",
    handle: (ask) =>
      orFault(ask, async () => {
        const form = await ask.form();
        const given = answerBody.safeParse(Object.fromEntries(form));
        if (!given.success) throw new AppError("BAD_INPUT", "返事を選んでください。");
        const flash = await answer(ask, given.data);
        return ask.go(given.data.answer === "tried" ? `/waits/${ask.param("id")}` : "/waits", flash);
      }),
  },
  {
    id: "wait.withdraw",
    method: "POST",
    path: "/waits/:id/withdraw",
    kind: "page",
    summary: "待つのをやめる",
    handle: (ask) =>
      orFault(ask, async () => {
        await withdrawWait(ask.office, ask.actor, ask.param("id"));
        return ask.go("/waits", "待機をやめました。記録は残っています。");
      }),
  },
];

const apiRoutes: Route[] = [
  {
    id: "waits.api",
    method: "GET",
    path: "/api/waits",
    kind: "api",
    summary: "待機の一覧（氏名と電話は伏せる）",
    handle: async (ask) => ask.reply(await listWaits(ask.office, ask.actor)),
  },
  {
    id: "wait.open.api",
    method: "POST",
    path: "/api/waits",
    kind: "api",
    summary: "満席の回の待機に入れる",
    input: waitBody,
    handle: async (ask) =>
      ask.reply(await waitForClass(ask.office, ask.actor, await ask.json(waitBody)), 201),
  },
  {
    id: "wait.offer.api",
    method: "POST",
    path: "/api/waits/:id/offer",
    kind: "api",
    summary: "空席を押さえて案内する",
    input: offerBody,
    handle: async (ask) =>
      ask.reply(await offerSeat(ask.office, ask.actor, ask.param("id"), await ask.json(offerBody)), 201),
  },
  {
    id: "wait.answer.api",
    method: "POST",
    path: "/api/waits/:id/answer",
    kind: "api",
    summary: "案内の返事を入れる",
    input: answerBody,
    handle: async (ask) => ask.reply({ said: await answer(ask, await ask.json(answerBody)) }),
  },
  {
    id: "wait.withdraw.api",
    method: "POST",
    path: "/api/waits/:id/withdraw",
    kind: "api",
    summary: "待つのをやめる",
    handle: async (ask) => {
      await withdrawWait(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ withdrawn: true });
    },
  },
];

/** 待機の道。 */
export const waitRoutes: Route[] = [...pageRoutes, ...apiRoutes];

/** 左のメニュー。 */
export const waitMenu: MenuEntry[] = [
  {
    routeId: "waits.page",
    label: "待機",
    icon: "hands",
    href: "/waits",
    count: async (office, actor) => (await countWaits(office, actor.contract)) || undefined,
  },
];
