import { type FormEvent, useRef, useState } from "react";
import { complaintTopics, severities } from "../answers/complaint.ts";
import { callbackPromises } from "../answers/question.ts";
import { Button } from "../ui/button.tsx";
import type { DeskTally } from "./desk-api.ts";
import { type DeskClient, DeskRefusal } from "./desk-client.ts";
import { newId, wordOf } from "./desk-memory.ts";

interface Props {
  client: DeskClient;
  /** いまの電話の受付の番号。 */
  draftId: () => string;
  onDone: (text: string) => void;
  onClose: () => void;
}

type Choices = readonly (readonly [string, string])[];

/** 送り、断られたら、その訳を欄の下に出す。二度押しても一件（同じ合図）。 */
function useSend(send: (form: FormData, key: string) => Promise<string>, onDone: (text: string) => void) {
  const key = useRef(newId());
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    try {
      onDone(await send(new FormData(event.currentTarget), key.current));
    } catch (error) {
      setFault((error instanceof DeskRefusal && error.body.faults?.[0]?.message) || wordOf(error).text);
    }
    setBusy(false);
  }
  return { submit, fault, busy };
}

/** 苦情として残す。あとは SV → 責任者 → 委託者（仕様書６(9)）。 */
export function ComplaintSheet({ client, draftId, onDone, onClose }: Props) {
  const { submit, fault, busy } = useSend(async (form, key) => {
    const { severity, topic, content } = Object.fromEntries(form);
    const { number } = await client.complain({ draftId: draftId(), severity, topic, content }, key);
    return `クレーム第${number}号として残し、SV に渡しました。`;
  }, onDone);
  return (
    <form onSubmit={submit} className="answer-sheet">
      <div className="sec-h">
        <h2>苦情として記録</h2>
        <span className="end sub">日次報告は翌営業日中</span>
      </div>
      <Select name="topic" label="何について" choices={Object.entries(complaintTopics)} />
      <Select name="severity" label="重さ" choices={Object.entries(severities)} />
      <Text name="content" label="お申し出の内容" fault={fault} rows={7} />
      <p className="sub">緊急のときは、記録のあとすぐに SV・責任者を呼びます。</p>
      <Foot busy={busy} label="記録して SV に渡す" onClose={onClose} />
    </form>
  );
}

/** 受けきれない問いを、責任者を通じて委託者に確認する（仕様書６(7)）。 */
export function QuestionSheet({
  client,
  draftId,
  items,
  onDone,
  onClose,
}: Props & { items: readonly DeskTally[] }) {
  const { submit, fault, busy } = useSend(async (form, key) => {
    const { item, ask, caller, promise } = Object.fromEntries(form);
    const { number } = await client.consult({ draftId: draftId(), item, ask, caller, promise }, key);
    return `確認第${number}号として責任者に上げ、折り返しの仕事を立てました。`;
  }, onDone);
  return (
    <form onSubmit={submit} className="answer-sheet">
      <div className="sec-h">
        <h2>委託者に確認</h2>
        <span className="end sub">折り返しの約束つき</span>
      </div>
      <Select name="item" label="項目" choices={items.map(({ code, label }) => [code, label] as const)} />
      <Text name="ask" label="確かめること（氏名や電話番号を書かない）" fault={fault} rows={4} />
      <Text name="caller" label="折り返す相手（お名前と電話）" rows={2} />
      <Select name="promise" label="折り返しの約束" choices={Object.entries(callbackPromises)} first="120" />
      <Foot busy={busy} label="責任者に上げる" onClose={onClose} />
    </form>
  );
}

function Select(props: { name: string; label: string; choices: Choices; first?: string }) {
  const { name, label, choices, first } = props;
  return (
    <div>
      <label htmlFor={`answer-${name}`}>{label}</label>
      <select id={`answer-${name}`} name={name} defaultValue={first ?? choices[0]?.[0] ?? ""}>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Text(props: { name: string; label: string; rows: number; fault?: string | undefined }) {
  const { name, label, rows, fault } = props;
  const id = `answer-${name}`;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
      />
      {fault !== undefined && (
        <p className="due" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function Foot({ busy, label, onClose }: { busy: boolean; label: string; onClose: () => void }) {
  return (
    <div className="acts two">
      <Button type="submit" look="main" disabled={busy}>
        {label}
      </Button>
      <Button onClick={onClose}>やめる</Button>
    </div>
  );
}
