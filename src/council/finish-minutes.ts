import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { readOwed } from "../contract/read-owed.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { meetingName } from "../meetings/meeting.ts";
import { checkSheetDocument } from "../minutes/check-sheet-document.ts";
import { type ReadCorrections, readCheckSheet } from "../minutes/check-sheet-reader.ts";
import {
  editionNames,
  finalMinutesDocument,
  type MinutesEdition,
} from "../minutes/final-minutes-document.ts";
import { changeLine, unmatched } from "../minutes/minutes-record.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { changeMinutes } from "./edit-minutes.ts";
import { wordMedia } from "./prepare-papers.ts";
import { SUBMISSION, submissionDuties } from "./read-clock.ts";
import { readCouncil } from "./read-council.ts";
import { minutesFacts, readMinutes } from "./read-minutes.ts";

type File = { fileName: string; media: string; bytes: Uint8Array };

/** 委員に確かめていただく Word を出す。確認中になり、返してほしい日が残る。 */
export async function askCheck(office: Office, actor: Actor, meeting: string, by: string): Promise<void> {
  if (!isDay(by))
    throw new AppError("BAD_INPUT", "確認の期限に直すところがあります。", {
      faults: [{ field: "by", message: "返してほしい日を入れてください。" }],
    });
  await changeMinutes(office, actor, meeting, (_minutes, tx) => ({
    change: { state: "checking", check: { asked: dayOf(tx.now), by } },
    kind: "minutes.checked",
    payload: { part: "asked", by },
  }));
}

/** 確認用の Word。 */
export async function takeCheckSheet(office: Office, actor: Actor, meeting: string): Promise<File> {
  const { facts, minutes, council, meeting: one } = await minutesFacts(office, actor.contract, meeting);
  await recordTaken(office, actor, meeting, "check");
  const document = checkSheetDocument({
    ...{ title: facts.title, record: minutes.record, speakers: minutes.speakers },
    ...{ author: facts.author, created: facts.created },
    by: minutes.check === null ? "" : formatWareki(minutes.check.by, { weekday: true }),
  });
  return {
    fileName: `${meetingName(council.council, one)}_会議録_確認用.docx`,
    ...{ media: wordMedia, bytes: writeWordDocument(document) },
  };
}

async function recordTaken(office: Office, actor: Actor, meeting: string, form: string): Promise<void> {
  await office.act(actor, (tx) =>
    tx.record({ kind: "minutes.taken", about: `council/meeting/${meeting}`, payload: { form } }),
  );
}

/** 返ってきた Word の修正を読む（まだ反映しない）。 */
export async function readCorrections(
  office: Office,
  contract: string,
  meeting: string,
  bytes: Uint8Array,
): Promise<ReadCorrections> {
  const council = await readCouncil(office, contract);
  const minutes = await readMinutes(office, council, contract, meeting);
  if (minutes === undefined) throw new AppError("NOT_FOUND", "会議録がまだありません。");
  return readCheckSheet(bytes, minutes.record);
}

/**
 * 委員の確認を残し、選んだ修正を反映する。修正は、だれの修正かとともに、一つずつ跡が残る。修正がなくても、確認したことを残せる。
 * @throws AppError BAD_INPUT（委員を選んでいない）、REFUSED（確定している）
 */
export async function applyCheck(
  office: Office,
  actor: Actor,
  meeting: string,
  given: {
    member: string;
    channel: "word" | "phone" | "none";
    corrections: readonly { line: number; after: string }[];
  },
): Promise<{ applied: number }> {
  const council = await readCouncil(office, actor.contract);
  if (!council.members.some((one) => one.id === given.member))
    throw new AppError("BAD_INPUT", "どなたの確認かを選んでください。", {
      faults: [{ field: "member", message: "委員を選んでください。" }],
    });
  let applied = 0;
  await changeMinutes(office, actor, meeting, (minutes, tx) => {
    let { record } = minutes;
    for (const { line, after } of given.corrections) {
      const next = changeLine(
        record,
        line,
        { text: after },
        { who: given.member, at: tx.now, kind: "check" },
      );
      if (next !== record) applied += 1;
      record = next;
    }
    const check = { member: given.member, at: tx.now, corrections: applied, channel: given.channel };
    return {
      change: {
        ...{ record, state: "checking" },
        checks: [...minutes.checks.filter((one) => one.member !== given.member), check],
      },
      kind: "minutes.checked",
      payload: { part: "answered", channel: given.channel, corrections: applied },
    };
  });
  return { applied };
}

