import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { isNothing } from "./import-plan.ts";
import type { SchedulePreview } from "./preview-classes.ts";
import {
  AddedTable,
  ChangedTable,
  ErrorTable,
  MovedTable,
  NewVenueTable,
  RemovedTable,
} from "./schedule-change-panel.tsx";

/** ファイルにないものがこれより多ければ、たたんで見せる（取り込むボタンが遠くならないように）。 */
const FEW = 10;

/** 取り込む前に、直すところと変わるところを見せる。直すところが先、ファイルにないもの（追加分の日程表では多い）は後。 */
export function SchedulePreviewPage({ csrf, preview }: { csrf: string; preview: SchedulePreview }) {
  const { errors, changed, added, removed, moved, newVenues, notes } = preview;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/classes/import">日程の取込み</a>
            {`　${preview.fileName}`}
          </>
        }
        title={<Sentence preview={preview} />}
        actions={<LinkButton href="/classes/import">別のファイルを選ぶ</LinkButton>}
      />
      <form method="post" action={`/classes/import/${preview.token}`} className="pile wide">
        <Csrf token={csrf} />
        <input type="hidden" name="basis" value={preview.basis} />
        {errors.length > 0 && (
          <Section id="h-err" title={`直すところ ${errors.length}件`} sub="この行は取り込みません。">
            <ErrorTable errors={errors} />
          </Section>
        )}
        {moved.length > 0 && (
          <Section id="h-mov" title={`日時か会場が動いたらしいもの ${moved.length}回`}>
            <MovedTable moved={moved} />
          </Section>
        )}
        {changed.length > 0 && (
          <Section id="h-chg" title={`変わる講習会 ${changed.length}回`}>
            <ChangedTable changed={changed} />
          </Section>
        )}
        {added.length > 0 && (
          <Section id="h-add" title={`加わる講習会 ${added.length}回`}>
            <AddedTable added={added} />
          </Section>
        )}
        {newVenues.length > 0 && (
          <Section
            id="h-ven"
            title={`加わる会場 ${newVenues.length}か所`}
            sub="座標は、取り込んだあとに補います。"
          >
            <NewVenueTable venues={newVenues} />
          </Section>
        )}
        {removed.length > 0 && (
          <Section id="h-rem" title={`ファイルにない講習会 ${removed.length}回`}>
            <details className="more" open={removed.length <= FEW}>
              <summary>日時・会場・予約を見る</summary>
              <RemovedTable removed={removed} />
            </details>
          </Section>
        )}
        {notes.length > 0 && (
          <Section id="h-note" title="補ったこと・読み飛ばしたこと">
            <ul className="faults">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Section>
        )}
        <Confirm preview={preview} />
      </form>
    </>
  );
}

function Sentence({ preview }: { preview: SchedulePreview }) {
  const { errors, added, changed, removed } = preview;
  const nothing = errors.length === 0 && isNothing(preview);
  if (nothing && removed.length === 0)
    return <>この日程表は、いまの講習会と同じです。取り込んでも何も変わりません。</>;
  return (
    <>
      {nothing && "加わる回も変わる回もありません。"}
      {errors.length > 0 && <span className="late">直すところが{errors.length}件あります。</span>}
      {added.length > 0 && `${added.length}回が加わります。`}
      {changed.length > 0 && `${changed.length}回が変わります。`}
      {removed.length > 0 && <span className="due">{removed.length}回はファイルにありません。</span>}
    </>
  );
}

function actsOf(added: number, changed: number): string {
  const acts = [added > 0 && `${added}回を加え`, changed > 0 && `${changed}回を変え`].filter(
    (act) => act !== false,
  );
  return acts.length > 0 ? `${acts.join("、")}ます。` : "選んだことだけを行います。";
}

/** 取り込むとどうなるかを言い、取り込む。 */
function Confirm({ preview }: { preview: SchedulePreview }) {
  const { errors, removed, changed, added } = preview;
  const nothing = isNothing(preview) && removed.length === 0;
  if (nothing)
    return (
      <>
        <Note tone="done" title="変わるところはありません。" />
        <div className="acts">
          <LinkButton href="/classes" size="tall">
            講習会の一覧へ
          </LinkButton>
        </div>
      </>
    );
  const refused = changed.filter((one) => one.refusal !== undefined).length;
  const left = removed.reduce((sum, one) => sum + one.bookings.length, 0);
  return (
    <Section id="h-go" title="取り込む">
      <div className="pile mt1">
        {removed.length > 0 && (
          <CheckField
            id="close"
            label={`ファイルにない${removed.length}回を受付終了にする`}
            disabled={errors.length > 0}
            help={
              errors.length > 0
                ? "直すところが残っているあいだは選べません。直すところのある行と、無くなった行を取り違えないためです。"
                : `新しい予約を受けなくなります。予約は消えません${left > 0 ? `（${left}件が残り、連絡が要ります）` : ""}。選ばなければ、このまま受け付けます。`
            }
          />
        )}
        <Note tone="info" title={actsOf(added.length, changed.length - refused)}>
          <p>
            空席の表にはすぐに出ます。
            {errors.length > 0 && "直すところのある行は取り込みません。"}
            {refused > 0 && `定員を減らせない${refused}回は変えません。`}
            取り込んだ人と変わった欄が記録に残ります。元に戻すには、前の日程表をもう一度取り込みます。
          </p>
        </Note>
        <div className="acts">
          <LinkButton href="/classes" size="tall">
            やめる
          </LinkButton>
          <Submit size="tall">取り込む</Submit>
        </div>
      </div>
    </Section>
  );
}
