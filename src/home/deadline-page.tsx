import { formatWareki } from "../japan/wareki.ts";
import { PrintButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { PageHead } from "../ui/section.tsx";
import { DeadlinePanel, type DeadlineRow } from "./home-deadline-panel.tsx";

export interface DeadlinePageProps {
  rows: readonly DeadlineRow[];
  total: number;
  /** 絞っている日（「2025-09-22」）。 */
  day: string | undefined;
  when: "late" | "due" | "soon" | undefined;
}

const choices = [
  { when: undefined, label: "すべて" },
  { when: "late", label: "遅れ" },
  { when: "due", label: "本日" },
  { when: "soon", label: "これから" },
] as const;

/** 期限のある業務のすべて。 */
export function DeadlinePage({ rows, total, day, when }: DeadlinePageProps) {
  const narrowed = day !== undefined || when !== undefined;
  return (
    <>
      <PageHead
        crumb={<a href="/">業務ホーム</a>}
        title={
          day === undefined
            ? `期限のある業務は${total}件です。`
            : `${formatWareki(day, { weekday: true })}が期限の業務は${rows.length}件です。`
        }
        actions={<PrintButton />}
      />
      <div className="pile">
        <SegmentedLinks
          label="期限"
          links={choices.map((choice) => ({
            href: choice.when === undefined ? "/deadlines" : `/deadlines?when=${choice.when}`,
            label: choice.label,
            current: day === undefined && when === choice.when,
          }))}
        />
        {rows.length === 0 && narrowed ? (
          <div className="empty">
            <p>
              <b>この期限の業務はありません。</b>
              <a href="/deadlines">すべて見る</a>
            </p>
          </div>
        ) : (
          <DeadlinePanel rows={rows} />
        )}
      </div>
    </>
  );
}
