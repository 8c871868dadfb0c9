import type { Fault } from "../base/error.ts";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import type { PeriodBody } from "./read-period.ts";

/** 下書きを書かせる、手元のモデルの口。なくても、何も困らない。 */
export function ModelPanel(props: {
  csrf: string;
  model: PeriodBody["model"];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
}) {
  const { csrf, model, values, faults } = props;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-model" title="下書きのモデル" sub={model ? `使う（${model.model}）` : "使わない"}>
      <p className="sub">
        この機械の中で動くモデル（OpenAI
        の形の口）に、概要と考え方の下書きを書かせられます。送るのは個人情報を伏せた文だけで、人が認めるまで公表できません。
      </p>
      <form method="post" action="/comments/period/model" className="pile upload" noValidate>
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField
            id="url"
            label="口の番地"
            defaultValue={values.url ?? model?.url}
            placeholder="http://127.0.0.1:8080/v1"
            error={fault("url")}
            help="空にして残すと、使いません。"
          />
          <TextField
            id="model"
            label="モデルの名"
            maxLength={120}
            defaultValue={values.model ?? model?.model}
            error={fault("model")}
          />
          <TextField
            id="modelPermission"
            label="この機械の外の口を使ってよいという市の許し"
            span
            maxLength={500}
            defaultValue={values.modelPermission ?? model?.permission}
            help="外の口のときだけ、いつ・どの書面で・だれが認めたか。"
          />
        </div>
        <p className="acts">
          <button className="btn" type="submit">
            口を書き残す
          </button>
        </p>
      </form>
    </Section>
  );
}
