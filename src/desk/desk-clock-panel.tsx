import { useEffect, useState } from "react";

/** 毎秒変わる字だけを描き直す時計。show には事務所の時計のいま（ms）が渡る。stopAt で止まる。 */
export function Clock(props: { skew: number; stopAt?: number | null; show: (officeMs: number) => string }) {
  const { skew, stopAt = null, show } = props;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (stopAt !== null) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [stopAt]);
  return <>{show(stopAt ?? now + skew)}</>;
}
