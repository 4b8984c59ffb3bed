/** Supplies, caps, decimals, percentages and durations. */
import { NO_SYMBOL, VOCABULARY } from "./name-words";
import { AMOUNT, DURATION, isAmbiguous, parseAmount, parseDuration } from "./numbers";
import { pattern, WORD, words } from "./patterns";
import type { Reading } from "./reading";
import type { TemplateName } from "./schema";

const UNIT = "(?:(?:of (?:these |those |the |my |our |an? )|whole |full )?(?:tokens?|coins?|units?|nfts?|pieces?|items?|editions?|collectibles?|points|shares?|credits)|of (?:them|these|those|it))";
const OF = "(?: of| is| at| to| be| should be| shall be| must be| will be| with| equals?| set to)*\\s*:?=?\\s*(?:exactly |about |around |approximately |roughly |only |just |up to )?";
const MAX_WORD = "(?:max(?:imum)?\\.?|hard|upper|total max(?:imum)?)";
const KIND = "(?:(?:fixed|initial|total|starting|overall|genesis|circulating|constant|pre-?minted|full|whole|entire|limited|capped|finite|immutable|token|coin) )*";

const CAPS: readonly string[] = [
  `(?:with |and |has )?(?:an? |the |its )?(?:hard-?)?capped (?:token |total )?supply${OF}(${AMOUNT})(?: ${UNIT})?`,
  `there (?:will|can|should|shall|must|may) (?:only (?:ever )?|ever (?:only )?)(?:be|exist) (?:only )?(${AMOUNT})(?: ${UNIT})?`,
  `(?:with |and |has )?(?:an? |the |its )?${MAX_WORD} (?:token |total )?(?:supply|cap|limit|amount|mint)${OF}(${AMOUNT})(?: ${UNIT})?`,
  `(?:it |which |that |is |are |be )*(?:hard-?)?(?:capped(?: at| to)?|limited (?:at|to)|restricted (?:at|to))(?: a (?:max(?:imum)? |total )?(?:supply )?of)?(?: (?:exactly|only))? (${AMOUNT})(?: (?:${UNIT}|supply))?(?: in total| total)?`,
  `(?:with |and |has )?(?:an? |the )?(?:supply |hard[ -]?)?cap${OF}(${AMOUNT})(?: ${UNIT})?`,
  `(${AMOUNT}) (?:${UNIT} )?(?:(?:as )?(?:an? |the )?${MAX_WORD} (?:token |total )?supply|(?:hard |supply )?cap|max(?:imum)?)`,
  `max(?:imum)?(?: of)?:? (${AMOUNT})(?: ${UNIT})?`,
  `(?:(?:that |which |it |the )?(?:total )?(?:supply )?(?:should |must |can |may |will |shall |does )?(?:never|not|cannot|can't|won't|mustn't) (?:ever )?(?:exceed|surpass|go (?:over|above|beyond|past)|be (?:more|higher|larger|greater) than|rise above|grow (?:over|above|beyond))|(?:there (?:will|can|should|must) )?never (?:be )?more than) (${AMOUNT})(?: ${UNIT})?(?: in total| total| ever)?`,
  `(?:at most|no more than|never more than|not more than|up to|a max(?:imum)? of) (${AMOUNT})(?: ${UNIT})?(?: (?:can|may) ever (?:exist|be minted)| (?:will|can|may|shall) exist| ever| in total)?`,
];

