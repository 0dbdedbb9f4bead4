import type { RouteObject } from "react-router";

import { NotFound } from "@/features/shared/problem";

import { Gate } from "./gate";
import { Unexpected } from "./unexpected";

const screens: RouteObject[] = [
  { index: true, lazy: () => import("@/features/recruiter/home/home") },
  { path: "campaigns", lazy: () => import("@/features/recruiter/campaigns/list") },
  { path: "campaigns/new", lazy: () => import("@/features/recruiter/campaigns/edit") },
  { path: "campaigns/:id", lazy: () => import("@/features/recruiter/campaigns/overview") },
  { path: "campaigns/:id/edit", lazy: () => import("@/features/recruiter/campaigns/edit") },
  { path: "sessions", lazy: () => import("@/features/recruiter/sessions/list") },
  { path: "sessions/:id", lazy: () => import("@/features/recruiter/sessions/review") },
  { path: "candidates", lazy: () => import("@/features/recruiter/candidates/list") },
  { path: "candidates/:id", lazy: () => import("@/features/recruiter/candidates/detail") },
  { path: "profile", lazy: () => import("@/features/shared/profile") },
  { path: "*", element: <NotFound /> },
];

export const routes: RouteObject[] = [
  {
    errorElement: <Unexpected />,
    hydrateFallbackElement: <></>,
    children: [
      { path: "/login", lazy: () => import("@/features/shared/login") },
      {
        path: "/",
        element: <Gate />,
        // An error inside a screen leaves the navigation standing.
        children: [{ errorElement: <Unexpected />, children: screens }],
      },
    ],
  },
];
