/** Words without a meaning for a contract. */

/** Part of the lists below by a slip of ours, they would turn a wish around. */
const LIMITING = new Set(["not", "no", "only", "never", "unless", "until", "except", "without", "each", "every"]);

/**
 * Words that change nothing about a contract. Never in here: words that deny, limit or except ("not", "only", "unless",
 * "until", "except"), for dropping those would turn a wish around; nor what happens, to whom, how often or how much.
 */
const FILLER = new Set(
  `a an the but this that these those it its it's itself they them their there here i i'd i'm i'll me my mine we we'd our ours us you your
  please kindly hi hello hey thanks thank cheers dear ok okay so just simply now also too as well plus and or with has have having had be is are was will would should shall must
  can could may let lets let's want wants wanted need like love looking look require create creates creating make makes making made build builds building built
  generate generates generating write writes writing deploy deploys deploying deployed deployment launch launches launching develop design code program setup up give help do does add adds adding
  include includes including included support supports supporting supported enable enables enabled feature features featuring option options function functions functionality capability capabilities use uses using used via
  be being of for to in on at by from into where which who whose what how then
  game gaming in-game token tokens coin coins contract contracts smart solidity nft nfts collection collections asset assets crypto cryptocurrency blockchain currency project source
  new simple basic standard plain regular normal classic typical clean nice good great best cool awesome beautiful small little tiny safe secure professional modern production ready production-ready gas efficient gas-efficient optimized optimised well-documented documented compliant compatible conforming own personal
  called named name symbol ticker compliant openzeppelin open zeppelin oz library libraries latest version style type kind sort based
  all everything anything something one supply initial initially total amount number decimals decimal
  s re ve ll d t vs e.g eg i.e ie etc called it able ability possible possibility support s'
  should've ought going gonna able allow allows allowing allowed follow following follows basically actually really very quite full fully completely
  yo u ur yall wanna gonna gotta im ive thats whats bro dude mate guys man get gets got gimme quick test he she his her
  etc etc. yes sure right mint's default
  pls plz thx ty lol haha hahaha hehe btw fyi asap wow yeah yep hiya greetings folks guys sir buddy kind regards hope hopefully
  spec specs specification specifications details detail properties property parameters parameter params requirements requirement settings setting configuration config field value values summary overview description notes note
  fun funny cute fancy proper decent solid real dead super totally absolutely literally shiny sweet lovely
  idea thing things stuff work works working functional start starts begin exactly bunch lot lots
  prepare preparing provide providing draft drafting craft arrange assist assistance handle proceed ahead produce cook whip together introduce introducing publish
  request requests creation task job order plan plans planned planning concept assignment brief purpose purposes goal goals aim mind attempt
  happy glad grateful excited curious wondering thinking hoping hoped trying try tried interested interest appreciate appreciated delighted keen eager intend intending wish wishing prefer preferably ideally
  today tonight soon currently asap quickly quick fast easy easily simply shortly essentially mainly mostly generally particular particularly especially specific specifically
  additionally furthermore moreover besides overall anyway finally lastly firstly secondly well alright great perfect super nicely properly correctly
  reliable robust lightweight minimal minimalistic minimalist bare barebones bare-bones ordinary generic traditional common usual everyday honest straightforward no-nonsense no-frills beginner beginner-friendly newbie noob trusty tidy neat elegant polished
  know think guess believe understand tell say said saying speak talk mean means meaning see seen look looks come comes going hear heard mention mentioned described describe
  very bit little piece myself
  evm-compatible evm blockchain-based on-chain onchain web3 defi remix hardhat foundry code coded coding abi bytecode dapp tech technical technology
  ltd inc llc gmbh corp co
  hope question questions answer issue-free worries luck cheers best regards sincerely yours respectfully morning evening afternoon day's greeting welcome sorry excuse`.split(/\s+/).filter((word) => !LIMITING.has(word)),
);

/** Whether a word says something; of "we're" and "it's" the pronoun counts. */
export function isMeaningful(word: string): boolean {
  const bare = word.toLowerCase().replace(/^[^\p{L}\p{N}$%]+|[^\p{L}\p{N}$%]+$/gu, "");
  const isFiller = (one: string) => one === "" || FILLER.has(one) || (/^(?:we|i|you|it|that|there|here|he|she|let|what|who)'(?:s|re|m|ve|d|ll)$/.test(one));
  return bare !== "" && !isFiller(bare) && !bare.split(/[-/]/).every(isFiller);
}
