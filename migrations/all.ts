import type { Migration } from "../src/platform/ddl.ts";
import { ground, keyGround } from "./0001-ground.ts";
import { accounts } from "./0002-accounts.ts";
import { reception } from "./0003-reception.ts";
import { notices } from "./0004-notices.ts";
import { waiting } from "./0005-waiting.ts";
import { returned } from "./0006-returned.ts";
import { desk } from "./0007-desk.ts";
import { obligations } from "./0008-obligations.ts";
import { specification } from "./0009-specification.ts";
import { packages } from "./0010-packages.ts";
import { delivery } from "./0011-delivery.ts";
import { calls } from "./0012-calls.ts";
import { answers } from "./0013-answers.ts";
import { workplan } from "./0014-workplan.ts";
import { registers } from "./0015-registers.ts";
import { staffing } from "./0016-staffing.ts";
import { privacy } from "./0017-privacy.ts";
import { erasure } from "./0018-erasure.ts";
import { survey } from "./0019-survey.ts";
import { plan } from "./0020-plan.ts";
import { analysis } from "./0021-analysis.ts";
import { comments } from "./0022-comments.ts";
import { council } from "./0023-council.ts";
import { planDesk } from "./0024-plan-desk.ts";
import { planInquiry } from "./0025-plan-inquiry.ts";
import { research } from "./0026-research.ts";
import { commentDesk } from "./0027-comment-desk.ts";
import { planDecision } from "./0028-plan-decision.ts";
import { erasurePick } from "./0029-erasure-pick.ts";

/** 本体のデータベースの移行。足すだけで、変えない。 */
export const migrations: Migration[] = [
  ground,
  accounts,
  reception,
  notices,
  waiting,
  returned,
  desk,
  obligations,
  specification,
  packages,
  answers,
  delivery,
  calls,
  workplan,
  registers,
  staffing,
  erasure,
  privacy,
  survey,
  plan,
  analysis,
  comments,
  council,
  planDesk,
  planInquiry,
  research,
  commentDesk,
  planDecision,
  erasurePick,
];
/** 鍵の保管庫の移行。 */
export const keyMigrations: Migration[] = [keyGround];
