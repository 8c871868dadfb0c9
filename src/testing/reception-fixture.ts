import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { insertClass, type StoredClass } from "../reception/class-store.ts";
import type { NewBooking } from "../reception/take-booking.ts";
import { insertVenue } from "../reception/venue-store.ts";
import { startContract } from "../terms/start-contract.ts";

const yaml = withoutDuties(
  readFileSync(new URL("../../blueprints/sapporo-class-booking.yaml", import.meta.url), "utf8"),
);

/** 受付の試験では、条項と義務を除く（期限の一覧に、試験の外の義務が並ばないように）。 */
function withoutDuties(text: string): string {
  const document = parseDocument(text);
  for (const name of ["applies", "clauses", "obligations"]) document.delete(name);
  return document.toString();
}

/** 契約を始め、会場を一つと、頼まれた講習会を置く。 */
export async function openReception(
  office: Office,
  actor: Actor,
  classes: (Partial<StoredClass> & { id: string })[],
): Promise<void> {
  await startContract(office, actor, yaml);
  await office.keepFor(actor, async (scope) => {
    await insertVenue(scope, {
      id: "kita",
      contract_id: scope.contract,
      name: "北区民センター",
      address: "札幌市北区北二十五条西6丁目",
      ward: "北区",
      access: "北24条駅 2分",
      phone: "011-000-0000",
      latitude: "43.0925",
      longitude: "141.3433",
      created_at: scope.now,
    });
    let hour = 9;
    for (const one of classes) {
      hour += 1;
      await insertClass(scope, {
        contract_id: scope.contract,
        term: "2",
        day: "2025-10-01",
        start: `${String(hour).padStart(2, "0")}:00`,
        end: `${String(hour).padStart(2, "0")}:50`,
        venue_id: "kita",
        room: "",
        course: "入門",
        kind: "講習会",
        capacity: 10,
        booked: 0,
        held: 0,
        bring: "筆記用具",
        phone: "",
        state: "open",
        version: 1,
        created_at: scope.now,
        changed_at: scope.now,
        ...one,
      });
    }
  });
}

/** 作りものの申込者。n で名前と電話が変わる。 */
export function caller(n: number, classId: string): NewBooking {
  return {
    name: `検査　${n}子`,
    kana: "ケンサ タロウコ",
    postal: "001-0031",
    address: `札幌市北区北三十一条西5丁目${n}-1`,
    building: "",
    phone: `011-000-${String(n % 10000).padStart(4, "0")}`,
    needs: "",
    memo: "",
    largePrint: false,
    classId,
    draftId: `draft-${n}`,
  };
}
