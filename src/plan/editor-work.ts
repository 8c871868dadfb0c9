import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { EditorBlock } from "./editor.ts";
import { type Arrange, type EditorClient, EditorRefusal } from "./editor-client.ts";
import type { EditorMemory } from "./editor-memory.ts";
import type { BlockContent } from "./plan-block.ts";

const SAVE_MS = 900;
const NEWS_MS = 2000;

/** 打つ・保存する・足す・動かす・消す・元に戻す。打つたびに画面を描き直さない。 */
export class EditorWork {
  readonly #timers = new Map<string, number>();
  readonly #saving = new Map<string, Promise<void>>();
  /** この部分の、直し始める前の版（元に戻すため）。 */
  readonly #opened = new Map<string, number>();

  readonly #memory: EditorMemory;
  readonly #client: EditorClient;
  readonly #now: () => Instant;

  constructor(memory: EditorMemory, client: EditorClient, now: () => Instant) {
    this.#memory = memory;
    this.#client = client;
    this.#now = now;
  }

  say(text: string, tone: "plain" | "late" = "plain"): void {
    this.#memory.set({ said: { text, tone } });
  }

  type(id: string, content: BlockContent): void {
    const block = this.#memory.get().blocks.get(id);
    if (!block) return;
    const draft = this.#memory.drafts.get(id);
    this.#memory.drafts.set(id, {
      content,
      version: draft?.version ?? block.version,
      base: draft?.base ?? block.content,
    });
    window.clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      window.setTimeout(() => void this.flush(id), SAVE_MS),
    );
  }

  /** 保存する。前の保存が終わってから、いちばん新しい文を送る。 */
  async flush(id: string, last = false): Promise<void> {
    window.clearTimeout(this.#timers.get(id));
    await this.#saving.get(id);
    const draft = this.#memory.drafts.get(id);
    if (!draft) return;
    if (JSON.stringify(draft.content) === JSON.stringify(draft.base)) {
      this.#memory.drafts.delete(id);
      return;
    }
    const going = this.#send(id, draft.content, draft.version, last).finally(() => this.#saving.delete(id));
    this.#saving.set(id, going);
    await going;
  }

  async #send(id: string, content: BlockContent, version: number, last: boolean): Promise<void> {
    const { tracking } = this.#memory.get();
    try {
      const done = await this.#client.change(
        id,
        { content, expectedVersion: version, tracked: tracking },
        last,
      );
      if (!this.#opened.has(id)) {
        this.#opened.set(id, version);
        this.#pushUndo("直し", id, () => this.arrange(id, { act: "revert", version }));
      }
      const draft = this.#memory.drafts.get(id);
      const block = this.#memory.get().blocks.get(id);
      if (draft && JSON.stringify(draft.content) === JSON.stringify(content)) this.#memory.drafts.delete(id);
      else if (draft && !done.merged)
        this.#memory.drafts.set(id, { ...draft, version: done.version, base: content });
      if (block && !done.merged)
        this.#memory.put([
          { ...block, content, version: done.version, tracked: this.#trackedBy(block, tracking) },
        ]);
      this.say(savedText(this.#now()));
      await this.#refresh();
    } catch (cause) {
      await this.#failed(cause, id);
    }
  }

  /** サーバーの答えが来るまでの、記録の見せ方。 */
  #trackedBy(block: EditorBlock, tracking: boolean): EditorBlock["tracked"] {
    if (block.tracked !== null || !tracking) return block.tracked;
    return { before: block.content, reason: "", link: null, by: "", at: this.#now() };
  }

  async #failed(cause: unknown, id?: string): Promise<void> {
    if (!(cause instanceof EditorRefusal)) {
      this.say("届きませんでした。文は画面に残っています。つながりを確かめてください。", "late");
      if (id !== undefined)
        this.#timers.set(
          id,
          window.setTimeout(() => void this.flush(id), 5000),
        );
      return;
    }
    if (cause.code === "CONFLICT" && id !== undefined) this.#memory.drafts.delete(id);
    this.say(cause.message, "late");
    if (cause.code === "CONFLICT") await this.#refresh();
  }

  async #refresh(): Promise<void> {
    try {
      this.#memory.receive(await this.#client.news(this.#memory.get().sequence));
    } catch (cause) {
      if (cause instanceof EditorRefusal && cause.code === "NOT_SIGNED_IN") this.say(cause.message, "late");
    }
  }

  #pushUndo(label: string, id: string, run: () => Promise<unknown>): void {
    const step = {
      label,
      run: async () => {
        this.#opened.delete(id);
        await run();
      },
    };
    this.#memory.set({ undo: [...this.#memory.get().undo, step].slice(-50) });
  }

  async undo(): Promise<void> {
    const { undo: steps, active } = this.#memory.get();
    if (active !== null) await this.flush(active);
    const step = this.#memory.get().undo.at(-1);
    if (!step) return this.say("元に戻すものがありません。");
    this.#memory.set({ undo: steps.slice(0, -1), active: null });
    await step.run();
    this.say(`${step.label}を元に戻しました。`);
  }

  async arrange(id: string, act: Arrange): Promise<void> {
    try {
      await this.#client.arrange(id, act);
      // 反映と確認は変更の番号が進まないので、その部分を読み直す。
      if (act.act === "settle" || act.act === "review") await this.#reread(id);
      else await this.#refresh();
      this.say(savedText(this.#now()));
    } catch (cause) {
      await this.#failed(cause);
    }
  }

  async #reread(id: string): Promise<void> {
    const { blocks } = await this.#client.open();
    const found = blocks.find((block) => block.id === id);
    if (found) this.#memory.put([found]);
  }

  async insert(
    after: string | null,
    content: BlockContent,
    more: { inside?: boolean; id?: string; stay?: boolean } = {},
  ): Promise<string | undefined> {
    if (after !== null) await this.flush(after);
    const { stay, ...given } = more;
    try {
      const { block } = await this.#client.insert({
        after,
        content,
        ...given,
        tracked: this.#memory.get().tracking,
      });
      await this.#refresh();
      this.#pushUndo("足した部分", block, () => this.arrange(block, { act: "remove" }));
      if (!stay) this.#memory.set({ active: block, current: block });
      this.say(savedText(this.#now()));
      return block;
    } catch (cause) {
      await this.#failed(cause);
      return undefined;
    }
  }

  /** 調査の図を入れる。数の表も原稿のデータになるので、開き直して受け取る。 */
  async insertFigure(figure: string, after: string | null): Promise<void> {
    try {
      const { block } = await this.#client.figure(figure, after, this.#memory.get().tracking);
      const { tables } = await this.#client.open();
      this.#memory.set({ book: { ...this.#memory.get().book, tables } });
      await this.#refresh();
      this.#pushUndo("足した図", block, () => this.arrange(block, { act: "remove" }));
      this.#memory.set({ active: null, current: block });
      this.say(savedText(this.#now()));
    } catch (cause) {
      await this.#failed(cause);
    }
  }

  async remove(id: string): Promise<void> {
    await this.flush(id);
    const { order } = this.#memory.get();
    const at = order.indexOf(id);
    await this.arrange(id, { act: "remove" });
    this.#pushUndo("消した部分", id, () => this.arrange(id, { act: "restore" }));
    const next = this.#memory.get().order[Math.min(at, this.#memory.get().order.length - 1)] ?? null;
    this.#memory.set({ active: null, current: next });
    this.say("消しました。「元に戻す」で戻せます。");
  }

  /** 種類を替えた部分: 新しいものを残し、古いものを消す。元に戻せば、両方が戻る。 */
  async replace(old: string, made: string): Promise<void> {
    await this.arrange(old, { act: "remove" });
    this.#memory.set({ undo: this.#memory.get().undo.slice(0, -1) });
    this.#pushUndo("形を替えたこと", made, async () => {
      await this.arrange(old, { act: "restore" });
      await this.arrange(made, { act: "remove" });
    });
  }

  /** 同じ親の中で、上か下へ一つ動かす。 */
  async move(id: string, step: -1 | 1): Promise<void> {
    const view = this.#memory.get();
    const block = view.blocks.get(id);
    if (!block) return;
    const siblings = view.order.filter((one) => view.blocks.get(one)?.parent === block.parent);
    const at = siblings.indexOf(id);
    const to = at + step;
    if (to < 0 || to >= siblings.length) return this.say("これより先へは動かせません。");
    const placeAfter = (index: number): Arrange =>
      index >= 0
        ? { act: "move", after: siblings[index] ?? null }
        : { act: "move", after: block.parent, inside: block.parent !== null };
    await this.flush(id);
    await this.arrange(id, placeAfter(step === 1 ? to : to - 1));
    this.#pushUndo("動かしたこと", id, () => this.arrange(id, placeAfter(at - 1)));
  }

  async settle(id: string, act: "use" | "drop"): Promise<void> {
    try {
      await this.#client.aside(id, act);
      await this.#refresh();
      this.say(act === "use" ? "あなたの文にしました。" : "いまの文を残しました。");
    } catch (cause) {
      await this.#failed(cause);
    }
  }

  /** 記録している変更を、記録し始める前の文に戻す。 */
  async unrecord(id: string): Promise<void> {
    await this.flush(id);
    this.#memory.set({ active: null });
    await this.arrange(id, { act: "unrecord" });
  }

  /** 文を、指摘の示した文に替える。 */
  async fix(id: string, text: string, reason: string): Promise<void> {
    await this.flush(id);
    const block = this.#memory.get().blocks.get(id);
    if (!block) return;
    const { version } = block;
    try {
      const { tracking } = this.#memory.get();
      await this.#client.change(id, { text, expectedVersion: version, tracked: tracking, reason });
      this.#pushUndo("直し", id, () => this.arrange(id, { act: "revert", version }));
      await this.#refresh();
      this.say(savedText(this.#now()));
    } catch (cause) {
      await this.#failed(cause, id);
    }
  }

  activate(id: string | null): void {
    const { active } = this.#memory.get();
    if (active === id) return;
    if (active !== null) {
      this.#opened.delete(active);
      void this.flush(active);
    }
    this.#memory.set(id === null ? { active: null } : { active: id, current: id });
  }

  keepFresh(): void {
    window.setInterval(() => {
      if (!document.hidden) void this.#refresh();
    }, NEWS_MS);
    const save = () => {
      for (const id of this.#memory.drafts.keys()) void this.flush(id, true);
    };
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => document.hidden && save());
  }
}

/** 「令和7年1月22日（水）10:15 自動保存」。 */
export function savedText(at: Instant): string {
  return `${formatWareki(dayOf(at), { weekday: true })} ${minuteOf(at)} 自動保存`;
}
