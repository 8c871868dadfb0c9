/** 補ったこと・読み飛ばしたことを、同じことはまとめて覚える。 */
export class ScheduleNotes {
  private readonly found = new Map<string, { first: string; count: number }>();

  add(sheet: string | undefined, message: string, ref: string): void {
    const key = sheet === undefined ? message : `${sheet}：${message}`;
    const known = this.found.get(key);
    if (known) known.count++;
    else this.found.set(key, { first: ref, count: 1 });
  }

  /** 「年は「令和7年度」から補いました（B5 ほか 11 か所）」。 */
  list(): string[] {
    return [...this.found].map(([message, { first, count }]) => {
      const place = first === "" ? "" : count > 1 ? `（${first} ほか ${count - 1} か所）` : `（${first}）`;
      return `${message}${place}。`;
    });
  }
}
