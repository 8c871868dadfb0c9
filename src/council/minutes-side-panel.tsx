import type { Fault } from "../base/error.ts";
import { addDays } from "../japan/day.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Meeting } from "../meetings/meeting.ts";
import { editionNames } from "../minutes/final-minutes-document.ts";
import { labelList, styleNames } from "../minutes/minutes-record.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs } from "../ui/table.tsx";
import type { Council } from "./read-council.ts";
import type { Minutes } from "./read-minutes.ts";

/** 一つの画面に並べる発言の数。 */
export const LINES_PER_PAGE = 25;

export interface MinutesPageProps {
  csrf: string;
  council: Council;
  meeting: Meeting;
  minutes: Minutes | undefined;
  /** 会議録の提出の時計（色と、期限の言葉、義務の画面）。 */
  clock: { text: string; look: "late" | "due" | "soon" | "done" | "wait"; href: string } | undefined;
  /** 提出書。 */
  filing: { href: string; text: string } | undefined;
  page: number;
  /** 絞り込み: 決まっていない話し手だけ（open）、または札。 */
  only: string;
  /** 返ってきた Word の修正（まだ反映していない）。 */
  read:
    | {
        member: string;
        corrections: readonly { line: number; before: string; after: string }[];
        refused: number;
        /** 確認の頁の回答に添えられたことば、渡したあとで直していた発言、回答の照合値。 */
        note: string;
        moved: readonly number[];
        answer: string;
      }
    | undefined;
  /** 氏名を出さない版で、人が確かめるところ。 */
  spots: readonly { line: number; kind: "masked" | "left"; around: string }[];
  /** 直した人の名。 */
  handOf: (id: string) => string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

type Props = MinutesPageProps & { minutes: Minutes };

/** 会議録の右の列: 期限の時計、話し手、書き方、委員の確認、確定と取り出し。 */
export function MinutesSide(props: Props) {
  const { minutes, mayWrite } = props;
  const open = mayWrite && minutes.state !== "final";
  return (
    <div className="pile fit">
      <Clock {...props} />
      {open && <Speakers {...props} />}
      {open && <Style {...props} />}
      {props.spots.length > 0 && <Spots {...props} />}
      {mayWrite && <Check {...props} />}
    </div>
  );
}

function Clock(props: Props) {
  const { csrf, clock, filing, meeting, minutes, mayWrite } = props;
  const path = `/council/meetings/${meeting.id}/minutes`;
  const may = mayWrite ? (["internal", "named", "roles"] as const) : (["named", "roles"] as const);
  return (
    <Section id="h-clock" title="提出" sub="会議後速やかに（3(2)）">
      <Pairs
        items={[
          {
            name: "期限",
            value:
              clock === undefined ? (
                "－"
              ) : (
                <a href={clock.href}>
                  <Status look={clock.look}>{clock.text}</Status>
                </a>
              ),
          },
          {
            name: "提出書",
            value:
              filing === undefined ? "確定すると、下書きができます" : <a href={filing.href}>{filing.text}</a>,
          },
          ...(minutes.final === null
            ? []
            : [
                { name: "照合値", value: <code className="hash">{minutes.final.sha256.slice(0, 16)}…</code> },
              ]),
        ]}
      />
      <div className="acts mt2">
        {may.map((edition) => (
          <LinkButton key={edition} href={`${path}/word/${edition}`} icon="save">
            {editionNames[edition]}
          </LinkButton>
        ))}
      </div>
      {mayWrite && (
        <form
          method="post"
          action={`${path}/${minutes.state === "final" ? "reopen" : "finish"}`}
          className="one-act"
        >
          <Csrf token={csrf} />
          {minutes.state === "final" ? (
            <>
              <Submit look="normal">確定を解く</Submit>
              <span className="sub">間違いが見つかったとき。</span>
            </>
          ) : (
            <>
              <Submit look="second">会議録を確定する</Submit>
              <span className="sub">会議録提出書の下書きができます。提出は責任者が行います。</span>
            </>
          )}
        </form>
      )}
    </Section>
  );
}

/** 氏名を出さない版で、言いかえた敬称のない姓と、姓と同じ字の残るところ。 */
function Spots({ meeting, spots, minutes }: Props) {
  const path = `/council/meetings/${meeting.id}/minutes`;
  const at = (line: number) =>
    Math.floor(minutes.record.lines.findIndex(({ id }) => id === line) / LINES_PER_PAGE) + 1;
  return (
    <Section id="h-spots" title="氏名を出さない版の確かめ" sub={`${spots.length}か所`}>
      <ul className="checks">
        {spots.slice(0, 20).map((spot, key) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: 並べ替えない
          <li key={key}>
            <a href={`${path}?page=${at(spot.line)}#l${spot.line}`}>発言{spot.line}</a>
            <span className="sub">
              {spot.around}（{spot.kind === "masked" ? "言いかえた" : "残した"}）
            </span>
          </li>
        ))}
      </ul>
      {spots.length > 20 && <p className="help">ほかに{spots.length - 20}か所あります。</p>}
      <p className="help">姓だけの言葉です。人のことか、地名などかを確かめ、違えば発言を直してください。</p>
    </Section>
  );
}

