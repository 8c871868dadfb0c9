import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import type { BatchState } from "./batch.ts";
import { postageKinds } from "./postage.ts";

export interface DispatchPageProps {
  id: string;
  about: string;
  date: string;
  now: string;
  csrf: string;
  printed: number;
  toSend: number;
  /** 投函せずに抜くはがき。 */
  pulled: { number: string; why: string }[];
  given: { sentOn: string; count: string; receipt: string; postage: string; unitYen: string };
  /** この役割で記録できるか（表１ OP。兼務を認める契約では SV も）。 */
  mayRecord: boolean;
  state: BatchState;
  /** 「受託者の負担」。 */
  payer: string;
  errors: Readonly<Record<string, string>>;
  /** 欄によらない断り。 */
  refusal: string | undefined;
}

/** 発送の記録: いつ、何通、だれが。 */
export function DispatchPage(props: DispatchPageProps) {
  const { id, about, date, now, printed, toSend, pulled, refusal } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ <a href={`/notices/${id}`}>{about}</a>
          </>
        }
        title={`投函するはがきは${toSend}通です`}
        date={date}
        now={now}
      />
      {refusal !== undefined && (
        <Note tone="late" title="記録していません">
          {refusal}
        </Note>
      )}
      <div className="cols mt2">
        <Section id="d-count" title="数える">
          <Pairs
            items={[
              { name: "印刷した数", value: `${printed}通` },
              { name: "抜く数", value: `${pulled.length}通` },
              { name: "投函する数", value: <b>{toSend}通</b> },
            ]}
          />
          {pulled.length > 0 && (
            <Note tone="due" title="次のはがきは投函しないでください">
              <ul>
                {pulled.map((one) => (
                  <li key={one.number}>
                    受付 {one.number}　{one.why}
                  </li>
                ))}
              </ul>
            </Note>
          )}
        </Section>
        {props.mayRecord && props.state === "printed" ? (
          <DispatchForm {...props} />
        ) : (
          <Section id="d-form" title="発送の記録">
            <Note tone="info" title={waitingWords(props)}>
              <a href={`/notices/${id}`}>束に戻る</a>
            </Note>
          </Section>
        )}
      </div>
    </>
  );
}

function waitingWords({ state, mayRecord }: DispatchPageProps): string {
  if (state === "sent") return "発送は記録されています。";
  if (state !== "printed") return "印刷が終わると、発送を記録できます。";
  return mayRecord ? "" : "発送を記録するのは OP の方です（仕様書６(5)ア 表１）。";
}

function DispatchForm({ id, csrf, given, errors, payer }: DispatchPageProps) {
  return (
    <Section id="d-form" title="発送を記録する">
      <form method="post" action={`/notices/${id}/dispatch`} className="pile mt1">
        <Csrf token={csrf} />
        <TextField
          id="sentOn"
          label="投函した日"
          type="date"
          required
          defaultValue={given.sentOn}
          error={errors.sentOn}
        />
        <TextField
          id="count"
          label="数えた通数"
          inputMode="numeric"
          pattern="[0-9０-９]*"
          required
          unit="通"
          defaultValue={given.count}
          error={errors.count}
          help="はがきを数えて入力してください。投函する数と違えば、差をお知らせします。"
        />
        <TextField
          id="receipt"
          label="引受の控えの番号"
          defaultValue={given.receipt}
          error={errors.receipt}
          maxLength={40}
          help="郵便局で差し出したときの控え。ポストに入れたときは空のままで。"
        />
        <SelectField
          id="postage"
          label="郵便の種別"
          defaultValue={given.postage}
          error={errors.postage}
          choices={Object.entries(postageKinds).map(([value, { label }]) => ({ value, label }))}
        />
        <TextField
          id="unitYen"
          label="一通の料金"
          inputMode="numeric"
          required
          unit="円"
          defaultValue={given.unitYen}
          error={errors.unitYen}
          help={`費用は${payer}です（仕様書６(8)）。`}
        />
        <div className="acts">
          <LinkButton href={`/notices/${id}`} size="tall">
            やめる
          </LinkButton>
          <Submit size="tall">発送を記録する</Submit>
        </div>
        <p className="sub">あなたの名前と、投函した日・通数が記録されます。取り消せません。</p>
      </form>
    </Section>
  );
}
