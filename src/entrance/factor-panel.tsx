import type { FactorPrompt } from "../sealing/second-factor.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type FieldError, TextField } from "../ui/field.tsx";

/** 第二の要素を打って確かめる方法。 */
export type TypedWay = "totp" | "ic-card" | "recovery-codes";

export interface TypedFactorProps {
  way: TypedWay;
  action: string;
  csrf: string;
  submit: string;
  next?: string | undefined;
  error?: FieldError | undefined;
}

/** 確認コード、カード、回復の符号のどれかを入れる form。 */
export function TypedFactorPanel({ way, action, csrf, submit, next, error }: TypedFactorProps) {
  return (
    <form method="post" action={action}>
      <Csrf token={csrf} />
      <input type="hidden" name="by" value={way} />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <TypedField way={way} error={error} />
      <Submit size="big">{submit}</Submit>
    </form>
  );
}

/** 打つ欄。カードの読取機は鍵盤のように打つので、伏せて受ける。 */
function TypedField({ way, error }: { way: TypedWay; error?: FieldError | undefined }) {
  if (way === "ic-card")
    return (
      <TextField
        id="code"
        label="ICカード"
        type="password"
        autoComplete="off"
        autoFocus
        help="この欄にいるまま、読取機にカードをかざします。"
        error={error}
      />
    );
  if (way === "recovery-codes")
    return (
      <TextField
        id="code"
        label="回復の符号"
        autoComplete="off"
        autoFocus
        help="紙に刷った符号を一つ入れます。一度使うと、その符号は使えなくなります。"
        error={error}
      />
    );
  return (
    <TextField
      id="code"
      label="確認コード"
      code
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={7}
      autoFocus
      help="トークンか認証アプリに出ている6桁の数字を入れます。"
      error={error}
    />
  );
}

/** 登録できる方法。 */
export const enrolWays = [
  { kind: "totp", label: "確認コード" },
  { kind: "ic-card", label: "ICカード" },
  { kind: "security-key", label: "セキュリティキー" },
] as const;

export interface EnrolPanelProps {
  prompt: FactorPrompt;
  /** 封じた控え。 */
  state: string;
  action: string;
  csrf: string;
  error?: FieldError | undefined;
}

/** 登録の form。実物で一度確かめてから登録する。 */
export function EnrolPanel({ prompt, state, action, csrf, error }: EnrolPanelProps) {
  const isKey = prompt.kind === "security-key";
  return (
    <form
      method="post"
      action={action}
      className="fields"
      data-passkey-new={isKey ? JSON.stringify(prompt.options) : undefined}
    >
      <Csrf token={csrf} />
      <input type="hidden" name="state" value={state} />
      <input type="hidden" name="kind" value={prompt.kind} />
      {prompt.kind === "totp" && prompt.qr !== undefined && (
        <Secret qr={prompt.qr} secret={prompt.secret ?? ""} />
      )}
      {prompt.kind === "totp" && <TypedField way="totp" error={error} />}
      {prompt.kind === "ic-card" && <TypedField way="ic-card" error={error} />}
      {isKey && <p>ボタンを押してから、鍵を挿して触れます。スマートフォンは要りません。</p>}
      {isKey && error !== undefined && (
        <p className="err" role="alert">
          <b>{typeof error === "string" ? error : error.what}</b>
        </p>
      )}
      <TextField id="label" label="呼び名" maxLength={20} help="例：青いトークン。人の名は入れません。" />
      <Submit size="big" icon={isKey ? "key" : undefined}>
        確かめて登録する
      </Submit>
    </form>
  );
}

function Secret({ qr, secret }: { qr: string; secret: string }) {
  const sized = qr.replace("<svg ", '<svg width="208" height="208" ');
  const groups = secret.match(/.{1,4}/g)?.join(" ") ?? "";
  return (
    <div className="pile">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: 自分で作った QR コードの SVG（数と固定の字だけ） */}
      <div dangerouslySetInnerHTML={{ __html: sized }} />
      <p className="sub">
        認証アプリで読み取るか、専用のトークンにこの文字を入れます。
        <br />
        <code>{groups}</code>
      </p>
    </div>
  );
}

/** 刷って封筒に入れる、回復の符号。一度しか見せない。 */
export function RecoveryCodesPanel({ codes, backHref }: { codes: readonly string[]; backHref: string }) {
  return (
    <div className="pile">
      <p>この画面を閉じると、二度と見られません。いま印刷して、鍵のかかる所にしまってください。</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="noprint">
        <LinkButton href={backHref} size="tall">
          しまったので、戻る
        </LinkButton>
      </p>
    </div>
  );
}
