import type { Fault } from "../base/error.ts";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import type { OpenedOriginal } from "./sort-letter.ts";

/** 同じ人の数え方を直す: ほかの通の方と同じ人にする、別の人にする。 */
export function PersonPanel(props: {
  csrf: string;
  letter: string;
  original: OpenedOriginal;
  /** 同じ人の、ほかの通。 */
  same: readonly { id: string; name: string }[];
  faults: readonly Fault[];
}) {
  const { csrf, letter, original, same, faults } = props;
  const many = original.senders.length > 1;
  return (
    <Section id="h-person" title="提出者の数え方" sub="氏名と住所が同じ方は、一人と数えます">
      <p>
        {same.length === 0 ? (
          "ほかの通に、同じ方はいません。"
        ) : (
          <>
            同じ方の通{" "}
            {same.map(({ id, name }) => (
              <a key={id} href={`/comments/letters/${id}`}>
                第{name}号{" "}
              </a>
            ))}
          </>
        )}
      </p>
      <form method="post" action={`/comments/letters/${letter}/person`} className="pile upload" noValidate>
        <Csrf token={csrf} />
        {many ? (
          <SelectField
            id="signer"
            label="この通の"
            defaultValue="1"
            choices={original.senders.map(({ name }, at) => ({
              value: String(at + 1),
              label: name || `${at + 1}人め`,
            }))}
          />
        ) : (
          <input type="hidden" name="signer" value="1" />
        )}
        <TextField
          id="as"
          label="同じ方の、ほかの通の号"
          inputMode="numeric"
          error={faults.find(({ field }) => field === "as" || field === "signer")?.message}
          help="空のままなら、この通だけの別の方として数えます。"
        />
        <TextField id="asSigner" label="その通の何人めか" type="number" defaultValue="1" />
        <p className="acts">
          <button className="btn" type="submit">
            数え方を直す
          </button>
        </p>
      </form>
    </Section>
  );
}
