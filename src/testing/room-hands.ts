import { mayOpen } from "../main/role-matrix.ts";
import { roomHand, staffingHand } from "../main/room-hand.ts";

/** main が下の階の室に渡すものと同じもの（室の道だけを試すため）。 */
export function roomHands(): typeof roomHand & { mayOpen: typeof mayOpen } {
  return { ...roomHand, mayOpen };
}

/** main が席数の室に渡すもの。 */
export function staffingHands(): typeof staffingHand {
  return staffingHand;
}
