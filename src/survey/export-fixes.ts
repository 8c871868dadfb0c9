import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { type CheckRule, checkRules } from "./check-answers.ts";
import { listFixes } from "./fix-answers.ts";
import { openSurvey } from "./open-survey.ts";

/** 直した記録の CSV（UTF-8、BOM つき）。書き出したことは記録に残る。 */
export async function exportFixes(
  office: Office,
  actor: Actor,
  surveyId: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { head } = await openSurvey(office, actor, surveyId, "look");
  const fixes = await listFixes(office, actor, surveyId);
  const rows = fixes
    .toReversed()
    .map((one) => [
      ...[String(one.number), one.madeAt, one.madeBy, one.respondent, one.column, one.before, one.after],
      ...[one.reason, checkRules[one.rule as CheckRule] ?? "手で", one.undoneAt ?? "", one.undoneBy ?? ""],
    ]);
  const names = [
    "番号",
    "いつ",
    "だれが",
    "回答",
    "列",
    "前",
    "後",
    "理由",
    "決まり",
    "取り消した時",
    "取り消した人",
  ];
  await office.act(actor, (tx) =>
    tx.record({ kind: "survey.exported", about: surveyId, payload: { fixes: fixes.length } }),
  );
  const text = [names, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  return {
    fileName: `survey-${head.number}-corrections.csv`,
    media: "text/csv; charset=utf-8",
    bytes: new TextEncoder().encode(`\ufeff${text}\r\n`),
  };
}

/** 「=」などで始まる値は、表計算ソフトで式にならないように、頭に ' を置く。 */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
