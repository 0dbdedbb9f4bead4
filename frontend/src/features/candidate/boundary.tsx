import { Component, type ContextType, type ReactNode } from "react";

import { ControllerContext } from "./context";
import { ProblemScreen } from "./screens/problem";

interface Props {
  children: ReactNode;
}

/** A fault in a screen ends in words and a way on, never in an empty page. */
export class Boundary extends Component<Props, { failed: boolean }> {
  static override contextType = ControllerContext;
  declare context: ContextType<typeof ControllerContext>;
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    this.context?.screenFailed(error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    // What failed stays failed in this page; after a reload the interview goes on where it was.
    return <ProblemScreen problem="unexpected" retry={() => location.reload()} />;
  }
}
