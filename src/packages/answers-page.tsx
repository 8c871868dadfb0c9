import type { ReactNode } from "react";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { AnswerTable, FilingLink, writeAt } from "./answer-table-panel.tsx";
import { keyStateLabels, type ListedAnswer, type ListedKey, sourceLabels } from "./list-answers.ts";

interface Fault {
  field?: string;
  message: string;
}

export interface AnswersPageProps {
  csrf: string;
  answers: readonly ListedAnswer[];
  keys: readonly ListedKey[];
  may: { read: boolean; confirm: boolean; phone: boolean; revoke: boolean };
  faults: readonly Fault[];
  /** 誤りのあった form（鍵や回答の id、upload、paper）と、打ったままの値。 */
  at: string;
  typed: Readonly<Record<string, string>>;
}

/** 届いた回答と、委託者の鍵。 */
export function AnswersPage(props: AnswersPageProps) {
  const { answers, keys, may } = props;
  const waiting = keys.filter((one) => one.state === "waiting");
  const unsigned = answers.filter((one) => one.standing === "unsigned");
  const count = waiting.length + unsigned.length;
  return (
    <>
      <PageHead
        crumb={<a href="/filings">協議・届出</a>}
        title={count > 0 ? `${count}件が電話の確認を待っています。` : "電話の確認を待つ回答はありません。"}
      />
      <div className="cols main-side">
        <div className="pile">
          {waiting.map((one) => (
            <KeyPanel key={one.id} one={one} {...props} />
          ))}
          {unsigned.map((one) => (
            <UnsignedPanel key={one.id} one={one} {...props} />
          ))}
          <Section id="h-answers" title="届いた回答">
            <AnswerTable answers={answers} />
          </Section>
          <Section id="h-keys" title="委託者の鍵">
            <KeyTable {...props} />
          </Section>
        </div>
        {may.read && (
          <div className="pile noprint">
            <UploadPanel {...props} />
            <PaperPanel {...props} />
          </div>
        )}
      </div>
    </>
  );
}

const faultOf = (props: AnswersPageProps, at: string) => (field: string) =>
  props.at === at ? props.faults.find((one) => one.field === field)?.message : undefined;
const typedOf = (props: AnswersPageProps, at: string, name: string) =>
  props.at === at ? (props.typed[name] ?? "") : "";

function KeyPanel(props: AnswersPageProps & { one: ListedKey }) {
  const { one, csrf, may } = props;
  const fault = faultOf(props, one.id);
  return (
    <Section id={`h-key-${one.id}`} title="はじめて届いた鍵を、電話で確かめる">
      <Pairs
        items={[
          { name: "名乗り", value: one.officer },
          { name: "届いた日時", value: writeAt(one.seenAt) },
        ]}
      />
      {may.confirm ? (
        <form method="post" action={`/packages/keys/${one.id}/confirm`} className="pile mt1">
          <Csrf token={csrf} />
          <p>
            委託者の代表の番号から担当の方につないでもらい、画面に出ている指紋を読み上げていただいて、そのまま打ち込みます。届いたメールにある番号にはかけません。
          </p>
          <div className="fields two">
            <TextField
              id={`spoken-${one.id}`}
              name="spoken"
              label="読み上げられた指紋（32字）"
              required
              autoComplete="off"
              maxLength={60}
              defaultValue={typedOf(props, one.id, "spoken")}
              error={fault("spoken")}
            />
            <TextField
              id={`heard-${one.id}`}
              name="heard"
              label="電話の相手（部署と職名）"
              required
              maxLength={80}
              defaultValue={typedOf(props, one.id, "heard")}
              error={fault("heard")}
            />
          </div>
          <div>
            <Submit>指紋を確かめた</Submit>
          </div>
        </form>
      ) : (
        <Note tone="plain" title="責任者が、委託者に電話して確かめます。" />
      )}
    </Section>
  );
}

