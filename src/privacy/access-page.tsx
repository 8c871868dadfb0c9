import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { AccessLine } from "./list-access.ts";

/** その日の権限。過ぎた日も、その日のとおりに見える。 */
export function AccessPage({
  day,
  lines,
  error,
  mayReview,
}: {
  day: string;
  lines: readonly AccessLine[];
  error: string | undefined;
  mayReview: boolean;
}) {
  const able = lines.filter((one) => one.personal).length;
  return (
    <>
      <PageHead
        crumb={<a href="/privacy">個人情報</a>}
        title={
          error === undefined
            ? `${formatWareki(day)}は、${lines.length}人のうち${able}人が個人情報を扱えました。`
            : "その日の権限"
        }
        actions={
          mayReview ? (
            <LinkButton href="/privacy/registers/access-review/new" look="main">
              見直しを残す
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        <form method="get" action="/privacy/access" className="filters noprint">
          <TextField
            id="day"
            label="いつの権限を見るか"
            type="date"
            required
            defaultValue={day}
            error={error}
          />
          <Submit look="normal">その日を見る</Submit>
        </form>
        <Table
          caption="その日の権限"
          columns={columns}
          rows={lines}
          rowKey={(one) => one.id}
          empty={<p>この日に役割のある従業者は、いません。日を選び直してください。</p>}
        />
        <p className="sub">
          役割の始まりと終わり、名簿・誓約書・研修の日、使えなくした記録から作ります（基準5(2)(3)(5)）。
        </p>
      </div>
    </>
  );
}

const columns: Column<AccessLine>[] = [
  { key: "number", head: "番号", width: 5, cell: (one) => <span className="code">{one.number}</span> },
  { key: "name", head: "氏名", rowHead: true, cell: (one) => one.name },
  { key: "roles", head: "役割", wrap: true, cell: (one) => one.roles },
  {
    ...{ key: "active", head: "着席", width: 8 },
    cell: (one) => (
      <Status look={one.active ? "done" : "none"}>{one.active ? "できた" : "止めていた"}</Status>
    ),
  },
  {
    ...{ key: "personal", head: "個人情報", width: 8 },
    cell: (one) => (
      <Status look={one.personal ? "done" : "none"}>{one.personal ? "扱えた" : "扱えない"}</Status>
    ),
  },
];
