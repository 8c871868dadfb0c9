import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { InlineBook } from "./inline.ts";
import { InlineText } from "./inline-panel.tsx";
import { type InquiryLine, isToDecide, type LineState, lineLabels } from "./inquiry.ts";
import { type CameReturn, type Candidate, settleLine } from "./match-came.ts";
import { tidyTable } from "./plain-piece.ts";

/** 同じ部分についての、ほかの部署の答え。 */
export interface OtherAnswer {
  number: number;
  department: string;
  came: string | null;
  remark: string;
  state: LineState;
}

export interface InquiryLineProps {
  csrf: string;
  plan: string;
  own: string;
  line: InquiryLine;
  returns: readonly CameReturn[];
  others: ReadonlyMap<string, readonly OtherAnswer[]>;
  places: ReadonlyMap<string, string>;
  book: InlineBook;
  may: boolean;
}

const looks: Readonly<Record<LineState, StatusLook>> = {
  ...{ waiting: "wait", same: "done", changed: "warn", opinion: "warn", missing: "late" },
  ...{ broken: "late", accepted: "done", rejected: "none" },
};

/** 一つの部分: 来た文（いくつかあれば全部）、意見、ほかの部署の答え、決めるボタン。 */
export function InquiryLineItem(props: InquiryLineProps) {
  const { plan, line, returns, others, places, book, may } = props;
  const { candidates, told } = settleLine(line.block, returns);
  const texts: Candidate[] =
    candidates.length > 0 || line.came === null
      ? candidates
      : [{ text: line.came, remark: line.remark, return: 1, where: "" }];
  const open = may && isToDecide(line);
  return (
    <li id={`l-${line.id}`}>
      <p>
        <Status look={looks[line.state]}>{lineLabels[line.state]}</Status>
        {"　"}
        <a href={`/plans/${plan}/blocks/${encodeURIComponent(line.block)}`}>
          {places.get(line.block) ?? line.block}
        </a>
        {texts.length > 1 && `　違う文が${texts.length}つ来ています。`}
      </p>
      {texts.length === 0 && (
        <p className="pre">
          <InlineText text={tidyTable(line.sent)} book={book} />
        </p>
      )}
      {texts.map((one, at) => (
        <CameText key={one.text} {...props} one={one} at={at} many={texts.length > 1} open={open} />
      ))}
      {line.remark !== "" && <p className="sub pre">意見: {line.remark}</p>}
      {told.map((text) => (
        <p key={text} className="sub">
          {text}
        </p>
      ))}
      {(others.get(line.block) ?? []).map((other) => (
        <p key={other.number} className="sub">
          <a href={`/plans/${plan}/inquiries/${other.number}`}>
            第{other.number}号（{other.department}）
          </a>
          は、{lineLabels[other.state]}。
          {other.came !== null && (
            <>
              {" "}
              <InlineText text={tidyTable(other.came)} before={tidyTable(line.sent)} book={book} />
            </>
          )}
          {other.remark !== "" && ` 意見: ${other.remark}`}
        </p>
      ))}
      {open && (line.state !== "changed" || texts.length !== 1) && <DecideForms {...props} />}
    </li>
  );
}

function CameText({
  one,
  at,
  many,
  open,
  ...props
}: InquiryLineProps & { one: Candidate; at: number; many: boolean; open: boolean }) {
  const { csrf, own, line, book } = props;
  return (
    <>
      <p className="pre">
        {many && (
          <span className="sub">
            {one.return}枚目{one.where !== "" && ` ${one.where}`}:{" "}
          </span>
        )}
        <InlineText text={tidyTable(one.text)} before={tidyTable(line.sent)} book={book} />
      </p>
      {open && line.state === "changed" && (
        <>
          <form method="post" action={`${own}/lines/${line.id}`} className="acts">
            <Csrf token={csrf} />
            <input type="hidden" name="text" value={one.text} />
            <Submit look="second" name="decision" value="accepted">
              {many ? "この文を入れる" : "入れる"}
            </Submit>
            {!many && (
              <Submit look="normal" name="decision" value="rejected">
                入れない
              </Submit>
            )}
          </form>
          <details>
            <summary>直してから入れる</summary>
            <form method="post" action={`${own}/lines/${line.id}`} className="pile">
              <Csrf token={csrf} />
              <TextAreaField
                id={`text-${line.id}-${at}`}
                name="text"
                label="入れる文"
                rows={5}
                maxLength={50_000}
                defaultValue={one.text}
              />
              <p className="acts">
                <Submit look="normal" name="decision" value="accepted">
                  この文を入れる
                </Submit>
              </p>
            </form>
          </details>
        </>
      )}
    </>
  );
}

/** 入れない、または、意見を聞いて決める。 */
function DecideForms({ csrf, own, plan, line }: InquiryLineProps) {
  return (
    <form method="post" action={`${own}/lines/${line.id}`} className="acts">
      <Csrf token={csrf} />
      {line.state === "opinion" && (
        <>
          <Submit look="second" name="decision" value="accepted">
            意見に応えた
          </Submit>
          <a href={`/plans/${plan}/edit?block=${encodeURIComponent(line.block)}`}>原稿を直す</a>
        </>
      )}
      <Submit look="normal" name="decision" value="rejected">
        {line.state === "missing" || line.state === "broken" ? "変えずに済ませる" : "入れない"}
      </Submit>
    </form>
  );
}
