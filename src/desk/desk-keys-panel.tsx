import type { RefObject } from "react";
import { Button } from "../ui/button.tsx";
import { type DeskAct, deskKeys, gridKeys } from "./desk-keys.ts";

/** 下の帯に出す順。ボタンや文のそばに書いてある鍵は繰り返さない。すべては「?」の窓にある。 */
const bar: DeskAct[] = ["seats", "caller", "alternatives", "answers", "release", "undo", "allKeys"];

/** 画面の下の帯。いま使える鍵。 */
export function KeyBar({ onAnswers, answering }: { onAnswers: () => void; answering: boolean }) {
  const shown = bar.flatMap((act) => deskKeys.filter((key) => key.act === act));
  return (
    <footer className="keys">
      {shown.slice(0, 3).map((key) => (
        <KeyHint key={key.act} label={key.label} says={key.says} />
      ))}
      {gridKeys.slice(0, 2).map((key) => (
        <KeyHint key={key.label} label={key.label} says={key.says.replace(/（.*/u, "")} />
      ))}
      {shown.slice(3).map((key) =>
        key.act === "answers" ? (
          <button key={key.act} type="button" className="btn plain" onClick={onAnswers}>
            <kbd>{key.label}</kbd> {answering ? "ご案内に戻る" : key.says}
          </button>
        ) : (
          <KeyHint key={key.act} label={key.label} says={key.act === "allKeys" ? "すべて" : key.says} />
        ),
      )}
    </footer>
  );
}

function KeyHint({ label, says }: { label: string; says: string }) {
  return (
    <span>
      <kbd>{label}</kbd> {says}
    </span>
  );
}

/** すべての鍵の窓。 */
export function KeyWindow({ window: dialog }: { window: RefObject<HTMLDialogElement | null> }) {
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className="keywindow" aria-labelledby="desk-keys">
      <div className="sec-h">
        <h2 id="desk-keys">キーボードの操作</h2>
      </div>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">鍵</th>
            <th scope="col">はたらき</th>
            <th scope="col">使える所</th>
          </tr>
        </thead>
        <tbody>
          {deskKeys.map((key) => (
            <KeyRow key={key.act} label={key.label} says={key.says} where={whereOf(key.places)} />
          ))}
          {gridKeys.map((key) => (
            <KeyRow key={key.label} label={key.label} says={key.says} where="空席表" />
          ))}
        </tbody>
      </table>
      <p className="sub">
        日本語の変換中は、どの鍵も働きません。予約・仮押さえ・終話には、日本語入力とブラウザが使う鍵を当てていません
        （空席表の Enter は、選んでいるボタンを押すことです）。
      </p>
      <Button onClick={close}>閉じる</Button>
    </dialog>
  );
}

function KeyRow({ label, says, where }: { label: string; says: string; where: string }) {
  return (
    <tr>
      <td>
        <kbd>{label}</kbd>
      </td>
      <td>{says}</td>
      <td>{where}</td>
    </tr>
  );
}

function whereOf(places: readonly string[]): string {
  if (places.includes("text")) return "どこでも";
  return places.includes("page") ? "文字を打つ欄のほか" : "空席表";
}
