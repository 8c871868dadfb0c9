import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { type DeskFields, deskPaths } from "./desk-api.ts";
import { DeskPage, deskIcons } from "./desk-page.tsx";
import { writeMoment } from "./desk-speech.ts";
import { emptyFields } from "./desk-state.ts";
import { isInPeriod } from "./seat-guide.ts";
import { readBoard, takeDeskBooking } from "./take-desk-booking.ts";

const page = async (
  ask: Ask,
  more: Partial<Parameters<typeof DeskPage>[0]> = {},
  status = 200,
): Promise<Response> => {
  const now = await readBoard(ask);
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const filter = {
    course: ask.query("course") ?? now.courses[0] ?? "",
    ward: ask.query("ward") ?? "",
    period: z.enum(["am", "pm", "all"]).catch("all").parse(ask.query("period")),
  };
  const wards = new Map(now.venues.map((v) => [v.id, v.ward]));
  const shown = now.cells.filter(
    (c) =>
      c.course === filter.course &&
      (!filter.ward || wards.get(c.venueId) === filter.ward) &&
      isInPeriod(c, filter.period),
  );
  const deskLabel =
    blueprint.desk.seats.find((s) => s.id === ask.actor.desk)?.label.replace(/番席.*$/, "番") ?? "－";
  return ask.page({
    title: "受付デスク",
    current: "desk.page",
    bare: true,
    ownDemoMark: true,
    islands: ["desk"],
    icons: deskIcons,
    status,
    body: (
      <DeskPage
        csrf={ask.seated.csrf}
        account={ask.actor.id}
        demo={ask.office.mode === "demo"}
        deskLabel={deskLabel}
        now={now.now}
        bookedToday={now.bookedToday}
        courses={now.courses}
        wards={now.wards}
        venues={now.venues}
        cells={shown}
        filter={filter}
        fields={emptyFields}
        faults={[]}
        idempotencyKey={randomUUID()}
        {...more}
      />
    ),
  });
};

/** JavaScript なしの予約。誤りがあれば、打たれたままを返して直してもらう。 */
async function bookByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const value = (name: string) => form.get(name) ?? "";
  const fields: DeskFields = {
    ...emptyFields,
    name: value("name"),
    kana: value("kana"),
    postalCode: value("postalCode"),
    address: value("address"),
    phone: value("phone"),
    care: value("care"),
    memo: value("memo"),
    proxyName: value("proxyName"),
    proxyRelation: value("proxyRelation"),
    proxyPhone: value("proxyPhone"),
    contact: value("contact"),
    companions: value("companions"),
  };
  const classId = value("classId");
  const key = value("idempotencyKey");
  const again = (faults: { field?: string; message: string }[], refusal?: string) =>
    page(ask, { fields, classId, faults, refusal, idempotencyKey: key || randomUUID() }, 422);
  if (!form.has("readBack"))
    return again([{ field: "readBack", message: "復唱してから、印を付けてください。" }]);
  try {
    const { booking } = await takeDeskBooking(ask, { ...fields, draftId: `form-${key}`, classId }, key);
    return ask.go(
      deskPaths.page,
      `予約しました。受付番号 ${booking.number}　投函期限 ${writeMoment(booking.posting.deadline)}`,
    );
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return again(cause.faults, cause.message);
  }
}

/** 受付デスクの画面と、素の form の予約。 */
export const deskFormRoutes: Route[] = [
  {
    id: "desk.page",
    method: "GET",
    path: deskPaths.page,
    kind: "page",
    summary: "受付デスク",
    handle: (ask) => page(ask),
  },
  {
    id: "desk.form",
    method: "POST",
    path: deskPaths.page,
    kind: "page",
    summary: "予約を受ける（素の form）",
    handle: bookByForm,
  },
];
