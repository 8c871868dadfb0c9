import type { Fault } from "../base/error.ts";
import { inSeatOrder, type Member, seatNames } from "../meetings/meeting.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";

export interface MemberPageProps {
  csrf: string;
  name: string;
  members: readonly Member[];
  /** 直している委員。なければ新しい方。 */
  editing: Member | undefined;
  /** 見た電話番号（記録に残る）。 */
  phones: { phone: string; reserve: string } | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

/** 電話番号は、終わりの四桁だけ。 */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  return digits === "" ? "－" : `…${digits.slice(-4)}`;
}

/** 委員の名簿と、登録。 */
export function MemberPage(props: MemberPageProps) {
  const { members, mayWrite, name } = props;
  const ordered = inSeatOrder(members);
  const active = members.filter((one) => one.active).length;
  return (
    <>
      <PageHead
        crumb={<a href="/council">{name}</a>}
        title={active === 0 ? "委員は、まだ登録されていません。" : `委員は${active}人です。`}
      />
      <div className={mayWrite ? "cols main-side" : "pile"}>
        <Section id="h-members" title="名簿" sub="座長・副座長のほかは、登録の順">
          <Table
            caption="委員の名簿"
            columns={[
              {
                ...{ key: "name", head: "氏名", rowHead: true, width: 8 },
                cell: (one) =>
                  mayWrite ? <a href={`/council/members?edit=${one.id}`}>{one.name}</a> : one.name,
              },
              { key: "post", head: "所属・職名", wrap: true, cell: (one) => one.post },
              {
                ...{ key: "seat", head: "役", width: 5 },
                cell: (one) => (one.active ? seatNames[one.seat] : "任期終了"),
              },
              {
                ...{ key: "how", head: "参加", width: 4 },
                cell: (one) => (one.remote ? (one.link === "" ? "ウェブ（リンクなし）" : "ウェブ") : "会場"),
              },
              {
                key: "must",
                head: "必須",
                width: 3,
                cell: (one) => (one.required || one.seat === "chair" ? "○" : ""),
              },
              { key: "phone", head: "電話", width: 5, cell: (one) => maskedPhone(one.phone) },
              {
                ...{ key: "fee", head: "謝金 円", numeric: true, width: 5 },
                cell: (one) => one.fee.toLocaleString("ja-JP"),
              },
            ]}
            rows={ordered}
            rowKey={(one) => one.id}
            empty="委員を登録すると、日程をうかがい、招集状を作れます。"
          />
        </Section>
        {mayWrite && <MemberForm {...props} />}
      </div>
    </>
  );
}

function MemberForm({ csrf, editing, phones, values, faults }: MemberPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (field: keyof Member) =>
    values[field] ?? (editing === undefined ? "" : String(editing[field]));
  const checked = (field: "required" | "remote") =>
    Object.keys(values).length > 0 ? values[field] === "1" : editing?.[field];
  const keep = editing === undefined ? "" : "（変えるときだけ。消すときは「－」）";
  return (
    <Section
      id="h-form"
      title={editing === undefined ? "委員を加える" : "登録を直す"}
      {...(editing === undefined ? {} : { end: <a href="/council/members">新しい委員を加える</a> })}
    >
      <form
        method="post"
        action={editing === undefined ? "/council/members" : `/council/members/${editing.id}`}
        className="pile"
      >
        <Csrf token={csrf} />
        {editing !== undefined && <input type="hidden" name="edition" value={editing.edition} />}
        <div className="fields two tight">
          <TextField id="name" label="氏名" required defaultValue={value("name")} error={fault("name")} />
          <TextField id="kana" label="カナ" defaultValue={value("kana")} />
          <TextField id="post" label="所属・職名" span defaultValue={value("post")} />
        </div>
        <SegmentedField
          id="seat"
          legend="役"
          defaultValue={value("seat") || "member"}
          error={fault("seat")}
          choices={Object.entries(seatNames).map(([key, label]) => ({ value: key, label }))}
        />
        <CheckField id="required" label="この方が欠けては開けない" defaultChecked={checked("required")} />
        <CheckField id="remote" label="ウェブ会議で参加する" defaultChecked={checked("remote")} />
        <div className="fields two tight">
          <TextField
            id="mail"
            label="メール"
            span
            type="email"
            defaultValue={value("mail")}
            error={fault("mail")}
          />
          <TextField
            id="link"
            label="ウェブ会議のリンク（この方の分）"
            span
            type="url"
            defaultValue={value("link")}
            error={fault("link")}
          />
          <TextField id="phone" label={`電話${keep}`} inputMode="tel" autoComplete="off" span />
          <TextField
            id="reserve"
            label={`つながらないときの電話${keep}`}
            inputMode="tel"
            autoComplete="off"
            span
          />
          <TextField
            id="fee"
            label="謝金（一回）"
            unit="円"
            inputMode="numeric"
            defaultValue={value("fee")}
            error={fault("fee")}
          />
          <TextField
            id="travel"
            label="旅費（一回）"
            unit="円"
            inputMode="numeric"
            defaultValue={value("travel")}
            error={fault("travel")}
          />
        </div>
        {editing !== undefined && (
          <CheckField
            id="active"
            label="いまの委員（任期を終えたら外す）"
            defaultChecked={Object.keys(values).length > 0 ? values.active === "1" : editing.active}
          />
        )}
        <div className="acts">
          <Submit>{editing === undefined ? "加える" : "直す"}</Submit>
          {editing !== undefined && <LinkButton href="/council/members">やめる</LinkButton>}
        </div>
      </form>
      {editing !== undefined && (
        <form method="post" action={`/council/members/${editing.id}/phone`} className="one-act">
          <Csrf token={csrf} />
          {phones === undefined ? (
            <>
              <Submit look="normal">電話番号を見る</Submit>
              <span className="sub">見たことが記録に残ります。</span>
            </>
          ) : (
            <p role="status">
              電話 {phones.phone || "－"}　つながらないとき {phones.reserve || "－"}
            </p>
          )}
        </form>
      )}
    </Section>
  );
}
