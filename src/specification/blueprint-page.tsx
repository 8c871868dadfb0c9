import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import type { DraftTally } from "./draft-duty.ts";

export interface HeadValues {
  title: string;
  shortTitle: string;
  client: string;
  clientUnit: string;
  from: string;
  to: string;
}

export interface BlueprintPageProps {
  csrf: string;
  id: string;
  number: number;
  specificationTitle: string;
  confirmed: boolean;
  tally: DraftTally;
  carried: number;
  values: HeadValues;
  mayWrite: boolean;
  mayApply: boolean;
  faults: readonly { field?: string; message: string }[];
}

/** 確かめ終えて設計図にする。終えたあとは、取り出すか契約に使う。 */
export function BlueprintPage(props: BlueprintPageProps) {
  const { id, number, specificationTitle, confirmed, tally, carried, faults } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/specifications">業務仕様書</a> ／{" "}
            <a href={`/specifications/${id}`}>
              第{number}号　{specificationTitle}
            </a>
          </>
        }
        title={
          confirmed
            ? "設計図ができました"
            : tally.open > 0
              ? `あと${tally.open}の義務を確かめます`
              : "義務を確かめ終えました"
        }
      />
      <div className="pile wide">
        {faults
          .filter((one) => one.field === undefined)
          .map((one) => (
            <Note key={one.message} tone="late" title={one.message} />
          ))}
        <Section id="h-count" title="入れる義務">
          <Pairs
            items={[
              { name: "入れる", value: `${tally.kept}` },
              { name: "入れない", value: `${tally.dropped}` },
              { name: "未確認", value: `${tally.open}` },
              { name: "引き継ぎ", value: `${carried}（前の設計図と同じ文）` },
              { name: "決めていない", value: `${tally.undecided}（期限や果たした記録。あとで決められます）` },
            ]}
          />
        </Section>
        {confirmed ? <Done {...props} /> : <Confirm {...props} />}
      </div>
    </>
  );
}

function Confirm({ csrf, id, tally, values, mayWrite, faults }: BlueprintPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const field = (name: keyof HeadValues, label: string) => ({
    ...{ id: name, label, required: true, defaultValue: values[name], error: fault(name) },
    help: values[name] === "" ? "仕様書に書いてありません。契約書を見て入れてください。" : undefined,
  });
  if (!mayWrite) return null;
  return (
    <Section id="h-head" title="契約の名と期間" sub="仕様書から読んだもの。違えば直す">
      <form method="post" action={`/specifications/${id}/blueprint`} className="mt1">
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField {...field("title", "業務名")} maxLength={200} />
          <TextField {...field("shortTitle", "短い名（画面の左上）")} maxLength={24} />
          <TextField {...field("client", "委託者")} maxLength={60} />
          <TextField {...field("clientUnit", "担当課")} maxLength={100} />
          <TextField {...field("from", "契約締結日")} type="date" />
          <TextField {...field("to", "履行期間の終わり")} type="date" />
        </div>
        <div className="acts">
          <LinkButton href={`/specifications/${id}`} size="tall">
            義務に戻る
          </LinkButton>
          <Submit size="tall" disabled={tally.open > 0}>
            この内容で設計図にする
          </Submit>
        </div>
        {tally.open > 0 && (
          <p className="help">
            未確認の義務がなくなると押せます。期・席・投函の決まりは、いまの契約から引き継ぎます。
          </p>
        )}
      </form>
    </Section>
  );
}

function Done({ csrf, id, mayApply, mayWrite, faults }: BlueprintPageProps) {
  const reason = faults.find((one) => one.field === "reason")?.message;
  return (
    <>
      <Section id="h-file" title="設計図のファイル">
        <div className="row wrap mt1">
          <form method="post" action={`/specifications/${id}/file`}>
            <Csrf token={csrf} />
            <Submit look="normal" icon="save">
              設計図（YAML）を取り出す
            </Submit>
          </form>
          {mayWrite && (
            <form method="post" action={`/specifications/${id}/reopen`}>
              <Csrf token={csrf} />
              <Submit look="plain">もう一度直す</Submit>
            </form>
          )}
        </div>
      </Section>
      {mayApply && (
        <Section id="h-use" title="契約に使う">
          <form method="post" action={`/specifications/${id}/apply`} className="mt1">
            <Csrf token={csrf} />
            <p>新しい契約ができ、あなたがその責任者になります。左上の業務の名から選べます。</p>
            <div className="acts">
              <Submit size="tall" name="how" value="start">
                この設計図で契約を始める
              </Submit>
            </div>
          </form>
          <form method="post" action={`/specifications/${id}/apply`} className="mt2">
            <Csrf token={csrf} />
            <TextField
              id="reason"
              label="変更契約の番号と日付（いまの契約を変えるとき）"
              maxLength={200}
              error={reason}
              help="義務と期限は、新しい設計図で数え直します。前の設計図も記録に残ります。"
            />
            <div className="acts">
              <Submit look="second" size="tall" name="how" value="change">
                いまの契約の設計図を入れ替える
              </Submit>
            </div>
          </form>
        </Section>
      )}
    </>
  );
}
