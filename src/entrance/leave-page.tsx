import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type FieldError, TextField } from "../ui/field.tsx";
import type { Demo } from "../ui/layout.tsx";
import { Gate, type GateFact } from "./gate-panel.tsx";

interface LeaveProps {
  office: string;
  moment: string;
  demo?: Demo | undefined;
}

function Story({ office, moment }: LeaveProps) {
  return (
    <div>
      <p className="office">
        <b>{office}</b>
      </p>
      <p className="moment">{moment}</p>
    </div>
  );
}

export interface SignedOutPageProps extends LeaveProps {
  /** 退席のときに片づいたこと、残っていること。例: 下書き、仮押さえ。 */
  facts: readonly GateFact[];
  signInHref: string;
  /** 退席の理由。"自分で退席しました" のほか、時間切れや席の交代。 */
  reason?: string | undefined;
}

/** 退席のあと。 */
export function SignedOutPage(props: SignedOutPageProps) {
  const { facts, signInHref, reason = "この端末には、予約者の情報は残っていません。", demo } = props;
  return (
    <Gate story={<Story {...props} />} facts={facts} last="退席も記録されます。" demo={demo}>
      <div>
        <h1>退席しました</h1>
        <p className="sub">{reason}</p>
      </div>
      <LinkButton look="main" size="big" href={signInHref}>
        着席する
      </LinkButton>
    </Gate>
  );
}

export interface LockedPageProps extends LeaveProps {
  facts: readonly GateFact[];
  /** 席の名。"2番席（内線 202）"。 */
  desk?: string | undefined;
  /** 着席している人の従業者番号（名は出さない）。 */
  number: string;
  /** 何分触れなかったか。 */
  idleMinutes: number;
  unlockAction: string;
  signOutAction: string;
  csrf: string;
  error?: FieldError | undefined;
}

/** しばらく触れなかったので画面を閉じた。席と下書きは開いたまま。 */
export function LockedPage(props: LockedPageProps) {
  const { facts, desk, number, idleMinutes, unlockAction, signOutAction, csrf, error, demo } = props;
  return (
    <Gate
      story={<Story {...props} />}
      facts={facts}
      last="画面を閉じているあいだも、下書きと仮押さえの時計は動いています。"
      demo={demo}
    >
      <div>
        <h1>画面を閉じています</h1>
        <p className="sub">
          {idleMinutes}分のあいだ操作がありませんでした。{desk ?? "席"}は開いたままです。
        </p>
      </div>
      <form method="post" action={unlockAction}>
        <Csrf token={csrf} />
        <p>
          従業者番号　<b>{number}</b>
        </p>
        <TextField
          id="password"
          label="パスワード"
          type="password"
          autoComplete="current-password"
          autoFocus
          error={error}
        />
        <Submit size="big">続ける</Submit>
      </form>
      <form method="post" action={signOutAction}>
        <Csrf token={csrf} />
        <Submit look="normal" size="big">
          退席して、ほかの人に替わる
        </Submit>
      </form>
    </Gate>
  );
}
