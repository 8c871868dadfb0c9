import type { ReactNode } from "react";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { copyHows, type ErasureAct, isComplete, whyNot } from "./erasure.ts";
import { ActForm, Flow, type FormState, faultOf, PressForm, writeAt } from "./erasure-flow-panel.tsx";
import { ErasureStatus, Recordings } from "./erasure-page.tsx";
import type { ErasureRight } from "./erasure-right.ts";
import type { OpenErasure } from "./open-erasure.ts";

export interface ErasurePageProps {
  csrf: string;
  open: OpenErasure;
  may: (right: ErasureRight) => boolean;
  /** 範囲を決めた本人。 */
  mine: boolean;
  form: FormState;
  who: (id: string | null) => string;
}

/** 消去の一件。左に範囲と控え、右に、いまできること。 */
export function ErasurePage(props: ErasurePageProps) {
  const { open } = props;
  const { erasure, certificates } = open;
  return (
    <>
      <PageHead
        crumb={<a href="/erasures">個人情報の消去</a>}
        title={`消去第${erasure.number}号　${erasure.label}`}
        actions={
          certificates.length > 0 ? (
            <>
              <LinkButton href={`/erasures/${erasure.id}/certificate.json`} icon="save">
                証明書（JSON）
              </LinkButton>
              <LinkButton href={`/erasures/${erasure.id}/certificate.docx`} icon="doc">
                Word
              </LinkButton>
            </>
          ) : undefined
        }
      />
      <Flow label="消去の進み" steps={steps} reached={reachedOf(open)} />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-scope" title={open.facts.state === "scrubbed" ? "消したもの" : "消えるもの"}>
            <Table
              caption="表ごとの項目と数"
              rows={open.counts}
              rowKey={(one) => one.table}
              empty={<p>ありません。</p>}
              columns={[
                { key: "label", head: "もの", rowHead: true, wrap: true, cell: (one) => one.label },
                { key: "columns", head: "項目", wrap: true, cell: (one) => one.columns },
                {
                  key: "keys",
                  head: "鍵",
                  numeric: true,
                  width: 5,
                  cell: (one) => one.keys.toLocaleString(),
                },
                {
                  key: "rows",
                  head: "行",
                  numeric: true,
                  width: 5,
                  cell: (one) => one.rows.toLocaleString(),
                },
              ]}
            />
          </Section>
          {open.parts.length > 0 && (
            <Section id="h-parts" title="申出のあった方の文書" sub="消すものと、残すもの">
              <Pairs
                items={open.parts.map(({ label }) => {
                  const [name = "", value = ""] = label.split(/: (.*)/s);
                  return { name, value };
                })}
              />
            </Section>
          )}
          {open.recordings.length > 0 && (
            <Section
              id="h-recordings"
              title="会議の録音"
              sub="事務所の外の媒体。会議の画面で、消したことを残すまで、消去は未完です"
            >
              <Recordings recordings={open.recordings} />
            </Section>
          )}
          <Section id="h-copies" title="消した鍵の入った控え" sub="全部の始末がつくまで、消去は未完です">
            <Copies {...props} />
          </Section>
          <Section id="h-facts" title="これまで">
            <Facts {...props} />
          </Section>
        </div>
        <div className="pile noprint">
          {props.form.said !== undefined && <Note tone="late" title={props.form.said} />}
          <Acts {...props} />
        </div>
      </div>
    </>
  );
}

const steps = ["範囲", "申請", "承諾", "消去", "控えの始末", "完了"];

function reachedOf({ facts }: OpenErasure): number {
  if (facts.state === "scrubbed") return isComplete(facts) ? 6 : 4;
  if (facts.state === "intended" || facts.state === "destroyed") return 3;
  return { none: 1, draft: 1, waiting: 2, given: 3, refused: 1 }[facts.consent];
}

function Facts({ open, who }: ErasurePageProps) {
  const { erasure, filing, report } = open;
  const link = (one: typeof filing): ReactNode =>
    one === undefined ? (
      "－"
    ) : (
      <a href={`/filings/${one.id}`}>
        {one.document ?? `第${one.number}号`}　{one.stateText}
      </a>
    );
  return (
    <Pairs
      items={[
        { name: "状態", value: <ErasureStatus one={open} /> },
        { name: "範囲を決めた", value: `${writeAt(erasure.made_at)}　${who(erasure.made_by)}` },
        { name: "申請と承諾", value: link(filing) },
        { name: "処理予定日", value: formatWareki(erasure.planned_day, { weekday: true }) },
        { name: "立会い", value: erasure.witness === "asked" ? "求められている" : erasure.witness || "なし" },
        { name: "始めた", value: `${writeAt(erasure.intended_at)}　${who(erasure.run_by)}` },
        { name: "消し終えた", value: writeAt(erasure.finished_at) },
        { name: "報告", value: link(report) },
      ]}
    />
  );
}

