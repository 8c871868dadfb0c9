import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import type { SurveyHead } from "./open-survey.ts";

export interface SurveyFormProps {
  csrf: string;
  /** 直すときの調査。 */
  edit?: { id: string; version: number } | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  /** 前回の調査に選べるもの。 */
  others: readonly SurveyHead[];
}

/** 調査を作る・概要を直す。 */
export function SurveyFormPage({ csrf, edit, values, faults, others }: SurveyFormProps) {
  const given = (field: string) => ({
    defaultValue: values[field] ?? "",
    error: faults.find((one) => one.field === field)?.message,
  });
  return (
    <>
      <PageHead
        crumb={<a href="/surveys">調査</a>}
        title={edit ? "調査の概要を直します。" : "調査を作ります。概要は、あとから書けます。"}
      />
      <form method="post" action={edit ? `/surveys/${edit.id}/edit` : "/surveys"} className="pile upload">
        <Csrf token={csrf} />
        {edit && <input type="hidden" name="version" value={edit.version} />}
        <TextField id="title" label="調査の名" required maxLength={120} {...given("title")} />
        <TextAreaField id="purpose" label="目的" rows={2} maxLength={1000} {...given("purpose")} />
        <div className="fields two">
          <TextField id="target" label="対象" help="例: 市内に住む18歳以上の方" {...given("target")} />
          <TextField id="owner" label="実施した者" {...given("owner")} />
          <TextField
            id="sampling"
            label="抽出の方法"
            help="例: 住民基本台帳から層化無作為抽出"
            {...given("sampling")}
          />
          <TextField
            id="method"
            label="配布と回収の方法"
            help="例: 郵送で配布、郵送とWebで回収"
            {...given("method")}
          />
          <TextField id="from" label="調査の始まり" type="date" {...given("from")} />
          <TextField id="to" label="調査の終わり" type="date" {...given("to")} />
          <TextField id="population" label="母集団" unit="人" inputMode="numeric" {...given("population")} />
          <TextField id="sample" label="配布した数" unit="通" inputMode="numeric" {...given("sample")} />
        </div>
        <SelectField
          id="previous"
          label="比べる前回の調査"
          blank="なし"
          choices={others.map(({ id, number, title }) => ({ value: id, label: `${number}　${title}` }))}
          help="前回との比較の表に使います。"
          {...given("previous")}
        />
        <p className="acts">
          <Submit>{edit ? "概要を直す" : "調査を作る"}</Submit>
          <LinkButton href={edit ? `/surveys/${edit.id}` : "/surveys"}>やめる</LinkButton>
        </p>
      </form>
    </>
  );
}
