import type { Fault } from "../base/error.ts";
import { dayOf, type Instant } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { COMMON_OUTLINE, numberSchemeNames, numberSchemes } from "./plan-outline.ts";

export interface PlansPageProps {
  csrf: string;
  plans: readonly { id: string; title: string; sequence: number; madeAt: Instant }[];
  may: boolean;
  faults: readonly Fault[];
  /** 誤りのあとの、書いた値。 */
  values: Readonly<Record<string, string>>;
}

/** 計画の一覧と、新しく始める・取り込む。 */
export function PlansPage({ csrf, plans, may, faults, values }: PlansPageProps) {
  return (
    <>
      <PageHead
        crumb="計画書"
        title={
          plans.length === 0 ? "計画の原稿はまだありません。" : `計画の原稿が${plans.length}つあります。`
        }
      />
      <div className="pile">
        <Table
          caption="計画の一覧"
          rows={plans}
          rowKey={({ id }) => id}
          empty={
            may
              ? "章立てから始めるか、いまある Word か原稿の一式を取り込むと、ここに並びます。"
              : "責任者か企画担当が始めると、ここに並びます。"
          }
          columns={[
            {
              ...{ key: "title", head: "題", rowHead: true, wrap: true },
              cell: ({ id, title }) => <a href={`/plans/${id}`}>{title}</a>,
            },
            {
              key: "sequence",
              head: "変更（回）",
              numeric: true,
              width: 7,
              cell: ({ sequence }) => sequence,
            },
            { key: "made", head: "作った日", width: 12, cell: ({ madeAt }) => formatWareki(dayOf(madeAt)) },
          ]}
        />
        {may && (
          <div className="cols">
            <StartSection {...{ csrf, faults, values }} />
            <ImportSection {...{ csrf, faults }} />
          </div>
        )}
      </div>
    </>
  );
}

function StartSection({ csrf, faults, values }: Pick<PlansPageProps, "csrf" | "faults" | "values">) {
  const error = (name: string) => faults.find(({ field }) => field === name)?.message;
  return (
    <Section id="h-start" title="章立てから始める">
      <form method="post" action="/plans/start" className="pile">
        <Csrf token={csrf} />
        <TextField
          {...{ id: "title", label: "計画の名", required: true, maxLength: 120, error: error("title") }}
          defaultValue={values.title}
        />
        <TextField
          {...{ id: "subtitle", label: "副題", maxLength: 120, error: error("subtitle") }}
          defaultValue={values.subtitle}
          help="「骨子案」「素案」など。なくてもかまいません。"
        />
        <SelectField
          {...{ id: "scheme", label: "見出しの番号", error: error("scheme") }}
          defaultValue={values.scheme ?? "chapter"}
          choices={numberSchemeNames.map((name) => ({ value: name, label: numberSchemes[name].label }))}
        />
        <TextAreaField
          {...{ id: "outline", label: "章立て", required: true, rows: 12, error: error("outline") }}
          defaultValue={values.outline ?? COMMON_OUTLINE}
          help="一行に一つの見出し。行の頭の全角の空白が、一つ下の段になります。番号は自動で付きます。"
        />
        <p className="acts">
          <Submit>始める</Submit>
        </p>
      </form>
    </Section>
  );
}

function ImportSection({ csrf, faults }: Pick<PlansPageProps, "csrf" | "faults">) {
  return (
    <Section id="h-import" title="いまあるものを取り込む">
      <form method="post" action="/plans" encType="multipart/form-data" className="pile upload">
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="Word か PowerPoint か、原稿の一式（.zip）"
          accept=".zip,.docx,.doc,.rtf,.odt,.pptx"
          required
          error={faults.find(({ field }) => field === "file")?.message}
          help="Word（.docx。古い .doc と .rtf、.odt も、この機械に LibreOffice があれば）は、見出し・文・表・注・画像・グラフの値を写します。番号と目次は付け直します。PowerPoint は、スライドの題が見出しになります。写せなかったものは、その部分に書き込みます。原稿の一式は、計画の画面から書き出したものと同じ形です。1つの画像は 30 MB まで。"
        />
        <p className="acts">
          <Submit look="second">取り込む</Submit>
        </p>
      </form>
    </Section>
  );
}
