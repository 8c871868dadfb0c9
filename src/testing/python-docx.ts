import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** python-docx（Debian の python3-docx）が Word を読んで数えたもの。 */
export interface PythonFacts {
  title: string;
  author: string;
  lastModifiedBy: string;
  headings: number;
  tables: number;
  charts: number;
  pictures: number;
  captions: number;
  /** 代わりの文のない図と写真。 */
  withoutAlt: number;
  /** 本文の段落と表のます目の文。 */
  texts: string[];
}

const script = `
import docx, json, sys
d = docx.Document(sys.argv[1])
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
body = d.element.body
frames = list(body.iter(WP + "inline"))
charts = [f for f in frames if f.find(".//" + C) is not None]
pics = [s for s in d.inline_shapes if s.type == docx.enum.shape.WD_INLINE_SHAPE.PICTURE]
texts = [p.text for p in d.paragraphs] + [c.text for t in d.tables for r in t.rows for c in r.cells]
print(json.dumps({
  "title": d.core_properties.title, "author": d.core_properties.author,
  "lastModifiedBy": d.core_properties.last_modified_by or "",
  "headings": sum(1 for p in d.paragraphs if p.style.style_id.startswith("Heading") or p.style.style_id == "Measure"),
  "tables": len(d.tables), "charts": len(charts), "pictures": len(pics),
  "captions": sum(1 for p in d.paragraphs if p.style.style_id == "Caption"),
  "withoutAlt": sum(1 for f in frames if not f.find(WP + "docPr").get("descr")),
  "texts": texts,
}))
`;

/** Word を、ここで作った読み手でない読み手に読ませる。Debian の python3 だけを使う（ほかの python には docx がない）。 */
export function readByPython(docx: Uint8Array): PythonFacts {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-python-"));
  try {
    const path = join(folder, "a.docx");
    writeFileSync(path, docx);
    const out = execFileSync("/usr/bin/python3", ["-c", script, path], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(out) as PythonFacts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
