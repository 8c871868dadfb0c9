/** 席の埋まり方の小さな棒。数は隣の欄にあるので、絵は読み上げない。 */
export function SeatBar({ capacity, booked, held }: { capacity: number; booked: number; held: number }) {
  const full = Math.max(1, capacity, booked + held);
  const width = (count: number) => (96 * count) / full;
  return (
    <svg className="seatbar" viewBox="0 0 96 12" aria-hidden="true" preserveAspectRatio="none">
      <rect className="room" x="0.5" y="0.5" width="95" height="11" />
      <rect className="booked" x="0" y="0" width={width(booked)} height="12" />
      <rect className="held" x={width(booked)} y="0" width={width(held)} height="12" />
    </svg>
  );
}
