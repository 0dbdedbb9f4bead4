import type { UseQueryResult } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";

import { cursorOf } from "@/api/client";
import { useI18n } from "@/features/shared/i18n";
import { useListParams } from "@/features/shared/list-params";
import { Loaded } from "@/features/shared/loaded";
import { Card, Page } from "@/ui/page";
import { Pagination } from "@/ui/pagination";
import { EmptyState } from "@/ui/states";

interface Rows<Row> {
  results: Row[];
  next?: string | null;
  previous?: string | null;
}

interface Props<Row> {
  title: string;
  subtitle: string;
  actions?: ReactNode;
  filters: ReactNode;
  query: UseQueryResult<Rows<Row>, Error>;
  /** What is shown when there is nothing yet, whatever one looks for. */
  empty: ReactNode;
  children(rows: Row[]): ReactNode;
}

/** A screen of rows: what narrows them, the rows or why there are none, and the way to more. */
export function ListPage<Row>(props: Props<Row>) {
  const { title, subtitle, actions, filters, query, empty, children } = props;
  const { set, isFiltered } = useListParams();
  return (
    <Page title={title} subtitle={subtitle} actions={actions}>
      <Card>
        {filters}
        <Loaded query={query}>
          {({ results, next, previous }) =>
            results.length === 0 ? (
              isFiltered ? (
                <NothingFound />
              ) : (
                empty
              )
            ) : (
              <>
                {children(results)}
                <Pagination
                  next={cursorOf(next)}
                  previous={cursorOf(previous)}
                  onGo={(cursor) => set("cursor", cursor)}
                />
              </>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function NothingFound() {
  const { t } = useI18n();
  return <EmptyState icon={<SearchX />} title={t("filter.nothing")} text={t("filter.widen")} />;
}
