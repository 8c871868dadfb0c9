import type { Office } from "../platform/office.ts";
import { listStaff } from "./list-staff.ts";
import { staffRoleNames, staffRoles } from "./staff.ts";

/** 今日の体制の、役割ごとの人数と、うち直接雇用の人数。兼ねる人は、それぞれに数える。人のいない役割は除く。 */
export async function countStaff(
  office: Office,
  contract: string,
): Promise<{ role: string; people: number; direct: number }[]> {
  const { members } = await listStaff(office, { contract });
  return staffRoleNames.flatMap((role) => {
    const own = members.filter(({ today }) => today.some((one) => one.role === role));
    const direct = own.filter(({ employment }) => employment === "direct").length;
    return own.length === 0 ? [] : [{ role: staffRoles[role].label, people: own.length, direct }];
  });
}
