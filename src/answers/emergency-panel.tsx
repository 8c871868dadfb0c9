import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { EmergencyContact } from "./complaint-contact.ts";

/** 緊急のときの電話の順（６(9)ただし書）。 */
export function EmergencyPanel({ contacts }: { contacts: readonly EmergencyContact[] }) {
  return (
    <Section id="h-emergency" title="緊急の連絡体制" end={<a href="/complaints/contacts">改める</a>}>
      {contacts.length === 0 ? (
        <Note tone="due" title="連絡先がまだ登録されていません。">
          責任者が「改める」から、委託者の部署と電話番号を登録してください。
        </Note>
      ) : (
        <>
          <p className="sub">市の職員の対応が要るときは、上から順に、つながるまで電話します。</p>
          <ol className="calls">
            {contacts.map((one) => (
              <li key={`${one.unit} ${one.phone}`}>
                <b>{one.phone}</b>
                <span>
                  {one.unit}
                  {one.post !== "" && `　${one.post}`}
                  {one.hours !== "" && <span className="sub">　{one.hours}</span>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  );
}
