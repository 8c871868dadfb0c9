import { hashRaw } from "@node-rs/argon2";
import { AppError } from "../base/error.ts";

/*
 * Argon2id は一回に 64 MiB と 0.1 秒余りを使う。同時に何本も走ると機械が止まるので、二本までにして残りは並ばせる。
 */
const SLOTS = 2;
const MAX_WAITING = 64;

/** Argon2id の手間。memoryKiB は KiB。 */
export interface StretchCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** 合言葉とパスワードの手間（64 MiB、3 回、1 列）。 */
export const STRETCH_COST: StretchCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };

let running = 0;
const waiting: (() => void)[] = [];

/** 同時に二つまでの仕事として行う。並びすぎていれば待たせずに断る（TOO_MANY）。 */
export async function inHashSlot<T>(work: () => Promise<T>): Promise<T> {
  if (running >= SLOTS) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError(
        "TOO_MANY",
        "サインインが混み合っています。少し待ってから、もう一度お試しください。",
      );
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // 空いた席は、数を戻さずに次の人へ渡す（間に割り込ませないため）。
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** 秘密と塩から 32 バイトの鍵（Argon2id）。 */
export async function stretchKey(
  secret: Uint8Array,
  salt: Uint8Array,
  cost: StretchCost = STRETCH_COST,
): Promise<Uint8Array> {
  const { memoryKiB, passes, lanes } = cost;
  return inHashSlot(() =>
    hashRaw(secret, { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: 32, salt }),
  );
}
