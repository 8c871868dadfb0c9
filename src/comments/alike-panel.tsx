import { Status } from "../ui/status.tsx";
import { DeskForm } from "./desk-form-panel.tsx";
import { DiffPieces } from "./pieces-panel.tsx";
import type { AlikeOpinion, DeskOpinion, OpinionDesk } from "./read-desk.ts";

/** 似た意見。違いを見て、人が一つにまとめるか、別と決める。 */
export function AlikePanel({
  desk,
  csrf,
  opinion,
}: {
  desk: OpinionDesk;
  csrf: string;
  opinion: DeskOpinion;
}) {
  const { alike, group, hints } = opinion;
  const open = alike.filter(({ together }) => !together);
  const shown = open.find(({ diff }) => diff.length > 0) ?? alike.find(({ diff }) => diff.length > 0);
  return (
    <section aria-labelledby="o3">
      <div className="sec-h">
        <h2 id="o3">似た意見</h2>
        <span className="end sub">
          {group && group.opinions > 1
            ? `${group.letters}通・${group.people}人をまとめ済み`
            : `${alike.length}件`}
        </span>
      </div>
      {alike.length === 0 && <p className="sub ops-none">似た意見は見つかりません。</p>}
      {shown && <Difference shown={shown} mine={opinion.name} />}
      <Names alike={alike.slice(0, SHOWN)} />
      {alike.length > SHOWN && (
        <details className="ops-hints">
          <summary>ほか{alike.length - SHOWN}件</summary>
          <Names alike={alike.slice(SHOWN)} />
        </details>
      )}
      {shown && desk.may.work && <Decide csrf={csrf} opinion={opinion} shown={shown} open={open} />}
      {hints.length > 0 && (
        <details className="ops-hints">
          <summary>言い回しが近い意見（参考）</summary>
          <ul>
            {hints.map(({ letter, name, text }) => (
              <li key={name}>
                <a href={`/comments/letters/${letter}?o=${name.split("-")[1] ?? "A"}`}>{name}</a>{" "}
                <span className="sub">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** 名だけの一覧に、はじめから出す数。 */
const SHOWN = 3;

function Names({ alike }: { alike: readonly AlikeOpinion[] }) {
  return (
    <ul className="alike">
      {alike.map((one) => (
        <li key={one.id}>
          <a href={`/comments/letters/${one.letter}?o=${one.name.split("-")[1] ?? "A"}`}>{one.name}</a>
          <span className="sub">{one.together ? "まとめ済み" : one.level}</span>
        </li>
      ))}
    </ul>
  );
}

function Difference({ shown, mine }: { shown: AlikeOpinion; mine: string }) {
  return (
    <>
      <p className="ops-kind">
        <Status look={shown.together ? "done" : "wait"}>{shown.together ? "まとめ済み" : shown.level}</Status>
        <br />
        <span className="sub">{shown.name} との違い</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 長い違いは中で動かすので、キーで入れる必要がある */}
      <p className="differs" tabIndex={0}>
        <DiffPieces
          pieces={shown.diff}
          same={(text, at) => shorten(text, at === 0, at === shown.diff.length - 1)}
        />
      </p>
      <p className="legend">
        <span>
          <del className="d">{shown.name}だけ</del>
        </span>
        <span>
          <ins className="d">{mine}だけ</ins>
        </span>
      </p>
    </>
  );
}

/** 同じ所が長ければ、違いの前後だけを残す。 */
function shorten(text: string, first: boolean, last: boolean): string {
  const points = [...text];
  if (points.length <= 40) return text;
  if (first) return `…${points.slice(-18).join("")}`;
  if (last) return `${points.slice(0, 18).join("")}…`;
  return `${points.slice(0, 16).join("")}…${points.slice(-16).join("")}`;
}

function Decide(props: {
  csrf: string;
  opinion: DeskOpinion;
  shown: AlikeOpinion;
  open: readonly AlikeOpinion[];
}) {
  const { csrf, opinion, shown, open } = props;
  const here = `/comments/opinions/${opinion.id}`;
  const fields = { o: opinion.mark, with: shown.id };
  const same = open.filter(({ level }) => level === shown.level && level !== "同じひな形");
  return (
    <>
      <div className="ops-decide">
        {!shown.together && (
          <DeskForm
            action={`${here}/join`}
            csrf={csrf}
            fields={{ ...fields, with: same.length > 1 ? same.map(({ id }) => id).join(" ") : shown.id }}
          >
            <button className="btn second tall" type="submit" data-key="g">
              {same.length > 1 ? `${same.length + 1}件を1つに` : "1つにまとめる"}
            </button>
          </DeskForm>
        )}
        <DeskForm action={`${here}/part`} csrf={csrf} fields={fields}>
          <button className="btn tall" type="submit" data-key="b">
            {shown.together ? "まとまりから出す" : "別の意見"}
          </button>
        </DeskForm>
      </div>
      <p className="sub">まとめても人数・通数は減りません。</p>
    </>
  );
}
