import type { ReactNode } from "react";
import { LinkButton, Submit } from "./button.tsx";
import { Csrf } from "./csrf.tsx";
import { Icon } from "./icon.tsx";

/** 確認してから行うこと。consequence は行うと何が起き、何が起きないか。 */
export interface Confirmation {
  /** 問い。例: "この予約を取り消しますか"。 */
  title: string;
  consequence: ReactNode;
  /** 投稿先。 */
  action: string;
  csrf: string;
  /** 行いの名。例: "予約を取り消す"。「はい」や「OK」にしない。 */
  confirm: string;
  danger?: boolean | undefined;
  /** 投稿に添える見えない値。 */
  hidden?: Readonly<Record<string, string>> | undefined;
  /** 理由などの欄。 */
  fields?: ReactNode;
}

/** 確認を開くもの。JavaScript があれば窓が、なければ pageHref の確認の画面が開く。 */
export function ConfirmLink(props: {
  dialogId: string;
  pageHref: string;
  danger?: boolean | undefined;
  children: ReactNode;
}) {
  const { dialogId, pageHref, danger, children } = props;
  return (
    <LinkButton href={pageHref} danger={danger} data-dialog={dialogId}>
      {children}
    </LinkButton>
  );
}

/** 確認の窓。はじめの焦点は理由などの欄、なければ「やめる」にある。 */
export function ConfirmDialog({ id, ...confirmation }: Confirmation & { id: string }) {
  return (
    <dialog id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{confirmation.title}</h2>
      <ConfirmForm
        {...confirmation}
        leave={
          <button className="btn tall" type="button" data-close="">
            やめる
          </button>
        }
      />
    </dialog>
  );
}

/** 窓と同じ確認を、一つの画面として。 */
export function ConfirmPanel({ backHref, ...confirmation }: Confirmation & { backHref: string }) {
  return (
    <section className="pile confirm" aria-labelledby="confirm-title">
      <h1 id="confirm-title">{confirmation.title}</h1>
      <ConfirmForm
        {...confirmation}
        leave={
          <LinkButton href={backHref} size="tall">
            やめる
          </LinkButton>
        }
      />
    </section>
  );
}

function ConfirmForm({
  consequence,
  action,
  csrf,
  confirm,
  danger,
  hidden = {},
  fields,
  leave,
}: Confirmation & { leave: ReactNode }) {
  return (
    <>
      <div className={danger ? "note late" : "note info"}>
        <Icon name={danger ? "warn" : "info"} />
        <div className="grow">{consequence}</div>
      </div>
      <form method="post" action={action} className="pile mt2">
        <Csrf token={csrf} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {fields}
        <div className="acts">
          {leave}
          <Submit danger={danger}>{confirm}</Submit>
        </div>
      </form>
    </>
  );
}
