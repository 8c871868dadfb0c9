import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { type BookName, bookOf, entryLimits } from "./book.ts";

export interface EntryFormPageProps {
  csrf: string;
  book: BookName;
  /** 欄の値（title、clause、heldOn、due、expires、cost、f.名）。 */
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  edit?: { id: string; edition: number } | undefined;
  once?: string | undefined;
}

/** 帳簿に書く・直す。 */
export function EntryFormPage({ csrf, book, values, faults, edit, once }: EntryFormPageProps) {
  const info = bookOf(book);
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const given = (field: string) => ({ defaultValue: values[field] ?? "", error: fault(field) });
  const back = edit === undefined ? `/registers?book=${book}` : `/registers/${edit.id}`;
  return (
    <>
      <PageHead
        crumb={<a href={`/registers?book=${book}`}>{info.label}</a>}
        title={edit === undefined ? `${info.series}を書く` : `${info.series}を直す`}
      />
      <div className="pile upload">
        <Note tone="info" title={info.help} />
        <form
          method="post"
          action={edit === undefined ? "/registers" : `/registers/${edit.id}/edit`}
          className="pile"
        >
          <Csrf token={csrf} />
          <input type="hidden" name="book" value={book} />
          {once !== undefined && <input type="hidden" name="once" value={once} />}
          {edit !== undefined && <input type="hidden" name="edition" value={edit.edition} />}
          <TextField
            id="title"
            label="件名"
            required
            maxLength={entryLimits.title}
            help="一覧に出ます。氏名・電話番号・住所は書かないでください。"
            {...given("title")}
          />
          <div className="fields three">
            <TextField id="heldOn" label={info.day} type="date" required {...given("heldOn")} />
            {info.due !== undefined && <TextField id="due" label={info.due} type="date" {...given("due")} />}
            {info.expires && <TextField id="expires" label="有効期限" type="date" {...given("expires")} />}
            <TextField id="clause" label="根拠の条項" maxLength={entryLimits.clause} {...given("clause")} />
          </div>
          {info.fields
            .filter((field) => !field.closing || edit !== undefined)
            .map(({ name, label, type, required, help }) =>
              type === "line" ? (
                <TextField
                  key={name}
                  id={`f.${name}`}
                  label={label}
                  required={required}
                  maxLength={entryLimits.line}
                  help={help}
                  {...given(`f.${name}`)}
                />
              ) : (
                <TextAreaField
                  key={name}
                  id={`f.${name}`}
                  label={label}
                  required={required}
                  rows={3}
                  help={help}
                  {...given(`f.${name}`)}
                />
              ),
            )}
          {info.cost && (
            <TextField
              id="cost"
              label="費用"
              unit="円"
              inputMode="numeric"
              help="契約金額の範囲内の見込み。かからないときは 0、分からないときは空のまま"
              {...given("cost")}
            />
          )}
          <div className="acts">
            <LinkButton href={back} size="tall">
              やめる
            </LinkButton>
            <Submit>{edit === undefined ? `${info.label}に残す` : "直したものを残す"}</Submit>
          </div>
        </form>
      </div>
    </>
  );
}
