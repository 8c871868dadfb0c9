import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import type { EmergencyContact } from "./complaint-contact.ts";
import { EmergencyPanel } from "./emergency-panel.tsx";

export interface ContactPageProps {
  csrf: string;
  contacts: readonly EmergencyContact[];
  mayChange: boolean;
  faults: readonly { field?: string; message: string }[];
}

const rows = 4;

/** 緊急の連絡体制を見る・改める。 */
export function ContactPage({ csrf, contacts, mayChange, faults }: ContactPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/complaints">クレーム</a>} title="緊急の連絡体制" />
      <div className="pile">
        {!mayChange && <EmergencyPanel contacts={contacts} />}
        {mayChange && (
          <form method="post" action="/complaints/contacts" className="pile">
            <Csrf token={csrf} />
            <p>市の職員の対応が要るときに、上から順に電話する相手です。空の行は残りません。</p>
            {Array.from({ length: Math.max(rows, contacts.length) }, (_, at) => contacts[at]).map(
              (one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: 行は並びそのもので、入れ替わらない
                <div className="fields four" key={at}>
                  <TextField
                    id={`unit-${at}`}
                    label={`${at + 1}番目の部署`}
                    maxLength={60}
                    defaultValue={one?.unit}
                    error={fault(`unit-${at}`)}
                  />
                  <TextField id={`post-${at}`} label="職名" maxLength={40} defaultValue={one?.post} />
                  <TextField
                    id={`phone-${at}`}
                    label="電話"
                    maxLength={30}
                    inputMode="tel"
                    defaultValue={one?.phone}
                    error={fault(`phone-${at}`)}
                  />
                  <TextField
                    id={`hours-${at}`}
                    label="つながる時間"
                    maxLength={40}
                    defaultValue={one?.hours}
                  />
                </div>
              ),
            )}
            <div className="acts">
              <LinkButton href="/complaints" size="tall">
                やめる
              </LinkButton>
              <Submit>連絡体制を改める</Submit>
            </div>
          </form>
        )}
      </div>
    </>
  );
}
