import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";

import { useCampaigns } from "@/api/campaigns";
import { useI18n } from "@/features/shared/i18n";
import { useListParams } from "@/features/shared/list-params";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { TextField } from "@/ui/field";
import { SearchField } from "@/ui/search";
import { Select } from "@/ui/select";

import { SESSION_STATUSES } from "../status";
import { DATES, MORE } from "./filter-names";

const MOST_CAMPAIGNS = 100;

/** What narrows the list; all of it lives in the address. */
export function Filters() {
  const params = useListParams();
  const isUsed = MORE.some((name) => params.get(name));
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <div className="flex flex-col gap-3 border-b border-line p-3">
      <div className="flex flex-wrap gap-3">
        <Usual />
        <More isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
      {isOpen ? <Rare /> : null}
    </div>
  );
}

function Usual() {
  const { t } = useI18n();
  const { get, set } = useListParams();
  const campaigns = useCampaigns({ page_size: MOST_CAMPAIGNS, ordering: "title" });
  const statuses = [
    { id: "", label: t("filter.allStatuses") },
    ...SESSION_STATUSES.map((id) => ({ id, label: t(`sessionStatus.${id}`) })),
  ];
  const titles = [
    { id: "", label: t("filter.allCampaigns") },
    ...(campaigns.data?.results ?? []).map(({ id, title }) => ({ id, label: title })),
  ];
  return (
    <>
      <SearchField
        label={t("sessions.search")}
        value={get("search")}
        onSearch={(text) => set("search", text)}
        className="min-w-44 grow md:max-w-xs"
      />
      <Select
        label={t("filter.campaign")}
        hideLabel
        options={titles}
        value={get("campaign")}
        onChange={(id) => set("campaign", id)}
        className="w-52 max-sm:w-full md:ms-auto"
      />
      <Select
        label={t("filter.status")}
        hideLabel
        options={statuses}
        value={get("status")}
        onChange={(status) => set("status", status)}
        className="w-40 max-sm:w-full"
      />
    </>
  );
}

function More({ isOpen, onToggle }: { isOpen: boolean; onToggle(): void }) {
  const { t } = useI18n();
  return (
    <Button
      aria-expanded={isOpen}
      icon={<SlidersHorizontal aria-hidden />}
      onPress={onToggle}
      className="max-sm:w-full"
    >
      {t("filter.more")}
    </Button>
  );
}

function Rare() {
  const { t } = useI18n();
  const { get, set, clear } = useListParams();
  const flags = ["late", "trouble"] as const;
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <DeviceAndScore />
      {DATES.map((name) => (
        <TextField
          key={name}
          type="date"
          label={t(`filter.${name}`)}
          value={get(name)}
          onChange={(day) => set(name, day)}
          className="w-40 max-sm:w-full"
        />
      ))}
      {flags.map((name) => (
        <Checkbox
          key={name}
          isSelected={get(name) === "true"}
          onChange={(on) => set(name, on ? "true" : "")}
        >
          {t(`filter.${name}`)}
        </Checkbox>
      ))}
      <Button variant="quiet" onPress={() => clear(MORE)} className="ms-auto">
        {t("filter.clear")}
      </Button>
    </div>
  );
}

function DeviceAndScore() {
  const { t } = useI18n();
  const { get, set } = useListParams();
  const devices = (["desktop", "tablet", "mobile"] as const).map((id) => ({
    id,
    label: t(`device.${id}`),
  }));
  const scores = ["8", "6", "4"].map((score) => ({
    id: score,
    label: t("filter.scoreAtLeast", { score }),
  }));
  return (
    <>
      <Select
        label={t("filter.device")}
        options={[{ id: "", label: t("filter.allDevices") }, ...devices]}
        value={get("device")}
        onChange={(device) => set("device", device)}
        className="w-44 max-sm:w-full"
      />
      <Select
        label={t("filter.score")}
        options={[{ id: "", label: t("filter.anyScore") }, ...scores]}
        value={get("score_min")}
        onChange={(score) => set("score_min", score)}
        className="w-40 max-sm:w-full"
      />
    </>
  );
}
