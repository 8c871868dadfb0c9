import type { ReactNode } from "react";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type Choice, type FieldError, SelectField, TextField } from "../ui/field.tsx";
import type { Demo } from "../ui/layout.tsx";
import { Note } from "../ui/note.tsx";
import { type DemoAccount, DemoAccountPanel } from "./demo-account-panel.tsx";
import { Gate, type GateFact, type GateLink } from "./gate-panel.tsx";

/** 着席の二つの画面に共通の、左側のこと。 */
export interface EntranceProps {
  /** "講習会受付センター"。 */
  office: string;
  /** "令和7年9月17日（水）8:42　開設まで18分"。 */
  moment: string;
  facts: readonly GateFact[];
  csrf: string;
  demo?: Demo | undefined;
  /** デモの事務所だけ。validFor は確認コードが替わるまでの秒。 */
  demoAccounts?: { accounts: readonly DemoAccount[]; validFor: number } | undefined;
  flash?: ReactNode;
}

const watched = "だれが、いつ、何を見たかを記録しています。記録は本人も見られます。";

function Entrance({ children, ...props }: EntranceProps & { children: ReactNode }) {
  const { office, moment, facts, demo, demoAccounts, flash } = props;
  const story = (
    <div>
      <p className="office">
        <b>{office}</b>
      </p>
      <p className="moment">{moment}</p>
    </div>
  );
  return (
    <Gate
      story={story}
      facts={facts}
      below={demoAccounts && <DemoAccountPanel {...demoAccounts} />}
      last={watched}
      demo={demo}
      flash={flash}
    >
      {children}
    </Gate>
  );
}

export interface SignInPageProps extends EntranceProps {
  action: string;
  /** 入れてあった従業者番号。 */
  number?: string | undefined;
  desks: readonly Choice[];
  desk?: string | undefined;
  errors?:
    | { number?: FieldError | undefined; password?: FieldError | undefined; desk?: FieldError | undefined }
    | undefined;
  /** どの欄でもない知らせ（入れなくなっている、など）。 */
  notice?: { title: string; text: string } | undefined;
  /** 着席のあとで開く場所。 */
  next?: string | undefined;
  /** ICカードなど、別の入り方。 */
  ways?: readonly GateLink[] | undefined;
  /** "パスワードを忘れたときは、SV（内線 201）へ。" */
  help: string;
}

/** 着席。 */
export function SignInPage(props: SignInPageProps) {
  const { action, csrf, number, desks, desk, errors = {}, notice, next, ways = [], help } = props;
  const failed = errors.password !== undefined;
  return (
    <Entrance {...props}>
      <h1>着席</h1>
      {notice !== undefined && (
        <Note tone="late" title={notice.title}>
          {notice.text}
        </Note>
      )}
      <form method="post" action={action}>
        <Csrf token={csrf} />
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <TextField
          id="number"
          label="従業者番号"
          defaultValue={number}
          inputMode="numeric"
          autoComplete="username"
          autoFocus={!failed && number === undefined}
          error={errors.number}
        />
        <TextField
          id="password"
          label="パスワード"
          type="password"
          autoComplete="current-password"
          autoFocus={failed || number !== undefined}
          error={errors.password}
        />
        {desks.length > 0 && (
          <SelectField id="desk" label="席" choices={desks} defaultValue={desk} error={errors.desk} />
        )}
        <Submit size="big">着席する</Submit>
      </form>
      <Ways ways={ways} />
      <p className="sub">{help}</p>
    </Entrance>
  );
}

/** 違ったときに言うこと。あと何回で、何分入れなくなるか。 */
export function wrongPassword(triesLeft: number, lockMinutes: number): FieldError {
  const rest =
    triesLeft > 0
      ? `あと${triesLeft}回続けて違うと、${lockMinutes}分間入れません。`
      : `${lockMinutes}分たってから、もう一度お試しください。`;
  return { what: "パスワードが違います。", next: `大文字と小文字、かな入力を確かめてください。${rest}` };
}

function Ways({ ways }: { ways: readonly GateLink[] }) {
  if (ways.length === 0) return null;
  return (
    <ul className="ways">
      {ways.map((way) => (
        <li key={way.href}>
          <a href={way.href}>{way.label}</a>
        </li>
      ))}
    </ul>
  );
}

export interface SecondStepPageProps extends EntranceProps {
  action: string;
  /** 確かめている途中の従業者番号。 */
  number: string;
  error?: FieldError | undefined;
  /** セキュリティキーの島が使う投稿先。なければ置かない。 */
  keyAction?: string | undefined;
  ways?: readonly GateLink[] | undefined;
  cancelHref: string;
}

/** 着席の二段目: 確認コード。ほかに、セキュリティキーとICカード。 */
export function SecondStepPage(props: SecondStepPageProps) {
  const { action, csrf, number, error, keyAction, ways = [], cancelHref } = props;
  return (
    <Entrance {...props}>
      <div>
        <h1>もう一段、確かめます</h1>
        <p className="sub">従業者番号 {number} の本人であることを確かめます。</p>
      </div>
      <form method="post" action={action}>
        <Csrf token={csrf} />
        <TextField
          id="code"
          label="確認コード"
          code
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          autoFocus
          help="認証アプリに出ている6桁の数字を入れます。30秒ごとに替わります。"
          error={error}
        />
        <Submit size="big">確かめて着席する</Submit>
      </form>
      {keyAction !== undefined && (
        <form method="post" action={keyAction} data-passkey="">
          <Csrf token={csrf} />
          <Submit look="second" size="big" icon="key">
            セキュリティキーで確かめる
          </Submit>
        </form>
      )}
      <Ways ways={ways} />
      <p>
        <LinkButton look="link" href={cancelHref}>
          やめて、はじめに戻る
        </LinkButton>
      </p>
    </Entrance>
  );
}