function UnsignedPanel(props: AnswersPageProps & { one: ListedAnswer }) {
  const { one, csrf, may } = props;
  const fault = faultOf(props, one.id);
  return (
    <Section id={`h-form-${one.id}`} title="署名のない回答を、電話で確かめる" sub={sourceLabels[one.source]}>
      <Pairs
        items={[
          { name: "文書", value: <FilingLink one={one} /> },
          { name: "回答", value: one.outcomeText || "－" },
          { name: "内容", value: <span className="pre">{one.words || "－"}</span> },
          { name: "回答した方", value: one.officer || "－" },
        ]}
      />
      {may.phone && (
        <form method="post" action={`/packages/answers/${one.id}/confirm`} className="pile mt1">
          <Csrf token={csrf} />
          <TextField
            id={`heard-${one.id}`}
            name="heard"
            label="電話の相手（部署と職名）"
            required
            maxLength={80}
            defaultValue={typedOf(props, one.id, "heard")}
            error={fault("heard")}
            help="文書を出した本人は確かめられません。別の責任者か SV の方にお願いします。"
          />
          <div className="acts">
            <button type="submit" name="ok" value="no" className="btn">
              委託者の回答ではない
            </button>
            <button type="submit" name="ok" value="yes" className="btn main">
              このとおりと確かめた
            </button>
          </div>
        </form>
      )}
    </Section>
  );
}

function KeyTable(props: AnswersPageProps) {
  const { keys, csrf, may } = props;
  const columns: Column<ListedKey>[] = [
    { key: "officer", head: "名乗り", rowHead: true, wrap: true, cell: (one) => one.officer },
    {
      key: "print",
      head: "指紋",
      wrap: true,
      cell: (one) => (
        <code>{one.state === "waiting" && may.confirm ? "電話で聞いて打ち込む" : one.fingerprint}</code>
      ),
    },
    { key: "state", head: "扱い", width: 8, cell: (one) => keyStateLabels[one.state] },
    { key: "heard", head: "電話の相手", wrap: true, cell: (one) => one.heard ?? "－" },
    {
      key: "act",
      head: "行い",
      width: 6,
      cell: (one): ReactNode =>
        may.revoke && one.state !== "revoked" ? (
          <form method="post" action={`/packages/keys/${one.id}/revoke`}>
            <Csrf token={csrf} />
            <Submit look="plain" danger>
              使わない
            </Submit>
          </form>
        ) : null,
    },
  ];
  return (
    <Table
      caption="鍵の一覧"
      columns={columns}
      rows={keys}
      rowKey={(one) => one.id}
      empty="まだ一つもありません。"
    />
  );
}

function UploadPanel(props: AnswersPageProps) {
  return (
    <Section id="h-upload" title="回答ファイルを読み込む">
      <form method="post" action="/packages/answers" encType="multipart/form-data" className="pile mt1">
        <Csrf token={props.csrf} />
        <FileField
          id="file"
          label="届いたファイル"
          required
          accept=".json,.xlsx,.docx"
          error={faultOf(props, "upload")("file")}
          help="署名つきの回答（.json）、または回答様式（.xlsx、.docx）。反映できないものも、そのわけと一緒に残ります。"
        />
        <div>
          <Submit look={props.keys.some((one) => one.state === "waiting") ? "second" : "main"}>
            読み込む
          </Submit>
        </div>
      </form>
    </Section>
  );
}

const outcomeWords = ["承認", "承諾", "受領", "受理", "回答", "差戻し", "不承認", "不承諾"];

function PaperPanel(props: AnswersPageProps) {
  const fault = faultOf(props, "paper");
  const typed = (name: string) => typedOf(props, "paper", name);
  return (
    <Section id="h-paper" title="紙の回答書を打ち込む">
      <form method="post" action="/packages/paper" className="pile mt1">
        <Csrf token={props.csrf} />
        <TextField
          id="code"
          label="確認番号"
          required
          autoComplete="off"
          maxLength={30}
          placeholder="7K2M-Q0XR-9TBD"
          defaultValue={typed("code")}
          error={fault("code")}
        />
        <SelectField
          id="outcome"
          label="回答"
          required
          blank="選んでください"
          choices={outcomeWords.map((value) => ({ value, label: value }))}
          defaultValue={typed("outcome")}
          error={fault("outcome")}
        />
        <TextAreaField
          id="words"
          label="回答の内容・理由"
          rows={3}
          maxLength={4000}
          defaultValue={typed("words")}
          error={fault("words")}
        />
        <TextField
          id="officer"
          label="回答した方（部署と職名）"
          required
          maxLength={80}
          defaultValue={typed("officer")}
          error={fault("officer")}
        />
        <div>
          <Submit look="second">残す</Submit>
        </div>
      </form>
    </Section>
  );
}
