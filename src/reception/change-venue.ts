import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { requireClassChange } from "./reception-right.ts";
import { tidyVenue, type VenueInput, venueFaults } from "./venue.ts";
import { listVenues, updateVenue, type Venue } from "./venue-store.ts";

/**
 * 会場の台帳を直す。名は日程表と結びつくので変えない。同じ内容なら何も起きない。
 * @throws AppError BAD_INPUT（faults に欄の名）、NOT_FOUND
 */
export async function changeVenue(
  office: Office,
  actor: Actor,
  id: string,
  given: VenueInput,
): Promise<Venue> {
  requireClassChange(actor);
  const input = tidyVenue(given);
  const faults = venueFaults(input);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
  return office.act(actor, async (tx) => {
    const venue = (await listVenues(tx, tx.contract)).find((each) => each.id === id);
    if (!venue) throw noVenue();
    const next = { ...input, latitude: input.latitude || null, longitude: input.longitude || null };
    const fields = (Object.keys(next) as (keyof typeof next)[]).filter(
      (field) => next[field] !== venue[field],
    );
    if (fields.length === 0) {
      tx.nothingHappened();
      return venue;
    }
    await updateVenue(tx, tx.contract, id, next);
    await tx.record({ kind: "venue.changed", about: id, payload: { fields } });
    return { ...venue, ...next };
  });
}

/** 会場を一つ。なければ NOT_FOUND。 */
export async function openVenue(office: Office, contract: string, id: string): Promise<Venue> {
  const venue = (await listVenues(office.read, contract)).find((each) => each.id === id);
  if (!venue) throw noVenue();
  return venue;
}

function noVenue(): AppError {
  return new AppError("NOT_FOUND", "その会場はありません。会場の一覧から選び直してください。");
}