const SUPPLIES: readonly string[] = [
  `(?:with |and |has |having |whose )?(?:an? |the |its )?${KIND}supply${OF}(${AMOUNT})(?: ${UNIT})?(?: minted| issued| in total| initially| at (?:launch|deployment|start))*`,
  `(?:with |and |has )?(?:an? |the )?(${AMOUNT}) (?:${UNIT} )?(?:(?:as|in|of) )?(?:the |its |an? )?${KIND}supply`,
  `(?:pre-?mint(?:s|ed|ing)?|mint(?:s|ed|ing)?|issue[sd]?|create[sd]?|start(?:s|ing)? with|launch(?:es)? with|begin(?:s|ning)? with)(?: of)? (?:an? |the )?(?:initial )?(${AMOUNT})(?: ${UNIT})?(?: initially| up ?front| at (?:launch|deployment|start|genesis|first))?`,
  `(${AMOUNT})(?: ${UNIT})? (?:(?:pre-?)?minted|issued)(?: initially| up ?front| at (?:launch|deployment|first|start))*`,
  `(${AMOUNT})(?: ${UNIT})? (?:to (?:start|begin)(?: with)?|in total|total|overall|initially|now|at (?:launch|deployment|the start|first)|up ?front)(?: minted)?`,
  `(?:(?:an? |the |in )?total(?: of| is|:)?|(?:the )?(?:total |initial )?(?:amount|quantity|number|count|premint)(?: of (?:the )?(?:tokens|coins|units))?${OF}|(?:there (?:are|will be|should be|shall be) )) ?(${AMOUNT})(?: ${UNIT})?(?: in total| initially)*`,
  `(?:there (?:are|will be|should be) |with |of |and |exactly |total of )?(${AMOUNT}) ${UNIT}(?: in total| total| overall| minted| issued| initially| pre-?minted| at (?:launch|deployment|start))*`,
];

