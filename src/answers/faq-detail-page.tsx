import type { ReactNode } from "react";
import { formatWareki } from "../japan/wareki.ts";
import { diffText } from "../office/text-diff.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { writeAt } from "./answer-flow-panel.tsx";
import type { AnswerRight } from "./answer-right.ts";
import { faqAllows, faqStateLabels } from "./faq.ts";
import { resolveFacts } from "./faq-fact.ts";
import { staleText } from "./faq-page.tsx";
import type { OpenFaq, ShownFaqVersion } from "./list-faqs.ts";

export interface FaqPageProps {
  csrf: string;
  open: OpenFaq;
  me: string;
  may: (right: AnswerRight) => boolean;
  faults: readonly { field?: string; message: string }[];
}

/** 一つの問い。左に最新の版と案の違い、右に、いまできること。 */
export function FaqPage(props: FaqPageProps) {
  const { faq, versions, facts, stale, used } = props.open;
  const [last] = versions;
  const live = versions.find((one) => one.version === faq.live);
  const shown = live ?? last;
  if (!shown || !last) return null;
  return (
    <>
      <PageHead
        crumb={<a href="/faq/entries">ＦＡＱ</a>}
        title={`第${faq.number}問　${shown.question}`}
        actions={
          props.may("draft") && faq.retired_at === null && last.state !== "submitted" ? (
            <LinkButton href={`/faq/entries/${faq.id}/edit`} icon="pen">
              {last.state === "approved" ? "次の版を作る" : "案を直す"}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="cols main-side">
        <div className="pile">
          {faq.retired_at !== null && (
            <Note tone="due" title="この問いは外されています。">
              {faq.retired_why}
            </Note>
          )}
          {stale.map((reason) => (
            <Note key={staleText(reason)} tone="due" title="見直してください。">
              {staleText(reason)}。
            </Note>
          ))}
          <Section
            id="h-live"
            title={live ? `使っている答え（第${live.version}版）` : "まだ承認されていません"}
          >
            <p className="pre faq-answer">{resolveFacts(facts, shown.answer).text}</p>
            <Facts version={shown} used={used} />
          </Section>
          {live && last !== live && <Difference before={live} after={last} />}
          <Section id="h-versions" title="版の履歴">
            <Versions open={props.open} />
          </Section>
        </div>
        <div className="pile noprint">
          <Acts {...props} last={last} />
        </div>
      </div>
    </>
  );
}

const dayText = (day: string | null) => (day === null ? "" : formatWareki(day));

function Facts({ version, used }: { version: ShownFaqVersion; used: number }) {
  const days =
    version.valid_from === null && version.valid_until === null
      ? "いつでも"
      : `${dayText(version.valid_from)}〜${dayText(version.valid_until)}`;
  return (
    <Pairs
      items={[
        { name: "分類", value: version.category },
        { name: "読み", value: version.reading || "－" },
        { name: "同義語", value: version.synonyms || "－" },
        { name: "使う日", value: days },
        { name: "答えた数", value: `${used}件` },
      ]}
    />
  );
}

/** 前の版との違い。 */
function Difference({ before, after }: { before: ShownFaqVersion; after: ShownFaqVersion }) {
  return (
    <Section
      id="h-diff"
      title={`第${after.version}版の案との違い`}
      sub={`${faqStateLabels[after.state]}${after.reason === "" ? "" : `　理由 ${after.reason}`}`}
    >
      <div className="faq-diff">
        <p>
          <b>
            <Diff before={before.question} after={after.question} />
          </b>
        </p>
        <p className="pre">
          <Diff before={before.answer} after={after.answer} />
        </p>
        {before.category !== after.category && (
          <p>
            分類{"　"}
            <Diff before={before.category} after={after.category} />
          </p>
        )}
        {before.synonyms !== after.synonyms && (
          <p>
            同義語{"　"}
            <Diff before={before.synonyms} after={after.synonyms} />
          </p>
        )}
      </div>
    </Section>
  );
}

function Diff({ before, after }: { before: string; after: string }): ReactNode {
  return diffText(before, after).map((part, at) => {
    const key = `${at} ${part.kind}`;
    if (part.kind === "added") return <ins key={key}>{part.text}</ins>;
    if (part.kind === "removed") return <del key={key}>{part.text}</del>;
    return <span key={key}>{part.text}</span>;
  });
}

function Versions({ open: { versions, names } }: { open: OpenFaq }) {
  const who = (id: string | null) => (id === null ? "" : (names.get(id)?.short ?? "異動した人"));
  return (
    <ol className="timeline">
      {versions.map((one) => (
        <li key={one.version}>
          <span>第{one.version}版</span>
          <div>
            <b>{faqStateLabels[one.state]}</b>
            {"　"}
            <span className="sub">
              {who(one.made_by)} {writeAt(one.made_at)}
              {one.decided_at !== null && `　→ ${who(one.decided_by)} ${writeAt(one.decided_at)}`}
            </span>
            {one.reason !== "" && <p>{one.reason}</p>}
            {one.decided_why !== "" && <p>差戻しの理由　{one.decided_why}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Acts(props: FaqPageProps & { last: ShownFaqVersion }) {
  const { open, last, csrf, me, may, faults } = props;
  const { faq } = open;
  if (faq.retired_at !== null) return null;
  const to = (verb: string) => `/faq/entries/${faq.id}/${verb}`;
  const fault = faults.find((one) => one.field === "why")?.message;
  return (
    <>
      {faqAllows("submit", last.state) && may("draft") && (
        <Section id="h-submit" title="承認に回す">
          <form method="post" action={to("submit")} className="pile mt1">
            <Csrf token={csrf} />
            <p>第{last.version}版を、責任者か委託者が承認します。承認までは、前の版が使われます。</p>
            <Submit>承認に回す</Submit>
          </form>
        </Section>
      )}
      {last.state === "submitted" && may("approve") && last.made_by !== me && (
        <Section id="h-approve" title="承認する">
          <form method="post" action={to("approve")} className="pile mt1">
            <Csrf token={csrf} />
            <Submit>第{last.version}版を承認する</Submit>
          </form>
          <form method="post" action={to("return")} className="pile mt2">
            <Csrf token={csrf} />
            <TextField id="why" label="差し戻す理由" maxLength={200} required error={fault} />
            <div>
              <Submit look="second">差し戻す</Submit>
            </div>
          </form>
        </Section>
      )}
      {last.state === "submitted" && (!may("approve") || last.made_by === me) && (
        <Note tone="info" title="承認を待っています。">
          作った人は承認できません。責任者か委託者が承認します。
        </Note>
      )}
      {faq.live !== null && may("approve") && last.state !== "submitted" && (
        <Section id="h-retire" title="外す">
          <form method="post" action={to("retire")} className="pile mt1">
            <Csrf token={csrf} />
            <TextField
              id="why"
              label="外す理由"
              maxLength={200}
              required
              error={fault}
              help="版は残り、引けなくなります。"
            />
            <div>
              <Submit look="normal" danger>
                この問いを外す
              </Submit>
            </div>
          </form>
        </Section>
      )}
    </>
  );
}
