import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { paths } from "./schema.gen";
import type { Campaign, CampaignWrite, Invitation } from "./types";

type Query = NonNullable<paths["/api/campaigns/"]["get"]["parameters"]["query"]>;

/** As an address bar holds it: the server judges what it does not know. */
export interface CampaignFilter {
  status?: string;
  search?: string;
  ordering?: string;
  cursor?: string;
  page_size?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

export const useCampaigns = (query: CampaignFilter) =>
  useQuery({
    queryKey: ["campaigns", "list", query],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/campaigns/", { params: { query: query as Query }, signal })),
    placeholderData: keepPreviousData,
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", "one", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/campaigns/{id}/", { ...at(id), signal })),
  });

export const useStatistics = (id: string) =>
  useQuery({
    queryKey: ["campaigns", "statistics", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/campaigns/{id}/statistics/", { ...at(id), signal })),
  });

/** Put the answer of a change where the page reads it, and let every list be read again. */
function useChanged() {
  const queryClient = useQueryClient();
  return async (campaign: Campaign) => {
    queryClient.setQueryData(campaignQuery(campaign.id).queryKey, campaign);
    await queryClient.invalidateQueries({ queryKey: ["campaigns", "list"] });
  };
}

export function useSaveCampaign(id: string | null) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: CampaignWrite) =>
      id === null
        ? unwrap(api.POST("/api/campaigns/", { body }))
        : unwrap(api.PUT("/api/campaigns/{id}/", { ...at(id), body })),
    onSuccess: changed,
  });
}

/** Ask what saving would do to the versions of a campaign that exists. */
export function useCheckUpdate(id: string | null) {
  return useMutation({
    mutationFn: (body: CampaignWrite) =>
      unwrap(api.POST("/api/campaigns/{id}/check_update/", { ...at(id ?? ""), body })),
  });
}

export function useDuplicateCampaign(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/campaigns/{id}/duplicate/", at(id))),
    onSuccess: changed,
  });
}

export type Switch = "open" | "close" | "archive";

export function useSwitchCampaign(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (to: Switch) => unwrap(api.POST(`/api/campaigns/{id}/${to}/`, at(id))),
    onSuccess: changed,
  });
}

export function useDeleteCampaign(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/campaigns/{id}/", at(id))),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["campaigns", "list"] }),
  });
}

export function useInvite(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (candidates: Invitation[]) =>
      unwrap(
        api.POST("/api/campaigns/{id}/invite_candidates/", { ...at(id), body: { candidates } }),
      ),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["campaigns"] }),
        queryClient.invalidateQueries({ queryKey: ["sessions"] }),
        queryClient.invalidateQueries({ queryKey: ["candidates"] }),
      ]),
  });
}
