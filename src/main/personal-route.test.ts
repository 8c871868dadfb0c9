import { expect, test } from "vitest";
import { personalUseOf } from "./personal-route.ts";
import { routes } from "./routes.ts";

const usesOf = (use: string) => routes.filter(({ id }) => personalUseOf(id) === use).map(({ id }) => id);

test("特記 第3条・第11条 個人情報の道は本物の道で、資格をそろえるための道は関門を通らない", () => {
  expect(usesOf("export").sort()).toEqual([
    "delivered.file",
    "lists.workbook",
    "lists.workbook.api",
    "notice.protected",
  ]);
  const personal = usesOf("personal");
  for (const id of [
    "desk.page",
    "desk.reveal",
    "booking.page",
    "bookings.search",
    "wait.reveal",
    "list.page",
    "notice.batch",
    "calls.one",
    "survey.codes.reveal",
    "survey.entry.api",
    "survey.check",
    "comments.original.reveal",
    "comments.attachment",
    "comments.receive.typed",
    "comments.desk.api",
    "comments.person",
    "comments.type.api",
    "meeting.invitation",
    "erasure.find",
    "council.members",
    "council.member.phone",
  ])
    expect(personal).toContain(id);
  const free = [
    "privacy.page",
    "privacy.quiz",
    "privacy.slip",
    "me.page",
    "account.list",
    "home.page",
    "classes.page",
    "filing.page",
    "survey.list",
    "survey.codebook",
    "comments.page",
    "comments.result",
    "council.page",
  ];
  expect(free.filter((id) => personalUseOf(id) !== undefined)).toEqual([]);
});
