import type { ReactNode } from "react";
import { Csrf } from "../ui/csrf.tsx";
import type { DeskOpinion, OpinionDesk } from "./read-desk.ts";

/** 原文の中で、鍵で選んでいる範囲。 */
export interface TextCursor {
  start: number;
  end: number;
}

export interface DeskView {
  desk: OpinionDesk;
  csrf: string;
  /** 選んでいる意見の字（A）。 */
  mark: string;
  /** 鍵で選んでいる範囲（島だけ）。 */
  cursor?: TextCursor | undefined;
  /** 直前の結果（島だけ）。 */
  said?: string | undefined;
}

/** 素の form。島があれば、data-api に JSON で送り、画面を替えない。 */
export function DeskForm(props: {
  action: string;
  csrf: string;
  fields?: Readonly<Record<string, string | number>> | undefined;
  className?: string | undefined;
  id?: string | undefined;
  children: ReactNode;
}) {
  const { action, csrf, fields = {}, className, id, children } = props;
  return (
    <form method="post" action={action} data-api={`/api${action}`} className={className} id={id}>
      <Csrf token={csrf} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** その意見の答えを、ここで直せるか。 */
export function mayAnswer(desk: OpinionDesk, opinion: DeskOpinion): boolean {
  return desk.may.work && (opinion.group === null || opinion.group.state !== "asked");
}
