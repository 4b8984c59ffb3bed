import { createLoader, parseAsStringLiteral } from "nuqs/server";

export const PACKAGE_TABS = ["overview", "releases", "settings"] as const;

export const packageTabParser = { tab: parseAsStringLiteral(PACKAGE_TABS).withDefault("overview") };

export const loadPackageTab = createLoader(packageTabParser);
