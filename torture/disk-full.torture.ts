import { fillDisk, mountSmallDisk } from "../src/testing/disk-full.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "ディスクが一杯";

const TIMES = 10;

export async function run(): Promise<TortureRow[]> {
  const disk = mountSmallDisk(16);
  if (!disk) return [without("予約を続けて一杯にする", "tmpfs を付けられない機械")];
  try {
    let booked = 0;
    let refused = 0;
    const faults: string[] = [];
    for (let i = 0; i < TIMES; i += 1) {
      const told = await fillDisk(disk.folder, 64_000 + i * 100_000);
      booked += told.booked;
      refused += told.refused;
      faults.push(...told.faults);
    }
    const result = `受けた予約 ${booked}、丁寧に断った ${refused}、空けるとまた受けた`;
    return [
      rowOf("予約を続けて一杯にし、空けてまた受ける。下書きも残る", TIMES, result, faults, refused > 0),
    ];
  } finally {
    disk.remove();
  }
}
