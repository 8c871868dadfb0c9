/**
 * 手引と法律の項目。市町村の計画に記載すべき事項として法律が定めたものではなく、国の手引の雛型と、法律の分野・理念である
 * （官民データ活用推進基本法9条3項は努力義務。手引は令和元年10月改訂。デジタル社会形成基本法3–12条）。
 */
export interface LawItem {
  /** 原稿の covers が指す記号。 */
  code: string;
  group: LawGroup;
  label: string;
}

export const lawGroups = ["guide", "data", "digital"] as const;
export type LawGroup = (typeof lawGroups)[number];

export const lawGroupLabels: Readonly<Record<LawGroup, { name: string; short: string }>> = {
  guide: { name: "市町村官民データ活用推進計画策定の手引の雛型", short: "手引" },
  data: { name: "官民データ活用推進基本法の分野", short: "官民データ法" },
  digital: { name: "デジタル社会形成基本法の基本理念", short: "形成基本法" },
};

const list = (group: LawGroup, items: readonly [string, string][]): LawItem[] =>
  items.map(([code, label]) => ({ code, group, label }));

export const lawItems: readonly LawItem[] = [
  ...list("guide", [
    ["G1", "現状及び課題"],
    ["G2", "目的"],
    ["G3", "計画の位置付け"],
    ["G4", "推進体制"],
    ["G5", "基本的な方針"],
    ["G6", "個別施策"],
    ["G7", "セキュリティ及び個人情報の保護"],
  ]),
  ...list("data", [
    ["L10", "10条 手続等のオンライン化"],
    ["L11", "11条 オープンデータ"],
    ["L13", "13条 マイナンバーカードの普及・活用"],
    ["L14", "14条 利用の機会の格差の是正"],
    ["L15", "15条 標準化・システム改革・業務の見直し"],
  ]),
  ...list("digital", [
    ["D3", "3条 全ての国民が恵沢を享受できる社会"],
    ["D4", "4条 経済構造改革と国際競争力"],
    ["D5", "5条 ゆとりと豊かさを実感できる生活"],
    ["D6", "6条 活力ある地域社会"],
    ["D7", "7条 安全で安心して暮らせる社会"],
    ["D8", "8条 利用の機会等の格差の是正"],
    ["D9", "9条 国・地方公共団体と民間の役割分担"],
    ["D10", "10条 個人及び法人の権利利益の保護"],
    ["D11", "11条 情報通信技術の進展への対応"],
    ["D12", "12条 社会経済構造の変化に伴う課題への対応"],
  ]),
];
