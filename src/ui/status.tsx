import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** 状態は形・言葉・色の三つで言う。look が形と色、言葉は子。 */
export type StatusLook = "late" | "due" | "warn" | "soon" | "wait" | "none" | "done";

const shapes: Record<StatusLook, { icon: IconName; tone: string }> = {
  late: { icon: "late", tone: "late" },
  due: { icon: "due", tone: "due" },
  warn: { icon: "warn", tone: "due" },
  soon: { icon: "soon", tone: "soon" },
  wait: { icon: "wait", tone: "wait" },
  none: { icon: "none", tone: "none" },
  done: { icon: "done", tone: "done" },
};

/** 例: `<Status look="late">1日遅れ</Status>`。言葉を省くときは label に読み上げる言葉を入れる。 */
export function Status({
  look,
  label,
  children,
}: {
  look: StatusLook;
  label?: string | undefined;
  children?: ReactNode;
}) {
  const { icon, tone } = shapes[look];
  return (
    <span className={`st ${tone}`}>
      <Icon name={icon} label={label} />
      {children}
    </span>
  );
}
