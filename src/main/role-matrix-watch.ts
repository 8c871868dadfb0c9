/** 閲覧の見張りと監査の机の道（列の順は role-matrix.ts）。 */
export const watchRows: Readonly<Record<string, string>> = {
  //                     OP SV 責 企 保 総 委 監
  "watch.page": "         -  -  o  -  o  o  o  o",
  "watch.answer": "       -  -  -  -  o  o  -  -",
  "watch.api": "          -  -  o  -  o  o  o  o",
  "watch.answer.api": "   -  -  -  -  o  o  -  -",
  "audit.page": "         -  -  o  -  o  o  o  o",
  "audit.pack": "         -  -  o  -  o  o  o  o",
  "audit.sample.api": "   -  -  o  -  o  o  o  o",
  "audit.pack.api": "     -  -  o  -  o  o  o  o",
};
