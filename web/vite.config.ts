import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server that `npm run dev` passes the API's calls to.
const api = process.env.KITH_DEV_API ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    // A folder below dist, so that the committed dist/.gitkeep stays.
    outDir: "dist/app",
    emptyOutDir: true,
    target: "es2022",
    manifest: "manifest.json",
    // Inline images would need a wider content policy than the app has.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: { "/api": api, "/login": api, "/openapi.json": api },
  },
});
