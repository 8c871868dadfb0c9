/** 役割と道の表（調査の集計・図・報告書）。書き方は role-matrix.ts。手で書く。 */
export const analysisRows: Readonly<Record<string, string>> = {
  //                             OP SV 責 企 保 総 委 監
  "analysis.explore": "          -  -  o  o  -  -  -  -",
  "analysis.cross.api": "        -  -  o  o  -  -  -  -",
  "analysis.people": "           -  -  o  o  -  -  -  -",
  "analysis.explore.file": "     -  -  o  o  -  -  -  -",
  "analysis.figures": "          -  -  o  o  -  -  o  o",
  "analysis.figure.keep": "      -  -  o  o  -  -  -  -",
  "analysis.figure.change": "    -  -  o  o  -  -  -  -",
  "analysis.figures.api": "      -  -  o  o  -  -  o  o",
  "analysis.figure.api": "       -  -  o  o  -  -  o  o",
  "analysis.figure.keep.api": "  -  -  o  o  -  -  -  -",
  "analysis.waves": "            -  -  o  o  -  -  -  -",
  "analysis.wave.add": "         -  -  o  o  -  -  -  -",
  "analysis.wave.change": "      -  -  o  o  -  -  -  -",
  "analysis.waves.api": "        -  -  o  o  -  -  -  -",
  "analysis.wave.add.api": "     -  -  o  o  -  -  -  -",
  "analysis.report": "           -  -  o  o  -  -  -  -",
  "analysis.report.word": "      -  -  o  o  -  -  -  -",
  "analysis.report.file": "      -  -  o  o  -  -  -  -",
  "analysis.report.restyle": "   -  -  o  o  -  -  -  -",
};
