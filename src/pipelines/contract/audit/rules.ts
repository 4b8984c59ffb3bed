/**
 * One vocabulary for what several analyzers find. A rule names its severity here and nowhere else: analyzers differ in their
 * opinions, and a report must not depend on which of them was there.
 */
import { SEVERITIES, type AnalyzerName, type Confidence, type Severity } from "./report";

export interface AuditRule {
  id: string;
  severity: Severity;
  /** Of what is found by this rule; an analyzer's own opinion counts where it gives one. */
  confidence: Confidence;
  title: string;
  advice: string;
  /** The checks that mean this rule, by analyzer. */
  checks: Readonly<Partial<Record<AnalyzerName, readonly string[]>>>;
  /** It is about a function as a whole: what two analyzers find in one function is one finding. */
  perFunction?: boolean;
}

const rules: readonly AuditRule[] = [
  // Taken over by anyone
  { id: "controlled-delegatecall", severity: "critical", confidence: "high", title: "Delegatecall to an address of the caller's choice", advice: "Call only code that the contract itself fixed, or that an owner chose.", checks: { slipway: ["controlled-delegatecall"], slither: ["controlled-delegatecall"] } },
  { id: "unprotected-selfdestruct", severity: "critical", confidence: "high", title: "Anyone can destroy the contract", advice: "Take selfdestruct out, or let the owner alone call it.", checks: { slipway: ["unprotected-selfdestruct"], slither: ["suicidal"] }, perFunction: true },
  { id: "unprotected-upgrade", severity: "critical", confidence: "high", title: "Anyone can replace the contract's code", advice: "Give _authorizeUpgrade a modifier such as onlyOwner.", checks: { slipway: ["unprotected-upgrade"], slither: ["unprotected-upgrade"] }, perFunction: true },
  { id: "unprotected-initializer", severity: "critical", confidence: "high", title: "Anyone can initialize the contract", advice: "Use the modifier initializer of OpenZeppelin's Initializable, or set things in the constructor.", checks: { slipway: ["unprotected-initializer"], slither: ["protected-vars"] }, perFunction: true },
  { id: "open-setter", severity: "high", confidence: "high", title: "Anyone can take a right", advice: "Add access control, such as Ownable's onlyOwner.", checks: { slipway: ["open-setter"], forge: ["owner-taken"] }, perFunction: true },
  { id: "open-mint", severity: "high", confidence: "medium", title: "Anyone can make tokens", advice: "Add access control, or make the caller pay.", checks: { slipway: ["open-mint"], forge: ["supply-raised"] }, perFunction: true },
  { id: "open-burn", severity: "high", confidence: "medium", title: "Anyone can burn anyone's tokens", advice: "Spend an allowance first, or add access control.", checks: { slipway: ["open-burn"] }, perFunction: true },
  { id: "open-withdraw", severity: "high", confidence: "medium", title: "Anyone can take the contract's ether", advice: "Pay out what belongs to the caller only, or add access control.", checks: { slipway: ["open-withdraw"], slither: ["arbitrary-send-eth"], forge: ["ether-drained"] }, perFunction: true },
  { id: "arbitrary-transfer-from", severity: "high", confidence: "high", title: "Tokens are taken from whom the caller names", advice: "Take tokens from msg.sender only.", checks: { slipway: ["arbitrary-transfer-from"], slither: ["arbitrary-send-erc20", "arbitrary-send-erc20-permit"] }, perFunction: true },
  { id: "arbitrary-call", severity: "high", confidence: "medium", title: "The caller chooses whom the contract calls", advice: "Call only addresses that the contract or its owner fixed, and only functions that it names itself.", checks: { slipway: ["arbitrary-call"] }, perFunction: true },
  { id: "allowance-bypassed", severity: "high", confidence: "medium", title: "Tokens move without an allowance", advice: "Spend the allowance on every way through, also for privileged callers.", checks: { slipway: ["allowance-bypassed"] }, perFunction: true },
  { id: "hidden-mint", severity: "high", confidence: "medium", title: "New tokens where others are moved", advice: "Make tokens in a function of their own, with access control.", checks: { slipway: ["hidden-mint"] }, perFunction: true },
  { id: "signature-replay", severity: "high", confidence: "medium", title: "A signature can be used again", advice: "Sign a nonce, and use it up: OpenZeppelin's Nonces does.", checks: { slipway: ["signature-replay"] }, perFunction: true },
  { id: "zero-signer", severity: "high", confidence: "medium", title: "A signature that is none passes", advice: "Use OpenZeppelin's ECDSA.recover, or refuse the zero address.", checks: { slipway: ["zero-signer"] }, perFunction: true },
  { id: "ambiguous-signature", severity: "high", confidence: "medium", title: "One signature fits several requests", advice: "Hash with abi.encode, or sign typed data: with abi.encodePacked values of any length run together.", checks: { slipway: ["ambiguous-signature"] }, perFunction: true },
  { id: "signature-domain", severity: "medium", confidence: "medium", title: "A signature is good elsewhere too", advice: "Sign typed data with the chain and the contract in it: OpenZeppelin's EIP712 does.", checks: { slipway: ["signature-domain"] }, perFunction: true },
  { id: "tx-origin", severity: "high", confidence: "high", title: "tx.origin decides who may call", advice: "Compare msg.sender.", checks: { slipway: ["tx-origin"], slither: ["tx-origin"] } },
  // Calls
  { id: "reentrancy", severity: "high", confidence: "medium", title: "Reentrancy", advice: "Write what the contract keeps before it calls out, and use ReentrancyGuard's nonReentrant.", checks: { slipway: ["reentrancy"], slither: ["reentrancy-eth", "reentrancy-balance"], forge: ["ether-reentered"] }, perFunction: true },
  { id: "reentrancy-no-ether", severity: "medium", confidence: "medium", title: "Reentrancy without ether", advice: "Write what the contract keeps before it calls out.", checks: { slither: ["reentrancy-no-eth"] }, perFunction: true },
  { id: "reentrancy-after-transfer", severity: "low", confidence: "low", title: "Written after a transfer", advice: "Write before the transfer.", checks: { solhint: ["reentrancy"] } },
  { id: "unchecked-send", severity: "high", confidence: "high", title: "The result of send is not looked at", advice: "Require it, or use OpenZeppelin's Address.sendValue.", checks: { slipway: ["unchecked-send"], slither: ["unchecked-send"], solhint: ["check-send-result"] } },
  { id: "unchecked-call", severity: "high", confidence: "high", title: "The result of a low-level call is not looked at", advice: "Require it.", checks: { slipway: ["unchecked-call"], slither: ["unchecked-lowlevel"], solc: ["9302"] } },
  { id: "unchecked-transfer", severity: "high", confidence: "medium", title: "The result of a token transfer is not looked at", advice: "Use OpenZeppelin's SafeERC20.", checks: { slipway: ["unchecked-transfer"], slither: ["unchecked-transfer"] } },
  { id: "unused-result", severity: "medium", confidence: "medium", title: "The result of a call is not used", advice: "Look at it, or say why not.", checks: { slither: ["unused-return"] } },
  { id: "delegatecall-loop", severity: "high", confidence: "medium", title: "Delegatecall in a loop of a payable function", advice: "Make the function not payable: each round sees the same msg.value.", checks: { slipway: ["delegatecall-loop"], slither: ["delegatecall-loop"] }, perFunction: true },
  { id: "msg-value-loop", severity: "high", confidence: "medium", title: "msg.value in a loop", advice: "Count what was spent, and compare it with msg.value once.", checks: { slipway: ["msg-value-loop"], slither: ["msg-value-loop"] }, perFunction: true },
  { id: "calls-in-loop", severity: "low", confidence: "medium", title: "Calls to others in a loop", advice: "Let each take their own: one that reverts stops all.", checks: { slither: ["calls-loop"], solhint: ["multiple-sends"] }, perFunction: true },
  { id: "payment-blocks", severity: "medium", confidence: "medium", title: "A payment that fails stops everybody", advice: "Keep what is due, and let each take their own.", checks: { slipway: ["payment-blocks"] }, perFunction: true },
  { id: "no-minimum", severity: "medium", confidence: "medium", title: "A swap without a minimum", advice: "Let the caller say the least that must come out.", checks: { slipway: ["no-minimum"] } },
  // Values
  { id: "weak-randomness", severity: "high", confidence: "medium", title: "Chance that can be foreseen", advice: "Use a verifiable source of randomness, or commit and reveal.", checks: { slipway: ["weak-randomness"], slither: ["weak-prng"] }, perFunction: true },
  { id: "spot-price", severity: "high", confidence: "medium", title: "A price of the moment", advice: "Use an oracle, or an average over time.", checks: { slipway: ["spot-price"] }, perFunction: true },
  { id: "unchecked-arithmetic", severity: "high", confidence: "medium", title: "Arithmetic that can run over", advice: "Take it out of unchecked, or compare first.", checks: { slipway: ["unchecked-arithmetic"] }, perFunction: true },
  { id: "truncated", severity: "low", confidence: "medium", title: "A number is cut", advice: "Use OpenZeppelin's SafeCast.", checks: { slipway: ["truncated"] } },
  { id: "cut-payment", severity: "high", confidence: "medium", title: "More is paid than is booked", advice: "Use OpenZeppelin's SafeCast, and pay the very number that is booked.", checks: { slipway: ["cut-payment"] }, perFunction: true },
  { id: "proxy-storage", severity: "medium", confidence: "medium", title: "A proxy's variables lie where its code has others", advice: "Keep them in the slots of ERC-1967: OpenZeppelin's ERC1967Proxy does.", checks: { slipway: ["proxy-storage"] } },
  { id: "block-hash", severity: "low", confidence: "low", title: "Relies on a block's hash", advice: "Who makes the block chooses it.", checks: { solhint: ["not-rely-on-block-hash"] } },
  { id: "strict-balance", severity: "medium", confidence: "high", title: "A balance is compared for equality", advice: "Keep count of what came in, or compare with >=.", checks: { slipway: ["strict-balance"], slither: ["incorrect-equality"] } },
  { id: "uninitialized-state", severity: "high", confidence: "high", title: "A variable is read and never written", advice: "Set it, or take it out.", checks: { slither: ["uninitialized-state", "uninitialized-storage"] } },
  { id: "shadowed-state", severity: "high", confidence: "high", title: "A variable hides one of a parent", advice: "Give it another name.", checks: { slipway: ["shadowed-state"], slither: ["shadowing-state"] } },
  { id: "storage-misuse", severity: "high", confidence: "medium", title: "Storage is not what it seems", advice: "Pass storage by reference, and change an array's length with push and pop only.", checks: { slither: ["array-by-reference", "controlled-array-length", "storage-array", "public-mappings-nested"] } },
  { id: "wrong-operator", severity: "high", confidence: "high", title: "An operator that does something else", advice: "In assembly a shift's amount comes first; ^ is exclusive or, not a power.", checks: { slither: ["incorrect-shift", "incorrect-exp", "incorrect-return", "return-leave"] } },
  { id: "hidden-text", severity: "high", confidence: "high", title: "Characters that turn the text around", advice: "Take the right-to-left characters out: they show other code than what runs.", checks: { slither: ["rtlo"] } },
  { id: "ambiguous-hash", severity: "medium", confidence: "medium", title: "Different values give the same hash", advice: "Use abi.encode: with abi.encodePacked values of variable length run together.", checks: { slither: ["encode-packed-collision"] } },
  { id: "precision-lost", severity: "medium", confidence: "medium", title: "Divides before it multiplies", advice: "Multiply first.", checks: { slither: ["divide-before-multiply"] } },
  { id: "locked-ether", severity: "medium", confidence: "high", title: "Ether comes in and can't get out", advice: "Add a way to withdraw it, or take none.", checks: { slither: ["locked-ether"] } },
  { id: "meaningless-comparison", severity: "medium", confidence: "high", title: "A comparison that always comes out the same", advice: "Compare what was meant.", checks: { slither: ["tautology", "tautological-compare", "boolean-cst"] } },
  { id: "wrong-token-interface", severity: "medium", confidence: "high", title: "Not the functions that the standard says", advice: "Use OpenZeppelin's ERC20 or ERC721.", checks: { slither: ["erc20-interface", "erc721-interface"] } },
  { id: "lost-write", severity: "medium", confidence: "high", title: "Written and overwritten, or deleted in part", advice: "Take the first write out; delete a mapping's entries one by one.", checks: { slither: ["write-after-write", "mapping-deletion"] } },
  { id: "uninitialized-local", severity: "medium", confidence: "medium", title: "A local variable is read before it is set", advice: "Set it.", checks: { slither: ["uninitialized-local"] } },
  { id: "zero-address", severity: "low", confidence: "medium", title: "The zero address is not refused", advice: "Require another address.", checks: { slither: ["missing-zero-check"] } },
  { id: "time-dependent", severity: "low", confidence: "medium", title: "Relies on the block's time", advice: "Who makes the block can move it by seconds: let nothing hang on that.", checks: { slither: ["timestamp"] } },
  { id: "fallback", severity: "low", confidence: "low", title: "A fallback function that does much, or takes no ether", advice: "Keep it short.", checks: { solhint: ["no-complex-fallback", "payable-fallback"] } },
  { id: "deprecated", severity: "low", confidence: "high", title: "Deprecated", advice: "Use what replaced it.", checks: { solhint: ["avoid-sha3", "avoid-suicide", "avoid-throw"], solc: ["5159"] } },
  // The properties that were tested
  { id: "pause-ineffective", severity: "high", confidence: "high", title: "Tokens move while paused", advice: "Let transfers ask whether the contract is paused: ERC20Pausable does.", checks: { forge: ["pause-ineffective"] } },
  { id: "cap-exceeded", severity: "high", confidence: "high", title: "More tokens than the cap", advice: "Check the cap where tokens are made: ERC20Capped does.", checks: { forge: ["cap-exceeded"] } },
  { id: "supply-not-conserved", severity: "medium", confidence: "medium", title: "A transfer changes the supply", advice: "Say so in the documentation if it is meant.", checks: { forge: ["supply-not-conserved"] } },
  // Order
  { id: "implicit-visibility", severity: "low", confidence: "high", title: "Visibility is not said", advice: "Say it.", checks: { solhint: ["func-visibility", "state-visibility"] } },
  { id: "floating-pragma", severity: "informational", confidence: "high", title: "The compiler's version is not fixed", advice: "Name one version in the pragma.", checks: { slipway: ["floating-pragma"] } },
  { id: "linter-note", severity: "informational", confidence: "low", title: "A remark of the linter", advice: "See the message.", checks: { solhint: ["parse-error"] } },
];

