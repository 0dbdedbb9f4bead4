import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { applyTheme, readTheme } from "@/lib/theme";
import "@/ui/tokens.css";

import { App } from "./app";

applyTheme(readTheme());
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
