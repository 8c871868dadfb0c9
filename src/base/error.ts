/** 利用者に見せる失敗の種類。HTTP と終了コードへの対応は一つずつ（doors.md）。 */
export const errorCodes = {
  /** 規則により断った（席がない、期間外、権限以外の条件）。 */
  REFUSED: { http: 409, exit: 1 },
  CLASS_FULL: { http: 409, exit: 1 },
  CONFLICT: { http: 409, exit: 1 },
  NOT_FOUND: { http: 404, exit: 1 },
  /** 入力が使えない（ファイル、列、値）。 */
  BAD_INPUT: { http: 422, exit: 2 },
  TOO_LARGE: { http: 413, exit: 2 },
  TOO_MANY: { http: 429, exit: 1 },
  /** 着席していない、権限がない、封印されている。 */
  NOT_SIGNED_IN: { http: 401, exit: 3 },
  FORBIDDEN: { http: 403, exit: 3 },
  STEP_UP: { http: 403, exit: 3 },
  SEALED: { http: 503, exit: 3 },
  /** ディスクなど、場所の都合で書けない。 */
  UNAVAILABLE: { http: 503, exit: 1 },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** 入力のどこが悪いか。field は欄の名、cell は「Sheet1!B4」の形。 */
export interface Fault {
  field?: string;
  cell?: string;
  row?: number;
  message: string;
}

/**
 * 利用者に伝える失敗。message は丁寧な日本語で「何が起きたか、次にどうするか」を述べ、個人情報を含まない。
 * これ以外の例外はすべて不具合で、HTTP 500・終了コード 70 になる。
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[];
  readonly detail: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string,
    more: { faults?: Fault[]; detail?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.faults = more.faults ?? [];
    this.detail = more.detail ?? {};
  }
}
