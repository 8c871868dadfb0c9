import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export type NoteTone = "late" | "due" | "done" | "info" | "plain";

const icons: Record<NoteTone, IconName> = {
  late: "late",
  due: "warn",
  done: "done",
  info: "info",
  plain: "info",
};

/** 本文の中の知らせ。title は言い切りの一文、children はその先。 */
export function Note({
  tone = "plain",
  title,
  children,
}: {
  tone?: NoteTone | undefined;
  title?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={tone === "plain" ? "note" : `note ${tone}`}>
      <Icon name={icons[tone]} />
      <NoteBody title={title}>{children}</NoteBody>
    </div>
  );
}

/** 直前の行いの結果。次の画面の頭に一度だけ出し、読み上げられる。 */
export function Flash({ tone = "done", children }: { tone?: NoteTone | undefined; children: ReactNode }) {
  return (
    <div
      className={tone === "plain" ? "note flash" : `note flash ${tone}`}
      role={tone === "late" ? "alert" : "status"}
    >
      <Icon name={icons[tone]} />
      <NoteBody title={undefined}>{children}</NoteBody>
    </div>
  );
}

function NoteBody({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="grow">
      {title !== undefined && <b>{title}</b>}
      {children !== undefined && <div className={title === undefined ? undefined : "sub"}>{children}</div>}
    </div>
  );
}
