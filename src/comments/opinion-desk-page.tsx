import { OpinionDeskPanel } from "./opinion-desk-panel.tsx";
import type { OpinionDesk } from "./read-desk.ts";

/** 意見の机の画面。島は、この中身を読み直して上に載る。 */
export function OpinionDeskPage(props: { desk: OpinionDesk; csrf: string; mark: string }) {
  return (
    <div id="opinion-desk" data-letter={props.desk.letter.id} data-csrf={props.csrf} data-mark={props.mark}>
      <OpinionDeskPanel {...props} />
    </div>
  );
}
