import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { readOwed } from "../contract/read-owed.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { meetingName } from "../meetings/meeting.ts";
import {
  looksLikeCheckAnswer,
  type ReadCheckAnswer,
  readCheckAnswer,
} from "../minutes/check-answer-reader.ts";
import { checkPage } from "../minutes/check-letter.ts";
import { checkSheetDocument } from "../minutes/check-sheet-document.ts";
import { type ReadCorrections, readCheckSheet } from "../minutes/check-sheet-reader.ts";
import {
  editionNames,
  finalMinutesDocument,
  type MinutesEdition,
} from "../minutes/final-minutes-document.ts";
import { changeLine, unmatched } from "../minutes/minutes-record.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { writeZip } from "../office/zip.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { changeMinutes } from "./edit-minutes.ts";
import { wordMedia } from "./prepare-papers.ts";
import { SUBMISSION, submissionDuties } from "./read-clock.ts";
import { readCouncil } from "./read-council.ts";
import { type CheckChannel, type FinalFile, minutesFacts, readMinutes } from "./read-minutes.ts";

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

/**
 * 委員に送る確認の頁（.html）。member を言えばその人の一枚、言わなければ出席した委員の全員分を zip で。ファイルの名に氏名は入れない。
 * @throws AppError NOT_FOUND（その委員はいない）
 */
export async function takeCheckPages(
  office: Office,
  actor: Actor,
  meeting: string,
  member?: string,
): Promise<File> {
  const { facts, minutes, council, meeting: one } = await minutesFacts(office, actor.contract, meeting);
  const came = new Set(one.attendance.filter(({ how }) => how !== "absent").map((line) => line.member));
  const people = council.members.filter(({ id }) => (member === undefined ? came.has(id) : id === member));
  if (people.length === 0)
    throw new AppError("NOT_FOUND", "その委員はいません。名簿から選び直してください。");
  const lookupKey = await office.keys.lookupKey(actor.contract);
  await recordTaken(office, actor, meeting, "check");
  const name = meetingName(council.council, one);
  const pages = people.map((person): [string, Uint8Array] => [
    `${name}_会議録の確認_委員${person.number}.html`,
    checkPage({
      ...{ title: facts.title, from: council.council.organizerName || `${name}　事務局`, member: person },
      ...{ record: minutes.record, speakers: minutes.speakers, by: minutes.check?.by ?? "" },
      ...{ demo: office.mode === "demo", lookupKey, meeting },
    }),
  ]);
  const [first] = pages;
  if (member !== undefined && first !== undefined)
    return { fileName: first[0], media: "text/html; charset=utf-8", bytes: first[1] };
  const bytes = writeZip(new Map(pages));
  return { fileName: `${name}_会議録の確認.zip`, media: "application/zip", bytes };
}

async function recordTaken(office: Office, actor: Actor, meeting: string, form: string): Promise<void> {
  await office.act(actor, (tx) =>
    tx.record({ kind: "minutes.taken", about: `council/meeting/${meeting}`, payload: { form } }),
  );
}

/** 返ってきた修正を読む（まだ反映しない）: 確認用の Word か、確認の頁の回答（.json。だれの回答かも分かる）。 */
export async function readCorrections(
  office: Office,
  contract: string,
  meeting: string,
  bytes: Uint8Array,
): Promise<ReadCorrections & Partial<Pick<ReadCheckAnswer, "member" | "note" | "moved" | "answer">>> {
  const council = await readCouncil(office, contract);
  const minutes = await readMinutes(office, council, contract, meeting);
  if (minutes === undefined) throw new AppError("NOT_FOUND", "会議録がまだありません。");
  if (!looksLikeCheckAnswer(bytes)) return readCheckSheet(bytes, minutes.record);
  const lookupKey = await office.keys.lookupKey(contract);
  const members = council.members.map(({ id }) => id);
  return readCheckAnswer(bytes, minutes.record, { lookupKey, meeting, members });
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
    channel: CheckChannel;
    corrections: readonly { line: number; after: string }[];
    /** 読んだ回答のファイルの SHA-256。同じ回答は二度読まない。 */
    answer?: string | undefined;
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
    if (given.answer && minutes.checks.some(({ answer }) => answer === given.answer))
      throw new AppError("REFUSED", "この回答のファイルは、もう読んでいます。");
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
    const check = {
      ...{ member: given.member, at: tx.now, corrections: applied, channel: given.channel },
      ...(given.answer ? { answer: given.answer } : {}),
    };
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
  const words = await Promise.all(
    (["named", "roles"] as const).map(async (edition) => ({
      name: `${meetingName(council.council, one)}_会議録_${editionNames[edition]}.docx`,
      bytes: writeWordDocument(finalMinutesDocument(edition, facts)),
      key: await office.keys.fresh(actor.contract),
    })),
  );
  const sha256 = createHash("sha256")
    .update(words[0]?.bytes ?? "")
    .digest("hex");
  await changeMinutes(
    office,
    actor,
    meeting,
    async (_now, tx) => {
      const files: FinalFile[] = [];
      for (const { name, bytes, key } of words) {
        const kept = { kind: "council-minutes", fileName: name, media: wordMedia, bytes };
        files.push({ ...(await keepFile(tx, key, kept)), name, media: wordMedia, size: bytes.length });
      }
      return {
        change: { final: { at, sha256, files } },
        kind: "minutes.finished",
        payload: { number: one.number, sha256 },
      };
    },
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
      summary: `会議録（Word、公開用の記名と氏名なし）を電子データで提出します。確認用の一式に添えます。公開用（記名）の SHA-256: ${sha256}`,
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
