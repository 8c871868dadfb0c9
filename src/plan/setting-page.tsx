import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { numberSchemeNames, numberSchemes } from "./plan-outline.ts";
import type { PlanSetting } from "./plan-setting.ts";

interface SettingPageProps {
  csrf: string;
  plan: string;
  title: string;
  setting: Readonly<Record<keyof PlanSetting, string | number>>;
  faults: readonly Fault[];
  may: boolean;
}

const years = [
  { value: "both", label: "令和６年度（2024年度）" },
  { value: "wareki", label: "令和６年度" },
  { value: "western", label: "2024年度" },
];

/** 計画の決めごと: 表紙の文、見出しの番号、年度の書き方、用語。 */
export function SettingPage({ csrf, plan, title, setting, faults, may }: SettingPageProps) {
  const field = (name: keyof PlanSetting, label: string) => ({
    ...{ id: name, label, defaultValue: String(setting[name]) },
    error: faults.find((one) => one.field === name)?.message,
    disabled: !may,
  });
  return (
    <>
      <PageHead crumb={<a href={`/plans/${plan}`}>{title}</a>} title="表紙の文・番号・用語" />
      <form method="post" className="pile">
        <Csrf token={csrf} />
        <input type="hidden" name="edition" value={String(setting.edition)} />
        <div className="cols">
          <Section id="h-cover" title="表紙">
            <div className="pile">
              <TextField {...field("title", "計画の名")} required maxLength={120} />
              <TextField {...field("subtitle", "副題")} maxLength={120} />
              <TextField {...field("author", "著者（表紙の下）")} maxLength={120} />
              <TextField
                {...field("date", "年月")}
                maxLength={60}
                help="「令和７年３月」のように、そのまま表紙に出ます。"
              />
            </div>
          </Section>
          <Section id="h-number" title="番号と年度">
            <div className="pile">
              <SelectField
                {...field("scheme", "見出しの番号")}
                choices={[
                  ...numberSchemeNames.map((name) => ({ value: name, label: numberSchemes[name].label })),
                  { value: "own", label: "段ごとに書く（下の欄）" },
                ]}
              />
              <TextAreaField
                {...field("numbering", "段ごとの番号の形")}
                rows={4}
                help="「段ごとに書く」のとき。上の段から一行に一つ。{N} は全角の数字、{n} は半角、{ア} はカナ、{漢} は漢数字。"
              />
              <SelectField {...field("years", "年度の書き方")} choices={years} />
            </div>
          </Section>
        </div>
        <div className="cols">
          <Section id="h-terms" title="用語">
            <div className="pile">
              <TextAreaField
                {...field("glossary", "使う言葉")}
                rows={8}
                help="一行に「使う言葉: 使わない言い方、別の言い方」。本文にあれば、整合と点検で知らせます。"
              />
            </div>
          </Section>
          <Section id="h-allow" title="注意しない言葉">
            <div className="pile">
              <TextAreaField
                {...field("allow", "法律や機関の名など")}
                rows={8}
                help="一行に一つ。用語と、漢字の続きの注意をしません。"
              />
            </div>
          </Section>
        </div>
        <p className="acts">
          {may && <Submit>この決めごとにする</Submit>}
          <LinkButton href={`/plans/${plan}`}>戻る</LinkButton>
        </p>
      </form>
    </>
  );
}
