import fc from "fast-check";
import { expect, test } from "vitest";
import { isBusinessDay, standardCalendar } from "../japan/business-day.ts";
import {
  type Mark,
  type Member,
  memberBody,
  type PollAnswer,
  quorumOf,
  type Room,
  type Slot,
} from "./meeting.ts";
import { candidateSlots, isFree, rankSlots, roomFor } from "./poll.ts";

const member = (id: string, more: Partial<Member> = {}): Member => ({
  ...memberBody.parse({ name: id }),
  ...{ id, number: 1, active: true, edition: 1 },
  ...more,
});
const room = (id: string, kind: Room["kind"], busy: Room["busy"] = [], cost = 0): Room => ({
  ...{ id, name: id, place: "", kind, capacity: 20, cost, equipment: "", busy },
});
const answer = (id: string, marks: Record<string, Mark>): PollAnswer => ({
  ...{ member: id, marks, note: "", channel: "page", at: "" },
});
const slot = (id: string, day: string): Slot => ({ id, day, start: "14:00", end: "16:00", room: "city" });

test("3(2) 候補は暦の開いた日だけ、市の会議室を先に、ふさがっていれば民間、支度の時間も空ける", () => {
  const rooms = [
    room("hotel", "private", [], 40_000),
    room("hall", "private", [], 25_000),
    room("city", "city", [{ day: "2025-02-05", start: "13:45", end: "14:00" }]),
  ];
  const wish = { from: "2025-02-05", to: "2025-02-14", starts: ["14:00", "10:00"], length: 120, limit: 8 };
  const slots = candidateSlots(standardCalendar, rooms, wish);
  expect(slots.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  // 2月11日は祝日、8日・9日は土日。
  expect(slots.every(({ day }) => isBusinessDay(standardCalendar, day))).toBe(true);
  expect(slots.filter(({ room: at }) => at === "city")).toHaveLength(8);
  expect(slots.some(({ day, start }) => day === "2025-02-05" && start === "14:00")).toBe(false);
  const when = { day: "2025-02-05", start: "14:00", end: "16:00" };
  expect(isFree(rooms[2] as Room, when)).toBe(false);
  expect(roomFor(rooms, when)?.id).toBe("hall");
  expect(candidateSlots(standardCalendar, [], wish)[0]?.room).toBeNull();
  expect(candidateSlots(standardCalendar, [room("city", "city")], { ...wish, to: "2025-02-04" })).toEqual([]);
});

test("3(2) 座長・必須の委員・定足数を守り、開ける候補から、○の多い順に並ぶ", () => {
  const members = [
    member("chair", { seat: "chair" }),
    member("a", { required: true }),
    ...["b", "c", "d"].map((id) => member(id)),
  ];
  const slots = [
    slot("1", "2025-02-05"),
    slot("2", "2025-02-06"),
    slot("3", "2025-02-07"),
    slot("4", "2025-02-10"),
  ];
  const ranked = rankSlots(
    slots,
    members,
    [
      answer("chair", { "1": "no", "2": "yes", "3": "yes", "4": "maybe" }),
      answer("a", { "1": "yes", "2": "yes", "3": "no", "4": "yes" }),
      answer("b", { "1": "yes", "2": "yes", "3": "yes", "4": "yes" }),
      answer("c", { "1": "yes", "2": "no", "3": "yes", "4": "yes" }),
    ],
    "majority",
  );
  expect(ranked.map((one) => [one.slot.id, one.standing])).toEqual([
    ["2", "ready"],
    ["4", "open"],
    ["1", "blocked"],
    ["3", "blocked"],
  ]);
  expect(ranked[0]).toMatchObject({ no: ["c"], silent: ["d"], reasons: [] });
  expect(ranked[1]?.reasons).toEqual(["座長の回答しだい"]);
  expect(ranked[2]?.reasons).toEqual(["座長が欠席"]);
  expect(ranked[3]?.reasons).toEqual(["必須の委員が欠席"]);
  expect([quorumOf("majority", 8), quorumOf("half", 7), quorumOf("twoThirds", 8)]).toEqual([5, 4, 6]);
});

const marks = fc.constantFrom<Mark | "none">("yes", "maybe", "no", "none");
test("3(2) どんな回答でも、委員はどの候補でもただ一つの組に入り、開ける候補は定足数と座長を満たす", () => {
  const members = [member("chair", { seat: "chair" }), ...["a", "b", "c", "d", "e"].map((id) => member(id))];
  const slots = [slot("1", "2025-02-05"), slot("2", "2025-02-06")];
  fc.assert(
    fc.property(fc.array(fc.tuple(marks, marks), { minLength: 6, maxLength: 6 }), (given) => {
      const answers = members.flatMap(({ id }, at) => {
        const [one, two] = given[at] ?? [];
        const own = {
          ...(one === "none" ? {} : { "1": one as Mark }),
          ...(two === "none" ? {} : { "2": two as Mark }),
        };
        return [answer(id, own)];
      });
      for (const { yes, maybe, no, silent, standing } of rankSlots(slots, members, answers, "majority")) {
        expect([...yes, ...maybe, ...no, ...silent].sort()).toEqual(members.map(({ id }) => id).sort());
        if (standing === "ready") expect(yes.length >= 4 && yes.includes("chair")).toBe(true);
        if (standing === "blocked") expect(no.includes("chair") || no.length > 2).toBe(true);
      }
    }),
  );
});
