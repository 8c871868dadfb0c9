import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { openCrashDesk } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";
import { buildPowerCut, cutPower } from "./power-cut.ts";

let desk: TestDesk | undefined;
afterEach(() => desk?.close());

test.for([false, true])(
  "停電で fsync したものだけが残っても、答えた予約は失われない（書きかけが混ざる: %s）",
  async (torn, context) => {
    const shim = buildPowerCut(fileURLToPath(new URL("../../torture/power-cut.c", import.meta.url)));
    if (!shim) return context.skip("gcc のない機械");
    desk = await openCrashDesk("sqlite");
    const told = await cutPower(desk, shim, torn);
    expect(told.faults).toEqual([]);
    expect(told.acknowledged).toBeGreaterThan(0);
  },
);
