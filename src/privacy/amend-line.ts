import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { findLine, insertNote, openLineRow, updateLineFields } from "./line-store.ts";
import { noLine } from "./list-lines.ts";
import { refuseWriter } from "./privacy-right.ts";
import { keepLineFields, type LineFields, lineFaults, lineLimits, registerOf } from "./register.ts";
import type { RegisterField } from "./register-field.ts";

/**
 * あとから付けるもの（再委託の契約に定めること）を付ける・直す。前と後と理由が、書き足しの経過に残る（特記 第7条6）。
 * 言わなかった欄は変わらない。空と言えば、付けた印を外す（そろうまで、一件は効かなくなる）。
 * @throws AppError BAD_INPUT（欄の名つき、何も変わらない、理由がない）、REFUSED（結ばれている、直せる欄がない）、CONFLICT、FORBIDDEN
 */
export async function amendLine(
  office: Office,
  actor: Actor,
  id: string,
  given: { fields: LineFields; reason: string },
): Promise<void> {
  const found = await findLine(office.read, actor.contract, id);
  const key = found && (await office.keys.get(actor.contract, [id])).get(id);
  if (!found || !key) throw noLine();
  const register = registerOf(found.register);
  refuseWriter(register, actor);
  const open = laterFields(register.fields);
  if (open.length === 0 || found.closed_at !== null)
    throw new AppError("REFUSED", "この一件の欄は直せません。画面を開き直してご確認ください。");
  const row = openLineRow(key, found);
  const before = JSON.parse(row.fields) as Record<string, string>;
  const told = open.filter(({ name }) => Object.hasOwn(given.fields, name));
  const untold = Object.entries(before).filter(([name]) => !told.some((one) => one.name === name));
  const next = { ...Object.fromEntries(untold), ...keepLineFields(told, given.fields) };
  const changed = told.filter(({ name }) => (before[name] ?? "") !== (next[name] ?? ""));
  const reason = given.reason.trim();
  refuseFaults(told, next, changed.length, reason);
  await office.act(actor, async (tx) => {
    if (!(await updateLineFields(tx, key, row, JSON.stringify(next))))
      throw new AppError("CONFLICT", "ほかの人が先に直しました。画面を開き直してください。");
    await insertNote(tx, key, "change", changeText(changed, before, next, reason));
    await tx.record({
      kind: "privacy.amended",
      about: `privacy/line/${id}`,
      payload: {
        ...{ register: register.code, number: row.number },
        fields: changed.map(({ name }) => name),
      },
    });
  });
}

/** あとから付けられる欄。 */
export function laterFields(fields: readonly RegisterField[]): RegisterField[] {
  return fields.filter(({ later }) => later);
}

function refuseFaults(
  told: readonly RegisterField[],
  next: LineFields,
  changed: number,
  reason: string,
): void {
  const faults: Fault[] = lineFaults(
    told.map((field) => ({ ...field, required: false })),
    next,
  );
  if (reason === "" || [...reason].length > lineLimits.line)
    faults.push({
      field: "reason",
      message: `確かめた所（契約の条など）か、直した理由を、${lineLimits.line}字までで書いてください。`,
    });
  if (faults.length === 0 && changed === 0)
    faults.push({ field: "reason", message: "変わったところがありません。印か文を直してください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
}

function changeText(
  changed: readonly RegisterField[],
  before: LineFields,
  next: LineFields,
  reason: string,
): string {
  const word = ({ type }: RegisterField, value: string | undefined) =>
    value === undefined || value === "" ? "－" : type === "check" ? "定めた" : `「${value}」`;
  return [
    ...changed.map(
      (field) => `${field.label}: ${word(field, before[field.name])} → ${word(field, next[field.name])}`,
    ),
    `理由: ${reason}`,
  ].join("\n");
}
