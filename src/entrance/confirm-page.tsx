import type { ReactNode } from "react";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type Choice, type FieldError, SelectField, TextField } from "../ui/field.tsx";
import { DemoAccountPanel } from "./demo-account-panel.tsx";
import type { EntranceProps } from "./entrance-page.tsx";
import {
  EnrolPanel,
  type EnrolPanelProps,
  enrolWays,
  TypedFactorPanel,
  type TypedWay,
} from "./factor-panel.tsx";
import { Gate } from "./gate-panel.tsx";

/** 入り口の型の左側。 */
function EntranceGate({
  entrance,
  last,
  children,
}: {
  entrance: EntranceProps;
  last: string;
  children: ReactNode;
}) {
  const story = (
    <div>
      <p className="office">
        <b>{entrance.office}</b>
      </p>
      <p className="moment">{entrance.moment}</p>
    </div>
  );
  return (
    <Gate
      story={story}
      facts={entrance.facts}
      below={entrance.demoAccounts && <DemoAccountPanel {...entrance.demoAccounts} />}
      last={last}
      demo={entrance.demo}
    >
      {children}
    </Gate>
  );
}

export interface ConfirmPageProps {
  entrance: EntranceProps;
  title: string;
  why: string;
  way: TypedWay;
  action: string;
  submit: string;
  next?: string | undefined;
  error?: FieldError | undefined;
  /** セキュリティキーの投稿先。登録がなければ置かない。 */
  keyAction?: string | undefined;
  ways: readonly { href: string; label: string }[];
  cancel: { href: string; label: string };
}

/** 本人であることを確かめる（大事な行いの前、着席のほかの方法）。 */
export function ConfirmPage(props: ConfirmPageProps) {
  const { entrance, title, why, way, action, submit, next, error, keyAction, ways, cancel } = props;
  return (
    <EntranceGate entrance={entrance} last="確かめたことも記録されます。">
      <div>
        <h1>{title}</h1>
        <p className="sub">{why}</p>
      </div>
      <TypedFactorPanel
        way={way}
        action={action}
        csrf={entrance.csrf}
        submit={submit}
        next={next}
        error={error}
      />
      {keyAction !== undefined && (
        <form method="post" action={keyAction} data-passkey="">
          <Csrf token={entrance.csrf} />
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <Submit look="second" size="big" icon="key">
            セキュリティキーで確かめる
          </Submit>
        </form>
      )}
      {ways.length > 0 && (
        <ul className="ways">
          {ways.map((each) => (
            <li key={each.href}>
              <a href={each.href}>{each.label}</a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <LinkButton look="link" href={cancel.href}>
          {cancel.label}
        </LinkButton>
      </p>
    </EntranceGate>
  );
}

export interface CardSignInPageProps {
  entrance: EntranceProps;
  desks: readonly Choice[];
  desk?: string | undefined;
  next?: string | undefined;
}

/** カードで着席する: かざして、パスワードを入れる。誤りは着席の画面が言う。 */
export function CardSignInPage({ entrance, desks, desk, next }: CardSignInPageProps) {
  return (
    <EntranceGate
      entrance={entrance}
      last="だれが、いつ、何を見たかを記録しています。記録は本人も見られます。"
    >
      <h1>ICカードで着席する</h1>
      <form method="post" action="/sign-in">
        <Csrf token={entrance.csrf} />
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <TextField
          id="card"
          label="ICカード"
          type="password"
          autoComplete="off"
          autoFocus
          help="この欄にいるまま、読取機にカードをかざします。"
        />
        <TextField id="password" label="パスワード" type="password" autoComplete="current-password" />
        {desks.length > 0 && <SelectField id="desk" label="席" choices={desks} defaultValue={desk} />}
        <Submit size="big">着席する</Submit>
      </form>
      <p>
        <LinkButton look="link" href="/sign-in">
          番号で着席する
        </LinkButton>
      </p>
    </EntranceGate>
  );
}

export interface NewPasswordPageProps {
  entrance: EntranceProps;
  action: string;
  errors: Partial<Record<"current" | "password" | "again", string>>;
}

/** はじめに、仮のパスワードを自分のものに替える。 */
export function NewPasswordPage({ entrance, action, errors }: NewPasswordPageProps) {
  return (
    <EntranceGate entrance={entrance} last="パスワードは、だれにも読めない形で残します。">
      <div>
        <h1>パスワードを決めます</h1>
        <p className="sub">受け取った仮のパスワードを、自分だけが知るものに替えます。</p>
      </div>
      <form method="post" action={action}>
        <Csrf token={entrance.csrf} />
        <PasswordFields errors={errors} currentLabel="仮のパスワード" />
        <Submit size="big">このパスワードにする</Submit>
      </form>
    </EntranceGate>
  );
}

/** 今のもの、新しいもの、もう一度。 */
export function PasswordFields({
  errors,
  currentLabel,
}: {
  errors: Partial<Record<"current" | "password" | "again", string>>;
  currentLabel: string;
}) {
  return (
    <>
      <TextField
        id="current"
        label={currentLabel}
        type="password"
        autoComplete="current-password"
        error={errors.current}
      />
      <TextField
        id="next"
        label="新しいパスワード"
        type="password"
        autoComplete="new-password"
        help="15字以上。関係のない語を三つ四つ並べると、覚えやすく強くなります。決まった日ごとに替える必要はありません。"
        error={errors.password}
      />
      <TextField
        id="again"
        label="新しいパスワード（もう一度）"
        type="password"
        autoComplete="new-password"
        error={errors.again}
      />
    </>
  );
}

/** はじめに、第二の要素を登録する。 */
export function FirstFactorPage({ entrance, enrol }: { entrance: EntranceProps; enrol: EnrolPanelProps }) {
  return (
    <EntranceGate entrance={entrance} last="次からは、パスワードと、ここで登録したもので着席します。">
      <div>
        <h1>もう一つの確かめ方を登録します</h1>
        <p className="sub">
          専用のトークン、ICカード、USBの鍵のどれでも使えます。スマートフォンは要りません。
        </p>
      </div>
      <ul className="ways">
        {enrolWays.map((way) => (
          <li key={way.kind}>
            <a
              href={`/welcome?by=${way.kind}`}
              aria-current={way.kind === enrol.prompt.kind ? "true" : undefined}
            >
              {way.label}
            </a>
          </li>
        ))}
      </ul>
      <EnrolPanel {...enrol} />
    </EntranceGate>
  );
}
