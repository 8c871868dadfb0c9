import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { catchUpOwed } from "./catch-up-owed.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { listLightDuties } from "./owed-store.ts";

/** 仕様書の全部の条項と義務の、いまの色。写しを進めてから読む。 */
export async function readCoverage(office: Office, contractId: string): Promise<Coverage> {
  await catchUpOwed(office, contractId);
  const { blueprint } = await openContract(office, contractId);
  const duties = await listLightDuties(office.read, contractId);
  return coverageOf(blueprint, duties, office.clock.officeNow(contractId));
}
