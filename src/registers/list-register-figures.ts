import type { Figure, FigureGroup } from "../base/figure.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { bookNames, bookOf } from "./book.ts";
import { environmentNames, itemOf, savedTotal, shareOf } from "./environment.ts";
import { listEntries } from "./list-entries.ts";
import { listEnvironment } from "./list-environment.ts";

/** 業務完了報告書に刷る、登録簿と環境の数（期によらない）。書いたもののある帳簿だけ。 */
export async function listRegisterFigures(office: Office, contract: string): Promise<FigureGroup[]> {
  const [entries, environment, { blueprint }] = await Promise.all([
    listEntries(office, { contract }),
    listEnvironment(office, { contract }),
    openContract(office, contract),
  ]);
  const clauseOf = (word: RegExp) => blueprint.clauses.find(({ title }) => word.test(title))?.number ?? "";
  const groups: FigureGroup[] = [];
  const counts = bookNames.flatMap((book): Figure[] => {
    const own = entries.filter((one) => one.book === book);
    const { label, close } = bookOf(book);
    if (own.length === 0) return [];
    const closed = own.filter((one) => one.state === "closed").length;
    return [
      { label, value: own.length, unit: "件", basis: `${label}の記録` },
      { label: `${label}（${close.done}）`, value: closed, unit: "件", basis: `${label}の記録` },
    ];
  });
  if (counts.length > 0)
    groups.push({ title: "協議・提案などの登録簿", clause: clauseOf(/協議|その他特記/), figures: counts });
  const { totals, saved } = environment;
  const say = (label: string, value: number | undefined, unit: string, basis: string): Figure[] =>
    value === undefined ? [] : [{ label, value, unit, basis }];
  const written = environmentNames.flatMap((name) =>
    say(itemOf(name).label, totals[name], itemOf(name).unit, "月ごとの環境の記録の合計"),
  );
  const share = "環境の記録の合計どうしの割合";
  const figures = [
    ...written,
    ...say("両面に刷った割合", shareOf(totals.duplex, totals.paper), "％", share),
    ...say("再生紙の割合", shareOf(totals.recycled, totals.paper), "％", share),
    ...say("グリーン購入の割合", shareOf(totals.green, totals.purchase), "％", share),
    ...say("節約した紙", savedTotal(saved), "枚", "電子データの提出、電話の案内、両面印刷の記録"),
  ];
  if (written.length > 0) groups.push({ title: "環境への配慮", clause: clauseOf(/環境/), figures });
  return groups;
}
