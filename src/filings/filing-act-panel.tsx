import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { type FilingAct, filingLimits, kindInfo, stateAllows } from "./filing.ts";
import { type FilingValues, HeardFields } from "./filing-form-page.tsx";
import type { ListedFiling, OpenFiling } from "./list-filings.ts";

export interface FilingActsProps {
  csrf: string;
  filing: OpenFiling["filing"];
  head: ListedFiling;
  /** この人の役割でできるか（状態は別に見る）。 */
  may: (act: FilingAct) => boolean;
  /** この人が作った、または出したもの（答えられない）。 */
  mine: boolean;
  /** 委託者として答えるか（偽なら、届いた回答を記録する）。 */
  asClient: boolean;
  answer: Pick<FilingValues, "channel" | "heardFrom" | "heardDay" | "heardTime"> & {
    outcome: string;
    text: string;
  };
  faults: readonly { field?: string; message: string }[];
}

/** いまできること。できないときは、だれができるかを言う。 */
export function FilingActs(props: FilingActsProps) {
  const { filing, may } = props;
  const can = (act: FilingAct) => may(act) && stateAllows(act, filing.state);
  return (
    <div className="pile noprint">
      {can("submit") && <SubmitPart {...props} mayEdit={can("edit")} />}
      {!can("submit") && can("edit") && <EditPart {...props} />}
      {can("answer") && <AnswerPart {...props} />}
      {filing.state === "submitted" && !can("answer") && <Waiting {...props} />}
      {filing.state === "submitted" && !props.asClient && kindInfo(filing.kind).from === "contractor" && (
        <PackagePart filing={filing} />
      )}
      {can("amend") && <AmendPart {...props} />}
      {can("withdraw") && <WithdrawPart {...props} />}
    </div>
  );
}

const place = (filing: OpenFiling["filing"], verb: string) => `/filings/${filing.id}/${verb}`;

function SubmitPart({ filing, csrf, mayEdit }: FilingActsProps & { mayEdit: boolean }) {
  const info = kindInfo(filing.kind);
  return (
    <Section id="h-submit" title="提出する">
      <form method="post" action={place(filing, "submit")} className="pile mt1">
        <Csrf token={csrf} />
        <p>あなたの名で、{info.from === "client" ? "受託者" : "委託者"}に見えるようになります。</p>
        <div className="acts">
          <Submit>{info.submit}</Submit>
          {mayEdit && <LinkButton href={place(filing, "edit")}>直す</LinkButton>}
        </div>
      </form>
    </Section>
  );
}

function EditPart({ filing }: FilingActsProps) {
  return (
    <Section id="h-edit" title="下書き">
      <p className="mt1">提出は責任者（個人情報のことは保護管理者）が行います。</p>
      <LinkButton href={place(filing, "edit")} look="second">
        直す
      </LinkButton>
    </Section>
  );
}

function Waiting({ filing }: FilingActsProps) {
  const side = kindInfo(filing.kind).from === "client" ? "責任者か SV" : "委託者";
  return <Note tone="plain" title={`${side}の答えを待っています。`} />;
}

function AnswerPart(props: FilingActsProps) {
  const { filing, csrf, mine, asClient, answer, faults } = props;
  const info = kindInfo(filing.kind);
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  if (mine)
    return (
      <Note tone="plain" title="答えを待っています。">
        ご自分が作った、または出したものには答えられません。届いた回答の記録も、別の責任者か SV が行います。
      </Note>
    );
  const recording = !asClient && info.from === "contractor";
  const outcomes = Object.entries(info.outcomes).map(([value, label]) => ({ value, label }));
  return (
    <Section id="h-answering" title={recording ? "届いた回答を記録する" : "答える"}>
      <form method="post" action={place(filing, "answer")} className="pile mt1">
        <Csrf token={csrf} />
        <SegmentedField
          id="outcome"
          legend="結果"
          required
          choices={outcomes}
          defaultValue={answer.outcome || outcomes[0]?.value}
          error={fault("outcome")}
        />
        <TextAreaField
          id="text"
          label="回答の内容・理由"
          rows={4}
          maxLength={filingLimits.answer}
          defaultValue={answer.text}
          error={fault("text")}
        />
        {recording && (
          <HeardFields
            values={answer}
            fault={fault}
            title="どう届いたか"
            who="委託者のどなたから（部署と職名）"
          />
        )}
        {recording && info.written && (
          <p className="help">承諾は書面で得るものです。書面が届いてから記録してください。</p>
        )}
        <Submit>{recording ? "回答を記録する" : "答える"}</Submit>
        <p className="help">答えたあとは変えられません。あなたの名と日時が残ります。</p>
      </form>
    </Section>
  );
}

function PackagePart({ filing }: Pick<FilingActsProps, "filing">) {
  return (
    <Section id="h-package" title="委託者に渡す">
      <p className="mt1">
        着席できない委託者の方には、署名して答えられる一式（HTML）か、回答の様式を渡します。
      </p>
      <LinkButton href={place(filing, "package")} look="second">
        確認用の一式
      </LinkButton>
    </Section>
  );
}

function AmendPart({ filing, csrf }: FilingActsProps) {
  return (
    <Section id="h-amend" title="新しい版">
      <form method="post" action={place(filing, "amend")} className="pile mt1">
        <Csrf token={csrf} />
        <p>いまの内容と答えを残したまま、第{filing.version + 1}版の下書きを作ります。</p>
        <div>
          <Submit look="second">新しい版を作る</Submit>
        </div>
      </form>
    </Section>
  );
}

function WithdrawPart({ filing, csrf }: FilingActsProps) {
  return (
    <Section id="h-withdraw" title="取り下げる">
      <form method="post" action={place(filing, "withdraw")} className="pile mt1">
        <Csrf token={csrf} />
        <p>番号と内容は残り、答えは受けられなくなります。元には戻せません。</p>
        <div>
          <Submit look="normal" danger>
            取り下げる
          </Submit>
        </div>
      </form>
    </Section>
  );
}
