import type { Term } from "../terms/blueprint.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";

export interface SchedulePageProps {
  csrf: string;
  terms: readonly Term[];
  /** 選んであった期。 */
  term: string;
  /** 読めなかったわけ。 */
  fault?: string | undefined;
}

/** 日程表のファイルを選ぶ。 */
export function SchedulePage({ csrf, terms, term, fault }: SchedulePageProps) {
  return (
    <>
      <PageHead
        crumb={<a href="/classes">講習会と会場</a>}
        title="委託者の日程表を読み、何が変わるかを確かめます。"
      />
      <div className="cols main-side">
        <form method="post" action="/classes/import" encType="multipart/form-data" className="pile upload">
          <Csrf token={csrf} />
          <FileField
            id="file"
            label="日程表のファイル"
            required
            accept=".xlsx,.xlsm,.csv,.tsv"
            help="Excel（.xlsx）か CSV。シートや見出しの並びは、届いたままで構いません。20 MB まで。"
            error={fault}
          />
          <SelectField
            id="term"
            label="取り込む期"
            defaultValue={term}
            blank="ファイルの日付から決める"
            choices={terms.map((each) => ({
              value: each.id,
              label: `${each.label}（${each.classesFrom}～${each.classesTo}）`,
            }))}
            help="期を選ぶと、その期の外の日付が誤りとして示されます。年の書かれていない日付は、この期から補います。"
          />
          <div className="acts">
            <LinkButton href="/classes" size="tall">
              やめる
            </LinkButton>
            <Submit size="tall">読んで確かめる</Submit>
          </div>
          <p className="sub">
            この段階では、講習会も会場も変わりません。読んだことと、ファイルの控え（封じたもの）が残ります。
          </p>
        </form>
        <Section id="h-how" title="読み取るもの">
          <Note tone="plain">
            <p>
              日付、開始と終了、会場、講座名、定員。あれば、会場の所在地・区・部屋・種別・持ち物・問合せ先・番号・備考。
            </p>
            <p>同じファイルをもう一度読んでも、何も変わりません。ファイルにない欄は、いまの値を残します。</p>
          </Note>
        </Section>
      </div>
    </>
  );
}