/** Runs before features: "mint 1000 to me" is a supply, "no initial supply" is none. */
export function readSupplies({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const isCollection = template === "erc721";
  const capField = isCollection ? "max_supply" : "cap";
  const zero = reading.take(words("(?:with |has |start(?:s|ing)? (?:with|at|from) )?(?:an? )?(?:no|zero|without(?: an?| any)?|empty) (?:initial |starting |pre-?minted )?(?:supply|pre-?mint(?:ed tokens| supply)?)|(?:initial |total |starting )?(?:supply|premint)(?: is| of|:| starts? (?:at|with|from))* (?:zero|0(?![.,]\\d)|none|no)|start(?:s|ing)? (?:at|from|with) (?:zero|0(?![.,]\\d)|nothing|none)(?: tokens)?|(?:nothing|no tokens?) (?:is |are )?(?:minted|pre-?min(?:t)?ed)(?: at (?:launch|deployment|start))?|(?:nobody|no-? ?one) (?:has|owns|holds|gets|will have) any(?: tokens?| of them)? (?:at|in) (?:first|(?:the )?(?:beginning|start|launch))"));
  if (zero !== null && !isCollection) reading.set("supply", "0", zero.text);
  const negative = reading.take(words("(?:supply|amount|quantity|cap|total)(?: of| is)*\\s*[:=]?\\s*-\\d[\\d.,_]*"));
  if (negative !== null) reading.problem({ field: /cap/i.test(negative.text) ? capField : "supply", message: `"${negative.text}" is less than nothing: write a number of tokens, such as 1000000.` });
  readCountOfNamed({ reading, field: isCollection ? "max_supply" : "supply" });
  const unlimited = reading.take(words("(?:with )?(?:an? )?(?:unlimited|uncapped|infinite|unbounded|no max(?:imum)?|no cap(?: on)?(?: the)?)(?: (?:total )?supply)?(?: cap)?"));
  if (unlimited !== null) reading.understand({ field: "without", value: "a cap", text: unlimited.text });
  for (const source of CAPS) {
    const taken = reading.take(words(source));
    if (taken !== null) putAmount({ reading, field: capField, taken });
  }
  const capped = reading.take(words("(?:hard-?)?capped|with (?:an? )?(?:hard |supply )?cap|with (?:an? )?max(?:imum)? supply"));
  if (capped !== null && reading.features[capField] === undefined) reading.problem({ field: capField, message: `"${capped.text}": at how many? Write it, such as "capped at 10 million".` });
  if (template === "governor") readThreshold(reading);
  for (const source of SUPPLIES) {
    if (reading.features.supply !== undefined && source === SUPPLIES.at(-1)) break;
    const taken = reading.take(words(source));
    if (taken === null) continue;
    putAmount({ reading, field: isCollection ? "max_supply" : "supply", taken });
    if (!isCollection && template !== "erc1155" && /(?<!\p{L})(?:fixed|constant|immutable|finite)(?!\p{L})/iu.test(taken.text)) reading.set("mintable", false, taken.text);
  }
  if (!isCollection && reading.features.supply === undefined) readBareAmount(reading);
  if (isCollection && reading.features.max_supply === undefined) readCollectionSize(reading);
  if (isCollection && reading.features.max_supply === undefined) readBareAmount(reading, "max_supply");
  readAllMinted({ reading, isCollection });
  // "A limited drop" of a number that is known.
  if (reading.features[capField] !== undefined) reading.take(words("limited(?: edition| series)?"));
  const fixed = reading.take(words("(?:with )?(?:an? |the )?(?:fixed|constant|finite|immutable|limited)(?:[ -]supply)"));
  if (fixed === null) return;
  if (template === "erc1155") reading.refuse({ part: fixed.text, why: "The tokens of a multi-token contract have no limit: a supply that is fixed is not offered." });
  else if (!isCollection) reading.set("mintable", false, fixed.text);
  else if (reading.features.max_supply === undefined) reading.problem({ field: "max_supply", message: `"${fixed.text}": at how many? Write it, such as "max supply of 1000".` });
}

/** "5555 cows" of the Cosmic Cows, "500,000 AMBER tokens": what the contract is named after is counted. */
function readCountOfNamed({ reading, field }: { reading: Reading; field: "supply" | "max_supply" }): void {
  const { name = "", symbol = "", token_name: tokenName = "", token_symbol: tokenSymbol = "" } = reading.features;
  const own = new Set(`${name} ${symbol} ${tokenName} ${tokenSymbol}`.toLowerCase().split(/\s+/).map(singular));
  for (const match of reading.rest().matchAll(pattern(`(?<!\\d[.,]?\\s?)(?<!${WORD})(${AMOUNT}) (${WORD}+)( ${UNIT})?(?=\\s*(?:[,.;:!)\\n]|\\uE000|$|(?:with|and|in total|max|total|named|called|to)(?!${WORD})))`, "giu"))) {
    const [text, said = "", noun = "", unit] = match;
    // "500,000 AMBER tokens": capitals that are counted are the symbol.
    const isSymbol = unit !== undefined && symbol === "" && tokenSymbol === "" && /^[A-Z][A-Z0-9]{1,10}$/.test(noun) && !NO_SYMBOL.test(noun) && !VOCABULARY.test(noun);
    if (noun.length < 3 || !(isSymbol || own.has(singular(noun.toLowerCase()))) || reading.features[field] !== undefined) continue;
    if (isSymbol) reading.set(field === "supply" && tokenName !== "" ? "token_symbol" : "symbol", noun, text.trim());
    putAmount({ reading, field, taken: { text: reading.takeRange(match.index, match.index + text.length), groups: [said] } });
    return;
  }
}

const singular = (word: string) => word.replace(/s$/, "");

/** "All minted at launch": the whole of the cap or of the supply, and nothing later. */
function readAllMinted({ reading, isCollection }: { reading: Reading; isCollection: boolean }): void {
  const { cap, supply } = reading.features;
  if (isCollection || (supply === undefined && typeof cap !== "string")) return;
  const taken = reading.take(words("(?:with |and )?(?:(?:it'?s |they'?re |they are |it is )?(?:all|everything|fully|entirely)(?: of (?:them|it)| tokens| coins| supply)?|the (?:full|whole|entire) (?:supply|amount)) (?:(?:is|are|will be|being|gets?|to be|should be|shall be) )?(?:pre-?)?minted(?: at (?:launch|deployment|once|the start|start|genesis)| on (?:launch|deployment)| up ?front| immediately| in advance)*"));
  const noMore = reading.take(words("(?:and |but )?no more(?: (?:ever|after that|later|than (?:that|this)))*(?=\\s*(?:[.,;!\\n]|$))"));
  if (noMore !== null) reading.set("mintable", false, noMore.text);
  if (taken === null) return;
  if (supply === undefined && typeof cap === "string") reading.set("supply", cap, taken.text);
  reading.set("mintable", false, taken.text);
}

/** An amount that stands alone, at an end or between commas and what was read, can only be the supply. Again once features are read. */
export function readBareAmount(reading: Reading, field: "supply" | "max_supply" = "supply"): void {
  const taken = reading.take(pattern(`(?<=(?:^|[,.;:/|(\\n]|\\uE000|(?<!${WORD})(?:with|and|of|tokens?|coins?|say|have|has|want|need|like|make|create|issue))\\s*|\\s-+\\s)(?<![\\d.,]\\d*[.,])(${AMOUNT})(?=\\s*(?:[,.;)|](?!\\d)|-+\\s|/(?!\\s?\\d)|\\n|\\uE000|$|(?:with|and|but|please|plus|which|that|where|for)(?!${WORD})))`));
  if (taken !== null) putAmount({ reading, field, taken });
}

function readCollectionSize(reading: Reading): void {
  const taken =
    reading.take(words(`(?:(?:collection|set|series|edition)(?:'s)? )?size(?: of| is|:)*\\s*[:=]?\\s*(${AMOUNT})(?: ${UNIT})?`)) ??
    reading.take(words(`(?:collection|set|series|drop)(?: of)?(?: (?:only|exactly|up to))? (${AMOUNT})(?: ${UNIT})?`)) ??
    reading.take(words(`(?:an? |of )?(${AMOUNT})[ -](?:piece|item|edition|token|nft|photo|photograph|pass(?:es?)?|ticket|card|picture|avatar|artwork|painting|drawing|badge|song|poem|image|character|print|membership|certificate)s?(?: (?:nft )?(?:collection|set|series|drop))?`)) ??
    reading.take(words(`(?:an? )?(${AMOUNT}) (?:unique |different )?(?:nfts?|collectibles?|collection|non-?fungible tokens?)`));
  if (taken !== null) putAmount({ reading, field: "max_supply", taken });
}

function putAmount({ reading, field, taken }: { reading: Reading; field: "supply" | "cap" | "max_supply" | "proposal_threshold"; taken: { text: string; groups: readonly (string | undefined)[] } }): void {
  const said = taken.groups.find((group) => group !== undefined) ?? "";
  const amount = parseAmount(said);
  if (isAmbiguous(said)) reading.problem({ field, message: `"${said}" can be read as ${said.replace(/\..*$/, "")} or as ${said.replace(".", ",")}: write it without the dot.` });
  else if (amount === null) reading.problem({ field, message: `"${taken.text}" is no whole number of tokens: write one, such as 1000000.` });
  else reading.set(field, amount, taken.text);
}

export function readDecimals(reading: Reading): void {
  const number = "(\\d{1,3}|zero|no|without(?: any)?|one|two|three|four|six|eight|nine|ten|twelve|eighteen)";
  const negative = reading.take(words("decimals?(?: places?)?(?: of| is)*\\s*[:=]?\\s*-\\d{1,3}")) ?? reading.take(pattern("(?<=^|[\\s,(])-\\d{1,3} decimals?"));
  if (negative !== null) {
    reading.problem({ field: "decimals", message: `"${negative.text}" is less than nothing: decimals go from 0 to 30.` });
    return;
  }
  const taken = reading.take(words(`(?:with |and |has |using )?(?:an? )?${number} decimals?(?: places?)?`)) ?? reading.take(words(`decimals?(?: places?)?(?: of| is|:| =| set to| to| should be)*\\s*:?=?\\s*${number}`));
  const found = taken?.groups[0]?.toLowerCase();
  if (taken === null || found === undefined) {
    const whole = reading.take(words("(?:that (?:is|are) )?(?:in-?divisible|non-?divisible|not divisible)|whole (?:numbers|tokens|units) only|only whole (?:numbers|tokens|units)"));
    if (whole !== null) reading.set("decimals", 0, whole.text);
    return;
  }
  const named: Readonly<Record<string, number>> = { zero: 0, no: 0, one: 1, two: 2, three: 3, four: 4, six: 6, eight: 8, nine: 9, ten: 10, twelve: 12, eighteen: 18 };
  reading.set("decimals", found.startsWith("without") ? 0 : (named[found] ?? Number(found)), taken.text);
}

const PERCENT = "(\\d{1,3}(?:[.,]\\d{1,4})?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty) ?(?:%|percent|per cent|pct)";
const PERCENTS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50 };
const parsePercent = (text: string) => PERCENTS[text.toLowerCase()] ?? Number(text.replace(",", "."));

