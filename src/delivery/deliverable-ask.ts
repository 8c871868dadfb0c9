import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask } from "../platform/route.ts";
import { deliverableForms } from "./deliverable.ts";
import { isFileFormat } from "./file-format.ts";

const short = z.string().max(200).default("");

export const registerBody = z.object({
  code: short,
  title: z.string().max(200),
  clause: short,
  formats: z.array(z.string().max(10)).max(10).default([]),
  due: short,
  accepter: short,
  /** completion-report、completion-notice。ふつうの成果品は省く。 */
  form: short,
});
const heard = { channel: short, heardFrom: short };
export const inspectBody = z.object({
  outcome: z.enum(["passed", "rework"]),
  words: z.string().max(4_000).default(""),
  ...heard,
});
export const receiveBody = z.object({ receipt: short, receivedOn: short, ...heard });
export const rightBody = z.object({
  /** 成果品の id。 */
  of: z.string().max(80),
  kind: short,
  subject: short,
  holder: short,
  terms: z.string().max(2_000).default(""),
});
export const signBody = z.object({ right: z.string().max(80), signedOn: short, evidence: short });
export const packBody = z.object({ ids: z.array(z.string().max(80)).max(500).optional() });

/** 登録の中身を、動詞に渡す形に。知らない形式は除く（空なら欄の誤りになる）。 */
export function newDeliverable(given: z.infer<typeof registerBody>) {
  const { form, formats, ...rest } = given;
  const known = Object.keys(deliverableForms).find((one) => one === form);
  return {
    ...rest,
    formats: formats.filter(isFileFormat),
    form: known as keyof typeof deliverableForms | undefined,
  };
}

/**
 * 送られたファイル。選ばれていなければ、欄の名をつけて断る。personal は、画面なら印のあるなし、API なら 1・0（省けば、名から見当を付ける）。
 */
export async function sentFile(ask: Ask): Promise<{ bytes: Uint8Array; personal: boolean | undefined }> {
  const file = await ask.file("file");
  const form = await ask.form();
  const said = form.get("personal");
  const personal =
    said !== undefined ? /^(?:1|true|on)$/.test(said) : form.get("asked") === "personal" ? false : undefined;
  if (file) return { bytes: file.bytes, personal };
  const message = "ファイルを選んでください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
}
