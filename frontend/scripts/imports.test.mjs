// @ts-check
import { describe, expect, it } from "vitest";

import { violations } from "./imports.mjs";

describe("import directions", () => {
  it.each([
    ["app/routes.tsx", 'import { X } from "@/features/recruiter/x";'],
    ["features/recruiter/home.tsx", 'import { Button } from "../../ui/button";'],
    ["features/recruiter/home.tsx", 'import { useMe } from "@/api/me";'],
    ["ui/button.tsx", 'import { RacButton } from "react-aria-components";'],
    ["recorder/take.test.ts", 'import { server } from "@/test/server";'],
  ])("lets %s say %s", (file, source) => {
    expect(violations(file, source)).toEqual([]);
  });

  it.each([
    ["ui/button.tsx", 'import { useMe } from "@/api/me";'],
    ["features/recruiter/home.tsx", 'import { Page } from "../candidate/page";'],
    ["features/candidate/page.tsx", 'const page = () => import("@/features/recruiter/home");'],
    ["recorder/take.ts", 'import type { Language } from "@/lib/i18n";'],
    ["api/client.ts", 'export { App } from "../app/app";'],
    ["lib/format.ts", 'import { server } from "@/test/server";'],
  ])("stops %s saying %s", (file, source) => {
    expect(violations(file, source)).toHaveLength(1);
  });
});
