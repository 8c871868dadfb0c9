import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { filingLimits } from "../filings/filing.ts";
import { readFilingNow } from "../filings/read-filing-now.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { requireGroup } from "./answer-group.ts";
import { refuseComment } from "./comment-right.ts";
import { insertRound, listRoundRows, updateGroup } from "./group-store.ts";
import { type CommentBook, type Group, readBook } from "./read-book.ts";
import { stale } from "./split-opinions.ts";

export interface Round {
  id: string;
  number: number;
  department: string;
  filing: string;
  groups: readonly Group[];
  /** 協議書の今の状態。 */
  state: string;
  /** 届いた回答を、まだ反映していない。 */
  waiting: boolean;
}

/**
 * 市の考え方の確認を、部局に求める。協議書の下書きができ、提出すると署名つきの確認用の一式にして渡せる。
 * 選んだ答えは、回答が届くまで直せない。
 * @throws AppError BAD_INPUT（選んでいない、長すぎる）、REFUSED（書いていない答え、確認中）、FORBIDDEN
 */
export async function sendRound(
  office: Office,
  actor: Actor,
  given: { department: string; groups: readonly string[] },
): Promise<{ id: string; number: number; filing: string; filingNumber: number }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  const groups = [...new Set(given.groups)].map((id) => requireGroup(book, id));
  const department = given.department.trim();
  if (department === "") throw bad("department", "確認を求める部局を書いてください。");
  if (groups.length === 0) throw bad("groups", "確認を求める答えを選んでください。");
  const unfit = groups.find(
    ({ answer, status, state }) => answer === "" || status === "" || state === "asked",
  );
  const draft = groups.find(({ drafted }) => drafted);
  if (draft)
    throw new AppError("REFUSED", `No.${draft.number} は下書きのままです。読んで認めてから求めてください。`);
  if (unfit)
    throw new AppError(
      "REFUSED",
      unfit.state === "asked"
        ? `No.${unfit.number} は、もう確認を求めています。`
        : `No.${unfit.number} は、考え方か区分がまだありません。書いてから求めてください。`,
    );
  const body = roundText(book, groups, department);
  if ([...body].length > filingLimits.body)
    throw bad(
      "groups",
      `一度に求められる長さ（${filingLimits.body}字）を超えます。答えを分けて求めてください。`,
    );
  const keys = await office.keys.get(
    actor.contract,
    groups.map(({ id }) => id),
  );
  const roundKey = await office.keys.fresh(actor.contract);
  const filing = await draftFiling(office, actor, {
    ...{ kind: "consultation", title: `市の考え方の確認（${groups.length}件）`, clause: "3(1)(ｴ)②", body },
    about: { room: "comments", kind: "round", id: roundKey.id },
  });
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, book.period.id, "comment-round");
    await insertRound(tx, {
      ...{ id: roundKey.id, contract_id: tx.contract, period_id: book.period.id, number, department },
      ...{ filing_id: filing.id, groups: JSON.stringify(groups.map(({ id }) => id)) },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    for (const group of groups) {
      const key = keys.get(group.id);
      if (!key || !(await updateGroup(tx, key, group.row, { state: "asked", round_id: roundKey.id })))
        throw stale();
    }
    await tx.record({
      kind: "comment.round-sent",
      about: roundKey.id,
      payload: { number, filing: filing.id, answers: groups.length },
    });
    return { id: roundKey.id, number, filing: filing.id, filingNumber: filing.number };
  });
}

function bad(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}

/** 協議書の本文。個人情報は入らない（概要と考え方だけ）。 */
function roundText({ period }: CommentBook, groups: readonly Group[], department: string): string {
  const label = (code: string) => period.statuses.find((one) => one.code === code)?.label ?? "";
  return [
    `${department} 御中`,
    `「${period.title}」に寄せられた意見への考え方を、次のとおり確認してください。`,
    ...groups.flatMap((one) => [
      "",
      `No.${one.number}（${one.members.length}件） 区分 ${one.status} ${label(one.status)}`,
      `【意見の概要】${one.summary}`,
      `【市の考え方】${one.answer}`,
    ]),
  ].join("\n");
}

/** 回の一覧と、協議書の今。 */
export async function listRounds(office: Office, book: CommentBook): Promise<Round[]> {
  const rows = await listRoundRows(office.read, book.period.id);
  return Promise.all(
    rows.map(async (row) => {
      const now = await readFilingNow(office.read, row.contract_id, row.filing_id);
      const groups = (JSON.parse(row.groups) as string[]).flatMap((id) => book.groupOf.get(id) ?? []);
      const state = now?.state ?? "withdrawn";
      return {
        ...{
          id: row.id,
          number: row.number,
          department: row.department,
          filing: row.filing_id,
          groups,
          state,
        },
        waiting:
          ["answered", "returned", "withdrawn"].includes(state) &&
          groups.some((one) => one.round === row.id && one.state === "asked"),
      };
    }),
  );
}

/** 届いた回答を反映する。回答なら決まった答えに、差戻しと取下げなら書き直せるように戻る。 */
export async function settleRound(office: Office, actor: Actor, id: string): Promise<{ agreed: boolean }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  const round = (await listRounds(office, book)).find((one) => one.id === id);
  if (round === undefined)
    throw new AppError("NOT_FOUND", "その確認の回はありません。一覧から選び直してください。");
  if (!round.waiting)
    throw new AppError("REFUSED", "反映する回答がありません。協議書への回答を待つか、取り下げてください。");
  const agreed = round.state === "answered";
  const open = round.groups.filter((one) => one.round === id && one.state === "asked");
  const keys = await office.keys.get(
    actor.contract,
    open.map((one) => one.id),
  );
  return office.act(actor, async (tx) => {
    for (const group of open) {
      const key = keys.get(group.id);
      if (!key || !(await updateGroup(tx, key, group.row, { state: agreed ? "agreed" : "draft" })))
        throw stale();
    }
    await tx.record({ kind: "comment.round-settled", about: id, payload: { number: round.number, agreed } });
    return { agreed };
  });
}
