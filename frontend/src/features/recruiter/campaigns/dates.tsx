import { useMemo } from "react";

import { useI18n } from "@/features/shared/i18n";
import { dayIn, momentIn, zonesWith } from "@/lib/zone";
import { Checkbox } from "@/ui/checkbox";
import { TextField } from "@/ui/field";
import { LongSelect } from "@/ui/long-select";
import { Card } from "@/ui/page";

import { type CampaignDraft, FIRST_SECOND, inZone, LAST_SECOND } from "./draft";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
}

/** When the campaign runs, what candidates are promised, and what they are written. */
export function Dates({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("campaign.dates")}>
      <div className="grid items-start gap-5 p-4 sm:grid-cols-2 md:p-5">
        <Days draft={draft} change={change} />
        <Reminders draft={draft} change={change} />
        <TextField
          label={t("field.invitationText")}
          name="invitation_text"
          hint={t("hint.invitationText")}
          rows={2}
          maxLength={2000}
          className="sm:col-span-2"
          value={draft.invitation_text}
          onChange={(invitation_text) => change({ invitation_text })}
        />
      </div>
    </Card>
  );
}

function Days({ draft, change }: Props) {
  const { t } = useI18n();
  const zone = draft.time_zone;
  const zones = useMemo(() => zonesWith(zone), [zone]);
  return (
    <>
      <TextField
        label={t("field.startsAt")}
        name="starts_at"
        type="date"
        hint={t("hint.startsAt")}
        value={dayIn(zone, draft.starts_at)}
        onChange={(day) => change({ starts_at: momentIn(zone, day, FIRST_SECOND) })}
      />
      <TextField
        label={t("field.endsAt")}
        name="ends_at"
        type="date"
        hint={t("hint.endsAt")}
        value={dayIn(zone, draft.ends_at)}
        onChange={(day) => change({ ends_at: momentIn(zone, day, LAST_SECOND) })}
      />
      <LongSelect
        label={t("field.timeZone")}
        name="time_zone"
        hint={t("hint.timeZone")}
        options={zones}
        value={zone}
        onChange={(time_zone) => change(inZone(draft, time_zone))}
      />
      <TextField
        label={t("field.replyBy")}
        name="reply_by"
        type="date"
        hint={t("hint.replyBy")}
        value={draft.reply_by ?? ""}
        onChange={(day) => change({ reply_by: day || null })}
      />
    </>
  );
}

const OFFERED_DAYS = [7, 3, 1];

function Reminders({ draft, change }: Props) {
  const { t } = useI18n();
  const { reminder_days } = draft;
  // Days that were set by other means stay on offer.
  const offered = [...new Set([...OFFERED_DAYS, ...reminder_days])].toSorted((a, b) => b - a);
  const toggle = (day: number, selected: boolean) =>
    change({
      reminder_days: selected
        ? [...reminder_days, day].toSorted((a, b) => b - a)
        : reminder_days.filter((held) => held !== day),
    });
  return (
    <fieldset className="sm:col-span-2">
      <legend className="text-sm font-medium">{t("field.reminders")}</legend>
      <p className="text-sm text-ink-faint">{t("hint.reminders")}</p>
      <div className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1">
        {offered.map((day) => (
          <Checkbox
            key={day}
            isSelected={reminder_days.includes(day)}
            onChange={(selected) => toggle(day, selected)}
          >
            {t("campaign.reminderDays", { count: day })}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
