/** 緊急の連絡先の一つ。上から順に電話する。 */
export interface EmergencyContact {
  unit: string;
  post: string;
  phone: string;
  /** つながる時間（「平日 8:45〜17:15」など）。 */
  hours: string;
}
