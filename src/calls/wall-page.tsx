import { minuteOf } from "../base/time.ts";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { spanText } from "./call.ts";
import type { CallWall } from "./read-wall.ts";

/** 壁の画面。島（wall-island）が一秒ごとに描き替える。島がなければ、開き直すと新しくなる。 */
export function WallPage({ wall }: { wall: CallWall }) {
  return (
    <>
      <PageHead crumb={<a href="/calls">電話</a>} title="いまの電話" now={undefined} />
      <div id="call-wall">
        <WallBody wall={wall} />
      </div>
    </>
  );
}

/** 遠くからも読める大きさの数と、席の並び。 */
export function WallBody({ wall }: { wall: CallWall }) {
  const { today } = wall;
  const talking = wall.desks.filter(({ state }) => state === "talking").length;
  return (
    <div className="pile">
      <dl className="wall" aria-live="polite">
        <Big name="待っている" value={String(wall.waiting)} unit="件" alarm={wall.waiting > 0} />
        <Big
          name="いちばん長い待ち"
          value={wall.waiting === 0 ? "－" : spanText(wall.longest)}
          unit=""
          alarm={wall.longest >= 60}
        />
        <Big name="通話中の席" value={String(talking)} unit={`／${wall.desks.length}`} alarm={false} />
      </dl>
      <dl className="wall small">
        <Big name="本日の入電" value={String(today.offered)} unit="件" alarm={false} />
        <Big name="応答" value={String(today.answered)} unit="件" alarm={false} />
        <Big name="放棄" value={String(today.abandoned)} unit="件" alarm={false} />
        <Big name="時間外" value={String(today.closed)} unit="件" alarm={false} />
      </dl>
      <ul className="wallseats">
        {wall.desks.map((desk) => (
          <li key={desk.label} className={desk.state}>
            <b>{desk.label}</b>
            {desk.state === "talking" ? (
              <Status look="soon">
                通話中{desk.since === null ? "" : ` ${sinceText(wall.now, desk.since)}`}
              </Status>
            ) : (
              <Status look="none">空き</Status>
            )}
          </li>
        ))}
      </ul>
      <p className="sub">{minuteOf(wall.now)}現在。一秒ごとに新しくなります。</p>
    </div>
  );
}

function sinceText(now: string, since: string): string {
  return spanText(Math.max(0, Math.round((Date.parse(now) - Date.parse(since)) / 1000)));
}

function Big(props: { name: string; value: string; unit: string; alarm: boolean }) {
  const { name, value, unit, alarm } = props;
  return (
    <div className={alarm ? "alarm" : undefined}>
      <dt>{name}</dt>
      <dd>
        {value}
        <small>{unit}</small>
      </dd>
    </div>
  );
}
