import type { Office } from "../platform/office.ts";
import { columnText, type PersonalPlace, personalPlaces } from "./personal-place.ts";
import { listKeySpans } from "./personal-place-store.ts";

/** 個人情報のある表ごとの、鍵と行の数（personalData の一覧）。 */
export async function listPersonalData(
  office: Office,
  contract: string,
): Promise<(PersonalPlace & { columnText: string; keys: number; rows: number })[]> {
  const places = personalPlaces();
  return Promise.all(
    places.map(async (place) => {
      const spans = await listKeySpans(office.read, contract, place);
      return {
        ...{ ...place, columnText: columnText(place), keys: spans.length },
        rows: spans.reduce((sum, one) => sum + one.rows, 0),
      };
    }),
  );
}
