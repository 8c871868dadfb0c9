import type { Fault } from "../base/error.ts";
import { type CouncilBody, quorumNames, type Room } from "../meetings/meeting.ts";
import { Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { busyText } from "./council-ask.ts";

export interface RoomPageProps {
  csrf: string;
  council: CouncilBody;
  editing: Room | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

const kinds = { city: "市の会議室", private: "民間の会場（費用は市）" } as const;

/** 会場と事務局: 会場の台帳、ふさがり、定足数、文字起こしの誤りの組。 */
export function RoomPage(props: RoomPageProps) {
  const { council, mayWrite } = props;
  const city = council.rooms.filter(({ kind }) => kind === "city").length;
  return (
    <>
      <PageHead
        crumb={<a href="/council">{council.name}</a>}
        title={
          council.rooms.length === 0
            ? "会場は、まだ登録されていません。"
            : `会場は${council.rooms.length}か所、市の会議室${city}を先に使います。`
        }
      />
      <div className={mayWrite ? "cols main-side" : "pile"}>
        <div className="pile fit">
          <Section id="h-rooms" title="会場" sub="市の会議室がふさがっていれば、民間の会場の安い順">
            <Table
              caption="会場の台帳"
              columns={[
                {
                  ...{ key: "name", head: "会場", rowHead: true },
                  cell: (one) =>
                    mayWrite ? <a href={`/council/rooms?edit=${one.id}`}>{one.name}</a> : one.name,
                },
                { key: "place", head: "場所", wrap: true, cell: (one) => one.place || "－" },
                { key: "kind", head: "種類", width: 9, wrap: true, cell: (one) => kinds[one.kind] },
                { key: "seats", head: "定員", numeric: true, width: 3, cell: (one) => one.capacity || "－" },
                {
                  ...{ key: "cost", head: "費用 円", numeric: true, width: 5 },
                  cell: (one) => (one.kind === "city" ? "－" : one.cost.toLocaleString("ja-JP")),
                },
                { key: "busy", head: "ふさがり", numeric: true, width: 4, cell: (one) => one.busy.length },
              ]}
              rows={council.rooms}
              rowKey={(one) => one.id}
              empty="会場を登録すると、空いた時から候補の日を作れます。"
            />
          </Section>
          {mayWrite && <HouseForm {...props} />}
        </div>
        {mayWrite && <RoomForm {...props} />}
      </div>
    </>
  );
}

function HouseForm({ csrf, council, values, faults }: RoomPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-house" title="会議体と事務局">
      <form method="post" action="/council/house" className="pile">
        <Csrf token={csrf} />
        <div className="fields two tight">
          <TextField
            id="name"
            label="会議の名"
            required
            defaultValue={values.name ?? council.name}
            error={fault("name")}
          />
          <TextField
            id="organizerName"
            label="事務局の名"
            defaultValue={values.organizerName ?? council.organizerName}
          />
          <TextField
            id="organizerMail"
            label="事務局のメール（招集状の差出人）"
            type="email"
            span
            defaultValue={values.organizerMail ?? council.organizerMail}
            error={fault("organizerMail")}
          />
        </div>
        <SegmentedField
          id="quorum"
          legend="定足数"
          defaultValue={values.quorum ?? council.quorum}
          choices={Object.entries(quorumNames).map(([value, label]) => ({ value, label }))}
        />
        <TextAreaField
          id="words"
          label="文字起こしの誤りの組"
          help="一行に「誤 → 正」。会議録を作るときに、この組だけを直し、跡を残します。"
          rows={4}
          defaultValue={
            values.words ?? council.words.map(({ wrong, right }) => `${wrong} → ${right}`).join("\n")
          }
        />
        <div className="acts">
          <Submit look="second">残す</Submit>
        </div>
      </form>
    </Section>
  );
}

function RoomForm({ csrf, editing, values, faults }: RoomPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (field: keyof Room) =>
    values[field] ??
    (editing === undefined ? "" : field === "busy" ? busyText(editing.busy) : String(editing[field]));
  return (
    <Section
      id="h-room"
      title={editing === undefined ? "会場を加える" : "会場を直す"}
      {...(editing === undefined ? {} : { end: <a href="/council/rooms">新しい会場を加える</a> })}
    >
      <form method="post" action="/council/rooms" encType="multipart/form-data" className="pile">
        <Csrf token={csrf} />
        <input type="hidden" name="id" value={editing?.id ?? ""} />
        <TextField
          id="room"
          name="name"
          label="会場の名"
          required
          defaultValue={value("name")}
          error={fault("room")}
        />
        <TextField id="place" label="場所" defaultValue={value("place")} />
        <SegmentedField
          id="kind"
          legend="種類"
          defaultValue={value("kind") || "city"}
          choices={Object.entries(kinds).map(([key, label]) => ({ value: key, label }))}
        />
        <div className="fields two tight">
          <TextField
            id="capacity"
            label="定員"
            unit="人"
            inputMode="numeric"
            defaultValue={value("capacity")}
            error={fault("capacity")}
          />
          <TextField
            id="cost"
            label="費用（一回）"
            unit="円"
            inputMode="numeric"
            defaultValue={value("cost")}
            error={fault("cost")}
          />
        </div>
        <TextAreaField id="equipment" label="備えてあるもの" rows={2} defaultValue={value("equipment")} />
        <TextAreaField
          id="busy"
          label="ふさがっている時間"
          help="一行に一つ、「2025-02-05 13:00-17:00」の形で。"
          rows={4}
          defaultValue={value("busy")}
          error={fault("busy")}
        />
        <FileField id="file" label="会議室の予定表（.ics）から加える" accept=".ics,text/calendar" />
        <div className="acts">
          <Submit look="second">{editing === undefined ? "加える" : "直す"}</Submit>
        </div>
      </form>
    </Section>
  );
}
