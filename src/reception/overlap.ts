import type { StoredClass } from "./class-store.ts";

type ClassTime = Pick<StoredClass, "day" | "start" | "end">;

/** 二つの回の時間が重なるか。終わりと始まりが同じ時刻なら重ならない。 */
export function overlaps(a: ClassTime, b: ClassTime): boolean {
  return a.day === b.day && a.start < b.end && b.start < a.end;
}
