/** 見出しの右の飾りの絵の、図形の名。読み戻すときに、写真と取り違えないしるしになる。 */
export function iconName(id: number): string {
  return `アイコン ${id}`;
}

/** 飾りの絵の名か。 */
export function isIconName(name: string): boolean {
  return /^アイコン \d+$/.test(name);
}
