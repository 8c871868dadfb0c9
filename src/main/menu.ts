import type { MenuEntry } from "../platform/route.ts";

/** 左のメニュー。各室の項目を、画面の並びで集める。 */
export const menuEntries: MenuEntry[] = [];
