import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { ChainLink, Sample } from "./draw-sample.ts";
import { SAMPLE_MOST } from "./sample.ts";

export interface AuditPageProps {
  sample: Sample | undefined;
  asked: { seed: string; count: string };
  faults: ReadonlyMap<string, string>;
  csrf: string;
  labelOf(kind: string): string;
}

/** 監査の机: 抜き取り、証跡の一式、ある日の権限、指摘。 */
export function AuditPage({ sample, asked, faults, csrf, labelOf }: AuditPageProps) {
  return (
    <>
      <PageHead
        crumb="監査の机"
        title={titleOf(sample)}
        actions={
          <>
            <LinkButton href="/privacy/access">ある日の権限</LinkButton>
            <LinkButton href="/privacy/registers/finding">指摘と是正</LinkButton>
          </>
        }
      />
      <div className="pile">
        <form method="get" action="/audit" className="filters noprint">
          <TextField
            id="seed"
            label="種の言葉（監査の方が決める）"
            required
            maxLength={60}
            defaultValue={asked.seed}
            error={faults.get("seed")}
          />
          <TextField
            id="count"
            label={`抜き取る件数（${SAMPLE_MOST}まで）`}
            required
            inputMode="numeric"
            defaultValue={asked.count}
            error={faults.get("count")}
          />
          <Submit look="normal">抜き取る</Submit>
        </form>
        {sample && (
          <Section id="h-pack" title="証跡の一式">
            <form method="post" action="/audit/pack" className="pile mt1 noprint">
              <Csrf token={csrf} />
              <input type="hidden" name="seed" value={asked.seed} />
              <input type="hidden" name="count" value={asked.count} />
              <p>
                条項ごとの目次（Word）、行為の記録、上の抜き取りと包含証明、受領の控えを一つの ZIP
                にします。氏名などは入りません。
              </p>
              <p>
                <Submit look="main">一式を取り出す</Submit>
              </p>
            </form>
          </Section>
        )}
        {sample && <SampleChains sample={sample} labelOf={labelOf} />}
      </div>
    </>
  );
}

function titleOf(sample: Sample | undefined): string {
  if (!sample) return "抜き取り方を決めてください。";
  const broken = sample.bookings.some(({ links }) => links.some((link) => !link.proved));
  if (sample.population > 0 && (broken || !sample.rooted)) return "記録の木と合わない行があります。";
  return `${sample.name}${sample.population}件から${sample.bookings.length}件を抜き取りました。`;
}

function SampleChains({ sample, labelOf }: { sample: Sample; labelOf(kind: string): string }) {
  if (sample.bookings.length === 0) return <p>まだ{sample.name}の記録がありません。</p>;
  return (
    <>
      {!sample.rooted && (
        <Note tone="late" title="いまの行から作った木の根が、署名された検査点と合いません。">
          記録の表が書き換えられた疑いがあります。事故・兆候に記録してください。
        </Note>
      )}
      {sample.bookings.map(({ booking, kind, links }, at) => (
        <Section
          key={booking}
          id={`h-sample-${at}`}
          title={`${at + 1}件目（${kind} ${booking.slice(0, 13)}）`}
        >
          <Table
            caption={`${at + 1}件目の記録`}
            rows={links}
            rowKey={({ event }) => event.id}
            empty={<p>記録はありません。</p>}
            columns={[
              { key: "seq", head: "番号", numeric: true, width: 5, cell: ({ event }) => event.seq },
              { key: "kind", head: "したこと", rowHead: true, cell: ({ event }) => labelOf(event.kind) },
              {
                ...{ key: "at", head: "時", width: 16 },
                cell: ({ event }) => `${formatWareki(dayOf(event.at))} ${minuteOf(event.at)}`,
              },
              { key: "who", head: "従業者番号", width: 8, cell: (link) => link.who },
              {
                ...{ key: "proof", head: "証明", width: 10 },
                cell: (link: ChainLink) => (
                  <Status look={link.proved && sample.rooted ? "done" : "late"}>
                    {link.proved && sample.rooted ? `木と合う（${link.proof.length}段）` : "合わない"}
                  </Status>
                ),
              },
            ]}
          />
        </Section>
      ))}
      <p className="sub">
        種「{sample.seed}」。検査点 {sample.checkpoint?.size ?? 0}
        件。同じ種と同じ検査点なら、だれが引いても同じものが出ます（特記 第15条、基準9）。
      </p>
    </>
  );
}