export function readRoyalty(reading: Reading): void {
  const address = "(?: (?:(?:paid |sent |going )?to|for) (?:the )?(?:royalty receiver |address |wallet |treasury )?(0x[0-9a-fA-F]{40}))?";
  const toOwner = "(?: (?:(?:paid |sent |going )?to|for) (?:the |its |me\\b)?(?:owner|creator|deployer|artist|team)?)?";
  const sales = "(?: on (?:(?:all |every |each |any )?(?:secondary |re-?)?sales?|resales?|secondary (?:sales|market)))?";
  const patterns = [
    `(?:with |and |an? |has )*${PERCENT}(?: (?:erc-?2981|eip-?2981|creator|secondary|artist|sales?))* ?royalt(?:ys?|ies)(?: fees?)?${sales}${address}${toOwner}`,
    `(?:with |and |an? |has |creator )*royalt(?:ys?|ies)(?: fees?| percent(?:age)?)?(?: of| at| is| are| set to| should be|:)*\\s*[:=]?\\s*${PERCENT}${sales}${address}${toOwner}`,
    // A share of what others sell can only be a royalty.
    `(?:I |we |the (?:artist|creator) )?(?:want to |wants to |should |will |would like to )?(?:get|gets|earn|earns|receive|receives|take|takes) (?:an? )?${PERCENT} (?:on|of|from) (?:(?:all |every |each |any )?(?:secondary |re-?)sales?|secondary (?:sales|market))${address}`,
  ];
  for (const source of patterns) {
    const taken = reading.take(pattern(`(?<!${WORD})(?:${source})`));
    if (taken === null) continue;
    reading.set("royalty_percent", parsePercent(taken.groups[0] ?? ""), taken.text);
    if (taken.groups[1] !== undefined) reading.set("royalty_receiver", taken.groups[1], taken.text);
    return;
  }
  const none = reading.take(words("(?:with )?(?:no|without(?: any)?|zero) royalt(?:ys?|ies)"));
  if (none !== null) reading.understand({ field: "without", value: "royalties", text: none.text });
  const bare = reading.take(words("(?:with |and )?(?:(?:erc|eip)-?2981 )?royalt(?:ys?|ies)|(?:erc|eip)-?2981"));
  if (bare !== null && reading.features.royalty_percent === undefined) reading.problem({ field: "royalty_percent", message: `"${bare.text}": how many percent? Write it, such as "5% royalty".` });
}

