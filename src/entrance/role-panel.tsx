import { roleLabels } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { CheckGroup } from "../ui/choice-field.tsx";
import { TextField } from "../ui/field.tsx";

export interface RoleFieldsProps {
  grantable: readonly Role[];
  chosen: readonly Role[];
  from: string;
  to: string;
  approval: string;
  errors: Readonly<Record<string, string>>;
}

/** 役割と、その期間の欄。 */
export function RoleFields({ grantable, chosen, from, to, approval, errors }: RoleFieldsProps) {
  return (
    <>
      <CheckGroup
        id="roles"
        legend="役割"
        required
        choices={grantable.map((role) => ({ value: role, label: roleLabels[role] }))}
        defaultValues={chosen}
        error={errors.roles}
      />
      <TextField id="from" label="いつから" type="date" defaultValue={from} error={errors.from} />
      <TextField
        id="to"
        label="いつまで"
        type="date"
        defaultValue={to}
        help="空なら、変えるまで続きます。"
        error={errors.to}
      />
      {grantable.includes("privacy") && (
        <TextField
          id="approval"
          label="委託者の承認の番号"
          defaultValue={approval}
          help="保護管理者を登録するときだけ入れます。"
          error={errors.approval}
        />
      )}
    </>
  );
}
