import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Button, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Options, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Flash, Note } from "../ui/note.tsx";
import {
  type DeskFields,
  deskPaths,
  type FieldFault,
  type Period,
  type SeatCell,
  type SeatVenue,
} from "./desk-api.ts";
import { DemoTag } from "./desk-callbar-panel.tsx";
import { companionWords, contactWords } from "./desk-more-panel.tsx";
import { writeStart } from "./desk-speech.ts";
import type { SeatFilter } from "./seat-grid.ts";
import { isOpen, seatsForMe } from "./seat-guide.ts";

/** 島だけが使う絵。renderDocument の icons に渡す。 */
export const deskIcons: readonly IconName[] = [
  "list",
  "phone",
  "eye",
  "lockf",
  "done",
  "due",
  "late",
  "info",
  "warn",
  "search",
];

export interface DeskPageProps {
  csrf: string;
  /** 着席している人の、名前のない id。別のタブで別の人が着席したことを見分ける。 */
  account: string;
  /** デモの事務所か。札は画面の頭の帯に入れる。 */
  demo: boolean;
  /** 例: "2番"。 */
  deskLabel: string;
  /** 事務所の時計。始まった回を選べなくする。 */
  now: string;
  bookedToday: number;
  courses: readonly string[];
  wards: readonly string[];
  venues: readonly SeatVenue[];
  /** filter で絞ったあとの回。日時の順。 */
  cells: readonly SeatCell[];
  filter: SeatFilter;
  /** 誤りのあとは、打たれたままを返す。 */
  fields: DeskFields;
  classId?: string | undefined;
  faults: readonly FieldFault[];
  /** 断られたときの一文（満席など）。 */
  refusal?: string | undefined;
  /** 予約できたあと（転送先）に一度だけ。 */
  receipt?: { number: string; posting: string } | undefined;
  /** 二度押しても二重に予約しないための合図。 */
  idempotencyKey: string;
}

/**
 * 受付デスクの素の form。JavaScript がなくても予約でき、あれば島がこれを読んで上に載る。
 * 投稿先は deskPaths.page。欄は DeskFields、classId、readBack、idempotencyKey、csrf。
 */
export function DeskPage(props: DeskPageProps) {
  const { deskLabel, account, demo, bookedToday, receipt, refusal } = props;
  return (
    <div
      id="desk-island"
      data-desk-label={deskLabel}
      data-account={account}
      data-demo={demo ? "" : undefined}
    >
      <div className="desk">
        <header className="callbar">
          <a className="btn" href="/" aria-label="業務メニュー">
            <Icon name="list" />
          </a>
          <span className="who">受付デスク</span>
          {demo && <DemoTag />}
          <span className="grow" />
          <span className="dim nb">
            席 {deskLabel}・本日の予約 {bookedToday}件
          </span>
        </header>
        <main id="main" className="desk-body plain">
          <section className="stack" aria-labelledby="desk-caller">
            <div className="sec-h">
              <h1 id="desk-caller">お客様と予約内容</h1>
            </div>
            {receipt !== undefined && (
              <Flash>
                予約しました。受付番号 {receipt.number}　{receipt.posting}
              </Flash>
            )}
            {refusal !== undefined && <Flash tone="late">{refusal}</Flash>}
            <BookingForm {...props} />
          </section>
          <section className="seats" aria-labelledby="desk-seats">
            <div className="sec-h">
              <h2 id="desk-seats">空席</h2>
            </div>
            <FilterForm {...props} />
            <ClassList {...props} />
          </section>
          <section className="help-col" aria-labelledby="desk-how">
            <div className="sec-h">
              <h2 id="desk-how">この画面の使い方</h2>
            </div>
            <ol className="how">
              <li>講座・区・時間帯で絞り、空席の一覧から回を選びます。</li>
              <li>お客様にお聞きして、左の欄を埋めます。</li>
              <li>日にち、曜日、時刻、会場、お名前、電話番号の末尾4けたを復唱します。</li>
              <li>「予約する」を押すと、受付番号が出ます。</li>
            </ol>
            <Note title="仮押さえと自動保存は JavaScript で動きます。">
              いまは予約した時に席を確かめます。満席になっていれば、ほかの会場を出します
            </Note>
          </section>
        </main>
      </div>
    </div>
  );
}

const formId = "desk-form";

const contactChoices = contactWords.map(([value, label]) => ({ value, label }));
const companionChoices = companionWords.map(([value, label]) => ({ value, label }));

