import { AppError } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { applyChanges, dispatchChanges, roleMay, tallyNotices } from "./batch.ts";
import { numberOf } from "./batch-view.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { DispatchPage, type DispatchPageProps } from "./dispatch-page.tsx";
import { DispatchSheetPage, type DispatchSheetProps } from "./dispatch-sheet-page.tsx";
import { nameStaff } from "./name-staff.ts";
import { openBatch } from "./open-batch.ts";
import { payers, postageKinds, postageTotal, yenText } from "./postage.ts";
import { aboutBatch } from "./show-batch.ts";

async function dispatchProps(
  ask: Ask,
  given: DispatchPageProps["given"],
  more: Partial<DispatchPageProps> = {},
): Promise<DispatchPageProps> {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const now = open.cards.map((card) => card.now);
  const changes = dispatchChanges(now);
  const whyOf = new Map(changes.map((one) => [one.id, one.why]));
  return {
    id: open.batch.id,
    about: aboutBatch(open),
    date: formatWareki(ask.today, { weekday: true }),
    now: `${minuteOf(ask.now)}現在`,
    csrf: ask.seated.csrf,
    printed: open.tally.printed,
    toSend: tallyNotices(applyChanges(now, changes)).toSend,
    pulled: open.cards.flatMap((card) => {
      const why = whyOf.get(card.notice.id);
      if (why === undefined) return [];
      const words =
        why === "cancelled" ? "予約が取り消されました" : "内容が変わりました（次の束で作り直します）";
      return [{ number: numberOf(card), why: words }];
    }),
    given,
    mayRecord: roleMay("dispatch", ask.actor.roles, open.blueprint.roles.supervisorMayOperate),
    state: open.batch.state,
    payer: payers[open.blueprint.postage.payer],
    errors: {},
    refusal: undefined,
    ...more,
  };
}

async function form(ask: Ask): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const { kind: postage, unitYen } = blueprint.postage;
  const given = { sentOn: ask.today, count: "", receipt: "", postage, unitYen: String(unitYen) };
  const props = await dispatchProps(ask, given);
  return ask.page({ title: "発送の記録", current: "notice.list", body: <DispatchPage {...props} /> });
}

async function dispatch(ask: Ask): Promise<Response> {
  const fields = await ask.form();
  const given = {
    sentOn: fields.get("sentOn") ?? "",
    count: (fields.get("count") ?? "").normalize("NFKC").trim(),
    receipt: fields.get("receipt") ?? "",
    postage: fields.get("postage") ?? "",
    unitYen: (fields.get("unitYen") ?? "").normalize("NFKC").trim(),
  };
  const whole = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : -1);
  const count = whole(given.count);
  try {
    const { sentOn, receipt, postage } = given;
    await dispatchBatch(ask.office, ask.actor, ask.param("id"), {
      ...{ sentOn, receipt, count },
      // 欄のない古い画面から送られたときは、契約のものを使う。
      ...(fields.has("postage") ? { postage } : {}),
      ...(fields.has("unitYen") ? { unitYen: whole(given.unitYen) } : {}),
    });
    return ask.go(`/notices/${ask.param("id")}`, `${count}通の発送を記録しました。`);
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED"].includes(cause.code)) throw cause;
    const errors = Object.fromEntries(cause.faults.map((fault) => [fault.field ?? "", fault.message]));
    const mismatch = cause.code === "REFUSED" && "expected" in cause.detail;
    const props = await dispatchProps(ask, given, {
      errors: mismatch ? { count: cause.message } : errors,
      refusal: cause.code === "REFUSED" && !mismatch ? cause.message : undefined,
    });
    const status = cause.code === "REFUSED" ? 409 : 422;
    return ask.page({
      title: "発送の記録",
      current: "notice.list",
      status,
      body: <DispatchPage {...props} />,
    });
  }
}

async function sheet(ask: Ask): Promise<Response> {
  return ask.page({ title: "発送簿", bare: true, body: <DispatchSheetPage {...(await sheetProps(ask))} /> });
}

async function sheetProps(ask: Ask): Promise<DispatchSheetProps> {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const { batch, tally, blueprint } = open;
  const staff = await nameStaff(ask.office, ask.actor.contract);
  const sending = open.cards.flatMap((card) =>
    card.now.printed && card.now.state === "approved" && card.detail ? [card.detail] : [],
  );
  const groups = Map.groupBy(sending, ({ cls, venue }) => [cls.day, venue.name, cls.course].join("\t"));
  const name = (id: string | null) => (id ? (staff.get(id) ?? "") : "");
  const drawn = tally.printed - tally.toSend;
  return {
    id: batch.id,
    number: batch.number,
    title: "受講通知書発送簿",
    client: [blueprint.client, `${blueprint.clientUnit}　御中`],
    from: [blueprint.sender.name],
    date: formatWareki(batch.sent_on ?? ask.today),
    lines: [...groups.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, group]) => {
        const [day = "", venue = "", course = ""] = key.split("\t");
        return { day: formatMonthDay(day, { weekday: true }), venue, course, count: group.length };
      }),
    totals: [
      { name: "作成", value: `${tally.made}通` },
      { name: "外した", value: `${tally.excluded}通` },
      { name: "取消（印刷前）", value: `${tally.withdrawn - drawn}通` },
      { name: "印刷", value: `${tally.printed}通` },
      { name: "印刷後に抜いた", value: `${drawn}通` },
      {
        name: "発送",
        value: batch.sent_count === null ? "（未記録）" : `${batch.sent_count}通`,
      },
    ],
    people: [
      { role: "作成", name: name(batch.made_by) },
      { role: "承認", name: name(batch.approved_by) },
      { role: "発送", name: name(batch.sent_by) },
    ],
    facts: [
      { name: "件名", value: aboutBatch(open) },
      {
        name: "投函日",
        value: batch.sent_on ? formatWareki(batch.sent_on, { weekday: true }) : "（まだ記録していません）",
      },
      { name: "引受番号", value: batch.receipt ?? "なし" },
      {
        name: "発送番号",
        value:
          batch.serial_from === null || batch.serial_to === null
            ? "なし"
            : `${batch.serial_from} から ${batch.serial_to} まで`,
      },
      {
        name: "費用",
        value: batch.postage
          ? `${postageKinds[batch.postage].label}　${batch.unit_yen ?? 0}円×${batch.sent_count ?? 0}通＝${yenText(postageTotal(batch.unit_yen, batch.sent_count))}（${payers[batch.payer ?? blueprint.postage.payer]}・仕様書６(8)）`
          : "（まだ記録していません）",
      },
      ...(batch.same_person === 1 ? [{ name: "備考", value: "作成と承認が同じ人（SV が OP を兼務）" }] : []),
    ],
    demo: ask.office.mode === "demo",
  };
}

/** 発送の記録と発送簿。 */
export const dispatchRoutes: Route[] = [
  {
    id: "notice.dispatch.page",
    method: "GET",
    path: "/notices/:id/dispatch",
    kind: "page",
    summary: "発送の記録の画面",
    handle: form,
  },
  {
    id: "notice.dispatch",
    method: "POST",
    path: "/notices/:id/dispatch",
    kind: "page",
    summary: "発送を記録する",
    handle: dispatch,
  },
  {
    id: "notice.sheet",
    method: "GET",
    path: "/notices/:id/sheet",
    kind: "page",
    summary: "発送簿",
    handle: sheet,
  },
];
