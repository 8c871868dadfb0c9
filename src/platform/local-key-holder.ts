import { deriveKey, openBytes, sealBytes } from "../sealing/seal.ts";
import type { KeyHolder } from "./key.ts";

/** root を自分の記憶に持つ保持者。保持者のプロセスの中と、試験で使う。 */
export function localKeyHolder(root: Uint8Array): KeyHolder {
  const kek = deriveKey(root, "wrap");
  return {
    derive: async (purpose) => deriveKey(root, purpose),
    wrap: async (aad, key) => sealBytes(kek, aad, key),
    unwrap: async (aad, wrapped) => openBytes(kek, aad, wrapped),
  };
}
