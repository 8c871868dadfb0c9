/** 証跡: あり、一部、期日前、なし。 */
export type Evidence = "yes" | "part" | "later" | "no";

export interface EvidenceGroup {
  /** "6(2) 受付・通知"。 */
  label: string;
  href: string;
  /** 条項ごとの証跡。仕様書の順。 */
  cells: readonly Evidence[];
}

export interface EvidencePanelProps {
  groups: readonly EvidenceGroup[];
  href: string;
}

const words: Record<Evidence, string> = { yes: "あり", part: "一部", later: "期日前", no: "なし" };
const looks: Record<Evidence, string> = { yes: "mo", part: "mo part", later: "mo later", no: "mo no" };
const kinds: readonly Evidence[] = ["yes", "part", "later", "no"];

/** 条項ごとの証跡のモザイク。凡例の数は、並べた升と同じ数から出す。 */
export function EvidencePanel({ groups, href }: EvidencePanelProps) {
  const all = groups.flatMap((group) => group.cells);
  return (
    <section aria-labelledby="h-ev">
      <div className="sec-h">
        <h2 id="h-ev">条項ごとの証跡</h2>
        <p className="legend">
          {kinds.map((kind) => (
            <span key={kind}>
              <i className={looks[kind]} />
              {words[kind]} <b>{all.filter((cell) => cell === kind).length}</b>
            </span>
          ))}
        </p>
        <a href={href} className="end">
          全{all.length}条項
        </a>
      </div>
      <ul className="mosaic">
        {groups.map((group) => (
          <GroupLine key={group.label} group={group} />
        ))}
      </ul>
    </section>
  );
}

function GroupLine({ group }: { group: EvidenceGroup }) {
  const told = kinds
    .map((kind) => ({ kind, count: group.cells.filter((cell) => cell === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${words[kind]}${count}`)
    .join("、");
  const cells = group.cells.map((cell, at) => ({ cell, key: `${group.label} ${at + 1}` }));
  return (
    <li>
      <a href={group.href}>
        <span>
          {group.label}
          <span className="vh">：{told}</span>
        </span>
        <span className="cells" aria-hidden="true">
          {cells.map(({ cell, key }) => (
            <i key={key} className={looks[cell]} />
          ))}
        </span>
      </a>
    </li>
  );
}
