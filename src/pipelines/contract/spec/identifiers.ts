/** Solidity identifiers and ticker symbols made from names. */

/** Names of what contracts are built from: a contract of the same name would be its own parent. */
const TAKEN = /^(?:I?ERC\d+\w*|Ownable\w*|AccessControl\w*|Governor\w*|TimelockController|Initializable|UUPSUpgradeable|EIP712\w*|Nonces\w*|Context|Votes|Pausable\w*|VestingWallet\w*|Address|String|Bool|Math)$/;

/** `Hyper Kit!` → `HyperKit`; `suffix` where nothing of the name can stand in an identifier or it is taken. */
export function makeIdentifier({ name, suffix }: { name: string; suffix: string }): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['\u2019]/g, "");
  const words = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("").slice(0, 48);
  if (joined === "") return `My${suffix}`;
  if (/^\d/.test(joined)) return `${suffix}${joined}`;
  return TAKEN.test(joined) ? `My${joined}` : joined;
}

/** Initials of several words, or the first three letters of one: `Hyper Kit` → `HK`, `HyperKit` → `HYP`; capitals as they are: `WAGMI`. */
export function makeSymbol(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  const words = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "" && !/^(?:of|the|and|de|la)$/i.test(word));
  if (/^[A-Z][A-Z0-9]{1,5}$/.test(plain)) return plain;
  const letters = words.length > 1 ? words.map((word) => word.slice(0, 1)).join("") : (words[0] ?? "").slice(0, 3);
  return letters === "" ? "TKN" : letters.toUpperCase().slice(0, 6);
}
