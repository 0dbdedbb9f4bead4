import { type FormEvent, useState } from "react";

import { useProfile, useUpdateProfile } from "@/api/me";
import type { HiringManager } from "@/api/types";
import { LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Form, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { Card, Email, Page } from "@/ui/page";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";

import { useI18n } from "./i18n";
import { Loaded } from "./loaded";
import { useMember } from "./member";
import { fieldErrors, useErrorText } from "./mutation-error";

const LANGUAGE_OPTIONS = LANGUAGES.map((id) => ({
  id,
  label: NATIVE_NAMES[id],
  className: "native-name",
}));

export function Component() {
  const { t } = useI18n();
  const { me, membership } = useMember();
  const query = useProfile();
  return (
    <Page
      title={t("nav.profile")}
      subtitle={
        <>
          <Email>{me.email}</Email> · {t(`role.${membership.role}`)}
        </>
      }
    >
      <Loaded query={query}>
        {(profile) =>
          profile ? <ProfileForm key={profile.id} profile={profile} /> : <NoProfile />
        }
      </Loaded>
    </Page>
  );
}

function NoProfile() {
  const { t } = useI18n();
  return (
    <Card>
      <p className="p-5 text-ink-soft">{t("profile.none")}</p>
    </Card>
  );
}

function ProfileForm({ profile }: { profile: HiringManager }) {
  const { t, setLanguage } = useI18n();
  const { id, email: _, ...start } = profile;
  const [draft, setDraft] = useState(start);
  const save = useUpdateProfile(id);
  const errorText = useErrorText();

  const field = (name: Exclude<keyof typeof draft, "language">) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, {
      onSuccess: ({ language }) => {
        setLanguage(language);
        toast(t("profile.saved"));
      },
    });
  };
  return (
    <Card title={t("profile.title")}>
      <Form
        onSubmit={submit}
        validationErrors={fieldErrors(save.error)}
        className="grid gap-5 p-4 md:grid-cols-2 md:p-5"
      >
        {save.error ? (
          <div className="md:col-span-2">
            <Notice tone="bad">{errorText(save.error)}</Notice>
          </div>
        ) : null}
        <TextField
          label={t("field.firstName")}
          autoComplete="given-name"
          {...field("first_name")}
        />
        <TextField label={t("field.lastName")} autoComplete="family-name" {...field("last_name")} />
        <TextField
          label={t("field.jobTitle")}
          autoComplete="organization-title"
          {...field("job_title")}
        />
        <TextField label={t("field.department")} {...field("department")} />
        <TextField label={t("field.company")} autoComplete="organization" {...field("company")} />
        <TextField
          label={t("field.phone")}
          type="tel"
          inputDir="ltr"
          autoComplete="tel"
          {...field("phone")}
        />
        <Select
          label={t("field.language")}
          name="language"
          options={LANGUAGE_OPTIONS}
          value={draft.language}
          onChange={(language) => setDraft({ ...draft, language })}
        />
        <div className="flex justify-end md:col-span-2">
          <Button type="submit" variant="primary" isPending={save.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
