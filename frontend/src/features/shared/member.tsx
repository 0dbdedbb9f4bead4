import { createContext, type ReactNode, useContext, useMemo } from "react";

import type { Me, Membership } from "@/api/types";

interface Member {
  me: Me;
  membership: Membership;
  /** May make campaigns and invite; a reviewer watches and scores. */
  canManage: boolean;
}

const Context = createContext<Member | null>(null);

interface Props {
  me: Me;
  membership: Membership;
  children: ReactNode;
}

export function MemberProvider({ me, membership, children }: Props) {
  const value = useMemo(
    () => ({ me, membership, canManage: membership.role !== "reviewer" }),
    [me, membership],
  );
  return <Context value={value}>{children}</Context>;
}

/** Who is signed in, and what they may do in the organisation they work in. */
export function useMember(): Member {
  const member = useContext(Context);
  if (!member) throw new Error("outside MemberProvider");
  return member;
}
