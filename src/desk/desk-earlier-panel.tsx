import { useState } from "react";
import { localMinuteOf } from "../base/time.ts";
import { Button } from "../ui/button.tsx";
import type { DeskRing, EarlierBooking } from "./desk-api.ts";
import { writeStart } from "./desk-speech.ts";
import { cellOf, type DeskState, venueOf } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";

interface Props {
  state: DeskState;
  work: DeskWork;
}

/** 取り消す理由（受付の室の符号）。 */
const reasons: [string, string][] = [
  ["untold", "理由は聞いていない"],
  ["schedule", "都合がつかなくなった"],
  ["health", "体調がすぐれない"],
  ["other", "ほかの講習会に変える"],
  ["mistake", "申し込みの誤り"],
];

/** 掛けてきた番号などから前の予約を探し、画面を変えずに変更・取消を受ける。 */
export function Earlier({ state, work, ring }: Props & { ring: DeskRing | undefined }) {
  const [query, setQuery] = useState("");
  const [rows, setRows] = useState<EarlierBooking[] | null>(null);
  const known = ring?.earlier[0]?.number ?? "";
  const asked = query.trim() || state.fields.callerNumber.trim() || state.fields.phone.trim() || known;
  const find = async () => setRows(asked === "" ? null : await work.findEarlier(asked));
  return (
    <details
      className="earlier"
      onToggle={(event) => {
        if (event.currentTarget.open && query.trim() === "") void find();
      }}
    >
      <summary className="btn nb">前の予約</summary>
      <div className="sheet">
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void find();
          }}
        >
          <label className="vh" htmlFor="earlier-query">
            受付番号・電話番号・カナ
          </label>
          <input
            id="earlier-query"
            type="text"
            autoComplete="off"
            className="grow"
            placeholder="受付番号・電話・カナ（空なら掛けてきた番号）"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Button type="submit" disabled={asked === ""}>
            探す
          </Button>
        </form>
        {rows !== null && rows.length === 0 && <p className="sub">予約は見つかりませんでした。</p>}
        {rows !== null && rows.length > 0 && (
          <ul>
            {rows.map((row) => (
              <Row key={row.id} row={row} state={state} work={work} onDone={find} />
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function Row({ row, state, work, onDone }: Props & { row: EarlierBooking; onDone: () => Promise<void> }) {
  const [reason, setReason] = useState("");
  const cell = cellOf(state, state.hold?.classId ?? null);
  const place =
    cell === null ? "" : `${writeStart(cell.date, cell.start)} ${venueOf(state, cell)?.name ?? ""}`;
  const begun = state.board !== null && `${row.day}T${row.start}` <= localMinuteOf(state.board.now);
  const done = (ok: boolean) => (ok ? onDone() : undefined);
  return (
    <li>
      <b>{String(row.number).padStart(4, "0")}</b>　{row.maskedName}　{writeStart(row.day, row.start)}{" "}
      {row.venue}「{row.course}」
      {row.state === "booked" && begun ? (
        <p className="sub">講習会が始まったので、変更も取消もできません。</p>
      ) : row.state === "booked" ? (
        <div className="row">
          <Button
            disabled={cell === null || state.busy !== null}
            onClick={async () => done(await work.changeEarlier(row.id))}
          >
            {cell === null ? "変えるには、先に席を仮押さえ" : `${place}に変える`}
          </Button>
          <label className="vh" htmlFor={`cancel-${row.id}`}>
            取り消す理由
          </label>
          <select
            id={`cancel-${row.id}`}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="">取り消す理由</option>
            {reasons.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <Button
            danger
            disabled={reason === ""}
            onClick={async () => done(await work.cancelEarlier(row.id, reason))}
          >
            取り消す
          </Button>
        </div>
      ) : (
        <p className="sub">もう取り消されています。</p>
      )}
    </li>
  );
}
