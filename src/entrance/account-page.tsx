import type { ListedAccount } from "../access/list-accounts.ts";
import { roleLabels } from "../access/role.ts";
import type { FactorKind } from "../sealing/second-factor.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { RoleFields, type RoleFieldsProps } from "./role-panel.tsx";

const factorNames: Record<FactorKind, string> = {
  totp: "コード",
  "security-key": "鍵",
  "ic-card": "カード",
  "recovery-codes": "回復の符号",
};

export interface AccountListPageProps {
  accounts: readonly ListedAccount[];
  total: number;
  search: string;
  mayCreate: boolean;
}

/** 従業者の一覧。 */
export function AccountListPage({ accounts, total, search, mayCreate }: AccountListPageProps) {
  const locked = accounts.filter((account) => account.locked).length;
  return (
    <>
      <PageHead
        crumb="従業者"
        title={locked > 0 ? `入れなくなっている人が${locked}人います` : "入れなくなっている人はいません"}
        actions={
          mayCreate && (
            <LinkButton look="second" href="/accounts/new" icon="plus">
              従業者を登録する
            </LinkButton>
          )
        }
      />
      <List
        action="/accounts"
        search={{ name: "q", label: "番号・氏名・役割", value: search }}
        count={search === "" ? `${total}人` : `${total}人のうち${accounts.length}人`}
        clearHref={search === "" ? undefined : "/accounts"}
        table={{
          caption: "従業者の一覧",
          columns: [
            {
              key: "number",
              head: "従業者番号",
              cell: (one) => <a href={`/accounts/${one.id}`}>{one.number}</a>,
              rowHead: true,
              width: 8,
            },
            { key: "name", head: "氏名", cell: (one) => one.name },
            { key: "roles", head: "役割", cell: (one) => rolesOf(one), wrap: true },
            { key: "factors", head: "確かめ方", cell: (one) => factorsOf(one), wrap: true },
            { key: "state", head: "状態", cell: (one) => <AccountState account={one} /> },
          ],
          rows: accounts,
          rowKey: (one) => one.id,
          empty: "当てはまる人はいません。言葉を変えて探してください。",
        }}
      />
    </>
  );
}

function rolesOf(account: ListedAccount): string {
  return account.roles.map(({ role }) => roleLabels[role]).join("・") || "なし";
}

function factorsOf(account: ListedAccount): string {
  return [...new Set(account.factors)].map((kind) => factorNames[kind]).join("・") || "まだ";
}

function AccountState({ account }: { account: ListedAccount }) {
  if (account.state === "disabled") return <Status look="none">使えない</Status>;
  if (account.locked) return <Status look="late">入れない</Status>;
  if (account.mustChange) return <Status look="wait">はじめの登録待ち</Status>;
  return <Status look="done">使える</Status>;
}

export interface NewAccountPageProps extends RoleFieldsProps {
  csrf: string;
  number: string;
  name: string;
}

/** 従業者を登録する画面。 */
export function NewAccountPage({ csrf, number, name, ...roles }: NewAccountPageProps) {
  return (
    <>
      <PageHead crumb={<a href="/accounts">従業者</a>} title="従業者を登録します" />
      <form method="post" action="/accounts" className="fields">
        <Csrf token={csrf} />
        <TextField
          id="number"
          label="従業者番号"
          required
          defaultValue={number}
          autoComplete="off"
          error={roles.errors.number}
        />
        <TextField
          id="name"
          label="氏名"
          required
          defaultValue={name}
          autoComplete="off"
          help="本人の鍵で封じて残します。記録には残りません。"
          error={roles.errors.name}
        />
        <RoleFields {...roles} />
        <div className="acts">
          <LinkButton href="/accounts" size="tall">
            やめる
          </LinkButton>
          <Submit>登録して、仮のパスワードを出す</Submit>
        </div>
      </form>
    </>
  );
}

/** 仮のパスワードを一度だけ見せる画面。 */
export function InitialPasswordPage({ number, password }: { number: string; password: string }) {
  return (
    <>
      <PageHead crumb={<a href="/accounts">従業者</a>} title={`${number}の仮のパスワードです`} />
      <Note tone="due" title="この画面を閉じると、二度と見られません">
        本人に、ほかの人に見えないように渡してください。本人は、はじめに入るときに替えます。
      </Note>
      <p className="headline">
        <code>{password}</code>
      </p>
      <Note tone="info" title="この方は、まだ個人情報を扱えません">
        従業者名簿への登載と委託者への報告、秘密保持の誓約書、研修の合格がそろうと、個人情報の画面が開きます。
        <a href="/privacy/gate">扱う資格</a>で、足りないものが見えます。
      </Note>
      <p className="noprint">
        <LinkButton href="/accounts" size="tall">
          渡したので、一覧に戻る
        </LinkButton>
      </p>
    </>
  );
}

export interface AccountPageProps {
  csrf: string;
  account: ListedAccount;
  roles: RoleFieldsProps;
}

/** 従業者ひとりの登録。 */
export function AccountPage({ csrf, account, roles }: AccountPageProps) {
  const base = `/accounts/${account.id}`;
  return (
    <div className="pile wide">
      <PageHead
        crumb={<a href="/accounts">従業者</a>}
        title={`${account.number}　${account.name}`}
        date={rolesOf(account)}
        now={<AccountState account={account} />}
      />
      {!account.mayHelp && !account.mayRegister && (
        <Note tone="info">
          この人の登録は、あなたの役割では変えられません。自分の登録は「自分の登録」で扱います。
        </Note>
      )}
      {account.mayHelp && (
        <Section id="h-help" title="入れるようにする">
          {account.locked && (
            <form method="post" action={`${base}/unlock`} className="fields">
              <Csrf token={csrf} />
              <p>続けて違えたので、いまは入れません。本人であることを確かめてから、入れるようにします。</p>
              <div className="acts">
                <Submit>入れるようにする</Submit>
              </div>
            </form>
          )}
          <form method="post" action={`${base}/reset`} className="fields">
            <Csrf token={csrf} />
            <p>パスワードを仮のものに戻します。今のパスワードは使えなくなり、着席していれば席を立ちます。</p>
            <CheckField
              id="factors"
              label="失くしたトークンやカードも外す"
              help="次に入るときに、新しいものを登録します。"
            />
            <div className="acts">
              <Submit look="second">仮のパスワードを出す</Submit>
            </div>
          </form>
        </Section>
      )}
      {account.mayRegister && (
        <Section id="h-roles" title="役割">
          <form method="post" action={`${base}/roles`} className="fields">
            <Csrf token={csrf} />
            <RoleFields {...roles} />
            <div className="acts">
              <Submit look="second">役割を変える</Submit>
            </div>
          </form>
        </Section>
      )}
      {account.mayRegister && <StateSection csrf={csrf} account={account} base={base} />}
    </div>
  );
}

function StateSection({ csrf, account, base }: { csrf: string; account: ListedAccount; base: string }) {
  const active = account.state === "active";
  return (
    <Section id="h-state" title={active ? "使えなくする" : "また使えるようにする"}>
      <form method="post" action={`${base}/${active ? "disable" : "enable"}`} className="fields">
        <Csrf token={csrf} />
        <p>
          {active
            ? "退職や事故のときに行います。着席していれば、その場で席を立ちます。記録は残ります。"
            : "前のパスワードと確かめ方で、また着席できるようになります。"}
        </p>
        <div className="acts">
          <Submit look="normal" danger={active}>
            {active ? "使えなくする" : "使えるようにする"}
          </Submit>
        </div>
      </form>
    </Section>
  );
}
