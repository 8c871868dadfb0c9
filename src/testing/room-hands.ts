import { mayOpen } from "../main/role-matrix.ts";
import { roomHand } from "../main/room-hand.ts";

/** main が下の階の室に渡すものと同じもの（室の道だけを試すため）。 */
export function roomHands(): typeof roomHand & { mayOpen: typeof mayOpen } {
  return { ...roomHand, mayOpen };
}
