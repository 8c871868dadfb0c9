import type { EditorNews, EditorState } from "./editor.ts";
import type { BlockContent, ReviewState } from "./plan-block.ts";
import type { Changed } from "./write-change.ts";

/** サーバーが断った。 */
export class EditorRefusal extends Error {
  readonly code: string;
  readonly detail: Record<string, unknown>;
  constructor(body: { code: string; message: string; detail?: Record<string, unknown> }) {
    super(body.message);
    this.code = body.code;
    this.detail = body.detail ?? {};
  }
}

export type Arrange =
  | { act: "move"; after: string | null; inside?: boolean }
  | { act: "remove" }
  | { act: "restore" }
  | { act: "revert"; version: number }
  | { act: "settle" }
  | { act: "unrecord" }
  | { act: "review"; review: ReviewState };

export type EditorClient = ReturnType<typeof editorClient>;

/** 編集の画面とサーバーの行き来。 */
export function editorClient(plan: string, csrf: string) {
  const own = `/api/plans/${encodeURIComponent(plan)}`;
  async function call<Reply>(path: string, body?: unknown, more: RequestInit = {}): Promise<Reply> {
    const response = await fetch(`${own}${path}`, {
      ...more,
      ...(body === undefined
        ? {}
        : {
            method: "POST",
            headers: { "content-type": "application/json", "x-csrf-token": csrf },
            body: JSON.stringify(body),
          }),
    });
    const reply: unknown = await response.json();
    if (!response.ok) throw new EditorRefusal((reply as { error: { code: string; message: string } }).error);
    return reply as Reply;
  }
  const blockPath = (id: string) => `/blocks/${encodeURIComponent(id)}`;
  return {
    open: () => call<EditorState>("/editor"),
    news: (since: number) => call<EditorNews>(`/news?since=${since}`),
    change: (
      id: string,
      body: {
        content?: BlockContent;
        text?: string;
        expectedVersion: number;
        tracked: boolean;
        reason?: string;
      },
      last = false,
    ) => call<Changed>(blockPath(id), body, last ? { keepalive: true } : {}),
    insert: (body: {
      after: string | null;
      inside?: boolean;
      content: BlockContent;
      id?: string;
      tracked: boolean;
    }) => call<Changed>("/blocks", body),
    figure: (figure: string, after: string | null, tracked: boolean) =>
      call<Changed>("/figures", { figure, after, tracked }),
    arrange: (id: string, body: Arrange) => call<Changed>(`${blockPath(id)}/arrange`, body),
    aside: (id: string, act: "use" | "drop") => call<unknown>(`/asides/${id}`, { act }),
  };
}
