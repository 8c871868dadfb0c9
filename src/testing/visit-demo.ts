import { DEMO_PASSWORD } from "../access/demo-account.ts";
import type { DemoServer } from "./demo-server.ts";

/** ブラウザーを使わずに着席した、一人のセッション。 */
export interface DemoVisit {
  /** 「名=値; 名=値」。 */
  cookie: string;
  csrf: string;
  get(path: string): Promise<Response>;
}

/** デモの事務所に、HTTP だけで着席する（番号、パスワード、確認コード）。@throws Error 着席できない */
export async function visitDemo(
  { url, code }: Pick<DemoServer, "url" | "code">,
  number: string,
): Promise<DemoVisit> {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (path: string, fields?: Record<string, string>): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      redirect: "manual",
      headers: { cookie: cookie(), accept: "text/html", ...(fields ? { origin: url } : {}) },
      ...(fields ? { method: "POST", body: new URLSearchParams(fields) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const first = await (await ask("/sign-in")).text();
  const second = await ask("/sign-in", { csrf: csrfIn(first), number, password: DEMO_PASSWORD });
  const step = second.headers.get("location") ?? "/sign-in/confirm";
  const form = second.status === 303 ? await (await ask(step)).text() : await second.text();
  const action = /<form[^>]*action="([^"]+)"[^>]*>(?:(?!<\/form>).)*name="code"/s.exec(form)?.[1] ?? step;
  const seated = await ask(action, { csrf: csrfIn(form), code: await code(number), kind: "totp" });
  const home = await (await ask("/tasks")).text();
  const csrf = csrfIn(home);
  if (seated.status !== 303 || csrf === "") throw new Error(`${number} could not sign in`);
  return { cookie: cookie(), csrf, get: (path) => ask(path) };
}

function csrfIn(html: string): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
}
