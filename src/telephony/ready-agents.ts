import type { QueueBook } from "./queue-facts.ts";

/**
 * その時、電話を取れる席が一つでもあったか。
 * 席の出入りと一時停止の行がなければ undefined（分からない）。
 */
export function readyAgents(book: QueueBook): (at: number) => boolean | undefined {
  const changes = [...book.members].sort((a, b) => a.at - b.at);
  if (changes.length === 0) return () => undefined;
  // 加わった行のある席は、加わるまではいない。ほかの席は、はじめからいる。
  const first = new Map<string, boolean>();
  for (const change of changes) if (!first.has(change.agent)) first.set(change.agent, change.ready);
  const ready = new Set([...book.agents].filter((agent) => agent !== "NONE" && first.get(agent) !== true));
  const steps: { at: number; ready: number }[] = [{ at: Number.NEGATIVE_INFINITY, ready: ready.size }];
  for (const { at, agent, ready: on } of changes) {
    if (on) ready.add(agent);
    else ready.delete(agent);
    steps.push({ at, ready: ready.size });
  }
  return (at) => {
    let [low, high] = [0, steps.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((steps[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (steps[low]?.ready ?? 0) > 0;
  };
}
