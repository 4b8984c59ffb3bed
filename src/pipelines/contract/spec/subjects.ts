/**
 * What people's contracts are about: things, places, trades and praise. Alone they ask for nothing, so a part of a prompt that is made
 * of them is told as what the contract is about. Never in here: who could do something with a contract, and what could be done.
 */
const SUBJECTS = new Set(
  `academy agriculture airline album animal apartment aquarium architecture arena art artwork astronomy athlete baker bakery band bar barber baseball basketball beach bean bear beer bee bicycle bike bird blog board boat book bookshop
  bookstore bottle bottles brand bread brewery bus business cafe café cake camp campaign campus canteen car card cards care cat cats charity cheese chess chocolate choir church cinema city class classroom climate clinic clothes clothing club coast
  coffee collective college comedy comic comics company concert condo conference cooking cooperative co-op corner county course court cow craft crafts cricket culture cup customer-loyalty cycling dance day deli dentist design diner dinosaur diploma
  diner dish diving dog dogs dog's drink drinks drone duck eco ecology economics education egg electricity energy engineering english esports event events example exhibition expo factory fair family fan fantasy farm fashion festival film
  films fish fishing fitness flower flowers food football forest forum foundation france fruit furniture gallery game games garage garden gardening geography germany gift glass goat gold golf grain grape green grocery guild guitar gym
  hackathon hall harbour harbor health hiking history hobby hockey holiday home honey horse hospital hotel house housing hub hunting ice internship island italy japan jazz jewellery jewelry journal journey juice kindergarten kitchen knitting kudos lab
  laboratory lake language league lemonade lesson lessons library lifestyle lion literature london lounge lunch magazine maker mall map marathon math maths meadow meal medicine meetup membership memory milk monkey moon
  mountain movie movies museum music nature neighborhood neighbourhood newsletter newspaper nursery ocean office office-party olive online opera orchard orchestra organic organization organisation outdoor owl painting paintings panda paper paris park
  parrot party pastry pet pets photo photos photograph photographs photographer photography photographs physics piano picture pictures pie pizza pizzeria place planet plant plants play playground podcast poem poems poetry pony pool pub puppy puzzle
  racing radio ramen record records recycling reef region rehearsal research resort restaurant retreat rice river road roastery robot rocket rowing rugby running sail sailing salon sauna school science sea season seminar series shop show skate
  skating ski skiing snack soccer solar song songs soup spa space spain sport sports stadium startup station store story stories street student-run studio summer summit sun surf surfing sushi swim swimming tattoo tea teaching tennis test-run theater
  theatre theme thesis thing tiger toast tour tournament town toy toys trail train tram travel tree trees trip truck tutorial university vegan video videos village vineyard vintage vinyl volleyball volunteer walk water webshop website wedding weekend-market
  whale-watching wheat wild wildlife wind wine winery winter wolf wood workshop world writing yacht yoga youth zoo pieces
  adorable amazing ambitious authentic awesome beloved brave brilliant bold charming cheerful colorful colourful cosy cozy creative crazy delicious delightful dynamic elegant epic exciting famous fantastic fresh friendly glorious glowing golden
  gorgeous green handmade happy hip historic hot incredible innovative inspiring iconic interesting juicy legendary lively lovely loyal lucky magical magnificent majestic marvellous marvelous mighty modern playful popular
  pretty proud quality quirky remarkable revolutionary rustic sensational silly smooth sparkling special spectacular splendid stunning stylish sustainable tasty traditional trendy ultimate unforgettable upcoming urban vibrant
  virtual wonderful yummy young world's year year's   bonjour hola ciao hallo salut servus namaste greetings aloha merci danke gracias`.split(/\s+/),
);

/** Whether the words are about something and ask for nothing. Behind "by", "to" and the like they would say who or when. */
export function isAboutSomething({ part, before, after }: { part: string; before: string; after: string }): boolean {
  if (ASKED_FOR.test(before) && !BELONGS_TO_KIND.test(after)) return false;
  if (/\uE000\s*(?:[\p{L}']+\s+){0,2}?(?:by|to|from|until|till|after|before|when|if|per|at|than|on|in|for|of|with|like|as|is|are)\s+(?:(?:an?|the|my|our|your|their)\s+)?$/iu.test(before)) return false;
  const all = part.toLowerCase().split(/[\s,()/&]+/).filter((word) => word !== "");
  return all.length <= 12 && all.every((word) => SUBJECTS.has(word.replace(/[.:;!?]+$/, "")) || JOINING.test(word));
}
/** "With a shop", "write a poem": a thing is asked for, unless it only says what kind of token ("create a poetry token"). */
const ASKED_FOR = /(?<![\p{L}'])(?:with|including|plus|has|have|add|include|make|create|write|tell|order|book|buy|sell|build|design|draw|send|give|provide|help|needs?|wants?|get|gets|do)(?:\s+(?:it|me|us|its|some|you))?\s+(?:with\s+)?(?:(?:an?|the|my|our|your|its|nice|good|little)\s+)*$/iu;
const BELONGS_TO_KIND = /^\s*(?:[-/&,]|and\s)?\s*(?:[\p{L}'-]+\s+)?[^\p{L}]{0,3}\uE000/u;
const JOINING = /^(?:a|an|the|and|my|our|we|i|i'm|we're|is|are|am|of|for|very|most|new|own|little|small|big|this|that's|it's|its|about|run|have|in|on)$/;
