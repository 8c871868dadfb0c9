import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { addVersion, VERSION_LIMIT } from "./add-version.ts";
import {
  inspectBody,
  newDeliverable,
  packBody,
  receiveBody,
  registerBody,
  rightBody,
  sentFile,
  signBody,
} from "./deliverable-ask.ts";
import type { DeliveryHand } from "./delivery-hand.ts";
import { handDeliverable } from "./hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "./inspect-deliverable.ts";
import { listDeliverables, openDeliverable } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { listRights } from "./list-rights.ts";
import { makeCompletion } from "./make-completion.ts";
import { listDeliverySets, packDelivery } from "./pack-delivery.ts";
import { readCompletion } from "./read-completion.ts";
import { registerDeliverable, seedDeliverables } from "./register-deliverable.ts";
import { addRight, signRight } from "./sign-right.ts";
import { submitDeliverable } from "./submit-deliverable.ts";

async function state(ask: Ask): Promise<Response> {
  const { head } = await openDeliverable(ask.office, ask.actor, ask.param("id"));
  return ask.reply({ id: head.id, code: head.code, version: head.version, state: head.state });
}

type Handle = Route["handle"];
const api = (
  id: string,
  method: Route["method"],
  path: string,
  summary: string,
  handle: Handle,
  more: Partial<Route> = {},
): Route => ({ ...{ id, method, path: `/api${path}`, kind: "api", summary, handle }, ...more });

/** 成果品・権利・一式・完了報告の JSON の道。 */
export function deliverableApiRoutes(hand: DeliveryHand): Route[] {
  return [...registerRoutes(), ...stepRoutes(hand), ...otherRoutes(hand)];
}

function registerRoutes(): Route[] {
  return [
    api("deliverables.api", "GET", "/deliverables", "成果品の台帳", async (ask) =>
      ask.reply({ deliverables: await listDeliverables(ask.office, ask.actor) }),
    ),
    api(
      "deliverable.register.api",
      "POST",
      "/deliverables",
      "成果品を登録する",
      async (ask) =>
        ask.reply(
          await registerDeliverable(ask.office, ask.actor, newDeliverable(await ask.json(registerBody))),
          201,
        ),
      { input: registerBody },
    ),
    api("deliverables.seed.api", "POST", "/deliverables/seed", "仕様書の成果品を台帳に載せる", async (ask) =>
      ask.reply(await seedDeliverables(ask.office, ask.actor)),
    ),
    api("deliverable.api", "GET", "/deliverables/:id", "成果品、版、権利、これまで", async (ask) => {
      const { head, versions, rights, history } = await openDeliverable(
        ask.office,
        ask.actor,
        ask.param("id"),
      );
      return ask.reply({ ...head, versions, rightItems: rights, history });
    }),
    api(
      "deliverable.version.api",
      "POST",
      "/deliverables/:id/versions",
      "新しい版を登録する（multipart の file。個人情報を含むなら personal=1）",
      async (ask) =>
        ask.reply(await addVersion(ask.office, ask.actor, ask.param("id"), await sentFile(ask)), 201),
      { bodyLimit: VERSION_LIMIT },
    ),
  ];
}

function stepRoutes(hand: DeliveryHand): Route[] {
  return [
    api("deliverable.submit.api", "POST", "/deliverables/:id/submit", "提出する", async (ask) => {
      await submitDeliverable(ask.office, ask.actor, ask.param("id"));
      return state(ask);
    }),
    api(
      "deliverable.inspect.api",
      "POST",
      "/deliverables/:id/inspect",
      "検査の結果を記録する",
      async (ask) => {
        await inspectDeliverable(ask.office, ask.actor, ask.param("id"), await ask.json(inspectBody));
        return state(ask);
      },
      { input: inspectBody },
    ),
    api(
      "deliverable.receive.api",
      "POST",
      "/deliverables/:id/receive",
      "受領を記録する",
      async (ask) => {
        await receiveDeliverable(ask.office, ask.actor, ask.param("id"), await ask.json(receiveBody));
        return state(ask);
      },
      { input: receiveBody },
    ),
    api("deliverable.hand.api", "POST", "/deliverables/:id/hand", "引き渡す", async (ask) => {
      await handDeliverable(ask.office, ask.actor, ask.param("id"), hand);
      return state(ask);
    }),
  ];
}

function otherRoutes(hand: DeliveryHand): Route[] {
  return [
    api("rights.api", "GET", "/rights", "権利の台帳（deliverable で絞る）", async (ask) =>
      ask.reply({ rights: await listRights(ask.office, ask.actor, ask.query("deliverable")) }),
    ),
    api(
      "right.add.api",
      "POST",
      "/rights",
      "権利を加える",
      async (ask) => {
        const { of, ...given } = await ask.json(rightBody);
        return ask.reply(await addRight(ask.office, ask.actor, of, given), 201);
      },
      { input: rightBody },
    ),
    api(
      "right.sign.api",
      "POST",
      "/rights/sign",
      "権利の確認を記録する",
      async (ask) => {
        const { right, ...given } = await ask.json(signBody);
        return ask.reply(await signRight(ask.office, ask.actor, right, given));
      },
      { input: signBody },
    ),
    api("disclosures.api", "GET", "/disclosures", "提供した文書の一覧（word で探す）", async (ask) =>
      ask.reply({ documents: await listDisclosures(ask.office, ask.actor, ask.query("word")) }),
    ),
    api("completion.api", "GET", "/completion", "業務完了報告書に刷ること", async (ask) =>
      ask.reply(await readCompletion(ask.office, ask.actor, hand)),
    ),
    api("completion.make.api", "POST", "/completion/:form", "完了報告書・完了届を版にする", async (ask) => {
      const form = ask.param("form");
      if (form !== "completion-report" && form !== "completion-notice")
        throw new AppError("NOT_FOUND", "その書類は作れません。");
      return ask.reply(await makeCompletion(ask.office, ask.actor, form, hand), 201);
    }),
    api("delivery-sets.api", "GET", "/delivery-sets", "作った一式", async (ask) =>
      ask.reply({ sets: await listDeliverySets(ask.office, ask.actor) }),
    ),
    api(
      "delivery-set.pack.api",
      "POST",
      "/delivery-sets",
      "一式にまとめる（パスワードは一度だけ返る）",
      async (ask) =>
        ask.reply(await packDelivery(ask.office, ask.actor, (await ask.json(packBody)).ids), 201),
      { input: packBody, stepUp: true },
    ),
  ];
}
