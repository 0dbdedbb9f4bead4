// @ts-check

/**
 * Have a page ask for one of its parts before all others, and run it as soon as it is there. The
 * page's main script imports the same part, which runs once.
 * @param {{ page: string, entry: string }} options
 * @returns {import("vite").Plugin}
 */
export function early({ page, entry }) {
  return {
    name: "jobgate-early",
    apply: "build",
    config: () => ({ build: { rollupOptions: { input: { early: entry } } } }),
    transformIndexHtml: {
      order: "post",
      handler(_html, { filename, bundle }) {
        if (!filename.endsWith(page) || !bundle) return;
        const part = Object.values(bundle).find(
          (one) => one.type === "chunk" && one.name === "early",
        );
        if (part?.type !== "chunk") throw new Error(`no part is called early, for ${page}`);
        const script = { type: "module", async: true, crossorigin: true, src: `/${part.fileName}` };
        // What it imports is preloaded for the main script already.
        return [{ tag: "script", attrs: script, injectTo: "head-prepend" }];
      },
    },
  };
}
