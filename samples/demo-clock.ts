import { instantFromMs } from "../src/base/time.ts";
import type { Clock } from "../src/platform/clock.ts";

/** デモを作る間だけの時計。事務所の時刻を、日本時間の「2025-09-17T13:40:00」で動かす。 */
export class DemoClock implements Clock {
  #officeMs = 0;

  set(local: string): void {
    this.#officeMs = Date.parse(`${local}+09:00`);
  }

  systemMs(): number {
    return Date.now();
  }

  officeNow(): string {
    return instantFromMs(this.#officeMs);
  }
}