function Copies({ open, may, csrf, form }: ErasurePageProps) {
  const { erasure, copies } = open;
  const waiting = copies.filter((one) => one.done === undefined);
  return (
    <div className="pile">
      <Table
        caption="控え"
        rows={copies}
        rowKey={(one) => one.set}
        empty={<p>消した鍵の入った控えはありません。</p>}
        columns={[
          {
            key: "set",
            head: "控えの組",
            rowHead: true,
            cell: (one) => <span className="code">{one.set}</span>,
          },
          { key: "at", head: "取った時", cell: (one) => writeAt(one.madeAt) },
          {
            key: "done",
            head: "始末",
            wrap: true,
            cell: ({ done }) =>
              done ? (
                <Status look="done">{`${copyHows[done.how]}（${done.day}、${done.place}）`}</Status>
              ) : (
                <Status look="warn">残っている</Status>
              ),
          },
        ]}
      />
      {waiting.length > 0 && open.facts.state === "scrubbed" && may("plan") && (
        <ActForm id="copy" title="控えの始末を残す" to={`/erasures/${erasure.id}/copies`} csrf={csrf}>
          <div className="fields two">
            <SelectField
              id="set"
              label="控えの組"
              choices={waiting.map((one) => ({ value: one.set, label: one.set }))}
              defaultValue={form.values.set}
            />
            <SelectField
              id="how"
              label="始末のしかた"
              choices={Object.entries(copyHows).map(([value, label]) => ({ value, label }))}
              defaultValue={form.values.how}
              error={faultOf(form, "how")}
            />
            <TextField
              id="day"
              label="始末をした日"
              type="date"
              required
              defaultValue={form.values.day}
              error={faultOf(form, "day")}
            />
            <TextField
              id="place"
              label="場所と、立ち会った方の職名"
              required
              defaultValue={form.values.place}
              error={faultOf(form, "place")}
            />
          </div>
          <Submit look="second">始末を残す</Submit>
        </ActForm>
      )}
    </div>
  );
}

/** いまできること。できないときは、何を待っているか。 */
function Acts({ open, may, mine, csrf, form }: ErasurePageProps) {
  const { erasure, facts, filing } = open;
  const to = (verb: string) => `/erasures/${erasure.id}/${verb}`;
  const can = (act: ErasureAct) => whyNot(act, facts) === undefined;
  if (facts.state === "cancelled") return <Note title="取りやめた消去です。" />;
  if (facts.state === "intended" || facts.state === "destroyed")
    return (
      <Section id="h-resume" title="途中で止まっています">
        <Note tone="due" title="鍵は壊れ始めています。">
          一分ごとに、残りを自動で続けます。すぐに続けることもできます。
        </Note>
        {may("run") && (
          <div className="mt2">
            <PressForm to={to("resume")} csrf={csrf} look="main">
              残りを続ける
            </PressForm>
          </div>
        )}
      </Section>
    );
  if (facts.state === "scrubbed")
    return (
      <Section id="h-after" title="証明書と報告">
        <div className="pile mt1">
          {isComplete(facts) ? (
            <Note tone="done" title="控えの始末が、すべてつきました。" />
          ) : (
            <Note
              tone="due"
              title={`未完です。${[
                ...(facts.openCopies > 0 ? [`控え${facts.openCopies}組の始末`] : []),
                ...(facts.openRecordings > 0 ? [`会議の録音${facts.openRecordings}回分を消した記録`] : []),
              ].join("と、")}が残っています。`}
            />
          )}
          {may("plan") && (
            <>
              <PressForm to={to("certify")} csrf={csrf} look="main">
                {open.certificates.length === 0 ? "証明書を作る" : "証明書の新しい版を作る"}
              </PressForm>
              <PressForm to={to("report")} csrf={csrf}>
                報告書（第13条5）の下書きを作る
              </PressForm>
            </>
          )}
          <LinkButton href={to("tombstones.json")} icon="save">
            墓標（控えを戻すときに使う）
          </LinkButton>
        </div>
      </Section>
    );
  const why = whyNot("run", facts);
  return (
    <>
      {can("request") && may("plan") && (
        <Section id="h-request" title="委託者に申請する">
          <div className="mt1">
            <PressForm to={to("request")} csrf={csrf} look="main">
              申請書（五つの項目）の下書きを作る
            </PressForm>
          </div>
        </Section>
      )}
      {filing !== undefined && facts.consent === "draft" && (
        <Note title="申請は下書きです。">
          <a href={`/filings/${filing.id}`}>協議・届出の画面</a>から提出してください。
        </Note>
      )}
      {facts.consent === "waiting" && <Note title="委託者の承諾（書面）を待っています。" />}
      {facts.consent === "given" && why !== undefined && <Note tone="due" title={why} />}
      {facts.consent === "given" && why === undefined && may("run") && !mine && (
        <Section id="h-run" title="消去する">
          <Note tone="late" title="元に戻せません。">
            {`鍵を壊すと、ここに挙げた個人情報は、この事務所のだれにも読めなくなります。古い鍵の控えがあれば、その始末を残すまで未完です。予定日 ${formatWareki(erasure.planned_day)}、承諾 ${filing?.document ?? ""}。`}
          </Note>
          <div className="mt2">
            <PressForm to={to("run")} csrf={csrf} look="main" danger>
              鍵を壊して消去する
            </PressForm>
          </div>
        </Section>
      )}
      {facts.consent === "given" && why === undefined && (!may("run") || mine) && (
        <Note title="保護管理者（範囲を決めた方とは別の方）が消去します。" />
      )}
      {may("plan") && (
        <ActForm id="witness" title="立会い" to={to("witness")} csrf={csrf}>
          <TextField
            id="witness"
            label="立ち会う方（部署と職名）"
            defaultValue={form.values.witness ?? (erasure.witness === "asked" ? "" : erasure.witness)}
            error={faultOf(form, "witness")}
            help="求められていなければ、空のままにします。"
          />
          <Submit look="second">立会いを残す</Submit>
        </ActForm>
      )}
      {may("plan") && (
        <PressForm to={to("cancel")} csrf={csrf} look="plain">
          この消去を取りやめる
        </PressForm>
      )}
    </>
  );
}
