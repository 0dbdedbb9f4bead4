import { useQueryClient } from "@tanstack/react-query";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";

import { accessToken, signIn } from "@/api/auth";
import { Button } from "@/ui/button";
import { Form, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

import { useI18n } from "./i18n";
import { fieldErrors, useErrorText } from "./mutation-error";
import { PlainPage } from "./plain-page";

interface From {
  from?: string;
  expired?: boolean;
}

export function Component() {
  const { t } = useI18n();
  const { from = "/", expired = false } = (useLocation().state ?? {}) as From;
  if (accessToken() !== null) return <Navigate to={from} replace />;
  return (
    <PlainPage title={t("login.title")}>
      <p className="mt-1 mb-6 text-ink-soft">{t("login.subtitle")}</p>
      {expired ? <Notice tone="wait">{t("login.expired")}</Notice> : null}
      <LoginForm from={from} />
    </PlainPage>
  );
}

function LoginForm({ from }: { from: string }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const login = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: () => {
      queryClient.clear();
      void navigate(from, { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate();
  };
  return (
    <Form
      onSubmit={submit}
      validationErrors={fieldErrors(login.error)}
      className="flex flex-col gap-4"
    >
      {login.error ? <Notice tone="bad">{errorText(login.error)}</Notice> : null}
      <TextField
        label={t("field.email")}
        name="email"
        type="email"
        inputDir="ltr"
        autoComplete="username"
        isRequired
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t("field.password")}
        name="password"
        type="password"
        inputDir="ltr"
        autoComplete="current-password"
        isRequired
        value={password}
        onChange={setPassword}
      />
      <Button
        type="submit"
        variant="primary"
        isPending={login.isPending}
        isDisabled={!email || !password}
        className="mt-2"
      >
        {t("login.submit")}
      </Button>
    </Form>
  );
}
