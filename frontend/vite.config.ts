import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

import { early } from "./scripts/early.mjs";
import { precompress } from "./scripts/precompress.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env["BACKEND_URL"] ?? "http://127.0.0.1:8000";
const proxied = ["/api", "/admin", "/static", "/healthz", "/mailbox"];
const proxy = Object.fromEntries(proxied.map((path) => [path, backend]));

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    // React Aria carries its own words in 30 languages: keep the three of the product.
    { ...optimizeLocales.vite({ locales: ["fr-FR", "en-US", "ar-AE"] }), enforce: "pre" },
    early({ page: "interview.html", entry: here("./src/features/candidate/early.ts") }),
    precompress(),
    {
      // The candidate's link has no extension: /interview#<token>.
      name: "interview-entry",
      configureServer(server) {
        server.middlewares.use((request, _response, next) => {
          if (request.url?.split("?")[0] === "/interview") request.url = "/interview.html";
          next();
        });
      },
    },
  ],
  resolve: { alias: { "@": here("./src") } },
  server: { port: 3000, strictPort: true, proxy },
  preview: { port: 3000, proxy },
  build: {
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
    // The licences of what is bundled ask for their text to go along.
    license: { fileName: "assets/licences.md" },
    reportCompressedSize: false,
    rollupOptions: { input: { index: here("./index.html"), interview: here("./interview.html") } },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.{ts,mjs}"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
