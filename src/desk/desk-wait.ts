import { type DeskClient, DeskRefusal } from "./desk-client.ts";
import { type DeskStore, newId, wordOf } from "./desk-memory.ts";

/** 希望の回が満席なら、待機に入れる。入れたら、同じ電話のまま次の方の受付を開く。 */
export function waitOnce({ get, dispatch }: DeskStore, client: DeskClient) {
  return async function wait(): Promise<void> {
    const { asked, fields, draftId, busy } = get();
    if (busy !== null || asked === null) return;
    dispatch({ type: "busy", what: "wait" });
    try {
      const { ahead } = await client.wait({ ...fields, draftId, classId: asked });
      const before = ahead === 0 ? "先頭です" : `先に${ahead}人います`;
      const text = `待機に入れました（${before}）。席が空くと、こちらから電話します。`;
      dispatch({ type: "waited", draftId: newId(), word: { tone: "done", text } });
    } catch (error) {
      const faults = error instanceof DeskRefusal ? (error.body.faults ?? []) : [];
      dispatch({ type: "refused", faults, word: wordOf(error) });
    }
  };
}
