import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { ProtectedPage } from "../ui/protected-page.tsx";
import { type CheckedCopy, checkDelivered } from "./check-delivered.ts";
import { type DeliveredList, takeDelivered } from "./deliver-list.ts";
import { CheckDeliveredPage } from "./delivered-page.tsx";

const bodyLimit = 32 * 1024 * 1024;

async function check(ask: Ask): Promise<CheckedCopy> {
  const file = await ask.file("file");
  const password = (await ask.form()).get("password") ?? "";
  if (!file || password === "")
    throw new AppError("BAD_INPUT", "ファイルを選び、そのパスワードを入れてください。");
  return checkDelivered(ask.office, ask.actor, { bytes: file.bytes, password });
}

async function page(ask: Ask, given: { fault?: string; checked?: CheckedCopy } = {}): Promise<Response> {
  return ask.page({
    title: "戻ってきたファイル",
    current: "lists.page",
    status: given.fault === undefined ? 200 : 422,
    body: <CheckDeliveredPage csrf={ask.seated.csrf} {...given} />,
  });
}

async function checkByForm(ask: Ask): Promise<Response> {
  try {
    return await page(ask, { checked: await check(ask) });
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return page(ask, { fault: cause.message });
  }
}

/** 渡すファイルができた画面。パスワードが見えるのはこの一度だけ。 */
export function deliveredPage(
  ask: Ask,
  made: DeliveredList,
  crumb: { href: string; label: string },
): Promise<Response> {
  const downloadHref = `/lists/delivered/${made.id}`;
  return ask.page({
    title: crumb.label,
    current: "lists.page",
    body: <ProtectedPage {...made} crumb={crumb} downloadHref={downloadHref} />,
  });
}

/** JSON の答え。パスワードが返るのはこの一度だけ。 */
export function deliveredReply(ask: Ask, made: DeliveredList): Response {
  const { id, fileName, password, sha256, rows, sheets, warnings } = made;
  const href = `/api/lists/delivered/${id}`;
  return ask.reply({ id, fileName, password, sha256, rows, sheets, warnings, href }, 201);
}

const take = async (ask: Ask) => ask.download(await takeDelivered(ask.office, ask.actor, ask.param("file")));

/** 渡す写しと、戻ってきたパスワード付きのファイルを確かめる道。 */
export const deliveredRoutes: Route[] = [
  {
    id: "delivered.check.page",
    method: "GET",
    path: "/lists/check",
    kind: "page",
    summary: "戻ってきたパスワード付きのファイルを確かめる",
    handle: (ask) => page(ask),
  },
  {
    id: "delivered.check",
    method: "POST",
    path: "/lists/check",
    kind: "page",
    summary: "書き換えられていないか（HMAC）を見て、渡した記録と比べる",
    bodyLimit,
    handle: checkByForm,
  },
  {
    id: "delivered.check.api",
    method: "POST",
    path: "/api/lists/check",
    kind: "api",
    summary: "戻ってきたファイル（multipart の file と password）を、渡した記録と比べる",
    bodyLimit,
    handle: async (ask) => ask.reply(await check(ask)),
  },
  {
    id: "delivered.file",
    method: "GET",
    path: "/lists/delivered/:file",
    kind: "file",
    summary: "渡す写し（パスワード付き）を取り出す",
    stepUp: true,
    handle: take,
  },
  {
    id: "delivered.api",
    method: "GET",
    path: "/api/lists/delivered/:file",
    kind: "api",
    summary: "渡す写し（パスワード付き）を取り出す（答えはファイル）",
    stepUp: true,
    handle: take,
  },
];