/**
 * 会議録を確定する。話し手の決まっていない発言が残っていれば断る（わからないものは「発言者不明」と人が決める）。
 * 確定した Word の SHA-256 を残し、会議録提出書の下書きを作る。提出は責任者が行う。
 */
export async function finishMinutes(
  office: Office,
  actor: Actor,
  meeting: string,
): Promise<{ filing: { id: string; number: number } }> {
  const { minutes, council, meeting: one } = await minutesFacts(office, actor.contract, meeting);
  const left = unmatched(minutes.record, minutes.speakers);
  if (left > 0)
    throw new AppError(
      "REFUSED",
      `話し手の決まっていない発言が${left}あります。決めるか、「発言者不明」を選んでから確定してください。`,
    );
  await changeMinutes(office, actor, meeting, (_now, tx) => ({
    change: { state: "final", final: { at: tx.now, sha256: "" } },
    kind: "minutes.finished",
    payload: { number: one.number },
  }));
  const { facts } = await minutesFacts(office, actor.contract, meeting);
  const at = facts.created;
  const word = writeWordDocument(finalMinutesDocument("named", facts));
  const sha256 = createHash("sha256").update(word).digest("hex");
  await changeMinutes(
    office,
    actor,
    meeting,
    () => ({
      change: { final: { at, sha256 } },
      kind: "minutes.finished",
      payload: { number: one.number, sha256 },
    }),
    { evenFinal: true },
  );
  const keys = submissionDuties(council.blueprint).map((id) => `${id}@${meeting}`);
  const duty = (await readOwed(office, actor.contract)).lines.find(({ key }) => keys.includes(key));
  const filing = await prepareFiling(office, actor, {
    form: SUBMISSION,
    title: `${meetingName(council.council, one)}の会議録の提出`,
    clause: duty?.clause ?? "",
    about: { room: "council", kind: "meeting", id: meeting },
    ...(duty === undefined ? {} : { obligation: duty.key, due: duty.due ?? undefined }),
    fields: {
      meeting: meetingName(council.council, one),
      day: one.day ?? "",
      summary: `会議録（Word）を電子データで提出します。公開用（記名）の SHA-256: ${sha256}`,
    },
  });
  return { filing };
}

/** 確定を解く（間違いが見つかったとき）。 */
export async function reopenMinutes(office: Office, actor: Actor, meeting: string): Promise<void> {
  await changeMinutes(
    office,
    actor,
    meeting,
    (minutes) => {
      if (minutes.state !== "final") throw new AppError("REFUSED", "この会議録は、確定していません。");
      return { change: { state: "draft", final: null }, kind: "minutes.reopened" };
    },
    { evenFinal: true },
  );
}

/** 会議録の Word を取り出す。確定した版は、確定した時の日付で、いつも同じバイト列になる。 */
export async function takeMinutes(
  office: Office,
  actor: Actor,
  meeting: string,
  edition: MinutesEdition,
): Promise<File> {
  const { facts, minutes, council, meeting: one } = await minutesFacts(office, actor.contract, meeting);
  if (edition === "internal" && actor.roles.includes("client") && actor.roles.length === 1)
    throw new AppError("FORBIDDEN", "内部用の会議録は、受託者の中だけのものです。公開用をお使いください。");
  await recordTaken(office, actor, meeting, edition);
  const document = finalMinutesDocument(edition, { ...facts, created: minutes.final?.at ?? facts.created });
  return {
    fileName: `${meetingName(council.council, one)}_会議録_${editionNames[edition]}.docx`,
    ...{ media: wordMedia, bytes: writeWordDocument(document) },
  };
}
