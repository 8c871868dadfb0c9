import { tryResults } from "../tasks/task.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { OfferLine, WaitDetail } from "./list-waits.ts";

/** 席を押さえて電話中の方の返事。 */
export function Answer({ csrf, id, offer }: { csrf: string; id: string; offer: OfferLine }) {
  return (
    <Section id="h-answer" title="返事を入れる" sub={`${offer.text}　${offer.due}`}>
      <div className="pile mt1">
        {offer.byPhone && (
          <Note tone="due" title="受講通知書は間に合いません。">
            日時・会場・持ち物を、この電話で案内してください。予約に「通知書は電話で案内」と残ります。
          </Note>
        )}
        <div className="acts start">
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="accepted" size="tall" icon="check">
              受ける（予約にする）
            </Submit>
          </form>
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="stays" look="normal" size="tall">
              この回は断る（待ち続ける）
            </Submit>
          </form>
          <form method="post" action={`/waits/${id}/answer`}>
            <Csrf token={csrf} />
            <input type="hidden" name="offer" value={offer.id} />
            <Submit name="answer" value="declined" look="normal" danger size="tall">
              待つのをやめる
            </Submit>
          </form>
        </div>
        <form method="post" action={`/waits/${id}/answer`} className="row">
          <Csrf token={csrf} />
          <input type="hidden" name="offer" value={offer.id} />
          <input type="hidden" name="answer" value="tried" />
          <SelectField
            id="result"
            label="話せなかったとき"
            choices={Object.entries(tryResults).map(([value, label]) => ({ value, label }))}
          />
          <Submit look="normal" size="tall">
            試みを記録する
          </Submit>
        </form>
      </div>
    </Section>
  );
}

/** 待っている方に、いま案内できる席。 */
export function Candidates({ csrf, detail: { line } }: { csrf: string; detail: WaitDetail }) {
  return (
    <Section id="h-open" title="いま案内できる席">
      {line.open.length === 0 ? (
        <div className="empty">
          <p>希望に合う空席はまだありません。取消があると、順に席が押さえられます。</p>
        </div>
      ) : (
        <form method="post" action={`/waits/${line.id}/offer`} className="pile mt1">
          <Csrf token={csrf} />
          <SelectField
            id="classId"
            label="案内する回"
            required
            choices={line.open.map((seat) => ({
              value: seat.classId,
              label: `${seat.text}　残り${seat.free}${seat.inTime ? "" : "　通知書は間に合いません"}`,
            }))}
          />
          {line.open.some((seat) => !seat.inTime) && (
            <CheckField
              id="byPhone"
              label="通知書が間に合わない回でも、日時を電話で案内する"
              help="予約に「通知書は電話で案内」と残ります。"
            />
          )}
          <div className="acts start">
            <Submit size="tall">席を押さえて電話する</Submit>
          </div>
        </form>
      )}
    </Section>
  );
}
