import type { FactorKind } from "../sealing/second-factor.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { PasswordFields } from "./confirm-page.tsx";
import { EnrolPanel, type EnrolPanelProps, enrolWays, RecoveryCodesPanel } from "./factor-panel.tsx";

export interface MyFactor {
  id: string;
  kind: FactorKind;
  label: string;
  /** "令和7年9月17日 13:40"。 */
  added: string;
  used: string;
}

export interface MyDeed {
  id: string;
  at: string;
  label: string;
}

export interface MePageProps {
  csrf: string;
  number: string;
  name: string;
  roles: string;
  factors: readonly MyFactor[];
  deeds: readonly MyDeed[];
  errors: Partial<Record<"current" | "password" | "again", string>>;
}

/** 自分の登録: 確かめ方、パスワード、自分の最近の記録。 */
export function MePage(props: MePageProps) {
  const { csrf, number, name, roles, factors, deeds, errors } = props;
  return (
    <div className="pile wide">
      <PageHead crumb="自分の登録" title={`${number}　${name}（${roles}）`} />
      <Section id="h-factor" title="着席のときの確かめ方" sub="パスワードのほかに、どれか一つ">
        <FactorTable csrf={csrf} factors={factors} />
        <div className="acts mt1">
          {enrolWays.map((way) => (
            <LinkButton key={way.kind} href={`/me/factors/new?kind=${way.kind}`} icon="plus">
              {way.label}を登録する
            </LinkButton>
          ))}
          <form method="post" action="/me/recovery-codes">
            <Csrf token={csrf} />
            <Submit look="normal">回復の符号を出し直す</Submit>
          </form>
        </div>
      </Section>
      <Section id="h-password" title="パスワードを替える">
        <form method="post" action="/me/password" className="fields">
          <Csrf token={csrf} />
          <PasswordFields errors={errors} currentLabel="今のパスワード" />
          <div className="acts">
            <Submit look="second">パスワードを替える</Submit>
          </div>
        </form>
      </Section>
      <Section id="h-deed" title="自分の最近の記録" sub="別紙1 5(3)により、利用状況を残しています">
        <Table
          caption="記録の一覧（新しい順）"
          columns={[
            { key: "at", head: "いつ", cell: (deed: MyDeed) => deed.at, width: 14, rowHead: true },
            { key: "label", head: "何をしたか", cell: (deed: MyDeed) => deed.label, wrap: true },
          ]}
          rows={deeds}
          rowKey={(deed) => deed.id}
          empty="まだ記録はありません。"
        />
      </Section>
    </div>
  );
}

function FactorTable({ csrf, factors }: { csrf: string; factors: readonly MyFactor[] }) {
  const removable = factors.filter((factor) => factor.kind !== "recovery-codes").length > 1;
  return (
    <Table
      caption="登録した確かめ方の一覧"
      columns={[
        { key: "label", head: "呼び名", cell: (factor: MyFactor) => factor.label, rowHead: true },
        { key: "added", head: "登録", cell: (factor) => factor.added, width: 14 },
        { key: "used", head: "最後に使った時", cell: (factor) => factor.used, width: 14 },
        {
          key: "remove",
          head: "行い",
          cell: (factor) =>
            removable || factor.kind === "recovery-codes" ? (
              <form method="post" action={`/me/factors/${factor.id}/remove`}>
                <Csrf token={csrf} />
                <Submit look="normal" danger aria-label={`${factor.label}を外す`}>
                  外す
                </Submit>
              </form>
            ) : (
              <span className="sub">最後の一つは外せません</span>
            ),
        },
      ]}
      rows={factors}
      rowKey={(factor) => factor.id}
      empty="まだ登録がありません。一つ登録してください。"
    />
  );
}

/** 確かめ方を一つ登録する画面。 */
export function NewFactorPage(props: EnrolPanelProps) {
  return (
    <>
      <PageHead crumb={<a href="/me">自分の登録</a>} title="確かめ方を登録します" />
      <EnrolPanel {...props} />
    </>
  );
}

/** 回復の符号を見せる画面。 */
export function RecoveryCodesPage({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <PageHead crumb={<a href="/me">自分の登録</a>} title="回復の符号" />
      <RecoveryCodesPanel codes={codes} backHref="/me" />
    </>
  );
}

export interface ContractChoice {
  id: string;
  title: string;
  client: string;
  current: boolean;
}

/** 業務（契約）を選ぶ画面。 */
export function ContractsPage({ csrf, contracts }: { csrf: string; contracts: readonly ContractChoice[] }) {
  return (
    <>
      <PageHead crumb="業務を選ぶ" title={`あなたの役割のある業務は${contracts.length}件です`} />
      <Table
        caption="業務の一覧"
        columns={[
          { key: "title", head: "業務", cell: (one: ContractChoice) => one.title, rowHead: true, wrap: true },
          { key: "client", head: "委託者", cell: (one) => one.client },
          {
            key: "choose",
            head: "行い",
            cell: (one) =>
              one.current ? (
                <span className="sub">いま開いています</span>
              ) : (
                <form method="post" action={`/contracts/${encodeURIComponent(one.id)}`}>
                  <Csrf token={csrf} />
                  <Submit look="normal" aria-label={`${one.title}を開く`}>
                    開く
                  </Submit>
                </form>
              ),
          },
        ]}
        rows={contracts}
        rowKey={(one) => one.id}
        empty="役割のある業務がありません。"
      />
    </>
  );
}
