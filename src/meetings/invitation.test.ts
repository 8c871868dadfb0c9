// @stage documents
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeCalendar } from "../office/calendar-file.ts";
import { invitationEvent } from "./invitation.ts";
import { councilBody, type Invitation, type Meeting, meetingBody, memberBody } from "./meeting.ts";

const run = promisify(execFile);
// CI では .ci/packages にある。手元になければ、この二つだけを省く。
const here = (...paths: string[]) => process.env.CI !== undefined || paths.every((path) => existsSync(path));
const packages = "/usr/lib/python3/dist-packages";
const python = here(`${packages}/icalendar`, `${packages}/vobject`);
const khal = here("/usr/bin/khal");
let folder: string;
const council = councilBody.parse({ organizerName: "有識者会議 事務局", organizerMail: "jimu@example.jp" });
const meeting: Meeting = {
  ...meetingBody.parse({ topics: "骨子；構成, ほか\n資料は\\別送\\します" }),
  ...{ id: "0192-m1", number: 1, state: "fixed", task: "", day: "2025-02-12", sequence: 0, edition: 1 },
};
const people = [
  { ...memberBody.parse({ name: "架空 一郎", mail: "a@example.jp", seat: "chair" }), number: 1 },
  { ...memberBody.parse({ name: "髙﨑 二葉", mail: "b@example.jp" }), number: 2 },
].map((one) => ({ ...one, id: `m${one.number}`, active: true, edition: 1 }));
const letter = (given: Partial<Invitation>) => {
  const invitation: Invitation = {
    ...{ method: "REQUEST", sequence: 0, stamp: "2025-01-14T01:00:00.000Z", day: "2025-02-12" },
    ...{ start: "14:00", end: "16:00", place: "ORE札幌ビル8階 会議室（中央区）", reason: "" },
    ...given,
  };
  const { method, event } = invitationEvent({ council, meeting, invitation, people });
  return writeCalendar(method, event);
};
const letters = [
  letter({}),
  letter({ sequence: 1, day: "2025-02-13", start: "10:00", end: "12:00", reason: "座長の都合により" }),
  letter({ method: "CANCEL", sequence: 2, day: "2025-02-13", start: "10:00", end: "12:00" }),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-ics-"));
  for (const [at, bytes] of letters.entries()) await writeFile(join(folder, `${at}.ics`), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const script = `
import json, sys, icalendar, vobject
out = []
for path in sys.argv[1:]:
    raw = open(path, "rb").read()
    calendar = icalendar.Calendar.from_ical(raw)
    event = calendar.walk("VEVENT")[0]
    other = vobject.readOne(raw.decode("utf-8"))
    other.validate(raiseException=True)
    out.append({
        "method": [str(calendar["METHOD"]), other.method.value],
        "uid": [str(event["UID"]), other.vevent.uid.value],
        "sequence": [int(event["SEQUENCE"]), int(other.vevent.sequence.value)],
        "start": [event["DTSTART"].dt.isoformat(), other.vevent.dtstart.value.isoformat()],
        "end": [event["DTEND"].dt.isoformat(), other.vevent.dtend.value.isoformat()],
        "summary": [str(event["SUMMARY"]), other.vevent.summary.value],
        "status": [str(event["STATUS"]), other.vevent.status.value],
        "place": [str(event["LOCATION"]), other.vevent.location.value],
        "note": [str(event["DESCRIPTION"]), other.vevent.description.value],
        "people": [[str(a.params["CN"]) for a in event["ATTENDEE"]],
                   [a.params["CN"][0] for a in other.vevent.attendee_list]],
    })
print(json.dumps(out))
`;

test.runIf(python)(
  "3(2) 招集状・変更・取消しを、二つの別のプログラム（icalendar、vobject）が同じに読む",
  async () => {
    const paths = letters.map((_, at) => join(folder, `${at}.ics`));
    const { stdout } = await run("/usr/bin/python3", ["-c", script, ...paths]);
    const both = <T>(value: T) => [value, value];
    const read: Record<string, unknown>[] = JSON.parse(stdout);
    const uid = both("0192-m1@council.madoguchi");
    expect(read).toMatchObject([
      {
        ...{ method: both("REQUEST"), uid, sequence: both(0), status: both("CONFIRMED") },
        ...{ start: both("2025-02-12T14:00:00+09:00"), end: both("2025-02-12T16:00:00+09:00") },
        ...{ summary: both("第1回有識者会議"), place: both("ORE札幌ビル8階 会議室（中央区）") },
        note: both("論点:\n骨子；構成, ほか\n資料は\\別送\\します"),
        people: both(["架空 一郎", "髙﨑 二葉"]),
      },
      { method: both("REQUEST"), uid, sequence: both(1), start: both("2025-02-13T10:00:00+09:00") },
      { method: both("CANCEL"), uid, sequence: both(2), status: both("CANCELLED") },
    ]);
  },
);

test.runIf(khal)(
  "3(2) 別のカレンダーのプログラム（khal）が、変更は同じ予定の移動、取消しは取消しとして受け取る",
  async () => {
    const home = join(folder, "home");
    await mkdir(join(home, "c"), { recursive: true });
    const format = [
      "timeformat = %H:%M",
      ...["dateformat", "longdateformat"].map((name) => `${name} = %Y-%m-%d`),
    ];
    const stamps = ["datetimeformat", "longdatetimeformat"].map((name) => `${name} = %Y-%m-%d %H:%M`);
    const conf = join(home, "khal.conf");
    await writeFile(
      conf,
      [
        ...[
          "[calendars]",
          "[[c]]",
          `path = ${join(home, "c")}`,
          "type = calendar",
          "[locale]",
          ...format,
          ...stamps,
        ],
        ...[
          "local_timezone = Asia/Tokyo",
          "default_timezone = Asia/Tokyo",
          "[default]",
          "default_calendar = c",
        ],
        ...["[sqlite]", `path = ${join(home, "khal.db")}`, ""],
      ].join("\n"),
    );
    const env = { ...process.env, LC_ALL: "C.UTF-8", HOME: home };
    const calendar = async (...args: string[]) => (await run("khal", ["-c", conf, ...args], { env })).stdout;
    const seen: string[] = [];
    for (const at of letters.keys()) {
      await calendar("import", "--batch", "-a", "c", join(folder, `${at}.ics`));
      const list = await calendar(
        "list",
        "2025-02-01",
        "30d",
        "--day-format",
        "",
        "--format",
        "{start}|{end}|{title}|{status}",
      );
      seen.push(list.trim().replaceAll("\n", " / "));
      expect(await readdir(join(home, "c"))).toHaveLength(1);
    }
    expect(seen.map((line) => line.replace(/\s+(?=\||$)/g, ""))).toEqual([
      "2025-02-12 14:00|2025-02-12 16:00|第1回有識者会議|CONFIRMED",
      "2025-02-13 10:00|2025-02-13 12:00|第1回有識者会議|CONFIRMED",
      "2025-02-13 10:00|2025-02-13 12:00|【取消し】第1回有識者会議|CANCELLED",
    ]);
  },
  60_000,
);
