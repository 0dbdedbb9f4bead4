import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";

import { useI18n } from "@/features/shared/i18n";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/states";

/** The last net: a sentence and a way on, never a stack trace. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Unexpected /> : this.props.children;
  }
}

function Unexpected() {
  const { t } = useI18n();
  return (
    <div role="alert" className="flex min-h-[60dvh] items-center">
      <EmptyState
        icon={<TriangleAlert />}
        title={t("problem.unexpected.title")}
        isPage
        text={t("problem.unexpected.text")}
      >
        <Button variant="primary" onPress={() => location.reload()}>
          {t("action.reload")}
        </Button>
      </EmptyState>
    </div>
  );
}
