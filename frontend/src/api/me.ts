import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { chooseOrganization, chosenOrganization } from "./auth";
import { api, unwrap } from "./client";
import type { HiringManagerWrite, Language, Me, Membership } from "./types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const me = await unwrap(api.GET("/api/me/", { signal }));
    const active = activeMembership(me);
    // A choice made by somebody else on this device must not be sent along.
    if (active) chooseOrganization(active.organization.id);
    return me;
  },
  staleTime: Infinity,
});

/** Return the membership that is worked in: the chosen one, else the first. */
export const activeMembership = (me: Me): Membership | null =>
  me.memberships.find(({ organization }) => organization.id === chosenOrganization()) ??
  me.memberships[0] ??
  null;

export function useUpdateMe() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { language: Language }) => unwrap(api.PATCH("/api/me/", { body })),
    onSuccess: (me) => queryClient.setQueryData(meQuery.queryKey, me),
  });
}

const profileKey = ["hiring-manager"];

/** The own profile: the first and only one of the page. */
export const useProfile = () =>
  useQuery({
    queryKey: profileKey,
    queryFn: async ({ signal }) => {
      const page = await unwrap(api.GET("/api/hiring-managers/", { signal }));
      return page.results[0] ?? null;
    },
  });

export function useUpdateProfile(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: HiringManagerWrite) =>
      unwrap(api.PUT("/api/hiring-managers/{id}/", { params: { path: { id } }, body })),
    onSuccess: async (profile) => {
      queryClient.setQueryData(profileKey, profile);
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}
