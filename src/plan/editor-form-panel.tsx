import { type FigureForm, figureForms } from "../manuscript/manuscript.ts";
import type { EditorView } from "./editor-memory.ts";
import { Editable } from "./editor-text-panel.tsx";
import type { BlockContent } from "./plan-block.ts";

export interface FormProps<C extends BlockContent> {
  id: string;
  content: C;
  view: EditorView;
  onContent(content: BlockContent): void;
}

const forms: Readonly<Record<FigureForm, string>> = {
  ...{ column: "縦棒", bar: "横棒", stacked: "積み上げ", percent: "帯", line: "折れ線", pie: "円" },
  ...{ tree: "体系図", map: "施策の地図", roadmap: "工程" },
};

function Line(props: {
  id: string;
  label: string;
  value: string;
  help?: string;
  list?: string;
  onValue(value: string): void;
}) {
  const { id, label, value, help, list, onValue } = props;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        {...{ id, list }}
        type="text"
        defaultValue={value}
        maxLength={300}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      {help !== undefined && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** 図: 題、データ、形、単位、出典、見えない人のための文。 */
export function FigureFields({
  id,
  content,
  view,
  onContent,
}: FormProps<Extract<BlockContent, { kind: "figure" }>>) {
  const put = (change: Partial<typeof content>) => onContent({ ...content, ...change });
  const field = (name: string) => `${id}-${name}`;
  return (
    <div className="blk-form">
      <Line
        id={field("caption")}
        label="題"
        value={content.caption}
        onValue={(caption) => put({ caption })}
      />
      <div>
        <label htmlFor={field("data")}>データ</label>
        <select
          id={field("data")}
          value={content.data}
          onChange={(event) => put({ data: event.currentTarget.value })}
        >
          <option value="">選んでください</option>
          {Object.keys(view.book.tables).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={field("form")}>形</label>
        <select
          id={field("form")}
          value={content.form ?? "column"}
          onChange={(event) => put({ form: event.currentTarget.value as FigureForm })}
        >
          {figureForms.map((form) => (
            <option key={form} value={form}>
              {forms[form]}
            </option>
          ))}
        </select>
      </div>
      <Line id={field("unit")} label="単位" value={content.unit} onValue={(unit) => put({ unit })} />
      <Line id={field("source")} label="出典" value={content.source} onValue={(source) => put({ source })} />
      <Line
        id={field("alt")}
        label="見えない人のための文"
        value={content.alt}
        help="図が言うことを、一文か二文で書きます。"
        onValue={(alt) => put({ alt })}
      />
    </div>
  );
}

/** 写真: 題、画像、見えない人のための文、権利。 */
export function PhotoForm({
  id,
  content,
  view,
  onContent,
}: FormProps<Extract<BlockContent, { kind: "photo" }>>) {
  const put = (change: Partial<typeof content>) => onContent({ ...content, ...change });
  return (
    <div className="blk-form">
      <Line id={`${id}-caption`} label="題" value={content.caption} onValue={(caption) => put({ caption })} />
      <div>
        <label htmlFor={`${id}-src`}>画像</label>
        <select
          id={`${id}-src`}
          value={content.src}
          onChange={(event) => put({ src: event.currentTarget.value })}
        >
          <option value="">選んでください</option>
          {view.images.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <Line
        id={`${id}-alt`}
        label="見えない人のための文"
        value={content.alt}
        onValue={(alt) => put({ alt })}
      />
      <Line
        id={`${id}-rights`}
        label="権利"
        value={content.rights}
        help="だれのものか、どの条件で使えるか。"
        onValue={(rights) => put({ rights })}
      />
    </div>
  );
}

/** 施策: 名、担当、期間、上位計画の項目。 */
export function MeasureForm({
  id,
  content,
  view,
  onContent,
}: FormProps<Extract<BlockContent, { kind: "measure" }>>) {
  const put = (change: Partial<typeof content>) => onContent({ ...content, ...change });
  const toggle = (code: string, on: boolean) =>
    put({ upper: on ? [...content.upper, code] : content.upper.filter((one) => one !== code) });
  return (
    <div className="blk-form">
      <Line id={`${id}-title`} label="施策の名" value={content.title} onValue={(title) => put({ title })} />
      <Line id={`${id}-owner`} label="担当" value={content.owner} onValue={(owner) => put({ owner })} />
      <Line
        id={`${id}-period`}
        label="取り組む期間"
        value={content.period ?? ""}
        help="令和７年度～令和11年度 のように。"
        onValue={(period) => put(period === "" ? { period: "" } : { period })}
      />
      <fieldset className="blk-checks">
        <legend>上位計画の項目</legend>
        {view.items.map(({ code, title, upper }) => (
          <label key={code} className="check">
            <input
              type="checkbox"
              checked={content.upper.includes(code)}
              onChange={(event) => toggle(code, event.currentTarget.checked)}
            />
            {code}　{title}
            <span className="sub">　{upper}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** 表: ます目ごとに直し、行と列を足す・除く。 */
export function SheetForm({
  id,
  content,
  view,
  onContent,
}: FormProps<Extract<BlockContent, { kind: "table" | "kpi" }>>) {
  const put = (change: Partial<typeof content>) => onContent({ ...content, ...change });
  const width = content.header.length;
  const cell = (row: number, column: number, text: string) =>
    put({ rows: content.rows.map((cells, at) => (at === row ? replaced(cells, column, text) : cells)) });
  return (
    <div className="blk-sheet">
      <div>
        <label htmlFor={`${id}-caption`}>題</label>
        <input
          id={`${id}-caption`}
          type="text"
          defaultValue={content.caption}
          onChange={(event) => put({ caption: event.currentTarget.value })}
        />
      </div>
      <div className="doc-sheet">
        <table className="doc-tbl">
          <thead>
            <tr>
              {content.header.map((text, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: 列は並びで決まる
                <th key={at} scope="col">
                  <Editable
                    label={`見出し ${at + 1}列`}
                    {...{ text, book: view.book }}
                    onText={(now) => put({ header: replaced(content.header, at, now) })}
                    onEnter={() => undefined}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {content.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: 行は並びで決まる
              <tr key={at}>
                {Array.from({ length: width }, (_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: 列は並びで決まる
                  <td key={column}>
                    <Editable
                      label={`${at + 1}行 ${content.header[column] ?? ""}`}
                      text={row[column] ?? ""}
                      book={view.book}
                      onText={(now) => cell(at, column, now)}
                      onEnter={() => undefined}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="acts">
        <button
          type="button"
          className="btn"
          onClick={() => put({ rows: [...content.rows, content.header.map(() => "")] })}
        >
          行を足す
        </button>
        <button
          type="button"
          className="btn"
          disabled={content.rows.length < 2}
          onClick={() => put({ rows: content.rows.slice(0, -1) })}
        >
          最後の行を除く
        </button>
        <button
          type="button"
          className="btn"
          onClick={() =>
            put({ header: [...content.header, "新しい列"], rows: content.rows.map((row) => [...row, ""]) })
          }
        >
          列を足す
        </button>
        <button
          type="button"
          className="btn"
          disabled={width < 2}
          onClick={() =>
            put({
              header: content.header.slice(0, -1),
              rows: content.rows.map((row) => row.slice(0, width - 1)),
            })
          }
        >
          最後の列を除く
        </button>
      </p>
    </div>
  );
}

function replaced(cells: readonly string[], at: number, text: string): string[] {
  const out = [...cells];
  while (out.length <= at) out.push("");
  out[at] = text;
  return out;
}
