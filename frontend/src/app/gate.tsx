import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";

import { onSignedOut, signOut } from "@/api/auth";
import { ApiError } from "@/api/errors";
import { activeMembership, meQuery } from "@/api/me";
import type { Me } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { MemberProvider } from "@/features/shared/member";
import { PlainPage } from "@/features/shared/plain-page";
import { Button } from "@/ui/button";
import { ErrorState, Skeleton } from "@/ui/states";

import { Shell } from "./shell/shell";

/** Let in who is signed in; send the others to sign in, and back afterwards. */
export function Gate() {
  const location = useLocation();
  const me = useQuery(meQuery);
  useLeaveWhenSignedOut();
  if (me.data) return <Member me={me.data} />;
  if (me.isPending) return <Skeleton rows={1} />;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  }
  return (
    <ErrorState
      isUnreachable={me.error instanceof ApiError && me.error.isUnreachable}
      detail={me.error instanceof ApiError ? me.error.detail : ""}
      onRetry={() => void me.refetch()}
    />
  );
}

function useLeaveWhenSignedOut(): void {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      onSignedOut((ending) => {
        queryClient.clear();
        const from = location.pathname + location.search;
        const state = ending === "expired" ? { from, expired: true } : null;
        void navigate("/login", { replace: true, state });
      }),
    [navigate, queryClient],
  );
}

function Member({ me }: { me: Me }) {
  const membership = activeMembership(me);
  useBrand(membership?.organization.brand_color);
  if (!membership) return <NoMembership email={me.email} />;
  return (
    <MemberProvider me={me} membership={membership}>
      <Shell />
    </MemberProvider>
  );
}

function useBrand(color: string | undefined): void {
  useEffect(() => {
    const { style } = document.documentElement;
    if (color) style.setProperty("--brand", color);
    return () => void style.removeProperty("--brand");
  }, [color]);
}

/** A candidate's account belongs to no organisation: say how interviews open. */
function NoMembership({ email }: { email: string }) {
  const { t, rich } = useI18n();
  const address: ReactNode = (
    <bdi dir="ltr" className="font-medium text-ink">
      {email}
    </bdi>
  );
  return (
    <PlainPage title={t("candidateAccount.title")}>
      <p className="mt-3 text-ink-soft">{rich("candidateAccount.text", { email: address })}</p>
      <p className="mt-3 mb-6 text-ink-soft">{t("candidateAccount.recruiter")}</p>
      <Button onPress={() => void signOut()}>{t("user.signOut")}</Button>
    </PlainPage>
  );
}
