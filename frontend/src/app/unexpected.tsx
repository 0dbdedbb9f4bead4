import { TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { useRouteError } from "react-router";

import { useI18n } from "@/features/shared/i18n";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/states";

/** The last net: a sentence and a way on, never a stack trace. */
export function Unexpected() {
  const { t } = useI18n();
  const error = useRouteError();
  useEffect(() => reportError(error), [error]);
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
