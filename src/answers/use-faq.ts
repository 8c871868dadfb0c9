import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { findPersonal } from "../japan/personal-flag.ts";
import { answerOnce } from "../platform/answer-once.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import { putInquiry } from "./count-inquiry.ts";
import { noFaq } from "./draft-faq.ts";
import { countMiss, findFaq, listFaqVersions } from "./faq-store.ts";
import { firstItems } from "./inquiry.ts";
import { listItems } from "./list-items.ts";

/** 分類から、問い合わせの項目。項目の名と同じ言葉があればそれ、なければ「そのほか」。 */
export function itemOfCategory(items: readonly { code: string; label: string }[], category: string): string {
  const words = category.split(/[・、]/u);
  const found = items.find((one) =>
    one.label
      .split(/[・、の]/u)
      .some((part) => words.some((word) => part !== "" && (word.includes(part) || part.includes(word)))),
  );
  return (
    found?.code ??
    items.find((one) => one.code === "other")?.code ??
    items.at(-1)?.code ??
    firstItems[0]?.code ??
    "other"
  );
}

/** 「これで答えた」。問い合わせを一件、その項目で数える。 */
export async function countFaqUse(
  office: Office,
  actor: Actor,
  id: string,
  onceKey?: string | undefined,
): Promise<{ id: string; item: string }> {
  refuseRight("record", actor);
  const [items, versions, lookupKey] = await Promise.all([
    listItems(office, actor.contract),
    listFaqVersions(office.read, actor.contract, id),
    office.keys.lookupKey(actor.contract),
  ]);
  const live = versions.find((row) => row.state === "approved");
  if (!live) throw noFaq();
  const item = itemOfCategory(items, live.category);
  const once =
    onceKey === undefined ? undefined : { key: onceKey, verb: "faq.use", input: { id }, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const faq = await findFaq(tx, tx.contract, id);
      if (!faq || faq.retired_at !== null) throw noFaq();
      const inquiry = await putInquiry(tx, { item, how: "faq", faq: id });
      await tx.record({
        kind: "faq.used",
        about: `answers/faq/${id}`,
        payload: { number: faq.number, version: live.version, item },
      });
      return { id: inquiry, item };
    }),
  );
}

/** 探しても見つからなかった言葉を、候補に数える。個人情報らしければ断る。 */
export async function missFaq(office: Office, actor: Actor, words: string): Promise<void> {
  refuseRight("record", actor);
  const plain = words.normalize("NFKC").trim().replace(/\s+/g, " ");
  const message = "個人情報を除いた言葉を、30字までで入れてください。";
  if (plain === "" || [...plain].length > 30 || findPersonal(plain).length > 0)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "words", message }] });
  const day = dayOf(office.clock.officeNow(actor.contract));
  await office.keep((tx) => countMiss(tx, actor.contract, plain, day));
}
