import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Numbers below `n` that look like chance and are the same in every run. */
function dice(seed: string): (n: number) => number {
  let [block, at, nth] = [Buffer.alloc(0), 0, 0];
  return (n) => {
    if (at + 4 > block.length) {
      block = createHash('sha256')
        .update(`${seed}:${(nth += 1)}`)
        .digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32BE(at - 4) % n;
  };
}

const many = (times: number, make: (nth: number) => string, between = ''): string =>
  Array.from({ length: times }, (_, nth) => make(nth)).join(between);

const file = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** Any of the characters from a code point on. */
const drawn = (seed: string, first: number, size: number, length = 4000): string => {
  const roll = dice(seed);
  return many(length, () => String.fromCodePoint(first + roll(size)));
};

const hex = (seed: string): string => createHash('sha256').update(seed).digest('hex');

const uuid = (seed: string): string => hex(seed).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The first article of the Declaration of Human Rights, or its beginning. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  amharic: 'ሰላም ለዓለም። ሁሉም ሰዎች ሲወለዱ ነጻና በክብርና በመብትም እኩልነት ያላቸው ናቸው። የተፈጥሮ ማስተዋልና ሕሊና ስላላቸው አንዱ ሌላውን በወንድማማችነት መንፈስ መመልከት ይገባዋል።',
  tibetan: 'འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།',
  inuktitut: 'ᐃᓄᓕᒫᑦ ᐊᓂᖅᑎᕆᔪᓕᒫᑦ ᐃᓅᓕᕋᒥᒃ ᐃᓱᒪᕐᓱᕐᓂᖃᖅᑐᑎᒃ ᐊᒻᒪᓗ ᐊᔾᔨᐅᖃᑎᒌᒃᖢᑎᒃ ᓂᓱᐊᖅᑕᐅᓂᒃᑯᑦ ᐊᒻᒪᓗ ᐱᔪᓐᓇᐅᑎᑎᒍᑦ',
  burmese: 'လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။',
  georgian: 'ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ მინიჭებული აქვთ გონება და სინდისი',
  hindi: 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है',
  tamil: 'மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள்',
  thai: 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ',
  armenian: 'Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։ Նրանք ունեն բանականություն ու խիղճ',
  russian:
    'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.',
  greek:
    'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση',
  arabic: 'يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم بعضاً بروح الإخاء',
  hebrew:
    'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחוה.',
  chinese: '人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。',
  japanese:
    'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。',
  korean:
    '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.',
  vietnamese:
    'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được tạo hoá ban cho lý trí và lương tâm',
  german:
    'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen. Donaudampfschifffahrtsgesellschaftskapitän.',
  finnish:
    'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.',
  polish:
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.',
  turkish:
    'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.',
  czech:
    'Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají spolu jednat v duchu bratrství.',
  english:
    'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of Darkness.',
};

export const PROSE_AND_CODE: Readonly<Record<string, string>> = {
  'a document': file('ARCHITECTURE.md'),
  'a manual': file('CONTRIBUTING.md'),
  TypeScript: file('src/engine/money/till.ts') + file('src/wires/openai-chat.ts'),
  'a package.json': file('package.json'),
};

const roll = dice('data');
const decimal = (size: number, digits: number): string => (roll(size * 10 ** digits) / 10 ** digits).toFixed(digits);

/** What files hold besides words. */
export const DATA: Readonly<Record<string, string>> = {
  'a lock file': file('package-lock.json').slice(0, 60_000),
  base64: Buffer.from(
    many(300, (nth) => hex(`b${nth}`)),
    'hex',
  ).toString('base64'),
  hex: many(200, (nth) => hex(`h${nth}`)),
  'a list of hashes': many(200, (nth) => `${hex(`s${nth}`)}  src/file-${nth}.ts`, '\n'),
  UUIDs: many(300, (nth) => uuid(`u${nth}`), '\n'),
  digits: many(10_000, () => String(roll(10))),
  decimals: many(1500, () => decimal(1, 9), ','),
  'a table of numbers': many(1500, () => [roll(1000), decimal(100, 2), decimal(1, 6)].join(','), '\n'),
  'an SVG path': `M${many(2500, () => `${decimal(500, 1)} -${decimal(500, 2)}`, 'L')}`,
  'short ids': many(
    1500,
    (nth) =>
      BigInt(`0x${hex(`i${nth}`)}`)
        .toString(36)
        .slice(0, 6),
    ',',
  ),
  'a log': many(
    300,
    (nth) =>
      `2026-11-21T1${roll(10)}:${10 + roll(49)}:${10 + roll(49)}.${100 + roll(899)}Z INFO [worker-${roll(9)}] request id=${hex(`l${nth}`).slice(0, 16)} took ${roll(900)}ms`,
    '\n',
  ),
};

/** What nobody writes, and anybody may send. */
export const NOISE: Readonly<Record<string, string>> = {
  punctuation: many(10_000, () => '!@#$%^&*()[]{};:<>/?|~`'.charAt(roll(23))),
  letters: drawn('a', 0x61, 26),
  capitals: drawn('A', 0x41, 26),
  'words of any letters': many(3000, (nth) => drawn(`w${nth}`, 0x61, 26, 1 + roll(8)), ' '),
  'control characters': drawn('ctrl', 1, 30),
  emoji: drawn('emoji', 0x1f600, 80),
  'Chinese characters': drawn('han', 0x4e00, 20_000),
  Hangul: drawn('hangul', 0xac00, 11_000),
  kana: drawn('kana', 0x3041, 86),
  Cyrillic: drawn('cyr', 0x430, 32),
  Arabic: drawn('arab', 0x627, 36),
  Hebrew: drawn('heb', 0x5d0, 27),
  'Latin with accents': drawn('lat', 0xc0, 0x180),
  Devanagari: drawn('dev', 0x905, 60),
  Thai: drawn('thai', 0xe01, 58),
  Tibetan: drawn('tib', 0xf40, 40),
  Georgian: drawn('geo', 0x10d0, 33),
  'arrows and signs': drawn('sign', 0x2190, 400),
  hieroglyphs: drawn('hiero', 0x13000, 1000),
};
