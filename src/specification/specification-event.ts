import type { EventKind } from "../base/event.ts";

export const specificationEvents: EventKind[] = [
  { kind: "specification.uploaded", label: "業務仕様書を読み込んだ" },
  { kind: "specification.confirmed", label: "業務仕様書の義務を確かめ終えた" },
  { kind: "specification.reopened", label: "業務仕様書をもう一度確かめ始めた" },
  { kind: "specification.applied", label: "確かめた設計図で契約を始めた・変更した" },
  { kind: "specification.taken", label: "設計図のファイルを取り出した" },
];
