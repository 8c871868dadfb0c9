import { execFile } from "node:child_process";
import { existsSync } from "node:fs";

const dictionary = "/var/lib/mecab/dic/open-jtalk/naist-jdic";
const voice = "/usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice";

/** 声にするのに足りない Debian のパッケージの名。そろっていれば空。 */
export function missingVoice(): string[] {
  const parts: [string, string][] = [
    ["open-jtalk", "/usr/bin/open_jtalk"],
    ["open-jtalk-mecab-naist-jdic", dictionary],
    ["hts-voice-nitech-jp-atr503-m001", voice],
  ];
  return parts.filter(([, path]) => !existsSync(path)).map(([name]) => name);
}

/** 案内の文を声にする。open-jtalk がなければ、足りないものを言う。 */
export async function speakAnnouncement(
  text: string,
  out: string,
): Promise<{ made: boolean; missing: string[] }> {
  const missing = missingVoice();
  if (missing.length > 0) return { made: false, missing };
  await new Promise<void>((done, fail) => {
    const child = execFile(
      "/usr/bin/open_jtalk",
      ["-x", dictionary, "-m", voice, "-s", "8000", "-ow", out],
      { timeout: 60_000 },
      (cause) => (cause ? fail(cause) : done()),
    );
    child.stdin?.end(text.replace(/\n/g, ""));
  });
  return { made: true, missing: [] };
}
