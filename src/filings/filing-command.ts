import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Urgency } from "../japan/deadline.ts";
import type { Command } from "../platform/command.ts";
import { findForm } from "./filing-form.ts";
import type { FilingHand } from "./filing-hand.ts";
import { type FilingGroup, type ListedFiling, listFilings } from "./list-filings.ts";

const groups: readonly string[] = ["waiting", "draft", "closed"] satisfies FilingGroup[];

/** filings list: 市との協議・届出を、新しい番号から。 */
export function filingCommands(hand: FilingHand): Command[] {
  return [
    {
      name: "filings list",
      usage: "",
      summary: "市との協議・届出を、期限を過ぎたものから並べる",
      options: [
        { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" },
        { name: "form", value: "CODE", help: "様式（erasure-request など）だけ" },
        { name: "clause", value: "TEXT", help: "条項の始まり（6(9) など）" },
        { name: "due", value: "late|due|soon", help: "期限を過ぎたもの・本日まで・これから" },
        { name: "group", value: "waiting|draft|closed", help: "答えを待つもの・下書き・済んだものだけ" },
      ],
      async run(io) {
        const group = io.option("group");
        if (group !== undefined && !groups.includes(group))
          throw new AppError("BAD_INPUT", "--group は waiting、draft、closed のどれかです。");
        const office = await io.office();
        const contract = await hand.contract(office, io.option("contract"));
        const form = io.option("form");
        if (form !== undefined && !findForm(form))
          throw new AppError("BAD_INPUT", "--form の様式はありません。画面の「新しく作る」にある様式です。");
        const due = io.option("due");
        if (due !== undefined && !isUrgency(due))
          throw new AppError("BAD_INPUT", "--due は late、due、soon のどれかです。");
        const filter = { group: group as FilingGroup | undefined, form, due, clause: io.option("clause") };
        const filings = await listFilings(office, systemActor(contract), filter);
        io.result({ filings }, show(filings));
      },
    },
  ];
}

function isUrgency(text: string): text is Urgency {
  return ["late", "due", "soon"].includes(text);
}

function show(filings: readonly ListedFiling[]): string {
  if (filings.length === 0) return "協議・届出はありません。";
  return filings
    .map((one) =>
      [`第${one.number}号`, one.kindLabel, one.stateText, one.dueText, one.clause || "－", one.title].join(
        "  ",
      ),
    )
    .join("\n");
}
