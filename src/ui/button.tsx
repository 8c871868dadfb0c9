import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** main はその画面でひとつだけの主な行い。second は次、plain は文字だけ、link は文中の行い。 */
export type ButtonLook = "main" | "second" | "normal" | "plain" | "link";

interface Look {
  look?: ButtonLook | undefined;
  /** 取り消せない行い。 */
  danger?: boolean | undefined;
  /** tall は 44px、big は 48px。 */
  size?: "tall" | "big" | undefined;
  /** 幅いっぱい（wide）、または列の残り（grow）。 */
  width?: "wide" | "grow" | undefined;
  icon?: IconName | undefined;
  /** 押せる鍵の表示。 */
  keys?: string | undefined;
  children?: ReactNode;
}

type Native<Props> = Omit<Props, "className" | "style" | "children">;

function classesOf({ look = "normal", danger, size, width }: Look): string {
  return ["btn", look === "normal" ? "" : look, danger ? "danger" : "", size ?? "", width ?? ""]
    .filter((name) => name !== "")
    .join(" ");
}

function Face({ icon, keys, children }: Look) {
  return (
    <>
      {icon !== undefined && <Icon name={icon} />}
      {children}
      {keys !== undefined && <kbd>{keys}</kbd>}
    </>
  );
}

/** 押す。type を言わなければ form を出さない。 */
export function Button(props: Look & Native<ButtonHTMLAttributes<HTMLButtonElement>>) {
  const { look, danger, size, width, icon, keys, children, type = "button", ...native } = props;
  return (
    <button type={type} className={classesOf(props)} {...native}>
      <Face icon={icon} keys={keys}>
        {children}
      </Face>
    </button>
  );
}

/** form を出す。 */
export function Submit(props: Look & Native<ButtonHTMLAttributes<HTMLButtonElement>>) {
  return <Button look="main" {...props} type="submit" />;
}

/** 形はボタン、働きはリンク。 */
export function LinkButton(props: Look & Native<AnchorHTMLAttributes<HTMLAnchorElement>> & { href: string }) {
  const { look, danger, size, width, icon, keys, children, ...native } = props;
  return (
    <a className={classesOf(props)} {...native}>
      <Face icon={icon} keys={keys}>
        {children}
      </Face>
    </a>
  );
}

/** 印刷のボタン。JavaScript がなければ隠れたままで、Ctrl+P が同じ働きをする。 */
export function PrintButton({
  look = "normal",
  children = "印刷",
}: {
  look?: ButtonLook | undefined;
  children?: ReactNode;
}) {
  return (
    <Button look={look} icon="print" keys="Ctrl+P" data-print="" hidden>
      {children}
    </Button>
  );
}
