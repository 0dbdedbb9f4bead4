import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from "react";
import { I18nProvider as AriaI18nProvider } from "react-aria-components";
import { BrowserRouter } from "react-router";

import { speak } from "@/api/auth";
import { createQueryClient } from "@/api/query";
import { I18nProvider, preferredLanguage, useCatalogue } from "@/lib/i18n";
import { Toasts } from "@/ui/toast";

import { loadCatalogue } from "./catalogue";
import { AppRoutes } from "./routes";

type Router = ComponentType<{ children: ReactNode }>;

export function App({ router: Router = BrowserRouter }: { router?: Router }) {
  const [queryClient] = useState(createQueryClient);
  const { i18n, setLanguage } = useCatalogue(preferredLanguage(), loadCatalogue);
  const language = i18n?.language;
  useEffect(() => {
    if (language) speak(language);
  }, [language]);
  if (!i18n) return null;
  return (
    <I18nProvider i18n={i18n} setLanguage={setLanguage}>
      <AriaI18nProvider locale={i18n.locale}>
        <QueryClientProvider client={queryClient}>
          <Router>
            <Suspense>
              <AppRoutes />
            </Suspense>
          </Router>
          <Toasts />
        </QueryClientProvider>
      </AriaI18nProvider>
    </I18nProvider>
  );
}