/** Warnings of the compiler that have no rule of their own. */
const compilerWarning: AuditRule = { id: "compiler-warning", severity: "informational", confidence: "high", title: "The compiler warns", advice: "See the message.", checks: {} };

export const AUDIT_RULES: readonly AuditRule[] = [...rules, compilerWarning];

const byCheck = new Map(rules.flatMap((rule) => Object.entries(rule.checks).flatMap(([analyzer, checks]) => checks.map((check): [string, AuditRule] => [`${analyzer} ${check}`, rule]))));

/** `analyzer check`, those of the most severe rules first. */
export const CHECKS_WORST_FIRST: readonly string[] = SEVERITIES.flatMap((severity) => rules.filter((rule) => rule.severity === severity).flatMap(({ checks }) => Object.entries(checks).flatMap(([analyzer, names]) => names.map((name) => `${analyzer} ${name}`))));

/** The rule that an analyzer's check means; null: it is not in the vocabulary. */
export function ruleOf({ analyzer, check }: { analyzer: AnalyzerName; check: string }): AuditRule | null {
  return byCheck.get(`${analyzer} ${check}`) ?? (analyzer === "solc" ? compilerWarning : null);
}

/** Slither's checks that have a rule: the others are not run. */
export const SLITHER_CHECKS = rules.flatMap((rule) => rule.checks.slither ?? []);
