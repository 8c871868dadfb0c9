import type { Office } from "./office.ts";
import { forgetPersons } from "./person-index.ts";

type Listener = (keys: ReadonlySet<string>) => void;
const listeners = new WeakMap<Office, Set<Listener>>();

/** 開いた中身を覚えておく室は、鍵が壊されたときに忘れるよう、ここに頼む（事務所が閉じれば一緒に消える）。 */
export function onErased(office: Office, forget: Listener): void {
  const mine = listeners.get(office) ?? new Set();
  listeners.set(office, mine.add(forget));
}

/** 壊した鍵で開いたものを、このプロセスの記憶（探す索引と、室の覚えている中身）から消す。 */
export function forgetKeys(office: Office, keys: readonly string[]): void {
  if (keys.length === 0) return;
  forgetPersons(office, keys);
  const gone = new Set(keys);
  for (const forget of listeners.get(office) ?? []) forget(gone);
}

/** ほかのプロセスが消した人を、このプロセスの記憶（鍵、探す索引、覚えている中身）からも消す。毎秒呼ぶ。新しく忘れた数を返す。 */
export async function forgetErased(office: Office): Promise<number> {
  const ids = await office.keys.forgetDestroyed();
  forgetKeys(office, ids);
  return ids.length;
}
