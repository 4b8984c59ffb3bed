const NAMES: Readonly<Record<string, string>> = {
  base_uri: "Base URI",
  uri_storage: "A URI for each token",
  permit: "Gasless approvals (permit)",
  votes: "Votes",
  flash_mint: "Flash loans",
  royalty_percent: "Royalty",
  access: "Who is in charge",
  access_by: "Who is in charge",
  upgradeable: "Upgradeable (UUPS)",
  soulbound: "Bound to its holder",
  supply_tracking: "Supply of each token",
  without: "Without",
};

/** A spec's field in words: `max_supply` → `Max supply`. */
export function nameField(field: string): string {
  const words = NAMES[field] ?? field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const TEMPLATE_NAMES: Readonly<Record<string, string>> = { erc20: "Token", erc721: "NFT", erc1155: "Multi-token", stablecoin: "Stablecoin", governor: "DAO", vesting: "Vesting" };

/** As its card calls it. */
export function nameTemplate(template: string): string {
  return TEMPLATE_NAMES[template] ?? template;
}