function readThreshold(reading: Reading): void {
  const taken =
    reading.take(words(`(?:with |and )?(?:an? |the )?(?:proposal |proposing )?threshold${OF}(${AMOUNT})(?: ${UNIT}| votes?)?`)) ??
    reading.take(words(`(?:(?:a |each |every |making a )?proposals? (?:needs?|requires?|takes?)|(?:a )?proposers? (?:needs?|must (?:have|hold|own))|(?:you |one |who )?(?:needs?|must (?:have|hold|own)|requires?|takes?)) (?:at least )?(${AMOUNT})(?: ${UNIT}| votes?)(?: (?:in order )?to (?:propose|make a proposal|create (?:a )?proposals?|submit (?:a )?proposals?))?`)) ??
    reading.take(words(`(${AMOUNT})(?: ${UNIT}| votes?) (?:proposal threshold|(?:needed |required )?to (?:propose|create a proposal))`));
  if (taken !== null) putAmount({ reading, field: "proposal_threshold", taken });
}

/** Of a governor. */
export function readGovernance(reading: Reading): void {
  const lasts = "(?:voting|votes?|polls?|a vote|the vote|it)(?: is| are| stays?| remains?)?(?: (?:open|active|running))?";
  const rules: readonly (readonly ["voting_delay" | "voting_period" | "timelock_delay", string])[] = [
    ["timelock_delay", `(?:with |and )?(?:an? |the )?(?:(${DURATION}) )?time-?lock(?: controller)?(?: delay)?(?: of|:| with(?: an?)?| is| delay)*(?: (${DURATION}))?(?: delay)?`],
    ["voting_period", `(?:with |and )?(?:an? |the )?(?:(?:voting|vote) (?:period|duration|window)|votes? (?:last|run|stay open)s?(?: for)?|voting (?:last|run|stays open)s?(?: for)?)(?: of|:| is| lasts?)*(?: (${DURATION}))`],
    ["voting_period", `(?:with |and )?(?:an? |the )?(${DURATION})(?: long)? (?:voting(?: period| window)?|votes?(?: period)?)(?! delay)`],
    ["voting_period", `(?:with |and )?${lasts} (?:lasts?|runs?|stays? open|is open|are open|open|takes?)?(?: ?for)? ?(${DURATION})`],
    ["voting_delay", `(?:and )?(?:it |they |votes? |voting )?(?:starts?|begins?|opens?) (${DURATION}) (?:after|later)(?: (?:than |being )?(?:the |a |its |each )?(?:proposal|proposed|creation|submission)(?: is (?:made|created|submitted))?)?`],
    ["voting_delay", `(?:with |and )?(?:an? |the )?(?:voting|vote|proposal) delay(?: of|:| is)*(?: (${DURATION}))`],
    ["voting_delay", `(?:with |and )?(?:an? |the )?(${DURATION}) (?:voting |vote |proposal )?delay(?: before voting)?`],
  ];
  const without = reading.take(words("(?:with )?(?:no|without(?: an?)?) time-?lock"));
  if (without !== null) reading.understand({ field: "without", value: "a timelock", text: without.text });
  for (const [field, source] of rules) {
    const taken = reading.take(words(source));
    if (taken === null) continue;
    const found = taken.groups.find((group) => group !== undefined);
    if (found === undefined) {
      if (field === "timelock_delay") {
        reading.set("timelock_delay", 172_800, taken.text);
        reading.assume({ field: "timelock_delay", value: "2 days", why: "The timelock's delay is not said." });
      }
      continue;
    }
    putDuration({ reading, field, found, text: taken.text });
  }
  const quorum = reading.take(pattern(`(?<!${WORD})(?:(?:with |and )?(?:an? |the )?${PERCENT} quorum|(?:with |and )?(?:an? |the )?quorum(?: requirement)?(?: of| at| is| should be| set to|:)*\\s*[:=]?\\s*${PERCENT})(?: of (?:the )?(?:total )?supply)?`));
  const percent = quorum?.groups.find((group) => group !== undefined);
  if (quorum !== null && percent !== undefined) reading.set("quorum_percent", parsePercent(percent), quorum.text);
}

