import type { Office } from "./office.ts";
import { forgetPersons } from "./person-index.ts";

/** ほかのプロセスが消した人を、このプロセスの記憶（鍵と探す索引）からも消す。毎秒呼ぶ。新しく忘れた数を返す。 */
export async function forgetErased(office: Office): Promise<number> {
  const ids = await office.keys.forgetDestroyed();
  forgetPersons(office, ids);
  return ids.length;
}
