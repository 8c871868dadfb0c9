/**
 * 島から JSON を送る。合い札と、送り直しても同じになる印を付ける。
 * @throws TypeError つながらないとき（fetch のまま）
 */
export function postJson(path: string, csrf: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-csrf-token": csrf,
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
}
