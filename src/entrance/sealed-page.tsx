import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type Choice, type FieldError, SelectField, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Demo } from "../ui/layout.tsx";
import { Status } from "../ui/status.tsx";
import { Gate, type GateFact, type GateLink } from "./gate-panel.tsx";

export interface SealedPageProps {
  /** なぜ封印されているか。"停電のあと、8:19に再起動しました。" */
  why: string;
  /** はじめに失われていないこと、次に開設まで、それまでにできること。 */
  facts: readonly GateFact[];
  links: readonly GateLink[];
  /** "令和7年9月17日（水）8:27　個人情報取扱安全管理基準 5(3)(6)(8)"。 */
  last: string;
  action: string;
  csrf: string;
  /** 確かめ終えた保管者。 */
  confirmed: readonly { role: string; at: string }[];
  /** 要る人数。 */
  needed: number;
  /** まだの保管者。 */
  holders: readonly Choice[];
  /** 封筒の言葉の数。 */
  words: number;
  error?: FieldError | undefined;
  demo?: Demo | undefined;
  /** デモの事務所だけ。封筒の言葉。 */
  demoWords?: readonly { role: string; words: string }[] | undefined;
}

/** 開封。何が失われていないかを先に言う。 */
export function SealedPage(props: SealedPageProps) {
  const { why, facts, links, last, confirmed, needed, demo, demoWords } = props;
  const story = (
    <div>
      <h1>事務所は封印されています</h1>
      <p className="lead">{why}鍵を入れるまで、個人情報はだれにも読めません。</p>
    </div>
  );
  const below = (
    <>
      <div className="row wrap">
        {links.map((link) => (
          <LinkButton key={link.href} href={link.href} size="tall" icon={link.icon}>
            {link.label}
          </LinkButton>
        ))}
      </div>
      {demoWords !== undefined && <DemoWords words={demoWords} />}
    </>
  );
  return (
    <Gate story={story} facts={facts} below={below} last={last} demo={demo}>
      <h2 className="big">開封する</h2>
      <ol className="steps">
        {confirmed.map((holder, at) => (
          <li key={holder.role} className="step done">
            <Status look="done" />
            <span className="grow">
              <b>
                {at + 1}人目　{holder.role}
              </b>
              <br />
              <span className="sub">{holder.at}に確認しました</span>
            </span>
          </li>
        ))}
        {confirmed.length < needed && <KeyStep {...props} />}
      </ol>
      <p className="sub">{needed}人がそろうと開きます。開封は記録されます。</p>
    </Gate>
  );
}

function KeyStep({ action, csrf, confirmed, needed, holders, words, error }: SealedPageProps) {
  const number = confirmed.length + 1;
  return (
    <li className="step">
      <span className="row">
        <span className="st soon">
          <Icon name="key" />
        </span>
        <b>{number}人目</b>
      </span>
      <form method="post" action={action} className="pile">
        <Csrf token={csrf} />
        <SelectField id="holder" label="保管者" choices={holders} />
        <TextField
          id="words"
          label="開封の言葉"
          type="password"
          autoComplete="off"
          autoFocus
          help={`封筒の${words}語を、空白で区切って入れます。`}
          error={error}
        />
        <Submit size="big">{number < needed ? "確かめる" : "開封する"}</Submit>
      </form>
    </li>
  );
}

function DemoWords({ words }: { words: readonly { role: string; words: string }[] }) {
  return (
    <section className="demo-accounts" aria-labelledby="demo-words">
      <h2 id="demo-words" className="demo-head">
        <b>デモ</b> 封筒の言葉
      </h2>
      <dl className="pairs">
        {words.map((each) => (
          <div key={each.role} className="pair-row">
            <dt>{each.role}</dt>
            <dd>
              <code>{each.words}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
