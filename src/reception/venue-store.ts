import { instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** 会場の台帳。緯度・経度は「43.0621」の文字列（度）。 */
export const venueTable = table("venue", {
  id: text(),
  contract_id: text(),
  name: text(),
  address: text(),
  ward: text(),
  /** 最寄りからの案内（「北24条駅 2分」）。 */
  access: text(),
  phone: text(),
  latitude: nullable(text()),
  longitude: nullable(text()),
  created_at: instant(),
});
const schema = { venue: venueTable };

export type Venue = Row<typeof venueTable>;

export async function listVenues(read: Read, contract: string): Promise<Venue[]> {
  return tables<typeof schema>(read)
    .selectFrom("venue")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("name")
    .execute();
}

export async function insertVenue(tx: Read, venue: Venue): Promise<void> {
  await tables<typeof schema>(tx).insertInto("venue").values(venue).execute();
}

export async function updateVenue(
  tx: Read,
  contract: string,
  id: string,
  change: Partial<Omit<Venue, "id" | "contract_id">>,
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("venue")
    .set(change)
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .execute();
}
