import { AppError } from "../base/error.ts";
import type { UploadedFile } from "../platform/route.ts";

const DEFAULT_LIMIT = 256 * 1024;

/** 要求の本文。読むのは一度だけ。 */
export interface HttpBody {
  /** 届いたままの文字列。 */
  text(): Promise<string>;
  json(): Promise<unknown>;
  form(): Promise<ReadonlyMap<string, string>>;
  formAll(name: string): Promise<readonly string[]>;
  file(name: string): Promise<UploadedFile | undefined>;
  /** フォームなら、その欄。フォームでなければ undefined。 */
  field(name: string): Promise<string | undefined>;
}

/** 本文を読む用意をする。limit（バイト）を超えたら、そこで読むのをやめて TOO_LARGE。 */
export function httpBody(request: Request, limit: number = DEFAULT_LIMIT): HttpBody {
  const media = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = media === "application/x-www-form-urlencoded" || media === "multipart/form-data";
  let bytes: Promise<Uint8Array<ArrayBuffer>> | undefined;
  let data: Promise<FormData> | undefined;
  const read = () => {
    bytes ??= readAll(request, limit);
    return bytes;
  };
  const formData = () => {
    data ??= isForm ? read().then((all) => parseForm(all, request.headers)) : Promise.resolve(new FormData());
    return data;
  };
  return {
    text: async () => new TextDecoder().decode(await read()),
    json: async () => {
      if (media !== "application/json")
        throw new AppError("BAD_INPUT", "本文は JSON（application/json）で送ってください。");
      return parseJson(await read());
    },
    form: async () => {
      const found = new Map<string, string>();
      for (const [name, value] of await formData()) if (typeof value === "string") found.set(name, value);
      return found;
    },
    formAll: async (name) => (await formData()).getAll(name).filter((value) => typeof value === "string"),
    file: async (name) => uploaded((await formData()).getAll(name).at(-1)),
    field: async (name) => {
      const value = isForm ? (await formData()).getAll(name).at(-1) : undefined;
      return typeof value === "string" ? value : undefined;
    },
  };
}

async function uploaded(value: FormDataEntryValue | undefined): Promise<UploadedFile | undefined> {
  if (value === undefined || typeof value === "string") return undefined;
  // ファイルを選ばずに送ると、名のない空のファイルが届く。
  if (value.size === 0 && value.name === "") return undefined;
  const fileName = value.name.split(/[/\\]/).at(-1) ?? "";
  return { fileName: fileName.slice(0, 200), bytes: new Uint8Array(await value.arrayBuffer()) };
}

async function readAll(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > limit) throw tooLarge(limit);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch(() => {
      throw new AppError("BAD_INPUT", "送信が途中で切れました。もう一度送ってください。");
    });
    if (next === undefined || next.done) break;
    size += next.value.length;
    if (size > limit) {
      // 読むのをやめるだけにする。残りの始末はサーバーがする。
      reader?.releaseLock();
      throw tooLarge(limit);
    }
    parts.push(next.value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function parseForm(bytes: Uint8Array<ArrayBuffer>, headers: Headers): Promise<FormData> {
  const type = headers.get("content-type") ?? "";
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "送られた内容を読めませんでした。画面を開き直して、もう一度お試しください。",
    );
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("BAD_INPUT", "本文を JSON として読めませんでした。");
  }
}

function tooLarge(limit: number): AppError {
  const size =
    limit >= 1024 * 1024 ? `${Math.floor(limit / (1024 * 1024))} MB` : `${Math.floor(limit / 1024)} KB`;
  return new AppError(
    "TOO_LARGE",
    `送れる大きさは ${size} までです。分けるか、小さくしてから送ってください。`,
  );
}
