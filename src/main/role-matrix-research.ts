/** 役割と道の表（動向調査）。書き方は role-matrix.ts。手で書く。 */
export const researchRows: Readonly<Record<string, string>> = {
  //                        OP SV 責 企 保 総 委 監
  "research.page": "        -  -  o  o  -  -  o  o",
  "research.new": "         -  -  o  o  -  -  -  -",
  "research.compare": "     -  -  o  o  -  -  o  o",
  "research.compare.file": "-  -  o  o  -  -  o  o",
  "research.report": "      -  -  o  o  -  -  o  o",
  "research.source": "      -  -  o  o  -  -  o  o",
  "research.edit.page": "   -  -  o  o  -  -  -  -",
  "research.record": "      -  -  o  o  -  -  -  -",
  "research.edit": "        -  -  o  o  -  -  -  -",
  "research.table": "       -  -  o  o  -  -  -  -",
  "research.api": "         -  -  o  o  -  -  o  o",
  "research.source.api": "  -  -  o  o  -  -  o  o",
  "research.record.api": "  -  -  o  o  -  -  -  -",
};
