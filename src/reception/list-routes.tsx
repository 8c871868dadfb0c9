import { z } from "zod";
import { isSteppedUp } from "../access/session.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import { withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BookingList, type ListHand, listPurposes } from "./booking-list.ts";
import { BookingListPage, BookingListPaper } from "./booking-list-page.tsx";
import { openClassBoard } from "./class-view.ts";
import { deliverList } from "./deliver-list.ts";
import { deliveredPage, deliveredReply } from "./delivered-routes.tsx";
import { ListChoicePage } from "./list-choice-page.tsx";
import { packPicks, readPicks } from "./list-pick.ts";
import { makeListWorkbook, maskLists, openLists } from "./make-list.ts";
import { mayChangeClasses } from "./reception-right.ts";

const revealBody = z.object({ purpose: z.string().max(40) });
const listBody = z.object({
  classIds: z.array(z.string().min(1).max(64)).min(1).max(1000),
  purpose: z.string().max(40),
  cancelled: z.boolean().optional(),
  /** 委託者へ渡すとき（deliver）の、渡す相手（課・係）。 */
  recipient: z.string().max(200).optional(),
});

/** 選ぶ画面に打たれたもの（個人情報はない）。 */
interface Choice {
  term?: string | undefined;
  /** 選んだ講習会の印（list-pick.ts）。 */
  pick?: string | undefined;
  cancelled?: boolean;
  purpose?: string | undefined;
  recipient?: string | undefined;
}

async function choicePage(ask: Ask, given: Choice & { fault?: string } = {}): Promise<Response> {
  const { office, actor } = ask;
  const board = await openClassBoard(office, actor, given.term ?? ask.query("term"));
  const picked = readPicks(
    given.pick ?? "",
    board.lines.map((line) => line.id),
  );
  const template = await latestTemplate(office.read, actor.contract, "booking-list");
  const { blueprint } = await openContract(office, actor.contract);
  return ask.page({
    title: "予約者リスト",
    current: "lists.page",
    status: given.fault === undefined ? 200 : 422,
    body: (
      <ListChoicePage
        {...board}
        csrf={ask.seated.csrf}
        mayExport={mayChangeClasses(actor)}
        template={template && { fileName: template.file_name, registeredOn: dayOf(template.created_at) }}
        stepped={isSteppedUp(ask.seated.steppedAt, office.clock.systemMs())}
        fault={picked === undefined ? `${changed}${given.fault ?? ""}` : given.fault}
        picked={picked ?? []}
        cancelled={given.cancelled ?? false}
        purpose={given.purpose ?? ""}
        recipient={given.recipient ?? blueprint.clientUnit}
      />
    ),
  });
}

const changed = "選んでいる間に講習会の一覧が変わりました。講習会を選び直してください。";

/** 選びを載せた、この画面の URL。個人情報は載らない。 */
function choicePath({ term = "", pick = "", cancelled, purpose = "" }: Choice): string {
  const query = new URLSearchParams({ term });
  if (pick !== "") query.set("pick", pick);
  if (cancelled) query.set("cancelled", "1");
  if (purpose in listPurposes) query.set("purpose", purpose);
  return `/lists?${query}`;
}

/** 送られた選び。 */
async function sentChoice(ask: Ask): Promise<Choice> {
  const form = await ask.form();
  const board = await openClassBoard(ask.office, ask.actor, form.get("term"));
  return {
    term: board.term.id,
    pick: packPicks(
      await ask.formAll("class"),
      board.lines.map((line) => line.id),
    ),
    cancelled: form.has("cancelled"),
    purpose: form.get("purpose"),
    recipient: form.get("recipient"),
  };
}

/** 選ばれた講習会。一つも選ばれていなければ、その期の全部。 */
async function chosen(ask: Ask): Promise<{ classIds: readonly string[]; cancelled: boolean; term: string }> {
  const form = await ask.form();
  const picked = await ask.formAll("class");
  const board = await openClassBoard(ask.office, ask.actor, form.get("term"));
  const all = board.lines.filter((line) => line.state === "open" || line.booked > 0).map((line) => line.id);
  return {
    classIds: picked.length > 0 ? [...new Set(picked)] : all,
    cancelled: form.has("cancelled"),
    term: board.term.id,
  };
}

async function printLists(ask: Ask): Promise<Response> {
  const { term, ...request } = await chosen(ask);
  const lists = await openLists(ask.office, ask.actor, { ...request, form: "print" });
  const { title, client } = await openContract(ask.office, ask.actor.contract);
  return ask.page({
    title: "予約者リスト（印刷）",
    bare: true,
    body: (
      <BookingListPaper
        lists={lists}
        now={ask.now}
        contract={{ title, client }}
        demo={ask.office.mode === "demo"}
        backHref={`/lists?term=${encodeURIComponent(term)}`}
      />
    ),
  });
}

async function exportLists(ask: Ask, hand: ListHand): Promise<Response> {
  const { term: _term, ...request } = await chosen(ask);
  try {
    const form = await ask.form();
    const purpose = form.get("purpose") ?? "";
    // 委託者へ渡すものは、パスワードを付けた写しだけ。
    if (purpose === "deliver") {
      const recipient = form.get("recipient") ?? "";
      const made = await deliverList(ask.office, ask.actor, { ...request, recipient }, hand);
      return deliveredPage(ask, made, { href: "/lists", label: "予約者リスト" });
    }
    return ask.download(await makeListWorkbook(ask.office, ask.actor, { ...request, purpose }, hand));
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED"].includes(cause.code)) throw cause;
    return choicePage(ask, { ...(await sentChoice(ask)), fault: cause.message });
  }
}

