import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { AnnouncementPage } from "./announcement-page.tsx";
import { refuseCall } from "./call-right.ts";
import { readAnnouncement } from "./read-announcement.ts";
import { saveAnnouncement } from "./save-announcement.ts";
import { speakAnnouncement } from "./speak-announcement.ts";

const saveBody = z.object({
  /** 案内の文。null なら標準の文に戻す。 */
  text: z.string().max(5000).nullable(),
});

/** 時間外の案内の道（６(6)ウ）。 */
export const announcementRoutes: Route[] = [
  {
    id: "calls.announcement",
    method: "GET",
    path: "/calls/announcement",
    kind: "page",
    summary: "時間外の案内の文と、声にするのに足りないもの",
    handle: async (ask) => {
      refuseCall("keep", ask.actor);
      return ask.page({
        title: "時間外の案内",
        current: "calls.figures",
        body: (
          <AnnouncementPage
            announcement={await readAnnouncement(ask.office, ask.actor.contract)}
            csrf={ask.seated.csrf}
          />
        ),
      });
    },
  },
  {
    id: "calls.announcement.save",
    method: "POST",
    path: "/calls/announcement",
    kind: "page",
    summary: "時間外の案内の文を直す、標準に戻す",
    handle: async (ask) => {
      const form = await ask.form();
      const back = form.get("act") === "standard";
      await saveAnnouncement(ask.office, ask.actor, back ? undefined : (form.get("text") ?? ""));
      return ask.go("/calls/announcement", back ? "標準の文に戻しました。" : "案内の文を直しました。");
    },
  },
  {
    id: "calls.announcement.voice",
    method: "GET",
    path: "/calls/announcement/voice",
    kind: "file",
    summary: "時間外の案内の声（WAV。open-jtalk があるとき）",
    handle: async (ask) => {
      refuseCall("keep", ask.actor);
      const { text } = await readAnnouncement(ask.office, ask.actor.contract);
      const folder = await mkdtemp(join(tmpdir(), "madoguchi-voice-"));
      try {
        const path = join(folder, "closed.wav");
        const { made, missing } = await speakAnnouncement(text, path);
        if (!made)
          throw new AppError(
            "UNAVAILABLE",
            `声にするには、${missing.join("、")} が要ります。この機械に入れてから、お試しください。`,
          );
        return ask.download({
          fileName: "時間外の案内.wav",
          media: "audio/wav",
          bytes: await readFile(path),
        });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  {
    id: "calls.announcement.api",
    method: "GET",
    path: "/api/calls/announcement",
    kind: "api",
    summary: "時間外の案内の文と、声にするのに足りないもの",
    handle: async (ask) => {
      refuseCall("keep", ask.actor);
      return ask.reply(await readAnnouncement(ask.office, ask.actor.contract));
    },
  },
  {
    id: "calls.announcement.save.api",
    method: "POST",
    path: "/api/calls/announcement",
    kind: "api",
    summary: "時間外の案内の文を直す（null なら標準に戻す）",
    input: saveBody,
    handle: async (ask) => {
      const { text } = await ask.json(saveBody);
      await saveAnnouncement(ask.office, ask.actor, text ?? undefined);
      return ask.reply(await readAnnouncement(ask.office, ask.actor.contract));
    },
  },
];
