import type { DeliveryHand } from "../delivery/delivery-hand.ts";
import { writeWordDocument } from "../office/word-document.ts";

/** 試験の Word。words が違えば、ハッシュも違う。 */
export function wordFile(words: string): Uint8Array {
  return writeWordDocument({
    ...{ title: words, author: "試験", created: "2025-09-17T04:40:00Z" },
    blocks: [{ kind: "paragraph", text: words }],
  });
}

/** 何も止めない手。 */
export const openHand: Omit<DeliveryHand, "contract"> = {
  blockers: async () => [],
  figures: async () => [],
  proofs: async () => [],
  staff: async () => [],
  proposals: async () => [],
};

/** 台帳に載せるもの。 */
export const faqInput = {
  ...{
    code: "",
    title: "ＦＡＱ（最新版）",
    clause: "9(3)",
    formats: ["docx"],
    due: "2026-01-30",
    accepter: "",
  },
};
