/**
 * Whether a password is among the first that anybody would try: made of too few characters, a run
 * along the alphabet or the keyboard, or a common word with a few digits or signs around it.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  return (
    COMMON.has(lower) ||
    COMMON.has(core(lower)) ||
    COMMON.has(core(withoutLeet(lower))) ||
    hasFewCharacters(lower) ||
    isRepeated(lower) ||
    isRun(lower)
  );
}

/** From the lists of leaked passwords that are published every year, English and Korean keyboards. */
const COMMON: ReadonlySet<string> = new Set(
  `password passwd passwort pass passw0rd mypassword yourpassword changeme default secret letmein
  welcome login administrator admin root toor guest test tester testtest user username master
  qwerty qwertyui qwertyuiop qwertz azerty asdf asdfasdf asdfgh asdfghjk asdfghjkl zxcv zxcvbn
  zxcvbnm qwer qwerasdf qwerasdfzxcv qweasd qweasdzxc qazwsx qazwsxedc zaq12wsx zaqxsw 1q2w3e4r
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 q1w2e3r4 q1w2e3r4t5 a1b2c3d4 abcd abcdef
  abc aaa iloveyou iloveu loveyou lovely mylove sunshine princess princesa dragon monkey shadow
  football baseball basketball soccer hockey superman batman spiderman pokemon pikachu starwars
  trustno whatever freedom computer internet samsung google facebook instagram youtube linkedin
  michael jordan jennifer jessica ashley michelle charlie daniel thomas andrew joshua matthew
  anthony nicole hannah amanda summer winter spring autumn january february monday friday
  chocolate cookie cheese banana orange flower butterfly rainbow angel angels jesus christ
  blessed liverpool chelsea arsenal barcelona realmadrid juventus ferrari mercedes porsche mustang
  harley corvette yamaha killer hunter ranger matrix maverick phoenix pepper ginger tigger buster
  hello helloworld hellokitty goodluck nothing unknown access database server oracle postgres
  mysql apple android windows linux ubuntu google1 correcthorsebatterystaple memopad memo memos
  myspace blink fuckyou asshole biteme qwaszx zxasqw poiuytrewq lkjhgfdsa mnbvcxz
  dkssud dkssudgktpdy tkfkdgo tkfkdgody tkfkd gksrnr eogksalsrnr dlswmd qlalfqjsgh qlqjs
  사랑해 사랑해요 안녕하세요 비밀번호 대한민국 우리나라 korea seoul hangul daehan`.split(/\s+/),
);

/** At most so many digits and signs around a word don't make it any harder. */
const MAX_DECORATION = 6;

function core(password: string): string {
  const word = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return password.length - word.length <= MAX_DECORATION ? word : password;
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Undoes `p@ssw0rd` between the first and the last letter; what is around them is decoration. */
function withoutLeet(password: string): string {
  return password.replace(/(?<=\p{L}.*)[0134579@$!](?=.*\p{L})/gu, (sign) => LEET[sign] ?? sign);
}

/** `aaaaaaaa`, `10101010`. */
function hasFewCharacters(password: string): boolean {
  return new Set(password).size <= 2;
}

/** `abcabcabc`, `12341234`. */
function isRepeated(password: string): boolean {
  return /^(.{1,4})\1+$/u.test(password);
}

const ROWS = [
  '0123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnmqwertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '가나다라마바사아자차카타파하',
];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);

/** `12345678`, `hgfedcba`, `qwertyuiop`. */
function isRun(password: string): boolean {
  return RUNS.some((run) => run.includes(password));
}
