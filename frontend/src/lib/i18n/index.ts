export * from "./i18n";
export * from "./keys";
export * from "./preference";
export * from "./react";
