import type { SignedRoute } from "../access/signed.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { instantFromMs } from "../base/time.ts";
import { readCti, requireSignature } from "../telephony/cti-signal.ts";
import { doorSecret } from "./open-door.ts";
import { recordSignal } from "./record-signal.ts";

/** 知らせの側の時刻を信じる幅（秒）。これより離れていれば、届いた時とする。 */
const TRUSTED_SECONDS = 600;

/** 電話システムの知らせの道（署名、時刻の幅、何度でも同じ）。接続を開くまでは 404 と同じに答える。 */
export const signalRoutes: SignedRoute[] = [
  {
    id: "calls.signal",
    method: "POST",
    path: "/api/cti/:contract",
    summary: "電話システムの知らせ（newCall・answer・hangup。署名つき）",
    handle: async ({ office, param, header, body }) => {
      const contract = param("contract").slice(0, 80);
      const secret = await doorSecret(office, contract);
      if (secret === undefined)
        throw new AppError(
          "NOT_FOUND",
          "この道は開いていません。責任者が、電話システムとの接続を開いてください。",
        );
      requireSignature(
        { signature: header("x-madoguchi-signature"), timestamp: header("x-madoguchi-timestamp"), body },
        secret,
        office.clock.systemMs(),
      );
      const { event, callId, direction, caller, queue, desk, outcome, at } = readCti(
        body,
        header("content-type") ?? "",
      );
      const now = Date.parse(office.clock.officeNow(contract));
      const told = at === undefined ? now : at * 1000;
      const when = Math.abs(told - now) <= TRUSTED_SECONDS * 1000 ? told : now;
      await recordSignal(office, systemActor(contract), {
        source: "cti",
        outerId: callId,
        kind: event,
        at: instantFromMs(when),
        ...{ direction, caller, queue, desk, outcome },
      });
      return {};
    },
  },
];
