import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { designBases } from "./design.ts";

export interface DesignFormProps {
  csrf: string;
  plan: string;
  images: readonly { name: string; lacks: readonly string[] }[];
  places: readonly { id: string; label: string }[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
}

/** 案を出す欄: 色、図の色、章の始まり、書体、表紙の絵、章と施策のアイコン。 */
export function DesignForm(props: DesignFormProps) {
  const { csrf, plan, images, values } = props;
  const fault = (field: string) => faultOf(props, field);
  const colour = (id: string, label: string) => (
    <TextField
      {...{ id, label }}
      code
      maxLength={7}
      placeholder="17508C"
      defaultValue={values[id] ?? ""}
      error={fault(id)}
      help="空なら、もとの色"
    />
  );
  return (
    <Section id="h-propose" title="案を出す">
      <form method="post" action={`/plans/${plan}/designs`} className="pile upload">
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField
            id="title"
            label="案の名"
            required
            maxLength={60}
            defaultValue={values.title ?? ""}
            error={fault("title")}
          />
          <SelectField
            id="base"
            label="もとにする見た目"
            choices={designBases}
            defaultValue={values.base ?? "office"}
            error={fault("base")}
          />
        </div>
        <TextAreaField
          id="aim"
          label="ねらい"
          rows={2}
          maxLength={1000}
          defaultValue={values.aim ?? ""}
          error={fault("aim")}
        />
        <div className="fields three">
          {colour("accent", "見出しの色")}
          {colour("second", "囲みの色")}
          {colour("ink", "本文の色")}
        </div>
        <PaletteFields {...props} />
        <div className="fields three">
          <SelectField
            id="opener"
            label="章の始まり"
            blank="もとのまま"
            choices={[
              { value: "band", label: "色の帯" },
              { value: "line", label: "細い線" },
            ]}
            defaultValue={values.opener ?? ""}
          />
          <SelectField
            id="headFont"
            label="見出しの書体"
            blank="もとのまま"
            choices={["BIZ UDPゴシック", "BIZ UDP明朝", "游ゴシック", "メイリオ"].map((value) => ({
              value,
              label: value,
            }))}
            defaultValue={values.headFont ?? ""}
          />
          <SelectField
            id="cover"
            label="表紙の絵"
            blank="なし"
            choices={images
              .filter(({ name }) => /\.(?:png|jpe?g)$/i.test(name))
              .map(({ name }) => ({ value: name, label: name }))}
            defaultValue={values.cover ?? ""}
            error={fault("cover")}
          />
        </div>
        <IconFields {...props} />
        <div className="acts">
          <Submit>案を出す</Submit>
        </div>
      </form>
    </Section>
  );
}

/** 同じ欄の誤りは、続けて一つに。 */
function faultOf({ faults }: DesignFormProps, field: string): string | undefined {
  const found = faults.filter((one) => one.field === field).map(({ message }) => message);
  return found.length === 0 ? undefined : found.join("");
}

function PaletteFields(props: DesignFormProps) {
  const { values } = props;
  return (
    <div className="fields two">
      <SelectField
        id="paletteKind"
        label="図の色"
        blank="もとのまま"
        choices={[
          { value: "accent", label: "見出しの色から作る" },
          { value: "own", label: "右に書いた色" },
        ]}
        defaultValue={values.paletteKind ?? ""}
      />
      <TextField
        id="palette"
        label="図の色（使う順に）"
        code
        maxLength={200}
        placeholder="17508C DE7A33 2B5F50"
        defaultValue={values.palette ?? ""}
        error={faultOf(props, "palette")}
        help="紙との明るさの比は 3 以上。白黒で刷っても、隣の色と見分けられるように"
      />
    </div>
  );
}

function IconFields(props: DesignFormProps) {
  const { images, places, plan, values, faults } = props;
  const chosen = places.some(({ id }) => (values[`icon.${id}`] ?? "") !== "");
  const open = chosen || faults.some(({ field }) => field?.startsWith("icon."));
  const choices = images.map(({ name, lacks }) => ({
    value: name,
    label: lacks.length === 0 ? name : `${name}（権利が足りません）`,
  }));
  return (
    <details open={open}>
      <summary>章と施策のアイコン（{places.length}か所）</summary>
      {images.length === 0 ? (
        <p className="help">
          アイコンにする画像が、まだありません。
          <a href={`/plans/${plan}/rights#h-write`}>権利の画面</a>で、SVG か PNG
          を権利とともに入れてください。
        </p>
      ) : (
        <div className="fields three">
          {places.map(({ id, label }) => (
            <SelectField
              key={id}
              id={`icon.${id}`}
              label={label}
              blank="なし"
              choices={choices}
              defaultValue={values[`icon.${id}`] ?? ""}
              error={faultOf(props, `icon.${id}`)}
            />
          ))}
        </div>
      )}
    </details>
  );
}
