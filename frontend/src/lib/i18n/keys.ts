import type candidate from "@/locales/fr/candidate.json";
import type common from "@/locales/fr/common.json";
import type recruiter from "@/locales/fr/recruiter.json";

/** French is written first: its catalogues say which keys exist. */
export type CommonKey = keyof typeof common;
export type CandidateKey = CommonKey | keyof typeof candidate;
export type RecruiterKey = CommonKey | keyof typeof recruiter;
