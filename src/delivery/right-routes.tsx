import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Ask, Route } from "../platform/route.ts";
import { disclosureDocument, rightsDocument } from "./contents-document.ts";
import { rightBody, signBody } from "./deliverable-ask.ts";
import { mayDeliver, refuseDuty } from "./delivery-right.ts";
import { DisclosurePage } from "./disclosure-page.tsx";
import { formatInfo } from "./file-format.ts";
import { listDeliverables } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { listRights } from "./list-rights.ts";
import { paperContext } from "./pack-delivery.ts";
import { RightPage } from "./right-page.tsx";
import { addRight, signRight } from "./sign-right.ts";

async function rightPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const chosen = ask.query("deliverable") ?? "";
  const [rights, deliverables] = await Promise.all([
    listRights(ask.office, ask.actor, chosen === "" ? undefined : chosen),
    listDeliverables(ask.office, ask.actor),
  ]);
  return ask.page({
    title: "権利の台帳",
    current: "deliverables.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <RightPage
        csrf={ask.seated.csrf}
        rights={rights}
        deliverable={chosen}
        deliverables={deliverables.map(({ id, code, title, state }) => ({
          ...{ id, code, title, handed: state === "handed" },
        }))}
        maySign={mayDeliver("sign", ask.actor.roles)}
        mayAdd={mayDeliver("right", ask.actor.roles)}
        today={ask.today}
        values={values}
        faults={faults}
      />
    ),
  });
}

async function change(ask: Ask, act: (form: object) => Promise<{ back: string; said: string }>) {
  const form = Object.fromEntries(await ask.form());
  try {
    const { back, said } = await act(form);
    return ask.go(back, said);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.faults.length === 0) throw cause;
    return rightPage(ask, form, cause.faults);
  }
}

const addByForm = (ask: Ask) =>
  change(ask, async (form) => {
    const { of, ...given } = parseInput(rightBody, form);
    await addRight(ask.office, ask.actor, of, given);
    return { back: `/rights?deliverable=${encodeURIComponent(of)}`, said: "権利を加えました。" };
  });

const signByForm = (ask: Ask) =>
  change(ask, async (form) => {
    const { right, ...given } = parseInput(signBody, form);
    const { deliverable } = await signRight(ask.office, ask.actor, right, given);
    return {
      back: `/rights?deliverable=${encodeURIComponent(deliverable)}`,
      said: "権利の確認を残しました。",
    };
  });

async function rightsFile(ask: Ask): Promise<Response> {
  refuseDuty("list", ask.actor);
  const [context, rights] = await Promise.all([
    paperContext(ask.office, ask.actor.contract, "K"),
    listRights(ask.office, ask.actor),
  ]);
  const bytes = writeWordDocument(rightsDocument(context, rights));
  await ask.office.act(ask.actor, (tx) =>
    tx.record({ kind: "right.listed", payload: { mark: context.mark, rights: rights.length } }),
  );
  return ask.download({ fileName: "rights.docx", media: formatInfo.docx.media, bytes });
}

async function disclosuresFile(ask: Ask): Promise<Response> {
  refuseDuty("list", ask.actor);
  const [context, documents] = await Promise.all([
    paperContext(ask.office, ask.actor.contract, "T"),
    listDisclosures(ask.office, ask.actor, ask.query("word")),
  ]);
  const bytes = writeWordDocument(disclosureDocument(context, documents));
  await ask.office.act(ask.actor, (tx) =>
    tx.record({ kind: "disclosure.listed", payload: { mark: context.mark, documents: documents.length } }),
  );
  return ask.download({ fileName: "disclosures.docx", media: formatInfo.docx.media, bytes });
}

/** 権利と、提供した文書の道。 */
export const rightRoutes: Route[] = [
  {
    ...{ id: "rights.page", method: "GET", path: "/rights", kind: "page", summary: "権利の台帳" },
    handle: (ask) => rightPage(ask),
  },
  {
    ...{ id: "right.add", method: "POST", path: "/rights", kind: "page", summary: "権利を加える" },
    handle: addByForm,
  },
  {
    ...{ id: "right.sign", method: "POST", path: "/rights/sign", kind: "page" },
    summary: "権利の確認を記録する",
    handle: signByForm,
  },
  {
    ...{ id: "rights.file", method: "GET", path: "/rights/document", kind: "file" },
    summary: "権利一覧（Word）",
    handle: rightsFile,
  },
  {
    ...{ id: "disclosures.page", method: "GET", path: "/disclosures", kind: "page" },
    summary: "委託者に提供した文書の一覧",
    handle: async (ask) => {
      const word = (ask.query("word") ?? "").slice(0, 80);
      const documents = await listDisclosures(ask.office, ask.actor, word);
      return ask.page({
        title: "提供した文書",
        current: "deliverables.page",
        body: <DisclosurePage documents={documents} word={word} />,
      });
    },
  },
  {
    ...{ id: "disclosures.file", method: "GET", path: "/disclosures/document", kind: "file" },
    summary: "提供した文書の一覧（Word）",
    handle: disclosuresFile,
  },
];