function putDuration({ reading, field, found, text }: { reading: Reading; field: "voting_delay" | "voting_period" | "timelock_delay" | "duration" | "cliff"; found: string; text: string }): void {
  const seconds = parseDuration(found);
  if (seconds === null) {
    reading.problem({ field, message: `"${text}" is no whole number of seconds: write one, such as "7 days".` });
    return;
  }
  reading.set(field, seconds, text);
  if (/month|year|yr/i.test(found)) reading.assume({ field, value: `${seconds / 86_400} days`, why: `"${found}" is taken as months of 30 days and years of 365.` });
}

/** Of a vesting wallet. */
export function readVesting(reading: Reading): void {
  const date = reading.take(words("(?:starting|starts?|beginning|begins?|from)(?: on| at)?(?: the)? (\\d{4}-\\d{2}-\\d{2})|start(?: date)?\\s*[:=]\\s*(\\d{4}-\\d{2}-\\d{2})"));
  const day = date?.groups.find((group) => group !== undefined);
  if (date !== null && day !== undefined) {
    const time = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) reading.problem({ field: "start", message: `"${day}" is no date: write one, such as 2027-01-31.` });
    else reading.set("start", time / 1000, date.text);
  }
  const now = reading.take(words("(?:starting|starts?|beginning|begins?)(?: now| today| immediately| at deployment| on deployment| when (?:it is )?deployed)"));
  if (now !== null) reading.understand({ field: "start", value: "when it is deployed", text: now.text });
  const cliffs = [
    // In a list "duration: 730 days cliff: none" the duration is not the cliff's.
    `(?:with |and )?nothing (?:(?:is |gets )?(?:released|unlocked|vested|paid(?: out)?) )?(?:in|for|during|within|before) (?:the )?(?:first |initial )?(${DURATION})`,
    `(?:with |and |after )?(?:an? |the )?cliff(?: period)?(?: of|:| is| after)*(?: (${DURATION}))`, `(?:with |and |after )?(?:an? |the )?(${DURATION}) cliff(?: period)?(?!\\s*[:=])`];
  const durations = [
    `(?:linear(?:ly)? )?(?:vest(?:s|ing|ed)? )?(?:linear(?:ly)? )?(?:over|during|across|within|for) (?:an? |the )?(?:period of )?(${DURATION})`,
    `(?:it |which |that )?(?:lasts?|lasting|takes|runs?)(?: for)? (${DURATION})`,
    `(?:an? |the )?(?:vesting )?(?:duration|period|schedule|term)(?: of|:| is)*(?: (${DURATION}))`,
    `(?:an? |the )?(${DURATION}) (?:linear )?(?:vesting|vest|schedule|duration|period|long)`,
    `vesting(?: of| lasting|:)? (${DURATION})`,
  ];
  const noCliff = reading.take(words("(?:with |and )?(?:no|without(?: an?| any)?|zero) cliff|cliff\\s*[:=]?\\s*(?:none|no|zero|0(?! ?\\d)(?: days?)?)"));
  if (noCliff !== null) reading.set("cliff", 0, noCliff.text);
  for (const [field, sources] of [["cliff", cliffs], ["duration", durations]] as const) {
    for (const source of sources) {
      const taken = reading.take(words(source));
      const found = taken?.groups.find((group) => group !== undefined);
      if (taken === null || found === undefined) continue;
      putDuration({ reading, field, found, text: taken.text });
      break;
    }
  }
  // A duration that stands alone can only be the vesting's.
  if (reading.features.duration === undefined) {
    const alone = reading.take(pattern(`(?<=(?:^|[,.;:/|(\\n]|\\uE000)\\s*)(${DURATION})(?=\\s*(?:[,.;)|]|\\n|\\uE000|$|(?:with|and|in total|total)(?!${WORD})))`));
    const found = alone?.groups[0];
    if (alone !== null && found !== undefined) putDuration({ reading, field: "duration", found, text: alone.text });
  }
  while (reading.take(words("(?:to |for )?(?:the |an? |our |my |their )?(?:team|founders?|employees?|advisors?|contributors?|investors?|staff|cofounders?|c[etfmo]o)(?:'s|s')?(?: (?:vesting|tokens|members?|wallet))*|(?:gets?|receives?) (?:them|it|the tokens|tokens|everything)|linear(?:ly)?|gradual(?:ly)?|slow(?:ly)?|(?:that |which )?(?:releases?|releasing|released|release|lock(?:s|ed)? up|unlocks?|unlocking|vests|locks?|locking|locked)(?: (?:the|all|its|their|my|them|it))?(?: (?:tokens|funds|coins|money))?")) !== null);
}
