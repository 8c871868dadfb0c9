import { Csrf } from "../ui/csrf.tsx";
import { Section } from "../ui/section.tsx";

export interface TallyKey {
  code: string;
  label: string;
  /** 本日の件数。 */
  n: number;
}

/** 件数だけの記録。一押しで一件。Alt+1 からの鍵は、並びの順。 */
export function TallyPanel({ csrf, keys, back }: { csrf: string; keys: readonly TallyKey[]; back: string }) {
  const total = keys.reduce((sum, one) => sum + one.n, 0);
  return (
    <Section id="h-tally" title="件数だけの記録" end={<span id="tally-total">本日 {total}件</span>}>
      <div className="tally mt1" id="tally" data-csrf={csrf}>
        {keys.map((key, at) => (
          <form key={key.code} method="post" action="/inquiries/tally">
            <Csrf token={csrf} />
            <input type="hidden" name="item" value={key.code} />
            <input type="hidden" name="back" value={back} />
            <button type="submit" data-tally={key.code} data-key={at < 9 ? String(at + 1) : undefined}>
              <b>{key.n}</b>
              {at < 9 && <kbd>Alt+{at + 1}</kbd>}
              <span className="what">{key.label}</span>
            </button>
          </form>
        ))}
      </div>
      <p className="help" id="tally-said" role="status">
        単純な問い合わせは、項目ごとに件数だけを残します（仕様書6(9)）。
      </p>
    </Section>
  );
}
