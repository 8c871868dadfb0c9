import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readSpecificationText } from "../reading/read-specification.ts";
import { draftSpecification } from "./draft-specification.ts";
import { isNearAddress, modelEndpoint } from "./model-endpoint.ts";
import { proposeDuties } from "./propose-duties.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** 決まった答えを返す、手元のモデルの替わり。 */
async function serve(content: string, status = 200): Promise<string> {
  const made = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ choices: [{ message: { content } }] }));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/v1`;
}

const draft = draftSpecification(
  readSpecificationText("１ 会場\n会場は札幌市内。掲示物の後始末は各自の責任。\n"),
  [],
);

test("モデルの提案は、仕様書にある文だけを、モデルの名つきの提案として受け取る", async () => {
  const answer = [
    { clause: "1", actor: "受託者", verb: "後始末", object: "掲示物", quote: "掲示物の後始末は各自の責任。" },
    { clause: "1", actor: "受託者", verb: "払う", object: "違約金", quote: "違約金を払うこと。" },
  ];
  const url = await serve(`答えます。${JSON.stringify(answer)}`);
  const { duties, warning } = await proposeDuties(draft, { url, model: "stub-1" });
  expect(warning).toBeUndefined();
  expect(duties).toHaveLength(1);
  expect(duties[0]).toMatchObject({ verb: "後始末", origin: "proposed", source: "stub-1", state: "open" });
});

test.each([
  ["作り話でない答えでも JSON でなければ", "分かりません", 200],
  ["失敗の答えなら", "[]", 500],
])("%s、提案なしで続き、そう知らせる", async (_, content, status) => {
  const url = await serve(content, status);
  const { duties, warning } = await proposeDuties(draft, { url, model: "stub-1" });
  expect(duties).toEqual([]);
  expect(warning).toContain("stub-1");
});

test("答えが来なければ待つのをやめ、終わらない答えは読み切らない", async () => {
  const silent = createServer(() => undefined);
  server = silent;
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`;
  expect((await proposeDuties(draft, { url, model: "stub-1" }, 50)).warning).toContain("stub-1");
  silent.closeAllConnections();
  silent.close();
  const endless = createServer((_, response) => {
    const more = () => {
      while (response.write("あ".repeat(10_000)));
      response.once("drain", more);
    };
    more();
  });
  server = endless;
  await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
  const flood = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/v1`;
  expect((await proposeDuties(draft, { url: flood, model: "stub-1" })).duties).toEqual([]);
  endless.closeAllConnections();
});

test("外の番地には、名指しされても仕様書を送らない", async () => {
  const far = { MADOGUCHI_MODEL_URL: "https://203.0.113.7/v1", MADOGUCHI_MODEL_HOST: "203.0.113.7" };
  expect(() => modelEndpoint(far)).toThrow(/この機械/);
  const near = { MADOGUCHI_MODEL_URL: "http://192.168.1.9:8000/v1", MADOGUCHI_MODEL_HOST: "192.168.1.9" };
  expect(modelEndpoint(near)?.model).toBe("local");
  expect(["10.1.2.3", "::1", "fd00::1", "172.31.0.1"].map(isNearAddress)).toEqual([true, true, true, true]);
  expect(["8.8.8.8", "172.32.0.1", "2001:db8::1", "ai.lan"].map(isNearAddress)).not.toContain(true);
  const asked = await proposeDuties(draft, { url: "http://203.0.113.7/v1", model: "stub-1" }, 200);
  expect(asked.duties).toEqual([]);
  expect(asked.warning).toContain("stub-1");
});

test("行き先は、この機械か名指しした構内の機械だけ。設定がなければ使わない", () => {
  expect(modelEndpoint({})).toBeUndefined();
  expect(modelEndpoint({ MADOGUCHI_MODEL_URL: "http://127.0.0.1:1/v1" })?.model).toBe("local");
  expect(() => modelEndpoint({ MADOGUCHI_MODEL_URL: "https://example.com/v1" })).toThrow(/この機械/);
  expect(() => modelEndpoint({ MADOGUCHI_MODEL_URL: "http://u:p@127.0.0.1/v1" })).toThrow(/この機械/);
  const lan = { MADOGUCHI_MODEL_URL: "http://ai.lan:8000/v1", MADOGUCHI_MODEL_HOST: "ai.lan" };
  expect(modelEndpoint(lan)?.url).toBe("http://ai.lan:8000/v1");
});