function BookingForm(props: DeskPageProps) {
  const { csrf, fields, faults, idempotencyKey } = props;
  const error = (name: string) => faults.find((fault) => fault.field === name)?.message;
  const text = (name: keyof DeskFields) => ({
    id: `f-${name}`,
    name,
    defaultValue: String(fields[name]),
    error: error(name),
    autoComplete: "off",
  });
  const choice = (name: "contact" | "companions") => ({
    id: `f-${name}`,
    name,
    defaultValue: fields[name],
    error: error(name),
  });
  return (
    <form id={formId} method="post" action={deskPaths.page} className="stack grow">
      <Csrf token={csrf} />
      {/* 欄で Enter を押しても予約しない。変換の確定と取り違えないため、押せないボタンを form の既定にする。 */}
      <button type="submit" disabled hidden />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <div className="f">
        <TextField {...text("name")} label="氏名" required />
        <TextField {...text("kana")} label="カナ" required />
        <TextField {...text("postalCode")} label="郵便番号" inputMode="numeric" />
        <TextField {...text("phone")} label="電話" inputMode="tel" />
        <TextField {...text("address")} label="住所" span />
        <TextField {...text("care")} label="配慮事項" span />
        <TextAreaField {...text("memo")} label="話した内容のメモ" span />
        <TextField {...text("proxyName")} label="代わりの申込者の氏名" />
        <TextField {...text("proxyRelation")} label="続柄" />
        <TextField {...text("proxyPhone")} label="代わりの方の電話" inputMode="tel" />
        <SelectField {...choice("contact")} label="連絡の取り方" choices={contactChoices} />
        <SelectField {...choice("companions")} label="付き添い（席は取らない）" choices={companionChoices} />
      </div>
      <div className="under">
        <CheckField
          id="f-readBack"
          name="readBack"
          label="復唱して確かめました"
          required
          error={error("readBack")}
        />
        <div className="row">
          <Submit size="big" width="grow">
            予約する
          </Submit>
        </div>
      </div>
    </form>
  );
}

const periodLabels: [Period, string][] = [
  ["all", "すべて"],
  ["am", "午前"],
  ["pm", "午後"],
];

function FilterForm({ courses, wards, filter }: DeskPageProps) {
  return (
    <form method="get" action={deskPaths.page} className="row filters">
      <label className="vh" htmlFor="s-course">
        講座
      </label>
      <select id="s-course" name="course" defaultValue={filter.course}>
        <Options choices={courses.map((value) => ({ value, label: `講座：${value}` }))} />
      </select>
      <label className="vh" htmlFor="s-ward">
        区
      </label>
      <select id="s-ward" name="ward" defaultValue={filter.ward}>
        <Options
          choices={[{ value: "", label: "全区" }, ...wards.map((value) => ({ value, label: value }))]}
        />
      </select>
      <label className="vh" htmlFor="s-period">
        時間帯
      </label>
      <select id="s-period" name="period" defaultValue={filter.period}>
        <Options choices={periodLabels.map(([value, label]) => ({ value, label }))} />
      </select>
      <Button type="submit" size="tall">
        絞り込む
      </Button>
    </form>
  );
}

/** 回の一覧。予約の form とは離れて立つので、form 属性で結ぶ。 */
function ClassList({ cells, venues, classId, faults, now }: DeskPageProps) {
  const names = new Map(venues.map((venue) => [venue.id, venue.name]));
  const fault = faults.find((one) => one.field === "classId")?.message;
  if (cells.length === 0) {
    return <p className="blank">この条件の講習会はありません。条件を変えて「絞り込む」を押してください。</p>;
  }
  return (
    <>
      <label htmlFor="f-classId" className="gap">
        回を選ぶ<span className="must">必須</span>
      </label>
      <select
        id="f-classId"
        name="classId"
        form={formId}
        size={16}
        required
        className="classes"
        defaultValue={classId}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : "f-classId-error"}
      >
        <Options
          choices={cells.map((cell) => ({
            value: cell.classId,
            label: classLabel(cell, names.get(cell.venueId) ?? "", now),
            disabled: !isOpen(cell, now),
          }))}
        />
      </select>
      {fault !== undefined && (
        <p className="err" id="f-classId-error" role="alert">
          <Icon name="late" />
          <b>{fault}</b>
        </p>
      )}
    </>
  );
}

function classLabel(cell: SeatCell, venue: string, now: string): string {
  const seats = isOpen(cell, now) ? `残り${seatsForMe(cell)}` : seatsForMe(cell) > 0 ? "開始ずみ" : "満席";
  const card = cell.posting.inTime
    ? `投函 ${formatMonthDay(dayOf(cell.posting.deadline))}まで`
    : "通知書は間に合いません";
  return `${writeStart(cell.date, cell.start)}　${venue}　${seats}　${card}`;
}
