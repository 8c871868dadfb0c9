import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type IconName, iconsIn, Sprite } from "./icon.tsx";
import { type Demo, DemoMark } from "./layout.tsx";

/** 組み立てが作った名簿（assets/manifest.json）。例: "madoguchi.css" → "/assets/madoguchi-3F2A….css"。 */
export type Assets = Readonly<Record<string, string>>;

export interface DocumentProps {
  /** 画面の名。個人名を入れない（履歴と記録に残る）。 */
  title: string;
  assets: Assets;
  children: ReactNode;
  /** この画面で動かす島の名（"desk" は desk-island）。印刷と確認の窓の "page" は必ず入る。 */
  islands?: readonly string[] | undefined;
  /** 島だけが使う絵。 */
  icons?: readonly IconName[] | undefined;
  /** Frame のない画面の頭に出すデモの帯。Frame のある画面では Frame に渡す。 */
  demo?: Demo | undefined;
}

/** 一枚の HTML。使われた絵だけを頭に集める。 */
export function renderDocument(props: DocumentProps): string {
  const body = renderToStaticMarkup(<Body {...props} />);
  const names = [...new Set([...iconsIn(body), ...(props.icons ?? [])])];
  const sprite = names.length === 0 ? "" : renderToStaticMarkup(<Sprite names={names} />);
  const head = renderToStaticMarkup(<Head {...props} />);
  return `<!doctype html>\n<html lang="ja">${head}<body>${sprite}${body}</body></html>`;
}

function Head({ title, assets, islands = [] }: DocumentProps) {
  const names = [...new Set(["page", ...islands])];
  const scripts = names.map((name) => assets[`${name}-island.js`]).filter((src) => src !== undefined);
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="same-origin" />
      <title>{`${title}｜まどぐち`}</title>
      <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
      <link rel="stylesheet" href={assets["madoguchi.css"]} />
      {scripts.map((src) => (
        <script key={src} type="module" src={src} />
      ))}
    </head>
  );
}

function Body({ demo, children }: DocumentProps) {
  return (
    <>
      <a className="skip" href="#main">
        本文へ
      </a>
      {demo !== undefined && <DemoMark demo={demo} bar />}
      {children}
    </>
  );
}