function Speakers({ csrf, meeting, minutes }: Props) {
  const path = `/council/meetings/${meeting.id}/minutes`;
  const labels = labelList(minutes.record);
  const loose = minutes.record.lines.filter(({ label }) => label === undefined).length;
  const choices = [...minutes.speakers.values()].map(({ key, name }) => ({ value: key, label: name }));
  return (
    <Section id="h-speakers" title="話し手" sub="札ごとに、まとめて決めます">
      <form method="post" action={`${path}/speakers`} className="pile">
        <Csrf token={csrf} />
        {labels.map(({ label, count, first }, at) => (
          <div key={label}>
            <input type="hidden" name={`label.${at}`} value={label} />
            <SelectField
              id={`who.${at}`}
              label={
                <>
                  {label}　<a href={`${path}?only=${encodeURIComponent(label)}`}>{count}の発言</a>
                </>
              }
              blank="まだ決めない"
              defaultValue={minutes.record.labels[label] ?? ""}
              choices={choices}
              help={`「${first}」`}
            />
          </div>
        ))}
        {loose > 0 && (
          <p className="help">
            札のない発言が{loose}あります。発言ごとに決めるか、「発言者不明」のまま残します。
          </p>
        )}
        <div className="fields two tight">
          <TextField id="other" label="委員でない話し手を加える" placeholder="デジタル企画課長" />
          <TextField id="role" label="氏名を出さない版での名" placeholder="事務局" />
        </div>
        <div className="acts">
          <Submit look="second">話し手を残す</Submit>
        </div>
      </form>
    </Section>
  );
}

function Style({ csrf, meeting, minutes }: Props) {
  const omitted = minutes.record.lines.filter((line) => line.omitted).length;
  return (
    <Section id="h-style" title="書き方" sub={omitted > 0 ? `載せない発言 ${omitted}` : ""}>
      <form method="post" action={`/council/meetings/${meeting.id}/minutes/style`} className="pile">
        <Csrf token={csrf} />
        <StyleField value={minutes.record.style} />
        <p className="help">人の手の入った発言は変わりません。</p>
        <div className="acts">
          <Submit look="normal">書き方を変える</Submit>
        </div>
      </form>
    </Section>
  );
}

function Check({ csrf, council, meeting, minutes, faults }: Props) {
  const path = `/council/meetings/${meeting.id}/minutes`;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const came = meeting.attendance.filter(({ how }) => how !== "absent").map(({ member }) => member);
  const people = council.members.filter(({ id }) => came.includes(id));
  const done = (id: string) => minutes.checks.find(({ member }) => member === id);
  const open = minutes.state !== "final";
  return (
    <Section
      id="h-check"
      title="委員の確認"
      sub={minutes.check === null ? `${people.length}人` : `${formatMonthDay(minutes.check.by)}まで`}
    >
      <ul className="checks">
        {people.map(({ id, name }) => {
          const check = done(id);
          return (
            <li key={id}>
              <span>{name}</span>
              {check === undefined ? (
                <Status look={minutes.check === null ? "none" : "wait"}>
                  {minutes.check === null ? "まだ頼んでいません" : "返事待ち"}
                </Status>
              ) : (
                <Status look="done">
                  {check.corrections === 0 ? "修正なし" : `修正${check.corrections}件`}（
                  {formatMonthDay(check.at.slice(0, 10))}）
                </Status>
              )}
            </li>
          );
        })}
      </ul>
      <div className="acts mt2">
        <LinkButton href={`${path}/check?form=page`} icon="save">
          確認の頁（委員ごと）
        </LinkButton>
        <LinkButton href={`${path}/check`} icon="save">
          確認用の Word
        </LinkButton>
      </div>
      {open && (
        <>
          <form method="post" action={`${path}/ask`} className="inline-form">
            <Csrf token={csrf} />
            <TextField
              id="by"
              label="返してほしい日"
              type="date"
              defaultValue={minutes.check?.by ?? addDays(council.today, 2)}
              error={fault("by")}
            />
            <Submit look="normal">確認を頼んだことを残す</Submit>
          </form>
          <form
            method="post"
            action={`${path}/corrections`}
            encType="multipart/form-data"
            className="pile mt2"
          >
            <Csrf token={csrf} />
            <SelectField
              id="member"
              label="どなたの返事か"
              blank="選んでください"
              choices={people.map(({ id, name }) => ({ value: id, label: name }))}
              error={fault("member")}
            />
            <FileField
              id="file"
              label="返ってきた Word か、確認の頁の回答（.json）"
              accept=".docx,.json"
              help="回答（.json）は、どなたのものかを確認番号から見分けます。"
              error={fault("file")}
            />
            <SegmentedField
              id="how"
              legend="ファイルがないとき"
              defaultValue="word"
              choices={[
                { value: "word", label: "ファイルを読む" },
                { value: "phone", label: "電話で修正なし" },
              ]}
            />
            <div className="acts">
              <Submit look="normal">返事を読む</Submit>
            </div>
          </form>
        </>
      )}
    </Section>
  );
}

export function StyleField({ value = "points" }: { value?: string }) {
  return (
    <SelectField
      id="style"
      label="書き方"
      defaultValue={value}
      choices={Object.entries(styleNames).map(([key, label]) => ({ value: key, label }))}
    />
  );
}
