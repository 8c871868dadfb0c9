import type { Office } from "./office.ts";
import { forgetPersons } from "./person-index.ts";

type Listener = (keys: ReadonlySet<string>) => void;

/** 壊したあとも、この間（ミリ秒）は忘れ直す。壊す前に鍵を受け取っていた要求が、あとから覚えたものも残さない。 */
const AGAIN_MS = 60_000;

interface Forgetting {
  listeners: Set<Listener>;
  /** 壊された鍵の組と、忘れ直すのをやめる時（システムの時計）。 */
  recent: { keys: readonly string[]; until: number }[];
}
const forgettings = new WeakMap<Office, Forgetting>();

function forgettingOf(office: Office): Forgetting {
  const mine = forgettings.get(office) ?? { listeners: new Set(), recent: [] };
  forgettings.set(office, mine);
  return mine;
}

/** 開いた中身を覚えておく室は、鍵が壊されたときに忘れるよう、ここに頼む（事務所が閉じれば一緒に消える）。同じ鍵で何度も呼ばれる。 */
export function onErased(office: Office, forget: Listener): void {
  forgettingOf(office).listeners.add(forget);
}

/** 壊した鍵で開いたものを、このプロセスの記憶（探す索引と、室の覚えている中身）から消す。 */
export function forgetKeys(office: Office, keys: readonly string[]): void {
  if (keys.length === 0) return;
  forgettingOf(office).recent.push({ keys, until: office.clock.systemMs() + AGAIN_MS });
  forgetNow(office, keys);
}

/** ほかのプロセスが消した人を、このプロセスの記憶（鍵、探す索引、覚えている中身）からも消す。毎秒呼ぶ。新しく忘れた数を返す。 */
export async function forgetErased(office: Office): Promise<number> {
  const ids = await office.keys.forgetDestroyed();
  const mine = forgettingOf(office);
  mine.recent = mine.recent.filter(({ until }) => until > office.clock.systemMs());
  for (const { keys } of mine.recent) forgetNow(office, keys);
  forgetKeys(office, ids);
  return ids.length;
}

function forgetNow(office: Office, keys: readonly string[]): void {
  forgetPersons(office, keys);
  const gone = new Set(keys);
  for (const forget of forgettings.get(office)?.listeners ?? []) forget(gone);
}
