import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { VenueInput, VenueLine } from "./venue.ts";

/** 会場の台帳。座標のない会場を先に。 */
export function VenueListPage({ venues, mayEdit }: { venues: readonly VenueLine[]; mayEdit: boolean }) {
  const unplaced = venues.filter((venue) => venue.latitude === null);
  const sorted = [...unplaced, ...venues.filter((venue) => venue.latitude !== null)];
  return (
    <>
      <PageHead
        crumb={<a href="/classes">講習会と会場</a>}
        title={
          venues.length === 0 ? (
            "会場は、まだありません。"
          ) : unplaced.length === 0 ? (
            `会場は${venues.length}か所、すべてに座標があります。`
          ) : (
            <>
              会場は{venues.length}か所。
              <span className="due">{unplaced.length}か所に座標がありません。</span>
            </>
          )
        }
        actions={<LinkButton href="/classes">講習会の一覧</LinkButton>}
      />
      <div className="pile">
        {unplaced.length > 0 && (
          <Note tone="due" title="座標のない会場は、満席のときの「近い会場」の案内に出ません。">
            <p>地図で会場の緯度と経度を調べ、会場ごとに入力してください。</p>
          </Note>
        )}
        <Table
          caption="会場の台帳"
          columns={columnsFor(mayEdit)}
          rows={sorted}
          rowKey={(venue) => venue.id}
          empty={<p>委託者の日程表を取り込むと、書かれている会場がここに加わります。</p>}
        />
      </div>
    </>
  );
}

function columnsFor(mayEdit: boolean): Column<VenueLine>[] {
  return [
    {
      key: "name",
      head: "会場",
      rowHead: true,
      wrap: true,
      cell: (venue) => (mayEdit ? <a href={`/venues/${venue.id}`}>{venue.name}</a> : venue.name),
    },
    { key: "ward", head: "区", cell: (venue) => venue.ward || "—" },
    { key: "address", head: "所在地", wrap: true, cell: (venue) => venue.address || "—" },
    { key: "access", head: "案内", wrap: true, cell: (venue) => venue.access || "—" },
    { key: "phone", head: "電話", cell: (venue) => venue.phone || "—" },
    {
      key: "place",
      head: "座標",
      cell: (venue) =>
        venue.latitude === null ? (
          <Status look="warn">なし</Status>
        ) : (
          <span className="sub">
            {venue.latitude}, {venue.longitude}
          </span>
        ),
    },
  ];
}

export interface VenuePageProps {
  csrf: string;
  id: string;
  name: string;
  values: VenueInput;
  faults?: readonly { field?: string; message: string }[] | undefined;
}

/** 会場を直す。 */
export function VenuePage({ csrf, id, name, values, faults = [] }: VenuePageProps) {
  const field = (name: keyof VenueInput) => ({
    id: name,
    defaultValue: values[name],
    error: faults.find((fault) => fault.field === name)?.message,
  });
  return (
    <>
      <PageHead crumb={<a href="/venues">会場の台帳</a>} title={name} />
      <form method="post" action={`/venues/${id}`} className="pile upload">
        <Csrf token={csrf} />
        {faults.length > 0 && (
          <Note tone="late" title={`直すところが${faults.length}つあります。まだ何も変わっていません。`} />
        )}
        <div className="fields two">
          <TextField
            {...field("address")}
            label="所在地"
            span
            help="受講通知書と予約者リストに、このまま入ります。"
          />
          <TextField {...field("ward")} label="区" />
          <TextField {...field("phone")} label="会場の電話" inputMode="tel" />
          <TextField
            {...field("access")}
            label="案内"
            span
            help="電話で伝える道順。例: 北24条駅 2番出口から徒歩3分"
          />
          <TextField
            {...field("latitude")}
            label="緯度（北緯）"
            inputMode="decimal"
            help="例: 43.0621。「43.0621, 141.3544」と続けて入れても分かれます。"
          />
          <TextField {...field("longitude")} label="経度（東経）" inputMode="decimal" help="例: 141.3544" />
        </div>
        <p className="sub">
          会場の名は日程表と結びついているので、ここでは変えられません。直した人と直した欄が記録に残ります。
        </p>
        <div className="acts">
          <LinkButton href="/venues" size="tall">
            やめる
          </LinkButton>
          <Submit size="tall">会場を直す</Submit>
        </div>
      </form>
    </>
  );
}
