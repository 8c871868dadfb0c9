import { systemActor } from "../base/actor.ts";
import { localMinuteOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { listClasses } from "./class-store.ts";
import { offerFreeSeats } from "./offer-seat.ts";
import { listSealedWaits } from "./wait-store.ts";
import { wants } from "./waiting.ts";

/**
 * 空きのある回を待っている方に案内する（定員が増えた、電話の仮押さえが切れた・放された）。案内した数を返す。
 * 通知書が間に合わない回、始まった回は、ここでも案内しない。
 */
export async function offerSeats(office: Office, contract: string): Promise<number> {
  const waits = await listSealedWaits(office.read, contract, ["waiting"]);
  if (waits.length === 0) return 0;
  const now = localMinuteOf(office.clock.officeNow(contract));
  const open = (await listClasses(office.read, contract)).filter(
    (cls) =>
      cls.state === "open" &&
      cls.booked + cls.held < cls.capacity &&
      `${cls.day}T${cls.start}` > now &&
      waits.some((wait) => wants(wait, cls)),
  );
  if (open.length === 0) return 0;
  const { blueprint } = await openContract(office, contract);
  let offered = 0;
  for (const { id } of open)
    offered += await office.act(systemActor(contract), async (tx) => {
      const count = await offerFreeSeats(tx, blueprint, id);
      if (count === 0) tx.nothingHappened();
      return count;
    });
  return offered;
}

/** どの契約でも、空いた席を待つ方に案内する（毎分の片づけ）。 */
export async function sweepSeats(office: Office): Promise<number> {
  let offered = 0;
  for (const { id } of await listContracts(office)) offered += await offerSeats(office, id);
  return offered;
}
