import { type ComponentType, lazy } from "react";
import { Route, Routes } from "react-router";

import { NotFound } from "@/features/shared/problem";

import { Gate } from "./gate";
import { ErrorBoundary } from "./unexpected";

/** A screen is its own file for the browser: it comes when it is first visited. */
const screen = (load: () => Promise<{ Component: ComponentType }>) =>
  lazy(async () => ({ default: (await load()).Component }));

const Login = screen(() => import("@/features/shared/login"));
const Home = screen(() => import("@/features/recruiter/home/home"));
const Campaigns = screen(() => import("@/features/recruiter/campaigns/list"));
const EditCampaign = screen(() => import("@/features/recruiter/campaigns/edit"));
const Campaign = screen(() => import("@/features/recruiter/campaigns/overview"));
const Invite = screen(() => import("@/features/recruiter/campaigns/invite-page"));
const CampaignFigures = screen(() => import("@/features/recruiter/campaigns/statistics"));
const Sessions = screen(() => import("@/features/recruiter/sessions/list"));
const Review = screen(() => import("@/features/recruiter/sessions/review"));
const Candidates = screen(() => import("@/features/recruiter/candidates/list"));
const Candidate = screen(() => import("@/features/recruiter/candidates/detail"));
const Profile = screen(() => import("@/features/shared/profile"));

export function AppRoutes() {
  return (
    <ErrorBoundary>
      <Routes>
        <Route path="/login" element={<Login />} />
        <Route path="/" element={<Gate />}>
          <Route index element={<Home />} />
          <Route path="campaigns" element={<Campaigns />} />
          <Route path="campaigns/new" element={<EditCampaign />} />
          <Route path="campaigns/:id" element={<Campaign />} />
          <Route path="campaigns/:id/invite" element={<Invite />} />
          <Route path="campaigns/:id/statistics" element={<CampaignFigures />} />
          <Route path="campaigns/:id/edit" element={<EditCampaign />} />
          <Route path="sessions" element={<Sessions />} />
          <Route path="sessions/:id" element={<Review />} />
          <Route path="candidates" element={<Candidates />} />
          <Route path="candidates/:id" element={<Candidate />} />
          <Route path="profile" element={<Profile />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </ErrorBoundary>
  );
}
