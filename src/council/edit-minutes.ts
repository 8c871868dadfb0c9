import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import {
  beginRecord,
  changeLine,
  type LineChange,
  type MinutesStyle,
  NOBODY,
  nameLabel,
  restyle,
} from "../minutes/minutes-record.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office, Tx } from "../platform/office.ts";
import { stale } from "./change-council.ts";
import { refuseCouncil } from "./council-right.ts";
import {
  findMinutesRow,
  insertMinutes,
  type MinutesRow,
  minutesTable,
  openCouncilRow,
  updateMinutes,
} from "./council-store.ts";
import { meetingIn, readCouncil } from "./read-council.ts";
import { type Minutes, type MinutesBody, minutesOf, noMinutes } from "./read-minutes.ts";

/**
 * 文字起こしを取り込み、会議録を作り始める。元のファイルは封じて残す。話し手は、このあと人が決める。
 * @throws AppError BAD_INPUT（読めない）、REFUSED（まだ開いていない、もうある）
 */
export async function beginMinutes(
  office: Office,
  actor: Actor,
  meeting: string,
  file: { fileName: string; bytes: Uint8Array },
  style: MinutesStyle,
): Promise<{ utterances: number; speakers: number; unattributed: number; notes: string[] }> {
  refuseCouncil("write", actor);
  const { council, meetings } = await readCouncil(office, actor.contract);
  const held = meetingIn({ meetings }, meeting);
  if (held.state !== "held")
    throw new AppError(
      "REFUSED",
      "会議録は、会議を開いたことを記録してから作ります。先に「当日」の画面で出欠を書いてください。",
    );
  const at = office.clock.officeNow(actor.contract);
  const record = beginRecord(file.bytes, { style, words: council.words, at });
  const [key, fileKey] = await Promise.all([
    office.keys.fresh(actor.contract),
    office.keys.fresh(actor.contract),
  ]);
  await office.act(actor, async (tx) => {
    if (await findMinutesRow(tx, tx.contract, meeting))
      throw new AppError("REFUSED", "この会議の会議録は、もう作り始めています。画面を開き直してください。");
    await keepFile(tx, fileKey, {
      ...{ kind: "council-transcript", fileName: "文字起こし", bytes: file.bytes },
      media: "application/octet-stream",
    });
    const body: MinutesBody = { record, others: [], file: fileKey.id, check: null, checks: [], final: null };
    await insertMinutes(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, meeting_id: meeting, state: "draft" },
      ...{ body: JSON.stringify(body), made_by: actor.id, made_at: tx.now, edition: 1 },
    });
    await tx.record({
      kind: "minutes.begun",
      about: `council/meeting/${meeting}`,
      payload: {
        shape: record.shape,
        cues: record.cues,
        utterances: record.lines.length,
        source: record.source,
      },
    });
  });
  const labels = new Set(record.lines.flatMap(({ label }) => label ?? []));
  return {
    ...{ utterances: record.lines.length, speakers: labels.size, notes: record.notes },
    unattributed: record.lines.filter(({ label }) => label === undefined).length,
  };
}

export interface DecidedMinutes {
  change: Partial<MinutesBody> & { state?: MinutesRow["state"] };
  kind: string;
  payload?: { [key: string]: Json };
}

/** 会議録を変える行為の型。確定した会議録は、解いてからでないと変えられない。 */
export async function changeMinutes(
  office: Office,
  actor: Actor,
  meeting: string,
  decide: (minutes: Minutes, tx: Tx) => DecidedMinutes | Promise<DecidedMinutes>,
  more: { edition?: number | undefined; evenFinal?: boolean } = {},
): Promise<void> {
  refuseCouncil("write", actor);
  const { members } = await readCouncil(office, actor.contract);
  const known = await findMinutesRow(office.read, actor.contract, meeting);
  const key = known && (await office.keys.get(actor.contract, [known.id])).get(known.id);
  if (!known || !key) throw noMinutes();
  await office.act(actor, async (tx) => {
    const row = await findMinutesRow(tx, tx.contract, meeting);
    if (!row) throw noMinutes();
    if (more.edition !== undefined && row.edition !== more.edition) throw stale();
    const before = openCouncilRow(minutesTable, key, row);
    const minutes = minutesOf(before, members);
    if (minutes.state === "final" && !more.evenFinal)
      throw new AppError("REFUSED", "確定した会議録は変えられません。直すときは、先に確定を解いてください。");
    const { change, kind, payload } = await decide(minutes, tx);
    const { state = row.state, ...body } = change;
    const { record, others, file, check, checks, final } = { ...minutes, ...body };
    const next = JSON.stringify({ record, others, file, check, checks, final } satisfies MinutesBody);
    if (!(await updateMinutes(tx, key, before, { ...before, state, body: next }))) throw stale();
    await tx.record({ kind, about: `council/meeting/${meeting}`, ...(payload ? { payload } : {}) });
  });
}

/**
 * 札の話し手をまとめて決める。other は、委員でない話し手を書き足すとき（名と、氏名を出さない版での役）。
 * @throws AppError BAD_INPUT
 */
export async function matchSpeakers(
  office: Office,
  actor: Actor,
  meeting: string,
  given: { labels: Readonly<Record<string, string>>; other?: { name: string; role: string } | undefined },
): Promise<void> {
  await changeMinutes(office, actor, meeting, (minutes) => {
    const others = [...minutes.others];
    const name = given.other?.name.trim() ?? "";
    if (name !== "" && !others.some((one) => one.name === name))
      others.push({ key: `o${others.length + 1}`, name, role: given.other?.role.trim() || "事務局" });
    const known = new Set([...minutes.speakers.keys(), ...others.map(({ key }) => key)]);
    let { record } = minutes;
    for (const [label, key] of Object.entries(given.labels))
      if (key === "" || known.has(key)) record = nameLabel(record, label, key);
    return {
      change: { record, others },
      kind: "minutes.edited",
      payload: { part: "speakers", labels: Object.keys(record.labels).length },
    };
  });
}

/** 何行かをまとめて直す。変わらない行は、何も残さない。 */
export async function editLines(
  office: Office,
  actor: Actor,
  meeting: string,
  changes: ReadonlyMap<number, LineChange>,
  edition?: number,
): Promise<{ changed: number }> {
  let changed = 0;
  await changeMinutes(
    office,
    actor,
    meeting,
    (minutes, tx) => {
      let { record } = minutes;
      for (const [id, change] of changes) {
        if (change.speaker && change.speaker !== NOBODY && !minutes.speakers.has(change.speaker))
          throw new AppError("BAD_INPUT", "その話し手はいません。一覧から選び直してください。");
        const next = changeLine(record, id, change, { who: actor.id, at: tx.now });
        if (next !== record) changed += 1;
        record = next;
      }
      if (changed === 0) tx.nothingHappened();
      return { change: { record }, kind: "minutes.edited", payload: { part: "lines", lines: changed } };
    },
    { edition },
  );
  return { changed };
}

/** 書き方（全文・要点筆記）を変える。人の手の入った発言は、そのまま。 */
export async function changeStyle(
  office: Office,
  actor: Actor,
  meeting: string,
  style: MinutesStyle,
): Promise<void> {
  const { council } = await readCouncil(office, actor.contract);
  await changeMinutes(office, actor, meeting, (minutes, tx) => ({
    change: { record: restyle(minutes.record, style, council.words, tx.now) },
    kind: "minutes.edited",
    payload: { part: "style", style },
  }));
}