/** 予約者リストの道。 */
export function listRoutes(hand: ListHand): Route[] {
  return [...viewRoutes, ...exportRoutes(hand)];
}

const viewRoutes: Route[] = [
  {
    id: "lists.page",
    method: "GET",
    path: "/lists",
    kind: "page",
    summary: "予約者リストを選ぶ",
    handle: (ask) =>
      choicePage(ask, {
        pick: ask.query("pick"),
        cancelled: ask.query("cancelled") !== undefined,
        purpose: ask.query("purpose"),
      }),
  },
  {
    id: "list.page",
    method: "GET",
    path: "/lists/:id",
    kind: "page",
    summary: "講習会一回の予約者リスト（氏名と連絡先は伏せる）",
    handle: (ask) => listPage(ask),
  },
  {
    id: "list.reveal",
    method: "POST",
    path: "/lists/:id",
    kind: "page",
    summary: "講習会一回の予約者リストを、目的を記録して見る",
    handle: async (ask) => {
      const purpose = (await ask.form()).get("purpose") ?? "";
      return withFaults(
        async () => listPage(ask, { revealed: await revealList(ask, purpose) }),
        (faults) => listPage(ask, { fault: faults[0]?.message }),
      );
    },
  },
  {
    id: "lists.print",
    method: "POST",
    path: "/lists/print",
    kind: "page",
    summary: "予約者リストを紙にする（開いたことが記録に残る）",
    handle: printLists,
  },
  {
    id: "list.api",
    method: "GET",
    path: "/api/lists/:id",
    kind: "api",
    summary: "講習会一回の予約者リスト（氏名と連絡先は伏せる）",
    handle: async (ask) => {
      const lists = await maskLists(ask.office, ask.actor, { classIds: [ask.param("id")] });
      return ask.reply({ lists: lists.map((list) => ({ ...headOf(list), bookings: list.entries })) });
    },
  },
  {
    id: "list.reveal.api",
    method: "POST",
    path: "/api/lists/:id/reveal",
    kind: "api",
    summary: "講習会一回の予約者リストを、目的（venue・notices・check）を記録して見る",
    input: revealBody,
    handle: async (ask) => {
      const { purpose } = await ask.json(revealBody);
      const list = await revealList(ask, purpose);
      return ask.reply({
        list: {
          ...headOf(list),
          bookings: list.entries.map(({ booking, person }) => ({
            id: booking.id,
            number: booking.number,
            state: booking.state,
            name: person.name,
            kana: person.kana,
            postal: person.postal,
            address: person.address,
            building: person.building,
            phone: person.phone,
            needs: booking.needs,
            largePrint: booking.large_print === 1,
            takenAt: booking.taken_at,
          })),
        },
      });
    },
  },
];

function headOf({ cls, venue }: Pick<BookingList, "cls" | "venue">) {
  const { id: classId, day, start, end, course, capacity } = cls;
  return { classId, day, start, end, venue: venue.name, course, capacity };
}

/** 目的を記録してから返す。記録できなければ見せない。 */
async function revealList(ask: Ask, purpose: string): Promise<BookingList> {
  const [list] = await openLists(ask.office, ask.actor, {
    ...{ classIds: [ask.param("id")], form: "screen", purpose },
  });
  if (!list) throw new Error("an opened list is missing");
  return list;
}

async function listPage(
  ask: Ask,
  given: { revealed?: BookingList; fault?: string | undefined } = {},
): Promise<Response> {
  const [list] = await maskLists(ask.office, ask.actor, { classIds: [ask.param("id")] });
  if (!list) throw new Error("an opened list is missing");
  return ask.page({
    ...{ title: "予約者リスト", current: "lists.page", status: given.fault === undefined ? 200 : 422 },
    body: (
      <BookingListPage
        {...{ list, ...given }}
        csrf={ask.seated.csrf}
        mayExport={mayChangeClasses(ask.actor)}
      />
    ),
  });
}

function exportRoutes(hand: ListHand): Route[] {
  return [
    {
      id: "lists.step-up",
      method: "POST",
      path: "/lists/step-up",
      kind: "page",
      summary: "選んだまま、本人であることを確かめ直しに行く",
      handle: async (ask) => ask.go(`/step-up?next=${encodeURIComponent(choicePath(await sentChoice(ask)))}`),
    },
    {
      id: "lists.workbook",
      method: "POST",
      path: "/lists/workbook",
      kind: "file",
      summary: "予約者リストを委託者の様式に書き出す",
      stepUp: true,
      handle: (ask) => exportLists(ask, hand),
    },
    {
      id: "lists.workbook.api",
      method: "POST",
      path: "/api/lists/workbook",
      kind: "api",
      summary:
        "予約者リストを委託者の様式に書き出す（答えはファイル。委託者へ渡すなら、写しの場所とパスワード）",
      stepUp: true,
      input: listBody,
      handle: async (ask) => {
        const { cancelled, recipient = "", ...given } = await ask.json(listBody);
        const request = { ...given, ...(cancelled === undefined ? {} : { cancelled }) };
        if (request.purpose === "deliver")
          return deliveredReply(
            ask,
            await deliverList(ask.office, ask.actor, { ...request, recipient }, hand),
          );
        return ask.download(await makeListWorkbook(ask.office, ask.actor, request, hand));
      },
    },
  ];
}

export const listMenu: MenuEntry[] = [
  { routeId: "lists.page", label: "予約者リスト", icon: "list", href: "/lists" },
];
