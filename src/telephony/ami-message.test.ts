import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AmiCalls, AmiReader, type AmiStep, amiAction } from "./ami-message.ts";

const stream = readFileSync(new URL("../../samples/asterisk/manager-stream.txt", import.meta.url), "utf8");

function play(chunks: readonly string[]): AmiStep[] {
  const reader = new AmiReader();
  const calls = new AmiCalls();
  return chunks.flatMap((chunk) => reader.read(chunk)).flatMap((message) => calls.take(message));
}

test("本物の Asterisk の流れから、電話機が見たとおりの九つの電話が分かる", () => {
  const steps = play([stream]);
  const ends = steps.filter(({ kind }) => kind === "end");
  const count = (outcome: string) => ends.filter((end) => end.outcome === outcome).length;
  expect(steps.filter(({ kind }) => kind === "ring")).toHaveLength(9);
  expect(ends).toHaveLength(9);
  expect({ answered: count("answered"), abandoned: count("abandoned"), empty: count("empty") }).toEqual({
    answered: 4,
    abandoned: 1,
    empty: 1,
  });
  expect(count("refused")).toBe(3);
  expect(ends.flatMap(({ refused }) => refused ?? []).sort()).toEqual(["full", "full", "join-empty"]);
  expect(steps.filter(({ kind }) => kind === "answer").map(({ desk }) => desk)).toEqual([
    "OP1",
    "OP2",
    "OP3",
    "OP1",
  ]);
});

test("どこで切れて届いても、同じ歩みになる", () => {
  const whole = play([stream]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const chunks = places.slice(1).map((end, n) => stream.slice(places[n], end));
      expect(play(chunks)).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

test("改行の CR と LF の間で切れても、知らせを失わない", () => {
  const crlf = stream.replace(/\r?\n/g, "\r\n");
  expect(play(crlf.split(/(?<=\r)/))).toEqual(play([stream]));
});

test("命令の値に改行を入れても、別の命令にならない。空行の来ない流れは溜めない", () => {
  expect(amiAction({ Action: "Originate", Channel: "x\r\n\r\nAction: Command" })).toBe(
    "Action: Originate\r\nChannel: x Action: Command\r\n\r\n",
  );
  const reader = new AmiReader();
  reader.read("Asterisk Call Manager/11.0.0\r\n");
  for (let n = 0; n < 40; n++) reader.read("x".repeat(10_000));
  expect(reader.dropped).toBe(1);
  expect(reader.read("\n\nEvent: Ok\n\n").map((one) => one.get("event"))).toContain("Ok");
});
