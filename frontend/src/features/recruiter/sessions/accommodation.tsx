import { type FormEvent, useState } from "react";

import { useAccommodate, useAccommodation } from "@/api/going-on";
import type { Accommodation } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog, DialogActions } from "@/ui/dialog";
import { Form } from "@/ui/field";
import { NumberField } from "@/ui/number-field";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";

interface Props {
  sessionId: string;
  isOpen: boolean;
  onClose(): void;
}

const PERCENTS = ["100", "125", "150", "200"] as const;
const MOST_TAKES = 10;

export function AccommodationDialog(props: Props) {
  const { t } = useI18n();
  return (
    <Dialog title={t("accommodation.action")} isOpen={props.isOpen} onClose={props.onClose}>
      <Held {...props} />
    </Dialog>
  );
}

function Held({ sessionId, onClose }: Props) {
  const query = useAccommodation(sessionId);
  return (
    <Loaded query={query}>
      {(held) => <Grants sessionId={sessionId} held={held} onClose={onClose} />}
    </Loaded>
  );
}

interface GrantsProps {
  sessionId: string;
  held: Accommodation;
  onClose(): void;
}

function Grants({ sessionId, held, onClose }: GrantsProps) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const accommodate = useAccommodate(sessionId);
  const [granted, setGranted] = useState(held);
  const change = (part: Partial<Accommodation>) => setGranted({ ...granted, ...part });
  const save = (event: FormEvent) => {
    event.preventDefault();
    accommodate.mutate(granted, {
      onSuccess: () => {
        toast(t("accommodation.saved"));
        onClose();
      },
      onError: (error) => toast(errorText(error), "bad"),
    });
  };
  return (
    <Form onSubmit={save} className="flex flex-col gap-4">
      <p className="text-ink-soft">{t("accommodation.text")}</p>
      <Time granted={granted} onChange={change} />
      <NumberField
        name="extra_takes"
        label={t("accommodation.extraTakes")}
        value={granted.extra_takes ?? 0}
        onChange={(takes) => change({ extra_takes: takes ?? 0 })}
        minValue={0}
        maxValue={MOST_TAKES}
      />
      <Instead granted={granted} onChange={change} />
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button type="submit" variant="primary" isPending={accommodate.isPending}>
          {t("action.save")}
        </Button>
      </DialogActions>
    </Form>
  );
}

interface PartProps {
  granted: Accommodation;
  onChange(part: Partial<Accommodation>): void;
}

function Time({ granted, onChange }: PartProps) {
  const { t, number } = useI18n();
  const options = PERCENTS.map((id) => ({
    id,
    label:
      id === "100"
        ? t("accommodation.usual")
        : t("accommodation.percent", { factor: number(Number(id) / 100) }),
  }));
  const value = PERCENTS.find((id) => Number(id) === granted.time_percent) ?? "100";
  return (
    <>
      <Select
        label={t("accommodation.time")}
        options={options}
        value={value}
        onChange={(id) =>
          onChange({ time_percent: Number(id) as NonNullable<Accommodation["time_percent"]> })
        }
      />
      <Checkbox
        isSelected={granted.no_limit ?? false}
        onChange={(no_limit) => onChange({ no_limit })}
      >
        {t("accommodation.noLimit")}
      </Checkbox>
    </>
  );
}

const WAYS = ["audio", "text"] as const;

function Instead({ granted, onChange }: PartProps) {
  const { t } = useI18n();
  const held = granted.instead ?? [];
  const set = (way: (typeof WAYS)[number], on: boolean) =>
    onChange({ instead: WAYS.filter((one) => (one === way ? on : held.includes(one))) });
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("accommodation.instead")}</legend>
      {WAYS.map((way) => (
        <Checkbox key={way} isSelected={held.includes(way)} onChange={(on) => set(way, on)}>
          {t(way === "audio" ? "accommodation.audio" : "accommodation.writing")}
        </Checkbox>
      ))}
    </fieldset>
  );
}
