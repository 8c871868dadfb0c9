import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { CompletionPage } from "./completion-page.tsx";
import { deliverableForms } from "./deliverable.ts";
import type { DeliveryHand } from "./delivery-hand.ts";
import { mayDeliver } from "./delivery-right.ts";
import { DeliverySetPage } from "./delivery-set-page.tsx";
import { formatInfo } from "./file-format.ts";
import { listDeliverables } from "./list-deliverables.ts";
import { drawCompletion, makeCompletion } from "./make-completion.ts";
import { listDeliverySets, type PackedDelivery, packDelivery, takeDeliverySet } from "./pack-delivery.ts";
import { readCompletion } from "./read-completion.ts";

async function setPage(ask: Ask, made?: PackedDelivery): Promise<Response> {
  const [sets, rows] = await Promise.all([
    listDeliverySets(ask.office, ask.actor),
    listDeliverables(ask.office, ask.actor),
  ]);
  return ask.page({
    title: "納品の一式",
    current: "deliverables.page",
    body: (
      <DeliverySetPage
        csrf={ask.seated.csrf}
        sets={sets}
        handed={rows.filter((row) => row.state === "handed")}
        mayPack={mayDeliver("pack", ask.actor.roles)}
        made={made}
      />
    ),
  });
}

async function packByForm(ask: Ask): Promise<Response> {
  const ids = await ask.formAll("ids");
  if (ids.length === 0)
    throw new AppError("BAD_INPUT", "入れる成果品を一つ以上選んでください。前の画面に戻って選び直せます。");
  // パスワードは残さないので、移動せずにこの画面で見せる。
  return setPage(ask, await packDelivery(ask.office, ask.actor, ids));
}

async function completionPage(ask: Ask, hand: DeliveryHand): Promise<Response> {
  const completion = await readCompletion(ask.office, ask.actor, hand);
  return ask.page({
    title: "業務完了報告書",
    bare: true,
    body: <CompletionPage completion={completion} demo={ask.office.mode === "demo"} />,
  });
}

async function completionFile(ask: Ask, hand: DeliveryHand): Promise<Response> {
  const bytes = await drawCompletion(ask.office, ask.actor, hand);
  await ask.office.act(ask.actor, (tx) =>
    tx.record({ kind: "completion.previewed", payload: { size: bytes.length } }),
  );
  return ask.download({ fileName: "completion-report.docx", media: formatInfo.docx.media, bytes });
}

async function makeByForm(ask: Ask, hand: DeliveryHand): Promise<Response> {
  const form = ask.param("form");
  if (form !== "completion-report" && form !== "completion-notice")
    throw new AppError("NOT_FOUND", "その書類は作れません。成果品の画面から選び直してください。");
  const made = await makeCompletion(ask.office, ask.actor, form, hand);
  return ask.go(
    `/deliverables/${made.deliverable}`,
    `${deliverableForms[form]}の第${made.version}版（${made.mark}）を作りました。`,
  );
}

/** 納品の一式と、業務完了報告書の道。 */
export function deliverySetRoutes(hand: DeliveryHand): Route[] {
  return [
    {
      ...{ id: "delivery-sets.page", method: "GET", path: "/delivery-sets", kind: "page" },
      summary: "納品の一式",
      handle: (ask) => setPage(ask),
    },
    {
      ...{ id: "delivery-set.pack", method: "POST", path: "/delivery-sets", kind: "page" },
      summary: "引き渡した成果品を一式にまとめる",
      stepUp: true,
      handle: packByForm,
    },
    {
      ...{ id: "delivery-set.file", method: "GET", path: "/delivery-sets/:id", kind: "file" },
      summary: "納品の一式（暗号つきの ZIP）",
      handle: async (ask) => ask.download(await takeDeliverySet(ask.office, ask.actor, ask.param("id"))),
    },
    {
      ...{ id: "completion.page", method: "GET", path: "/completion", kind: "page" },
      summary: "業務完了報告書の下見",
      handle: (ask) => completionPage(ask, hand),
    },
    {
      ...{ id: "completion.file", method: "GET", path: "/completion/document", kind: "file" },
      summary: "業務完了報告書（Word、下見）",
      handle: (ask) => completionFile(ask, hand),
    },
    {
      ...{ id: "completion.make", method: "POST", path: "/completion/:form", kind: "page" },
      summary: "業務完了報告書・業務完了届を、成果品の新しい版にする",
      handle: (ask) => makeByForm(ask, hand),
    },
  ];
}
