import type { Role } from "../platform/actor.ts";
import { humanRoles } from "../platform/role.ts";

/*
 * 役割と道の表。手で書く（router から作らない）。道を足したら、ここに一行足す。足し忘れは role-matrix.test.ts が見つける。
 * 「o」は開ける、「-」は開けない。列の順は role.ts の humanRoles:
 *   OP・SV・責任者・企画・保護管理者・総括・委託者・監査
 * ここで開けても、行ってよいかは動詞がもう一度決める（自分の登録は扱えない、SV は OP だけ、など）。
 */
const table: Readonly<Record<string, string>> = {
  //                        OP SV 責 企 保 総 委 監
  "home.page": "             o  o  o  o  o  o  o  o",
  "home.deadlines": "        o  o  o  o  o  o  o  o",
  "home.today": "            o  o  o  -  -  -  -  -",
  "home.api": "              o  o  o  o  o  o  o  o",
  "desk.page": "               o  o  -  -  -  -  -  -",
  "desk.form": "               o  o  -  -  -  -  -  -",
  "desk.seats": "              o  o  -  -  -  -  -  -",
  "desk.hold": "               o  o  -  -  -  -  -  -",
  "desk.hold.extend": "        o  o  -  -  -  -  -  -",
  "desk.hold.release": "       o  o  -  -  -  -  -  -",
  "desk.drafts": "             o  o  -  -  -  -  -  -",
  "desk.draft.save": "         o  o  -  -  -  -  -  -",
  "desk.draft.drop": "         o  o  -  -  -  -  -  -",
  "desk.postal": "             o  o  -  -  -  -  -  -",
  "desk.check": "              o  o  -  -  -  -  -  -",
  "desk.book": "               o  o  -  -  -  -  -  -",
  "desk.undo": "               o  o  -  -  -  -  -  -",
  "desk.reveal": "             o  o  -  -  -  -  -  -",
  "classes.page": "          o  o  o  o  o  o  o  o",
  "classes.import.page": "   -  o  o  -  -  -  -  -",
  "classes.upload": "        -  o  o  -  -  -  -  -",
  "classes.preview": "       -  o  o  -  -  -  -  -",
  "classes.import": "        -  o  o  -  -  -  -  -",
  "classes.api": "           o  o  o  o  o  o  o  o",
  "classes.preview.api": "   -  o  o  -  -  -  -  -",
  "classes.import.api": "    -  o  o  -  -  -  -  -",
  "venues.page": "           o  o  o  o  o  o  o  o",
  "venue.page": "            -  o  o  -  -  -  -  -",
  "venue.change": "          -  o  o  -  -  -  -  -",
  "venues.api": "            o  o  o  o  o  o  o  o",
  "venue.change.api": "      -  o  o  -  -  -  -  -",
  "lists.page": "            o  o  o  -  -  -  -  -",
  "list.page": "             o  o  o  -  -  -  -  -",
  "lists.print": "           o  o  o  -  -  -  -  -",
  "lists.workbook": "        -  o  o  -  -  -  -  -",
  "list.api": "              o  o  o  -  -  -  -  -",
  "lists.workbook.api": "    -  o  o  -  -  -  -  -",
  "template.page": "         -  o  o  -  -  -  -  -",
  "template.upload": "       -  o  o  -  -  -  -  -",
  "template.preview": "      -  o  o  -  -  -  -  -",
  "template.register": "     -  o  o  -  -  -  -  -",
  "template.preview.api": "  -  o  o  -  -  -  -  -",
  "template.register.api": " -  o  o  -  -  -  -  -",
  "bookings.page": "         o  o  o  -  -  -  -  -",
  "bookings.search": "       o  o  o  -  -  -  -  -",
  "booking.page": "          o  o  o  -  -  -  -  -",
  "booking.reveal": "        o  o  o  -  -  -  -  -",
  "bookings.search.api": "   o  o  o  -  -  -  -  -",
  "booking.api": "           o  o  o  -  -  -  -  -",
  "booking.reveal.api": "    o  o  o  -  -  -  -  -",
  "tasks.page": "            o  o  o  o  o  o  -  o",
  "task.new": "              o  o  o  o  o  o  -  -",
  "task.open": "             o  o  o  o  o  o  -  -",
  "task.page": "             o  o  o  o  o  o  -  o",
  "task.take": "             o  o  o  o  o  o  -  -",
  "task.try": "              o  o  o  o  o  o  -  -",
  "task.done": "             o  o  o  o  o  o  -  -",
  "task.drop": "             o  o  o  o  o  o  -  -",
  "task.reopen": "           o  o  o  o  o  o  -  -",
  "tasks.api": "             o  o  o  o  o  o  -  o",
  "task.api": "              o  o  o  o  o  o  -  o",
  "task.open.api": "         o  o  o  o  o  o  -  -",
  "task.take.api": "         o  o  o  o  o  o  -  -",
  "task.try.api": "          o  o  o  o  o  o  -  -",
  "task.done.api": "         o  o  o  o  o  o  -  -",
  "task.drop.api": "         o  o  o  o  o  o  -  -",
  "task.reopen.api": "       o  o  o  o  o  o  -  -",
  "account.list": "             -  o  o  -  o  o  -  o",
  "account.new": "              -  -  o  -  o  o  -  -",
  "account.create": "           -  -  o  -  o  o  -  -",
  "account.page": "             -  o  o  -  o  o  -  -",
  "account.roles": "            -  -  o  -  o  o  -  -",
  "account.unlock": "           -  o  o  -  o  o  -  -",
  "account.reset": "            -  o  o  -  o  o  -  -",
  "account.disable": "          -  -  o  -  o  o  -  -",
  "account.enable": "           -  -  o  -  o  o  -  -",
  "api.account.list": "         -  o  o  -  o  o  -  o",
  "api.account.create": "       -  -  o  -  o  o  -  -",
  "api.account.unlock": "       -  o  o  -  o  o  -  -",
  "api.account.reset": "        -  o  o  -  o  o  -  -",
  "me.page": "                  o  o  o  o  o  o  o  o",
  "me.password": "              o  o  o  o  o  o  o  o",
  "me.factor.new": "            o  o  o  o  o  o  o  o",
  "me.factor.add": "            o  o  o  o  o  o  o  o",
  "me.factor.remove": "         o  o  o  o  o  o  o  o",
  "me.recovery": "              o  o  o  o  o  o  o  o",
  "contracts.page": "           o  o  o  o  o  o  o  o",
  "contracts.choose": "         o  o  o  o  o  o  o  o",
  "notice.list": "            o  o  o  -  -  -  -  -",
  "notice.prepare": "         o  o  -  -  -  -  -  -",
  "notice.template.page": "   o  o  o  -  -  -  -  -",
  "notice.template.upload": " o  o  o  -  -  -  -  -",
  "notice.template.register": " o  o  o  -  -  -  -  -",
  "notice.batch": "           o  o  o  -  -  -  -  -",
  "notice.batch.list": "      o  o  o  -  -  -  -  -",
  "notice.submit": "          o  o  -  -  -  -  -  -",
  "notice.approve": "         -  o  -  -  -  -  -  -",
  "notice.undo": "            -  o  -  -  -  -  -  -",
  "notice.return.page": "     -  o  -  -  -  -  -  -",
  "notice.return": "          -  o  -  -  -  -  -  -",
  "notice.exclude.page": "    o  o  -  -  -  -  -  -",
  "notice.exclude": "         o  o  -  -  -  -  -  -",
  "notice.correct": "         o  o  -  -  -  -  -  -",
  "notice.print": "           o  o  -  -  -  -  -  -",
  "notice.picture": "         o  o  o  -  -  -  -  -",
  "notice.file": "            o  o  o  -  -  -  -  -",
  "notice.dispatch.page": "   o  o  -  -  -  -  -  -",
  "notice.dispatch": "        o  o  -  -  -  -  -  -",
  "notice.sheet": "           o  o  o  -  -  -  -  -",
  "notice.api.list": "        o  o  o  -  -  -  -  -",
  "notice.api.pool": "        o  o  o  -  -  -  -  -",
  "notice.api.batch": "       o  o  o  -  -  -  -  -",
  "notice.api.prepare": "     o  o  -  -  -  -  -  -",
  "notice.api.submit": "      o  o  -  -  -  -  -  -",
  "notice.api.approve": "     -  o  -  -  -  -  -  -",
  "notice.api.undo": "        -  o  -  -  -  -  -  -",
  "notice.api.return": "      -  o  -  -  -  -  -  -",
  "notice.api.print": "       o  o  -  -  -  -  -  -",
  "notice.api.dispatch": "    o  o  -  -  -  -  -  -",
  "openapi.document": "      o  o  o  o  o  o  o  o",
};

const allowed: ReadonlyMap<string, ReadonlySet<Role>> = new Map(
  Object.entries(table).map(([id, line]) => [id, rolesIn(id, line)]),
);

function rolesIn(id: string, line: string): ReadonlySet<Role> {
  const marks = line.trim().split(/\s+/);
  if (marks.length !== humanRoles.length || marks.some((mark) => mark !== "o" && mark !== "-"))
    throw new Error(`the line of ${id} in the role table is not complete`);
  return new Set(humanRoles.filter((_, at) => marks[at] === "o"));
}

/** 表にある道の id。 */
export function matrixRouteIds(): string[] {
  return [...allowed.keys()];
}

/** その役割のどれかで、その道を開けるか。表にない道はだれも開けない。 */
export function mayOpen(routeId: string, roles: readonly Role[]): boolean {
  return roles.some((role) => allowed.get(routeId)?.has(role) ?? false);
}
